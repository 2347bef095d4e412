"""Percentages that are estimated, and no count over another: where they tell of few persons."""

import numpy as np
from numpy.typing import NDArray

from vft.disclosure.homes import Bools


def tells_of_few(percent: NDArray[np.float64], basis: NDArray[np.float64], *, least: int) -> Bools:
    """Where fewer than ``least`` of a basis are in a percentage, or all but fewer.

    Somebody who was not followed to the end is in an estimate by a part: it is rounded to whole
    persons. Nobody and everybody are no few; unknown figures tell nothing.
    """
    inside = np.round(percent * basis / 100)
    outside = basis - inside
    return _few(inside, least) | _few(outside, least)


def _few(counted: NDArray[np.float64], least: int) -> Bools:
    found: Bools = np.logical_and(counted > 0, counted < least)
    return found
