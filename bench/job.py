"""One measurement to make: who answers what, from which lake, where the answer goes."""

from dataclasses import dataclass
from pathlib import Path

from bench.questions import QUESTIONS, Question


@dataclass(frozen=True)
class Job:
    """``folder`` is the job's own, empty at the start.

    ``span`` is ``full``, every month, or ``month``, the one that a late delivery then changed. What
    ``lake`` holds of it: see ``bench.lakes``.
    """

    peer: str
    question: str
    span: str
    lake: Path
    months: tuple[str, ...]
    folder: Path

    @property
    def asked(self) -> Question:
        """The question itself."""
        return QUESTIONS[self.question]

    @property
    def answer(self) -> Path:
        """Where the answer's Parquet files are."""
        return self.folder / "answer"
