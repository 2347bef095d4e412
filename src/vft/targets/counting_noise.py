"""The least that a count of people can be held to vary, however calm its months have been.

Those who come and those who go are independent of each other, so the change of a month varies as
the number of them does (Poisson). With one in eighty coming and one in eighty going each month, as
where people stay nearly seven years, the variance is a fortieth of the level. Few services keep
people so long: this is the least, and a series that varies more is taken at its word.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
#: Variance of a month's change, over the level.
TURNOVER = 2 / 80
#: Whole users are told: half of one to either side is not seen.
_OF_ROUNDING = 0.5**2


def variance(values: Array, *, level: float) -> float:
    """The least variance of a month's change at a level. ``values``: NaN where missing.

    Unit: that of the values, squared. Figures with decimals are no rounded count.
    """
    known = values[~np.isnan(values)]
    whole = bool((known == np.round(known)).all())
    return max(TURNOVER * abs(level), _OF_ROUNDING * whole)


def is_calmer(values: Array) -> bool:
    """Whether the months have varied less about a straight line than counting alone makes them."""
    known = np.flatnonzero(~np.isnan(values))
    changes = np.diff(values[known]) / np.diff(known)
    return float(changes.var()) < variance(values, level=float(values[known].mean()))
