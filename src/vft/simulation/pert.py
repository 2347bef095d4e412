"""PERT: a calculation key as its least, most likely and greatest value.

On [a, b] with mode m: X = a + (b − a)·Beta(α, β), α = 1 + 4(m − a)/(b − a) and
β = 1 + 4(b − m)/(b − a); mean (a + 4m + b)/6.
Source of the mean: Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7(5); the beta
with α + β = 6 is the one that has it, and m as its mode.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vft.errors import VftError
from vft.tables.norwegian import plain

#: How much more the mode weighs than each end.
_WEIGHT = 4.0


@dataclass(frozen=True, kw_only=True)
class Pert:
    """A distribution; one without width is a constant. In the key's own unit.

    Raises:
        VftError: the three are not in order.
    """

    minimum: float
    mode: float
    maximum: float

    def __post_init__(self) -> None:
        if not self.minimum <= self.mode <= self.maximum:
            raise VftError(
                f"minimum, mode og maximum må stige: {plain(self.minimum)}, {plain(self.mode)}, "
                f"{plain(self.maximum)} gjør ikke det."
            )

    @property
    def width(self) -> float:
        """From the least to the greatest."""
        return self.maximum - self.minimum

    @property
    def mean(self) -> float:
        """The expected value."""
        return (self.minimum + _WEIGHT * self.mode + self.maximum) / (_WEIGHT + 2)

    @property
    def shape(self) -> tuple[float, float]:
        """α and β of the beta distribution on [0, 1]; of a constant, that of no preference."""
        if not self.width:
            return 1.0, 1.0
        place = (self.mode - self.minimum) / self.width
        return 1 + _WEIGHT * place, 1 + _WEIGHT * (1 - place)

    def quantile(self, share: float) -> float:
        """The value that so great a share is below."""
        from scipy.stats import beta  # type: ignore[import-untyped] # scipy publishes no types

        return self.minimum + self.width * float(beta.ppf(share, *self.shape))

    def draws(self, count: int, *, chance: np.random.Generator) -> NDArray[np.float64]:
        """Independent draws, shape (count,)."""
        if not self.width:
            return np.full(count, self.minimum)
        return self.minimum + self.width * chance.beta(*self.shape, size=count)
