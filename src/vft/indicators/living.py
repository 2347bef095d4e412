"""Where everybody lived, as homes: a number for each place that somebody had, then and now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators.geography import NOW, THEN, UNKNOWN, era_of
from vft.indicators.succession import followed
from vft.panel import intervals
from vft.panel.fact import Rows
from vft.panel.homes import homes
from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: The home of those that no register speaks of.
NOBODYS = 0
_FIRST_DAY = date(1900, 1, 1)
_ALIKE = ("era", "then", "now")
#: Registers that speak of recipients.
_REGISTERS = (
    "recipients",
    "residences",
    "vedtak",
    "device_assignments",
    "stays",
    "assessments",
    "reablement",
)
#: Tables that name the units that a thing may belong to.
_OF_UNITS = ("residences", "invoice_lines")


@dataclass(frozen=True, kw_only=True)
class Organised:
    """The rows, and how the organisation stood (``vft.indicators.geography``)."""

    rows: Rows
    eras: "ir.Table"
    places: "ir.Table"
    settle: "Callable[[ir.Table], ir.Table]"


def located(known: Organised, *, changed_on: Sequence[date], today: date) -> "ir.Table":
    """Where everybody lived, all their days, and where units were, as if somebody always did.

    Gives ``(recipient_id, unit, starts_on, ends_on, era, then, now)`` without gaps; a unit's own
    rows have no recipient. ``then`` and ``now`` are units that stand in the era and today, or
    :data:`UNKNOWN`.
    """
    residing = known.settle(homes(known.rows))
    persons = _with_gaps(residing, _everybody(known.rows))
    every = ibis.union(persons, _units(known.rows).select(persons.columns))
    stays = known.settle(_within_eras(every, known.eras))
    settled = followed(stays, residing, known.rows, changed_on=changed_on, today=today)
    units = known.places.select("era", "unit").distinct()
    then = units.select(standing_in="era", standing_then="unit")
    now = era_of(today, units).select(standing_now="unit")
    placed = settled.left_join(
        then, [settled.era == then.standing_in, settled.then == then.standing_then]
    )
    placed = placed.left_join(now, [placed.now == now.standing_now])
    return placed.select(
        "recipient_id",
        "unit",
        "starts_on",
        "ends_on",
        "era",
        then=placed.standing_then.fill_null(UNKNOWN),
        now=placed.standing_now.fill_null(UNKNOWN),
    )


def _everybody(rows: Rows) -> "ir.Table":
    """``(recipient_id)``: all that a register speaks of."""
    return ibis.union(*(rows(name).select("recipient_id") for name in _REGISTERS), distinct=True)


def _units(rows: Rows) -> "ir.Table":
    """All days of the units that a thing may belong to."""
    named = ibis.union(*(rows(name).select("unit") for name in _OF_UNITS), distinct=True)
    return named.filter(named.unit.notnull()).mutate(
        recipient_id=ibis.null("int64"),
        starts_on=ibis.literal(_FIRST_DAY),
        ends_on=ibis.literal(OPEN_END),
    )


def numbered(stays: "ir.Table") -> "ir.Table":
    """``(home, era, then, now)``: a number, from 1, for all that counts alike, then and now."""
    alike = stays.select(*_ALIKE).distinct()
    number = ibis.row_number().over(ibis.window(order_by=list(_ALIKE)))
    return alike.mutate(home=(number + 1).cast("int64"))


def lived(stays: "ir.Table", homes_of: "ir.Table") -> "ir.Table":
    """``(recipient_id, starts_on, ends_on, home)``: everybody, all their days."""
    known = stays.filter(stays.recipient_id.notnull()).join(homes_of, _ALIKE)
    return known.select("recipient_id", "starts_on", "ends_on", "home")


def belonging(stays: "ir.Table", homes_of: "ir.Table") -> "ir.Table":
    """``(unit, starts_on, ends_on, home)``: where what belongs to a unit counts, all days.

    What belonged to a unit that was split, and to nobody in it, is in no known unit after.
    """
    known = stays.filter(stays.recipient_id.isnull()).join(homes_of, _ALIKE)
    return known.select("unit", "starts_on", "ends_on", "home")


def in_home(known_places: "ir.Table", homes_of: "ir.Table", today: date) -> "ir.Table":
    """``(home, grouping, unit, geography, place)``: every place of each home, and its number.

    :data:`NOBODYS` home counts as the unknown unit does.
    """
    then = known_places.select("grouping", "place", at="unit", in_era="era")
    now = era_of(today, known_places).select("grouping", "place", at="unit")
    was = homes_of.join(then, [homes_of.era == then.in_era, homes_of["then"] == then["at"]])
    is_now = homes_of.join(now, [homes_of["now"] == now["at"]])
    nobodys = now.filter(now["at"] == UNKNOWN).mutate(home=ibis.literal(NOBODYS, "int64"))
    columns = ["home", "grouping", "unit", "geography"]
    parts = [(was, THEN), (is_now, NOW), (nobodys, THEN), (nobodys, NOW)]
    every = ibis.union(
        *(
            part.select("home", "grouping", unit="place", geography=ibis.literal(geography)).select(
                columns
            )
            for part, geography in parts
        )
    )
    alike = ibis.window(order_by=["geography", "grouping", "unit"])
    return every.mutate(place=ibis.dense_rank().over(alike).cast("int64"))


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
