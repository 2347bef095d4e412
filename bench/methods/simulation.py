"""Simulation against plain NumPy: seconds and peak memory for 100,000 draws, and equal answers.

``make bench ARGS="--rows 0 --ingest 0 --methods simulation"``. Each is measured in fresh processes.
The simulation answers everything that its command does; plain NumPy only the net present value.
"""

from bench.compare import AnswersDiffer
from bench.methods import simulation_plain
from bench.methods.timing import Answer, Timed, in_turn, timed
from bench.results import Worked

DRAWS = 100_000
SEED = 10_000
#: The answers are of different draws: standard errors that they may differ by.
FAR = 4.0


def run(*, repeat: int = 3) -> list[Worked]:
    """Measure both.

    Raises:
        AnswersDiffer: the answers differ by more than chance.
    """
    found = in_turn("simulation", {"vft": by_vft, "numpy": by_numpy}, repeat=repeat)
    first, second = (one.answer for one in found)
    if not max(differences(first, second).values()) < FAR:
        raise AnswersDiffer(f"simulation: vft {first}, numpy {second}")
    return found


def by_vft(draws: int = DRAWS) -> Timed:
    """The packaged scenario, as ``vft simulate run`` does it."""
    from vft.simulation.examples import example
    from vft.simulation.model_files import SCENARIO
    from vft.simulation.monte_carlo import simulated

    def answer() -> Answer:
        told = SCENARIO.parse(example("scenario"), name="scenario.toml")
        npv = simulated(told, draws=draws, seed=SEED).npv
        assert npv is not None
        return npv.spread.model_dump() | {"positive": npv.probability_positive}

    return timed("vft", answer)


def by_numpy(draws: int = DRAWS) -> Timed:
    """The same scenario by hand."""
    return timed("numpy", lambda: simulation_plain.answer(draws=draws, seed=SEED))


def differences(first: Answer, second: Answer, *, draws: int = DRAWS) -> dict[str, float]:
    """How far the answers are apart, in standard errors of a mean of so many draws."""
    deviation = (first["p90"] - first["p10"]) / 2.563
    # a percentile's error is some 1.7 times the mean's at P10 and P90 of a near-normal figure
    errors = {"mean": 1.0, "p10": 1.71, "p50": 1.25, "p90": 1.71}
    one = deviation * (2 / draws) ** 0.5
    return {name: abs(first[name] - second[name]) / (times * one) for name, times in errors.items()}
