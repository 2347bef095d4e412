"""What was measured of one database, and whether it is what is to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.targets import Target, decimal

_MOST_P95 = 0.1
_MOST_FIRST = 1.0
#: Of the rate asked for: visitors that have to wait ask later.
_LEAST_RATE = 0.98
_PARTS = (0.5, 0.95, 0.99)


@dataclass(frozen=True)
class Answer:
    """One request under load. ``wrong`` is empty where it was answered as it should be."""

    kind: str
    seconds: float
    wrong: str


@dataclass(frozen=True)
class Used:
    """By the server and its database together: cores on average, and the most memory in bytes."""

    cores: float
    memory: int


@dataclass(frozen=True)
class First:
    """Seconds of a role's first Oversikt after the start of the server."""

    role: str
    seconds: float


@dataclass(frozen=True)
class Measured:
    """``ready``: seconds from the command until the server answered.

    ``cold``: seconds of each page of the mix the first time that each account asked for it.
    ``load``: the machine's load average while it was measured.
    """

    database: str
    rate: float
    seconds: float
    ready: float
    first: Sequence[First]
    cold: Sequence[float]
    answers: Sequence[Answer]
    used: Used
    load: float

    @property
    def reached(self) -> float:
        """Requests a second that were answered as they should be."""
        return sum(not answer.wrong for answer in self.answers) / self.seconds

    @property
    def work(self) -> float:
        """Seconds of processor for each answer: what a busy machine changes least."""
        return self.used.cores * self.seconds / max(len(self.answers), 1)

    @property
    def failures(self) -> int:
        """How many were not."""
        return sum(bool(answer.wrong) for answer in self.answers)

    def times(self, kind: str = "") -> list[float]:
        """Seconds of all answers, or those of a kind."""
        return [answer.seconds for answer in self.answers if kind in ("", answer.kind)]


def percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and p99: what that share of the times is at or below."""
    in_order = sorted(times)
    p50, p95, p99 = (in_order[min(int(part * len(in_order)), len(in_order) - 1)] for part in _PARTS)
    return p50, p95, p99


def targets(measured: Measured) -> list[Target]:
    """What is to be reached: p95, the rate without failures, and the first page."""
    p95 = percentiles(measured.times())[1]
    slowest = max(first.seconds for first in measured.first)
    rate = measured.reached
    return [
        Target(
            says=f"{measured.database}: p95 ved {measured.rate:g} forespørsler/s, varmt",
            figure=_milliseconds(p95),
            limit=f"under {_milliseconds(_MOST_P95)}",
            reached=p95 < _MOST_P95 and rate >= _LEAST_RATE * measured.rate,
        ),
        Target(
            says=f"{measured.database}: riktige svar i sekundet",
            figure=decimal(rate, 1),
            limit=f"minst {decimal(_LEAST_RATE * measured.rate, 1)}",
            reached=rate >= _LEAST_RATE * measured.rate,
        ),
        Target(
            says=f"{measured.database}: første side etter start, den tregeste rollen",
            figure=f"{decimal(slowest)} s",
            limit=f"under {decimal(_MOST_FIRST, 0)} s",
            reached=slowest < _MOST_FIRST,
        ),
    ]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
