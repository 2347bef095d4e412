"""A structural model of a monthly series, averaged over how much its level wanders.

y_t = level_t + seasons_t + steps_t + noise; level_t = level_{t−1} + growth + wandering. With
q = var(wandering) / var(noise), the Kalman filter of statsmodels gives, for each q of a grid, the
likelihood with the scale integrated out and the forecast. Few months cannot tell q: the most likely
one alone gives intervals that are too narrow, so forecasts are weighed by the likelihoods.

Growth, seasons and steps are states with no prior knowledge: the interval holds that they are not
known. Counts vary more where they are more, as those of people who come and go do: variances follow
the level. Source: Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989).
"""

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from vft.targets import counting_noise, level_shift
from vft.targets.method import FEWEST_SEASONS, Method

Array = npt.NDArray[np.float64]
#: Variances of noise and level: from a fixed line with noise, to a level that only wanders.
_LEVELS = ((1.0, 0.0), (1.0, 0.01), (1.0, 0.1), (1.0, 1.0), (0.0, 1.0))
#: Variance of growth, from the same all the time to one that turns within a year, and how likely
#: each is beforehand: most services grow steadily.
_GROWTHS = {0.0: 0.4, 0.0003: 0.3, 0.003: 0.2, 0.03: 0.1}
_GRID = [(noise, level, growth) for noise, level in _LEVELS for growth in _GROWTHS]
_LOG_PRIOR = np.log([_GROWTHS[growth] for _, _, growth in _GRID])
_HARMONICS = 2
#: Months to either side that a month's level is taken over: a year of them.
_AROUND = 6
#: Of the span a quantile must lie in: to a millionth of it.
_HALVINGS = 20


class _Fit(NamedTuple):
    """For each q: log-likelihood, and mean and standard error of each month ahead.

    Shapes (grid,), (grid, steps), (grid, steps). ``free``: degrees of freedom of the scale.
    """

    log_likelihood: Array
    mean: Array
    error: Array
    free: int


def projected(
    values: Array, places: Sequence[int], *, steps: int, coverage: float
) -> tuple[Method, Array]:
    """Method, and middle, low and high of each month ahead. Shape (steps, 3).

    Args:
        values: by month, NaN where missing; at least eight known, not all alike.
        places: where new levels begin.
        steps: months ahead.
        coverage: share of cases that the interval is to hold.
    """
    fits = {Method.GROWTH: _fit(values, places, steps=steps, seasons=False)}
    if np.count_nonzero(~np.isnan(values)) >= FEWEST_SEASONS:
        fits[Method.SEASONS] = _fit(values, places, steps=steps, seasons=True)
    method = min(fits, key=lambda name: _aicc(fits[name], seasons=name is Method.SEASONS))
    return method, _band(fits[method], coverage)


def _fit(values: Array, places: Sequence[int], *, steps: int, seasons: bool) -> _Fit:
    shift, scale = float(np.nanmean(values)), level_shift.spread(values)
    # months ahead are months without a value: one pass gives both likelihood and forecast
    months = np.append((values - shift) / scale, np.full(steps, np.nan))
    model, levels = _model(months, places, seasons=seasons), _levels(values, steps=steps)
    usual = float(np.exp(np.log(levels[: values.size]).mean()))
    spreads, least = levels / usual, counting_noise.variance(values, level=usual) / scale**2
    # as many first months are left out in either model, so that they can be compared
    burn = 2 + len(places) + 2 * _HARMONICS * (values.size >= FEWEST_SEASONS)
    found = [
        _one(
            model,
            np.outer(variances, spreads),
            steps=steps,
            burn=burn,
            least=least / _of_a_change(*variances),
        )
        for variances in _GRID
    ]
    likelihoods, means, errors, free = zip(*found, strict=True)
    return _Fit(
        log_likelihood=np.array(likelihoods),
        mean=shift + scale * np.array(means),
        error=scale * np.array(errors),
        free=free[0],
    )


def _model(values: Array, places: Sequence[int], *, seasons: bool) -> Any:
    from statsmodels.tsa.statespace.structural import (  # type: ignore[import-untyped]  # no types
        UnobservedComponents,
    )

    months = np.arange(values.size)[:, np.newaxis]
    return UnobservedComponents(
        values,
        level="local linear trend",
        freq_seasonal=[{"period": 12, "harmonics": _HARMONICS}] if seasons else None,
        stochastic_freq_seasonal=[False] if seasons else None,
        exog=(months >= np.array(places)).astype(float) if places else None,
        mle_regression=False,
    )


def _of_a_change(noise: float, level: float, growth: float) -> float:
    """The variance of a month's change: the noise of both its ends, and what the level wanders."""
    return 2 * noise + level + growth


def _levels(values: Array, *, steps: int) -> Array:
    """Each month's level, months ahead included: variances are beside each other as these are.

    A level under one user varies as one does. A series that has been negative counts nobody: all
    alike.
    """
    known = ~np.isnan(values)
    if np.nanmin(values) < 0:
        return np.full(values.size + steps, max(float(np.abs(values[known]).mean()), 1.0))
    around = slice(_AROUND, _AROUND + values.size)
    window = np.ones(2 * _AROUND + 1)
    total = np.convolve(np.where(known, values, 0.0), window)[around]
    count = np.convolve(known, window)[around]
    level = np.where(count > 0, total / np.maximum(count, 1), np.nanmean(values))
    level = np.maximum(level, 1.0)
    return np.append(level, np.full(steps, level[-1]))


def _one(
    model: Any, variances: Array, *, steps: int, burn: int, least: float
) -> tuple[float, Array, Array, int]:
    """With one q: the concentrated log-likelihood, the months ahead, degrees of freedom.

    ``variances``: of noise, level and growth, by month. Shape (3, months). ``least``: the scale
    that counting alone gives.
    """
    model.ssm["obs_cov"] = variances[np.newaxis, :1]
    model.ssm["state_cov"] = np.eye(2)[:, :, np.newaxis] * variances[1:]
    with warnings.catch_warnings():
        # a matrix that is singular before the first months are seen is expected here
        warnings.simplefilter("ignore")
        filtered = model.ssm.filter()
    errors = filtered.forecasts_error[0, burn:]
    spreads = filtered.forecasts_error_cov[0, 0]
    seen = ~np.isnan(errors)
    free = max(int(seen.sum()), 1)
    squares = float(np.sum(errors[seen] ** 2 / spreads[burn:][seen]))
    scale = max(squares / free, least)
    log_likelihood = -0.5 * (
        free * np.log(scale) + squares / scale + float(np.log(spreads[burn:][seen]).sum())
    )
    error = np.sqrt(scale * spreads[-steps:])
    return log_likelihood, filtered.forecasts[0, -steps:], error, free


def _aicc(fit: _Fit, *, seasons: bool) -> float:
    """Akaike's criterion, corrected for few months; seasons cost their states."""
    states = 3 + 2 * _HARMONICS * seasons
    penalty = 2 * states * (fit.free + states) / max(fit.free - 1, 1)
    return float(penalty - 2 * fit.log_likelihood.max())


def _band(fit: _Fit, coverage: float) -> Array:
    """The mixture's mean, and the quantiles between which the interval's share of it lies."""
    posterior = fit.log_likelihood + _LOG_PRIOR
    weights = np.exp(posterior - posterior.max())
    weights = (weights / weights.sum())[:, np.newaxis]
    middle = (weights * fit.mean).sum(axis=0)
    tail = (1 - coverage) / 2
    return np.column_stack(
        [middle, _quantile(fit, weights, tail), _quantile(fit, weights, 1 - tail)]
    )


def _quantile(fit: _Fit, weights: Array, share: float) -> Array:
    """Where so much of a mixture of Student's t lies below: halving what it must be between."""
    from scipy.special import stdtr, stdtrit  # type: ignore[import-untyped]  # SciPy has no types

    own = fit.mean + stdtrit(fit.free, share) * fit.error
    low, high = own.min(axis=0), own.max(axis=0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (weights * stdtr(fit.free, (middle - fit.mean) / fit.error)).sum(axis=0)
        low, high = np.where(below < share, middle, low), np.where(below < share, high, middle)
    found: Array = (low + high) / 2
    return found
