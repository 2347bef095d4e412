"""Net present value: Σ_{t=0..H} (benefit_t − cost_t)/(1 + rate)^t. Year 0 is not discounted."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vft.errors import VftError
from vft.tables.norwegian import plain

#: The real rate of public analysis in Norway (Finansdepartementet, rundskriv R-109/21).
REAL_RATE = 0.04


def present_value(flows: ArrayLike, *, rate: float = REAL_RATE) -> NDArray[np.float64]:
    """Value in year 0 of flows of shape (…, years), kroner of one price year; shape (…).

    Raises:
        VftError: the rate is −100 % or less.
    """
    if rate <= -1:
        raise VftError(
            f"Kalkulasjonsrenten {plain(rate)} kan ikke brukes: den må være over −1 (−100 %)."
        )
    years = np.asarray(flows, dtype=np.float64)
    discounted: NDArray[np.float64] = years @ (1 + rate) ** -np.arange(years.shape[-1], dtype=float)
    return discounted
