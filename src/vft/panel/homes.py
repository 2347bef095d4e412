"""Where a recipient lives, one unit at a time."""

from typing import TYPE_CHECKING

import ibis

from vft.panel import intervals
from vft.panel.fact import Rows

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Tables that :func:`homes` reads.
TABLES = ("residences", "units")
#: From the whole to its finest part.
LEVELS = ("municipality", "district", "part_district")


def homes(rows: Rows) -> "ir.Table":
    """``(recipient_id, starts_on, ends_on, unit)`` without overlaps; days without are unknown.

    Where residences overlap, the finest unit goes first, then the one that began last.
    """
    lived = intervals.closed(rows("residences")).left_join(_fineness(rows), "unit")
    lived = lived.mutate(begun=lived.starts_on, fine=lived.fine.fill_null(-1))
    return intervals.foremost(
        lived,
        by=["recipient_id"],
        first=[lived.fine.desc(), lived.begun.desc(), lived.unit],
        keep=["unit"],
    )


def _fineness(rows: Rows) -> "ir.Table":
    units = rows("units")
    rank = ibis.cases(
        *((units.level == level, place) for place, level in enumerate(LEVELS)), else_=-1
    )
    return units.group_by(unit=units.code).agg(fine=rank.max())
