"""Skatteetaten's synthetic identity numbers: month + 80, valid check digits, nobody's.

Individual numbers 000–499 stand for 1900–1999 and 500–999 for 2000–2039; the third digit is odd
for men.
"""

import numpy as np
from numpy.typing import NDArray

from vft.sources.invented.arrays import Bools, Numbers

_TRIES = 12  # candidates a person and round: a sixth of all numbers lack a check digit
_FIRST = np.array([3, 7, 6, 1, 8, 9, 4, 5, 2])
_SECOND = np.array([5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
_SYNTHETIC = 80
_ELEVEN = 11


def draw(born: NDArray[np.datetime64], female: Bools, *, rng: np.random.Generator) -> Numbers:
    """One number a person, all different. As integers; eleven digits with leading zeros.

    Raises:
        ValueError: more persons of one birthday and sex than there are numbers.
    """
    numbers = np.full(len(born), -1, np.int64)
    for _ in range(60):
        left = np.flatnonzero(numbers < 0)
        if len(left) == 0:
            return numbers
        numbers[left] = _candidates(born[left], female[left], rng)
        _, first = np.unique(numbers, return_index=True)
        repeated = np.ones(len(numbers), bool)
        repeated[first] = False
        numbers[repeated] = -1
    raise ValueError("Too many persons share a birthday for the identity numbers there are.")


def _candidates(born: NDArray[np.datetime64], female: Bools, rng: np.random.Generator) -> Numbers:
    """The first of some candidates with valid check digits; −1 where none has."""
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(int) + 1970
    month = months.astype(int) % 12 + 1 + _SYNTHETIC
    day = (days - months.astype("datetime64[D]")).astype(int) + 1
    individual = rng.integers(0, 250, (len(born), _TRIES)) * 2 + (~female)[:, None]
    individual += np.where(year >= 2000, 500, 0)[:, None]  # noqa: PLR2004 -- the century's own series
    head = day * 10_000 + month * 100 + year % 100
    nine = head[:, None] * 1000 + individual
    whole, valid = _with_check_digits(nine)
    chosen = valid.argmax(axis=1)
    rows = np.arange(len(born))
    return np.where(valid[rows, chosen], whole[rows, chosen], -1)


def _with_check_digits(
    nine: Numbers,
) -> tuple[Numbers, Bools]:
    first = _check_digit(nine, _FIRST)
    ten = nine * 10 + first % 10
    second = _check_digit(ten, _SECOND)
    return ten * 10 + second % 10, (first < 10) & (second < 10)  # noqa: PLR2004 -- one digit


def _check_digit(numbers: Numbers, weights: Numbers) -> Numbers:
    powers = 10 ** np.arange(len(weights) - 1, -1, -1)
    weighted = sum((numbers // p % 10) * w for p, w in zip(powers, weights, strict=True))
    return np.asarray((_ELEVEN - weighted % _ELEVEN) % _ELEVEN)
