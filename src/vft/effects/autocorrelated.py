"""Regression on a series whose errors resemble those before, by an amount that is not known.

Generalised least squares with AR(1) errors. Intervals that take the found autocorrelation as known
are far too narrow in series of few years: here every value of it counts by its restricted
likelihood (Patterson and Thompson, Biometrika 58, 1971).
"""

import numpy as np

from vft.effects.arrays import Floats, Numbers
from vft.effects.interval import Estimate

#: The autocorrelations that are weighed, from one month to the next.
AUTOCORRELATIONS = np.linspace(-0.6, 0.98, 80)
_FEWEST = 3  # degrees of freedom for which Student's t has a variance


def regress(y: Floats, x: Floats, month: Numbers, *, wanted: Floats) -> list[Estimate] | None:
    """Combinations of coefficients, each with its interval.

    Args:
        y: the outcome in each known month.
        x: its regressors, months × coefficients.
        month: the number of each month, rising; one that is missing is a gap.
        wanted: combinations × coefficients.

    Returns:
        An estimate a combination; ``None`` where the months cannot tell the coefficients apart.
    """
    n, p = x.shape
    freedom = n - p
    if freedom < _FEWEST or np.linalg.matrix_rank(x) < p:
        return None
    white, log_scale = _whitened(np.column_stack([x, y]), np.diff(month))
    of_x, of_y = white[..., :-1], white[..., -1]
    gram = np.einsum("rnp,rnq->rpq", of_x, of_x)
    inverse = np.linalg.inv(gram)
    found = np.einsum("rpq,rnq,rn->rp", inverse, of_x, of_y, optimize=True)
    left = ((of_y - np.einsum("rnp,rp->rn", of_x, found)) ** 2).sum(axis=1)
    left = np.maximum(left, np.finfo(float).tiny)
    likelihood = -log_scale - np.linalg.slogdet(gram)[1] / 2 - freedom / 2 * np.log(left)
    weight = np.exp(likelihood - likelihood.max())
    variance = (left / freedom)[:, None] * np.einsum("cp,rpq,cq->rc", wanted, inverse, wanted)
    return _mixed(found @ wanted.T, variance, weight / weight.sum(), freedom)


def _whitened(values: Floats, step: Numbers) -> tuple[Floats, Floats]:
    """Errors made independent, for each autocorrelation, and the log of what they were scaled by.

    Autocorrelations × months × columns.
    """
    carried = AUTOCORRELATIONS[:, None] ** step[None, :]
    scale = np.sqrt(1 - carried**2)
    later = (values[None, 1:] - carried[..., None] * values[None, :-1]) / scale[..., None]
    first = np.broadcast_to(values[None, :1], (len(carried), 1, values.shape[1]))
    return np.concatenate([first, later], axis=1), np.log(scale).sum(axis=1)


def _mixed(value: Floats, variance: Floats, weight: Floats, freedom: int) -> list[Estimate]:
    """Student's t of the mean and variance that all autocorrelations together give."""
    inflated = freedom / (freedom - 2)
    mean = weight @ value
    spread = weight @ (variance * inflated + (value - mean) ** 2)
    return [
        Estimate(value=float(m), error=float(e), n=freedom + 1)
        for m, e in zip(mean, np.sqrt(spread / inflated), strict=True)
    ]
