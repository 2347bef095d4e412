"""What every indicator is computed within: the lake's rows, the months, the geography, today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vft.panel.fact import Rows

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``changed_on``: the days on which units were merged, split, moved or renamed, in order.

    ``today`` decides which units, parents and groups "som nå" speaks of. ``eras`` and ``places``:
    see ``indicators.geography``, which makes a frame. ``settle`` takes what is used more than once
    and gives the same rows, computed already where the engine gains by that.
    """

    rows: Rows
    months: Sequence[str]
    changed_on: Sequence[date]
    today: date
    eras: "ir.Table"
    places: "ir.Table"
    settle: "Callable[[ir.Table], ir.Table]"
