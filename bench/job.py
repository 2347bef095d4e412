"""One measurement to make: who answers what, from which lake, where the answer goes."""

from dataclasses import dataclass, replace
from pathlib import Path

from bench.questions import ALL, Question


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
    is_part: bool = False

    @property
    def asked(self) -> Question:
        """The question itself."""
        return ALL[self.question]

    @property
    def parts(self) -> "list[Job]":
        """The questions to answer, one after the other: itself, where it has no parts."""
        return [replace(self, question=name, is_part=True) for name in self.asked.parts] or [self]

    @property
    def answer(self) -> Path:
        """Where the answer's Parquet files are; a part's within those of the whole."""
        whole = self.folder / "answer"
        return whole / f"indicator={self.question}" if self.is_part else whole
