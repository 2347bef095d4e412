"""Where a recipient is counted: in the units of then and in the units of now.

Time is cut into eras, in which the organisation stands still. Within an era every unit has one
place at each level and in each grouping. "Som den gang" counts a recipient in the places that her
unit had that day; "som nå" follows what became of the unit, and counts in the places of today.
"""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.panel import intervals
from vft.panel.fact import Rows
from vft.panel.homes import LEVELS
from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from vft.indicators.frame import Frame

THEN, NOW = "then", "now"
#: Stands for a unit that is unknown, or that nobody can say what became of.
UNKNOWN = ""
_WHOLE = LEVELS[0]


def eras(rows: Rows) -> "ir.Table":
    """``(era, era_ends_on)``: times between two changes of the organisation, named by the first."""
    units, groupings, changes = rows("units"), rows("groupings"), rows("unit_successions")
    days = ibis.union(
        units.select(era="starts_on"),
        units.select(era="ends_on"),
        groupings.select(era="starts_on"),
        groupings.select(era="ends_on"),
        changes.select(era="changed_on"),
        distinct=True,
    ).filter(ibis._.era.notnull())
    following = days.era.lead().over(ibis.window(order_by="era"))
    return days.mutate(era_ends_on=following.fill_null(ibis.literal(OPEN_END)))


def places(rows: Rows, known_eras: "ir.Table") -> "ir.Table":
    """``(era, unit, grouping, place)``: where a unit counts, at each level and in each grouping.

    A level is a grouping too. A unit's own membership goes before its parent's. What belongs to no
    known municipality, the unknown unit too, belongs to the only one there is.
    """
    lineage = _lineage(_standing(rows, known_eras))
    levels = _nearest(lineage.mutate(grouping="level", place="ancestor"))
    return ibis.union(levels, _in_groups(rows, lineage), _otherwise_whole(levels))


def era_of(day: date, table: "ir.Table") -> "ir.Table":
    """The rows of the era that a day is in."""
    before = table.filter(table.era <= ibis.literal(day))
    return before.filter(before.era == before.era.max())


def existing(frame: "Frame", ends: "ir.Table") -> "ir.Table":
    """``(geography, grouping, unit, month, at_month_end)``: the units that have figures.

    A unit of then has a month's figures when it stood on a day of it, and those of the month's end
    when it stood on the last day. A unit of now has every month's.
    """
    known = frame.places.select("era", "grouping", unit="place").distinct()
    dated = known.join(frame.eras, "era")
    then = dated.join(ends, [dated.era <= ends.last_day, dated.era_ends_on > ends.month_starts_on])
    then = then.group_by("grouping", "unit", "month").agg(
        at_month_end=(then.era_ends_on > then.last_day).any()
    )
    now = era_of(frame.today, known).cross_join(ends)
    columns = ["geography", "grouping", "unit", "month", "at_month_end"]
    return ibis.union(
        then.mutate(geography=ibis.literal(THEN)).select(columns),
        now.mutate(geography=ibis.literal(NOW), at_month_end=ibis.literal(True)).select(columns),
    )


def _standing(rows: Rows, known_eras: "ir.Table") -> "ir.Table":
    """``(era, unit, level, parent)``: the units of each era, once."""
    units = intervals.closed(rows("units"))
    stood = known_eras.join(
        units, [units.starts_on <= known_eras.era, units.ends_on > known_eras.era]
    )
    latest = ibis.window(
        group_by=["era", "code"], order_by=[stood.starts_on.desc(), stood.level, stood.parent]
    )
    stood = stood.mutate(place=ibis.row_number().over(latest))
    return stood.filter(stood.place == 0).select("era", "level", "parent", unit="code")


def _lineage(units: "ir.Table") -> "ir.Table":
    """``(era, unit, distance, ancestor, level, parent)``: a unit, its parent, its grandparent."""
    line = units.mutate(distance=ibis.literal(0, "int64"), ancestor="unit")
    line = line.select("era", "unit", "distance", "ancestor", "level", "parent")
    lines = [line]
    for distance in range(1, len(LEVELS)):
        above = units.select(era="era", ancestor="unit", level="level", parent="parent")
        below = line.select("era", "unit", above="parent")
        line = below.join(above, ["era", ("above", "ancestor")])
        line = line.mutate(distance=ibis.literal(distance, "int64")).select(lines[0].columns)
        lines.append(line)
    return ibis.union(*lines)


def _nearest(candidates: "ir.Table") -> "ir.Table":
    """For each unit and grouping the place of the nearest ancestor that has one."""
    order = ibis.window(
        group_by=["era", "unit", "grouping"], order_by=[candidates.distance, candidates.place]
    )
    ordered = candidates.mutate(nearness=ibis.row_number().over(order))
    return ordered.filter(ordered.nearness == 0).select("era", "unit", "grouping", "place")


def _in_groups(rows: Rows, lineage: "ir.Table") -> "ir.Table":
    members = intervals.closed(rows("groupings"))
    members = members.select("grouping", "group", "starts_on", "ends_on", member="unit")
    belongs = lineage.join(
        members,
        [
            lineage.ancestor == members.member,
            members.starts_on <= lineage.era,
            members.ends_on > lineage.era,
        ],
    )
    return _nearest(belongs.mutate(place="group"))


def _otherwise_whole(levels: "ir.Table") -> "ir.Table":
    """Give units without a municipality, and the unknown unit, the only municipality there is."""
    wholes = levels.filter(levels.grouping == _WHOLE)
    only = wholes.group_by("era").agg(place=wholes.place.min(), how_many=wholes.place.nunique())
    only = only.filter(only.how_many == 1).select("era", "place")
    anyone = ibis.union(
        levels.select("era", "unit"),
        levels.select("era", unit=ibis.literal(UNKNOWN)),
        distinct=True,
    )
    lacking = anyone.anti_join(wholes, ["era", "unit"])
    return lacking.join(only, "era").select(
        "era", "unit", grouping=ibis.literal(_WHOLE), place="place"
    )
