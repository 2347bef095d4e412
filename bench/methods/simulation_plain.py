"""The packaged scenario written out by hand in plain NumPy: what the simulation is measured with.

It knows this one scenario and nothing else: no file, no units, no tornado, no word of what is
missing. Keys are those of ``example_scenario.toml``; the test of the bench holds the two equal.
"""

import numpy as np
from numpy.typing import NDArray

YEARS = np.arange(4)
POPULATION = 600 * np.array([1.0, 1.04, 1.08, 1.12])
UPTAKE_PROFILE = np.array([1.0, 1.3, 1.6, 1.9])
#: Kroner of 2021 in kroner of 2024: the deflator of 2022, 2023 and 2024.
GROWN = 1.067 * 1.052 * 1.043
RATE = 0.04
SPEARMAN = -0.4


def pert(
    chance: np.random.Generator, count: int, low: float, mode: float, high: float
) -> NDArray[np.float64]:
    """Draws of a PERT."""
    place = (mode - low) / (high - low)
    return low + (high - low) * chance.beta(1 + 4 * place, 1 + 4 * (1 - place), count)


def answer(*, draws: int, seed: int) -> dict[str, float]:
    """Mean, P10, P50, P90 of the net present value, and its chance to be above 0."""
    chance = np.random.default_rng(seed)
    uptake = pert(chance, draws, 0.10, 0.125, 0.18)
    hours = pert(chance, draws, 40, 85, 110)
    price = pert(chance, draws, 780, 823.5, 870) * GROWN
    rent = pert(chance, draws, 18_000, 21_000, 25_000) * GROWN
    start_up = pert(chance, draws, 22_000, 27_300, 35_000) * GROWN
    coordination = pert(chance, draws, 500_000, 700_000, 1_000_000)
    uptake, hours = _tied(chance, uptake, hours)
    users = uptake[:, None] * (POPULATION * UPTAKE_PROFILE)
    new = np.maximum(np.diff(users, axis=1, prepend=0.0), 0.0)
    net = users * (hours * price - rent)[:, None] - new * start_up[:, None] - coordination[:, None]
    values = net @ (1 + RATE) ** -YEARS.astype(float)
    p10, p50, p90 = np.percentile(values, (10, 50, 90))
    return {
        "mean": float(values.mean()),
        "p10": float(p10),
        "p50": float(p50),
        "p90": float(p90),
        "positive": float(np.mean(values > 0)),
    }


def _tied(
    chance: np.random.Generator, first: NDArray[np.float64], second: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pearson = 2 * np.sin(np.pi * SPEARMAN / 6)
    one, other = chance.standard_normal((2, first.size))
    other = pearson * one + np.sqrt(1 - pearson**2) * other
    return np.sort(first)[np.argsort(np.argsort(one))], np.sort(second)[
        np.argsort(np.argsort(other))
    ]
