"""Simulation against plain NumPy: seconds and peak memory for 100,000 draws, and equal answers.

``python -m bench.methods.simulation``. Each is measured in a fresh process, three times. The
simulation answers everything that its command does; plain NumPy only the net present value.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.measure import alone, peak_memory
from bench.methods import simulation_plain

DRAWS = 100_000
SEED = 10_000
_TIMES = 3
#: The answers are of different draws: standard errors that they may differ by.
FAR = 4.0


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One measurement. ``peak`` in bytes, of the whole process."""

    who: str
    seconds: float
    cpu: float
    peak: int
    answer: dict[str, float]


def by_vft(draws: int = DRAWS) -> Timed:
    """The packaged scenario, as ``vft simulate run`` does it."""
    from vft.simulation.examples import example
    from vft.simulation.monte_carlo import simulated
    from vft.simulation.scenario_file import parse_scenario

    begun, cpu = time.perf_counter(), time.process_time()
    npv = simulated(parse_scenario(example("scenario")), draws=draws, seed=SEED).npv
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    assert npv is not None
    answer = npv.spread.model_dump() | {"positive": npv.probability_positive}
    return Timed(who="vft", seconds=seconds, cpu=cpu, peak=peak_memory(), answer=answer)


def by_numpy(draws: int = DRAWS) -> Timed:
    """The same scenario by hand."""
    begun, cpu = time.perf_counter(), time.process_time()
    answer = simulation_plain.answer(draws=draws, seed=SEED)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return Timed(who="numpy", seconds=seconds, cpu=cpu, peak=peak_memory(), answer=answer)


def measured(work: Callable[[], Timed]) -> Timed:
    """The run of median time, of several in fresh processes."""
    runs = [alone(work) for _ in range(_TIMES)]
    middle = median(run.seconds for run in runs)
    found: Timed = next(run for run in runs if run.seconds == middle)
    return found


def differences(first: Timed, second: Timed, *, draws: int = DRAWS) -> dict[str, float]:
    """How far the answers are apart, in standard errors of a mean of so many draws."""
    deviation = (first.answer["p90"] - first.answer["p10"]) / 2.563
    # a percentile's error is some 1.7 times the mean's at P10 and P90 of a near-normal figure
    errors = {"mean": 1.0, "p10": 1.71, "p50": 1.25, "p90": 1.71}
    one = deviation * (2 / draws) ** 0.5
    return {
        name: abs(first.answer[name] - second.answer[name]) / (times * one)
        for name, times in errors.items()
    }


def run() -> list[Timed]:
    """Measure both.

    Raises:
        AssertionError: the answers differ by more than chance.
    """
    found = [measured(by_vft), measured(by_numpy)]
    apart = differences(*found)
    assert max(apart.values()) < FAR, apart
    return found


def main() -> int:
    """Print a line for each, and how they compare."""
    found = run()
    for one in found:
        print(
            f"{one.who} {one.seconds:.2f} s, {one.cpu:.2f} CPU-s, {one.peak / (1 << 20):.0f} MiB: "
            + ", ".join(f"{name} {value:,.4g}" for name, value in one.answer.items())
        )
    first, second = found
    print(
        f"vft mot NumPy: {first.cpu / second.cpu:.1f} ganger CPU-tiden, "
        f"{first.peak / second.peak:.1f} ganger minnet; svarene er like innenfor tilfeldigheten."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
