"""The economy of a start-up as shares of the gross saving: what is left when all is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from vft.benefits.documented import Number, times
from vft.errors import VftError

#: The whole, in percent of the gross saving.
_GROSS = 100.0


@dataclass(frozen=True, kw_only=True)
class StartUpEconomy:
    """Costs and net in percent of the gross saving, by the parts and as the source sums them."""

    parts: Mapping[str, float]
    cost_of_parts: float
    cost_as_stated: Number
    net_of_parts: float
    net_as_stated: Number
    #: The source's sum less the parts': 0 when they agree, null when the source gives no sum.
    difference: Number
    #: What the difference can be at most when every part is rounded to a whole percent.
    rounding: float

    @property
    def is_rounding(self) -> bool | None:
        """Whether rounding explains that the two differ; None where the source gives no sum."""
        return None if self.difference is None else abs(self.difference) <= self.rounding

    def nok(self, *, gross: Number) -> tuple[Number, Number]:
        """Net in kroner of a gross saving: by the parts, and as stated."""
        return times(gross, self.net_of_parts / _GROSS), times(
            gross, None if self.net_as_stated is None else self.net_as_stated / _GROSS
        )


def start_up_economy(
    parts: Mapping[str, float], *, cost_as_stated: Number = None
) -> StartUpEconomy:
    """What start-up costs are of the gross saving, with both figures where the source differs.

    Args:
        parts: each cost in percent of the gross saving, by name.
        cost_as_stated: the source's own sum, percent; None if it gives none.

    Raises:
        VftError: there are no parts, or one is below 0.
    """
    negative = sorted(name for name, share in parts.items() if share < 0)
    if negative:
        raise VftError(f"Andeler kan ikke være under 0: {', '.join(negative)}.")
    if not parts:
        raise VftError("Oppgi minst én kostnad.")
    cost = fsum(parts.values())
    stated = cost_as_stated
    return StartUpEconomy(
        parts=dict(parts),
        cost_of_parts=cost,
        cost_as_stated=stated,
        net_of_parts=_GROSS - cost,
        net_as_stated=None if stated is None else _GROSS - stated,
        difference=None if stated is None else stated - cost,
        # half a percent each, and half of the sum's own
        rounding=(len(parts) + 1) / 2,
    )
