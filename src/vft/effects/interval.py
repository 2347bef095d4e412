"""A mean with its uncertainty, from what each person adds to it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vft.effects.arrays import Floats

LEVEL = 0.95
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """``value`` ± ``error`` (standard error) by ``n`` persons; 95 % by Student's t."""

    value: float
    error: float
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval."""
        width = quantile(self.n - 1) * self.error
        return self.value - width, self.value + width

    @property
    def z(self) -> float:
        """Value over standard error."""
        return self.value / self.error if self.error > 0 else 0.0


def estimate(total: Floats, count: NDArray[Any]) -> Estimate | None:
    """Σ total / Σ count over persons, with person-clustered influence functions.

    ``None`` where fewer than two persons are counted: one says nothing of the spread.
    """
    whole = float(count.sum())
    n = int(np.count_nonzero(count))
    if n < _FEWEST:
        return None
    value = float(total.sum() / whole)
    influence = (total - value * count) / whole
    error = float(np.sqrt(np.sum(influence**2) * n / (n - 1)))
    return Estimate(value=value, error=error, n=n)


def change(
    earlier: tuple[Floats, NDArray[Any]], later: tuple[Floats, NDArray[Any]]
) -> Estimate | None:
    """The later mean less the earlier, of (total, count) over the same persons."""
    first, last = estimate(*earlier), estimate(*later)
    if first is None or last is None:
        return None
    influence = (later[0] - last.value * later[1]) / later[1].sum()
    influence = influence - (earlier[0] - first.value * earlier[1]) / earlier[1].sum()
    n = min(first.n, last.n)
    error = float(np.sqrt(np.sum(influence**2) * n / (n - 1)))
    return Estimate(value=last.value - first.value, error=error, n=n)


@lru_cache
def quantile(freedom: int) -> float:
    """Student's t, two-sided 95 %."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # scipy has no types

    return float(stdtrit(max(freedom, 1), 0.5 + LEVEL / 2))
