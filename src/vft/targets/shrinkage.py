"""Rates drawn towards what the units have in common: Gamma–Poisson.

x_b ~ Poisson(λ_b·w_b) and λ_b ~ Gamma with mean m and squared coefficient of variation φ. Given m
and φ, unit b's rate is (1/φ + x_b) / (1/(φ·m) + w_b): a unit with few users borrows from the rest.
m and φ are those that make the counts most likely (the marginal distribution is negative binomial).

Source: Clayton & Kaldor, Biometrics 43 (1987), 671–681.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
#: log φ is sought between these. At the lower end the units differ by chance alone.
_ALIKE, _UNLIKE = -14.0, 6.0


def shrunken_rates(counts: Array, weights: Array) -> Array:
    """Each unit's rate, shrunken.

    Args:
        counts: users, from 0 up. Shape (units,).
        weights: shares of the key, all over 0. Shape (units,).
    """
    if not counts.any():
        return np.zeros_like(counts)
    log_mean, log_phi = _most_likely(counts, weights)
    alpha = np.exp(-log_phi)
    rates: Array = (alpha + counts) / (alpha / np.exp(log_mean) + weights)
    return rates


def _most_likely(counts: Array, weights: Array) -> tuple[float, float]:
    """Log m and log φ, the best of a few starts: the likelihood may be flat far from its top."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # scipy has no types

    log_pooled = float(np.log(counts.sum() / weights.sum()))
    bounds = [(log_pooled - 5, log_pooled + 5), (_ALIKE, _UNLIKE)]
    found = [
        minimize(
            _loss, (log_pooled, start), args=(counts, weights), jac=True, bounds=bounds, tol=1e-12
        )
        for start in (-8.0, -4.0, -1.0)
    ]
    best = min(found, key=lambda result: float(result.fun))
    return float(best.x[0]), float(best.x[1])


def _loss(logs: Array, counts: Array, weights: Array) -> tuple[float, Array]:
    """Minus the log-likelihood of the negative binomial, and its slope by log m and log φ.

    Less what does not depend on either. Told its slope, the search also ends where it is flat.
    """
    from scipy.special import digamma, gammaln, xlog1py  # type: ignore[import-untyped]  # the same

    alpha, mean = np.exp(-logs[1]), np.exp(logs[0]) * weights
    # Γ(α+x)/Γ(α)·(μ/(α+μ))ˣ·(α/(α+μ))^α, written so that a large α loses no digits
    log_gamma = gammaln(alpha + counts) - gammaln(alpha) - counts * np.log(alpha + mean)
    likely = log_gamma + counts * np.log(mean) - xlog1py(alpha, mean / alpha)
    excess = (counts - mean) / (alpha + mean)
    by_alpha = digamma(alpha + counts) - digamma(alpha) - np.log1p(mean / alpha) - excess
    return -float(likely.sum()), alpha * np.array([-excess.sum(), by_alpha.sum()])
