"""What an indicator must say of itself before it may show a figure."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

    from vft.indicators.frame import Frame


class Better(StrEnum):
    """Which way is progress."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One of the figures that an indicator gives. ``at_month_end``: else within the month."""

    code: str
    title: str
    meaning: str
    at_month_end: bool


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator. Texts are bokmål, for the reader of the catalogue.

    ``adds_over_units``: whether the parts of a unit sum to the unit; ``adds_over_time``: whether
    months sum to years. ``needs``: tables without which a month's figures are missing, not zero.
    ``compute`` gives ``(measure, slice_kind, slice, grouping, unit, geography, month, value)``,
    a row for each figure that is above zero.
    """

    id: str
    title: str
    question: str
    why: str
    numerator: str
    denominator: str
    unit: str
    better: Better
    adds_over_units: bool
    adds_over_time: bool
    owner: str
    checker: str
    next_review: date
    sources: tuple[str, ...]
    needs: tuple[str, ...]
    measures: tuple[Measure, ...]
    compute: "Callable[[Frame], ir.Table]" = field(compare=False)

    def described(self) -> dict[str, Any]:
        """What the catalogue shows, as plain values."""
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "compute"}
        return plain | {
            "better": self.better.value,
            "next_review": self.next_review.isoformat(),
            "measures": [asdict(measure) for measure in self.measures],
        }
