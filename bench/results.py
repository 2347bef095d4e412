"""What was measured, and what may be read out of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Answered:
    """One peer on one question, several times. ``span``: ``full`` or one changed ``month``.

    ``rows``: events of the municipality; ``answer_rows``: of the answer. ``peak`` in bytes.
    """

    rows: int
    question: str
    span: str
    peer: str
    answer_rows: int
    seconds: list[float]
    cpu: float
    peak: int

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)


@dataclass(frozen=True)
class Taken:
    """One file taken in several times. ``rows`` of the file, ``bad`` of them in quarantine."""

    kind: str
    rows: int
    bad: int
    seconds: list[float]
    cpu: float
    peak: int

    @property
    def rate(self) -> float:
        """Rows a second, by the median."""
        return self.rows / median(self.seconds)


@dataclass(frozen=True)
class Worked:
    """One way to a method's answer, several times. ``answer``: its figures by name."""

    method: str
    peer: str
    seconds: list[float]
    cpu: float
    peak: int
    answer: dict[str, float]

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)


@dataclass(frozen=True)
class Results:
    """Everything that one run measured."""

    answered: list[Answered]
    taken: list[Taken]
    worked: list[Worked] = field(default_factory=list)

    def of(self, *, rows: int, span: str, peer: str) -> dict[str, Answered]:
        """A peer's answers by question."""
        return {
            a.question: a for a in self.answered if (a.rows, a.span, a.peer) == (rows, span, peer)
        }

    @property
    def sizes(self) -> list[int]:
        """Events of the municipalities, smallest first."""
        return sorted({a.rows for a in self.answered})

    def by_vft(self, method: str) -> Worked | None:
        """What vft took for a method."""
        return next((w for w in self.worked if (w.method, w.peer) == (method, "vft")), None)

    def peak(self, *, rows: int, peer: str) -> int | None:
        """A peer's highest, over questions and spans."""
        found = [a.peak for a in self.answered if (a.rows, a.peer) == (rows, peer)]
        return max(found, default=None)


def ratio(one: dict[str, Answered], other: dict[str, Answered]) -> float | None:
    """The time of one over the other's, over the questions that both answered together."""
    both = one.keys() & other.keys()
    if not both:
        return None
    return _together(one, both) / _together(other, both)


def _together(answers: dict[str, Answered], questions: Iterable[str]) -> float:
    return sum(answers[question].median for question in questions)
