"""Where a recipient is counted: in the units of then and in the units of now.

Time is cut into eras, in which the organisation stands still. Within an era every unit has one
place at each level and in each grouping. "Som den gang" counts a recipient in the places that her
unit had that day; "som nå" follows what became of the unit, and counts in the places of today.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators.frame import Frame
from vft.indicators.succession import followed
from vft.panel import intervals
from vft.panel.fact import Rows
from vft.panel.homes import LEVELS, homes
from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir

THEN, NOW = "then", "now"
#: Stands for a unit that is unknown, or that nobody can say what became of.
UNKNOWN = ""
_FIRST_DAY = date(1900, 1, 1)
_WHOLE = LEVELS[0]


def framed(
    rows: Rows,
    *,
    months: Sequence[str],
    changed_on: Sequence[date],
    today: date,
    settle: "Callable[[ir.Table], ir.Table]" = lambda table: table,
) -> Frame:
    """The frame of some months, in the geography of ``today``. See :class:`Frame`."""
    known_eras = settle(eras(rows))
    return Frame(
        rows=rows,
        months=months,
        changed_on=changed_on,
        today=today,
        eras=known_eras,
        places=settle(places(rows, known_eras)),
        settle=settle,
    )


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


def located(frame: Frame, people: "ir.Table") -> "ir.Table":
    """Where ``people`` lived, all their days.

    Gives ``(recipient_id, starts_on, ends_on, era, then, now)`` without gaps. ``then`` and ``now``
    are units that stand in the era and today, or :data:`UNKNOWN`.
    """
    lived = frame.settle(homes(frame.rows))
    stays = frame.settle(_within_eras(_with_gaps(lived, people), frame.eras))
    settled = followed(stays, lived, frame.rows, changed_on=frame.changed_on, today=frame.today)
    units = frame.places.select("era", "unit").distinct()
    then = units.select(standing_in="era", standing_then="unit")
    now = era_of(frame.today, units).select(standing_now="unit")
    known = settled.left_join(
        then, [settled.era == then.standing_in, settled.then == then.standing_then]
    )
    known = known.left_join(now, [known.now == now.standing_now])
    return known.select(
        "recipient_id",
        "starts_on",
        "ends_on",
        "era",
        then=known.standing_then.fill_null(UNKNOWN),
        now=known.standing_now.fill_null(UNKNOWN),
    )


def existing(frame: Frame, ends: "ir.Table") -> "ir.Table":
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


def _with_gaps(lived: "ir.Table", people: "ir.Table") -> "ir.Table":
    everyone = people.select("recipient_id").distinct()
    always = everyone.mutate(starts_on=ibis.literal(_FIRST_DAY), ends_on=ibis.literal(OPEN_END))
    known = lived.semi_join(everyone, "recipient_id")
    gaps = intervals.subtract(always, known, by=["recipient_id"])
    columns = ["recipient_id", "starts_on", "ends_on", "unit"]
    return ibis.union(
        known.select(columns), gaps.mutate(unit=ibis.literal(UNKNOWN)).select(columns)
    )


def _within_eras(stays: "ir.Table", known_eras: "ir.Table") -> "ir.Table":
    cut = stays.join(
        known_eras,
        [stays.starts_on < known_eras.era_ends_on, stays.ends_on > known_eras.era],
    )
    cut = cut.select("recipient_id", "unit", "starts_on", "ends_on", "era", "era_ends_on")
    return cut.select(
        "recipient_id",
        "unit",
        "era",
        starts_on=ibis.greatest(cut.starts_on, cut.era),
        ends_on=ibis.least(cut.ends_on, cut.era_ends_on),
    )
