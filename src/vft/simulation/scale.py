"""Break-even scale: how many times the scenario's users it takes for the present value to be 0.

Scaling all users by s: NPV(s) = s·V − F, with V the present value of benefits less the costs of
users, F that of what is paid whatever their number. s* = F/V where V > 0, else never.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel


class BreakEven(BaseModel):
    """``scale``: times the scenario's users. Null where it is never reached.

    ``p10``, ``p50``, ``p90`` count draws that never pay as beyond every scale.
    """

    scale_at_means: float | None
    users_at_means: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    share_never: float


def break_even(
    *,
    variable: NDArray[np.float64],
    fixed: NDArray[np.float64],
    at_means: tuple[float, float],
    users_at_means: float | None,
) -> BreakEven:
    """Break-even of draws of V and F, kroner in year 0, each of shape (draws,).

    Args:
        variable: V.
        fixed: F.
        at_means: V and F with every key at its expected value.
        users_at_means: users in the last year at scale 1.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        scales = np.where(variable > 0, fixed / variable, np.inf)
    places = np.percentile(scales, (10, 50, 90), method="inverted_cdf")
    expected = at_means[1] / at_means[0] if at_means[0] > 0 else None
    p10, p50, p90 = (float(place) if np.isfinite(place) else None for place in places)
    return BreakEven(
        scale_at_means=expected,
        users_at_means=_times(expected, users_at_means),
        p10=p10,
        p50=p50,
        p90=p90,
        share_never=float(np.mean(~np.isfinite(scales))),
    )


def _times(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first * second
