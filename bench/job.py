"""One measurement to make: who answers what, from which lake, where the answer goes."""

from dataclasses import dataclass
from pathlib import Path

from bench.questions import QUESTIONS, Question


@dataclass(frozen=True)
class Job:
    """``folder`` is the job's own, empty at the start and removed afterwards.

    ``lake``: the municipality's; in a ``month`` job, after a late delivery changed ``months``.
    ``before``: in a ``month`` job, the lake of the full answer, with the same late delivery.
    """

    peer: str
    question: str
    lake: Path
    months: tuple[str, ...]
    folder: Path
    one_month: bool = False

    @property
    def asked(self) -> Question:
        """The question itself."""
        return QUESTIONS[self.question]

    @property
    def answer(self) -> Path:
        """Where the answer's Parquet files are."""
        return self.folder / "answer"
