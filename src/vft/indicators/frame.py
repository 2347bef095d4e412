"""What every indicator is computed within: the lake's rows, the months, the geography, today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vft.panel.fact import Rows


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``changed_on``: the days on which units were merged, split, moved or renamed, in order.

    ``today`` decides which units, parents and groups "som nå" speaks of.
    """

    rows: Rows
    months: Sequence[str]
    changed_on: Sequence[date]
    today: date
