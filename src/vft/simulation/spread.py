"""A drawn figure in few numbers: what to expect, and how far it may be from that."""

from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHARES = (10, 50, 90)


class Spread(BaseModel):
    """Of all draws, in the figure's own unit: 10 % are below ``p10``, 90 % below ``p90``."""

    mean: float
    p10: float
    p50: float
    p90: float

    def divided(self, by: float) -> "Spread":
        """The same in a unit that is so many times greater."""
        return Spread(**{name: value / by for name, value in self.model_dump().items()})


def spread(draws: "NDArray[np.float64] | None") -> Spread | None:
    """The spread of draws, shape (draws,); None where they are not documented."""
    import numpy as np

    if draws is None:
        return None
    p10, p50, p90 = (float(value) for value in np.percentile(draws, _SHARES))
    return Spread(mean=float(np.mean(draws)), p10=p10, p50=p50, p90=p90)
