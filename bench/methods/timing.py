"""One answer timed in a fresh process, and several peers in turn."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from bench.compare import AnswersDiffer
from bench.measure import alone, peak_memory
from bench.results import Worked

Answer = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One measurement. ``peak`` in bytes, of the whole process."""

    who: str
    seconds: float
    cpu: float
    peak: int
    answer: Answer


def timed(who: str, answer: Callable[[], Answer]) -> Timed:
    """Let somebody answer, in this process."""
    begun, cpu = time.perf_counter(), time.process_time()
    found = answer()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return Timed(who=who, seconds=seconds, cpu=cpu, peak=peak_memory(), answer=found)


def in_turn(method: str, works: Mapping[str, Callable[[], Timed]], *, repeat: int) -> list[Worked]:
    """Measure all, again and again, so that a slow moment hits none of them alone.

    Raises:
        AnswersDiffer: somebody's second answer is not the first.
    """
    times: dict[str, list[Timed]] = {who: [] for who in works}
    for _ in range(repeat):
        for who, work in works.items():
            times[who].append(alone(work))
    return [_worked(method, found) for found in times.values()]


def _worked(method: str, found: list[Timed]) -> Worked:
    first = found[0]
    _require_steady(method, found)
    return Worked(
        method=method,
        peer=first.who,
        seconds=[one.seconds for one in found],
        cpu=median(one.cpu for one in found),
        peak=max(one.peak for one in found),
        answer=first.answer,
    )


def _require_steady(method: str, found: list[Timed]) -> None:
    first = found[0]
    for one in found[1:]:
        # sums on threads come in any order, so the last digits may differ
        steady = all(
            abs(one.answer[name] - value) <= 1e-6 * max(1.0, abs(value))
            for name, value in first.answer.items()
        )
        if not steady:
            raise AnswersDiffer(f"{method}: {first.who} ga {first.answer} og så {one.answer}")
