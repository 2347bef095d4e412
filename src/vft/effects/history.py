"""What is known of each recipient before each period: level, jump, slope, and the lags."""

from dataclasses import dataclass

import numpy as np

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.panel import Panel

LAGS = 5  #: earlier periods that matching and adjustment use
SHORT = 2  #: periods known from which an earlier level is to be expected


@dataclass(frozen=True, kw_only=True)
class History:
    """Recipients × periods; row i, column t is what was known of i when t began.

    ``level``: minutes in t−1. ``jump``: level less the mean of t−2…t−5. ``slope``: minutes a
    period, by least squares over t−1…t−5. ``known``: periods since first present, at most 5.
    ``usable``: present in t−1 and t with a known level, and an earlier one unless she is new.
    """

    level: Floats
    jump: Floats
    slope: Floats
    known: Numbers
    usable: Bools


def history(panel: Panel) -> History:
    """Compute it for every cell. Missing lags are left out of means and slopes."""
    y = panel.outcome
    level = shifted(y, 1)
    lags = [shifted(y, k) for k in range(1, LAGS + 1)]
    earlier, count = _mean(lags[1:])
    known = np.clip(np.arange(panel.periods)[None, :] - panel.first_seen[:, None], 0, LAGS)
    usable = np.isfinite(level) & panel.present & _shifted_bools(panel.present, 1)
    usable &= (count > 0) | (known < SHORT)
    return History(
        level=level,
        jump=np.where(count > 0, level - earlier, 0.0),
        slope=_slope(lags),
        known=known,
        usable=usable,
    )


def shifted(matrix: Floats, lag: int) -> Floats:
    """The matrix ``lag`` periods earlier; NaN where there is no such column."""
    moved = np.full_like(matrix, np.nan)
    moved[:, lag:] = matrix[:, :-lag]
    return moved


def _shifted_bools(matrix: Bools, lag: int) -> Bools:
    """The same for truth values; False where there is no such column."""
    moved = np.zeros_like(matrix)
    moved[:, lag:] = matrix[:, :-lag]
    return moved


def _mean(lags: list[Floats]) -> tuple[Floats, Numbers]:
    """The mean of the known lags and how many there are."""
    known = [np.isfinite(lag) for lag in lags]
    count = np.add.reduce([k.astype(np.int8) for k in known])
    total = np.add.reduce([np.where(k, lag, 0.0) for k, lag in zip(known, lags, strict=True)])
    return total / np.maximum(count, 1), count


def _slope(lags: list[Floats]) -> Floats:
    """Least squares on time over the known lags; 0 where fewer than two are known."""
    mean, count = _mean(lags)
    known = [np.isfinite(lag) for lag in lags]
    middle = np.add.reduce([-k * seen for k, seen in enumerate(known, 1)]) / np.maximum(count, 1)
    across = np.zeros_like(mean)
    square = np.zeros_like(mean)
    for k, (lag, seen) in enumerate(zip(lags, known, strict=True), 1):
        distance = np.where(seen, -k - middle, 0.0)
        across += distance * np.where(seen, lag - mean, 0.0)
        square += distance**2
    return np.divide(across, square, out=np.zeros_like(across), where=square > 0)
