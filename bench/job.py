"""One measurement to make: who answers what, from which lake, where the answer goes."""

from dataclasses import dataclass
from pathlib import Path

from bench.questions import QUESTIONS, Question


@dataclass(frozen=True)
class Job:
    """``folder`` is the job's own, empty at the start.

    ``span`` is ``full``, from a lake where nothing is computed, or ``month``, from one where
    everything is and a late delivery then changed ``months``.
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
