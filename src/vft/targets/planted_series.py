"""Monthly series that are planted, so that a back-test knows what came after.

Each kind is what a service's month-end count may look like; all figures are whole users.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from vft.tables.period import months_between
from vft.targets.series import Series

Array = npt.NDArray[np.float64]
Random = np.random.Generator
MONTHS = months_between("2019-01", "2024-12")
_COUNT = len(MONTHS)
_TIME = np.arange(_COUNT)


def planted(*, kind: str, unit: int, seed: int) -> Series:
    """One series of six years; the same for the same unit and seed."""
    chance = np.random.default_rng([seed, list(KINDS).index(kind), unit])
    values = np.maximum(np.round(KINDS[kind](chance)), 0.0)
    return Series(unit=f"{kind} {unit + 1}", months=tuple(MONTHS), values=tuple(values.tolist()))


def _trend(chance: Random) -> Array:
    """Steady growth or decline, with noise."""
    noise = chance.normal(0, chance.uniform(3, 10), _COUNT)
    line: Array = chance.uniform(100, 600) + chance.uniform(-1, 4) * _TIME + noise
    return line


def _season(chance: Random) -> Array:
    """Summer and winter differ."""
    size = chance.uniform(10, 40)
    wave = size * np.sin(2 * np.pi * (_TIME + chance.integers(12)) / 12)
    noise = chance.normal(0, size / 5, _COUNT)
    season: Array = 400 + chance.uniform(-1, 2) * _TIME + wave + noise
    return season


def _shift(chance: Random) -> Array:
    """One lasting change of level, some time in the middle four years."""
    step = chance.choice([-1, 1]) * chance.uniform(60, 120)
    noise = chance.normal(0, 6, _COUNT)
    level: Array = 300 + chance.uniform(0, 2) * _TIME + noise
    level[chance.integers(12, 60) :] += step
    return level


def _stock(chance: Random) -> Array:
    """Users who start and stop: growth that fades as more can stop."""
    first = chance.uniform(50, 500)
    return _users(chance, first, starts=first * 0.03 + chance.uniform(0, 3), stops=0.03)


def _small(chance: Random) -> Array:
    """The same in a small unit, often at none."""
    return _users(chance, chance.uniform(0, 12), starts=0.5, stops=0.05)


def _walk(chance: Random) -> Array:
    """A level that wanders."""
    walked: Array = 500 + np.cumsum(chance.normal(1, 6, _COUNT))
    return walked


def _users(chance: Random, first: float, *, starts: float, stops: float) -> Array:
    """Month-end users with Poisson starts, each stopping with the same chance a month."""
    # everybody's last month is drawn at once: those there from the start, and each month's new
    new = np.concatenate([[round(first)], chance.poisson(starts, _COUNT - 1)])
    began = np.repeat(_TIME, new)
    ended = began + chance.geometric(stops, began.size)
    change = np.bincount(began, minlength=_COUNT) - np.bincount(
        ended[ended < _COUNT], minlength=_COUNT
    )
    users: Array = np.cumsum(change).astype(np.float64)
    return users


KINDS: dict[str, Callable[[Random], Array]] = {
    "trend": _trend,
    "season": _season,
    "shift": _shift,
    "stock": _stock,
    "small": _small,
    "walk": _walk,
}
#: What each kind is called.
TITLES = {
    "trend": "jevn vekst",
    "season": "sesong",
    "shift": "nivåskift",
    "stock": "inn og ut",
    "small": "liten enhet",
    "walk": "vandrende",
}
