"""Count what happened to persons month by month, from the panel's facts per recipient and week.

What happened in a week counts where the recipient lived on the week's first day: weeks are cut at
month ends. Who moved within a month may have two homes in it, but counts once in a place.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.frame import Frame
from vft.indicators.slices import TOTAL

if TYPE_CHECKING:
    import ibis.expr.types as ir

_PERSON = ("recipient_id", "slice_id", "month")
_CELL = ("slice_id", "home", "month")
_BEHIND = ("measure", "home", "month", "recipient_id", "detail")


def sliced_weeks(frame: Frame, weeks: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """Add ``slice_id`` and ``home`` to weeks ``(recipient_id, service, month, week, …)``.

    A row for each slice. What belongs to no known service counts where every service does.
    """
    placed = tally.at_home(frame, weeks, day="week").drop("week")
    placed = placed.mutate(service=placed.service.fill_null(""))
    return placed.join(sliced.select("service", "slice_id"), "service").drop("service")


def with_unknown(sliced: "ir.Table") -> "ir.Table":
    """Slices in which what belongs to no known service counts too: in all technology together."""
    total = sliced.filter(sliced.slice_kind == TOTAL).mutate(service=ibis.literal(""))
    return ibis.union(sliced, total.select(sliced.columns).distinct())


def by_person(frame: Frame, placed: "ir.Table", *, sums: Sequence[str]) -> "ir.Table":
    """Sum whole numbers over a person's weeks in a month, slice and home."""
    summed = placed.group_by([*_PERSON, "home"]).agg(
        **{name: placed[name].sum().cast("int64") for name in sums}
    )
    return frame.settle(summed)


def counted(
    frame: Frame, persons: "ir.Table", *, counts: Mapping[str, str], amounts: Mapping[str, str]
) -> "ir.Table":
    """From :func:`by_person` to places: ``(measure, slice_id, month, geography, …, value)``.

    ``counts``: measure → the sum that a person must have some of to count; ``amounts``: measure →
    the sum that is added up, also of those that nobody knows who are.
    """
    known = persons.recipient_id.notnull()
    cells = frame.settle(
        persons.group_by(_CELL).agg(
            **{m: persons.count(where=known & (persons[name] > 0)) for m, name in counts.items()},
            **{m: persons[name].sum().cast("int64") for m, name in amounts.items()},
        )
    )
    by_home = ibis.union(*(_told(cells, measure) for measure in (*counts, *amounts)))
    several = frame.settle(_with_several_homes(persons))
    again = [
        tally.counted_again(frame, several.filter(several[name] > 0), measure)
        for measure, name in counts.items()
    ]
    total = ibis.union(
        tally.in_places(frame, by_home),
        *(part.select("measure", "slice_id", "month", *tally.PLACE, "value") for part in again),
    )
    total = total.group_by(["measure", "slice_id", "month", *tally.PLACE]).agg(
        value=total["value"].sum()
    )
    return total.filter(total["value"] != 0)


def behind(
    persons: "ir.Table", sliced: "ir.Table", told: "Mapping[str, tuple[str, ir.StringValue]]"
) -> "ir.Table":
    """The rows behind the counts: measure → the sum that a person has some of, and the detail."""
    known = sliced.select("slice_id", "slice_kind", "slice").distinct()
    parts = [
        persons.mutate(measure=ibis.literal(measure), detail=detail).filter(
            persons[name] > 0, persons.recipient_id.notnull()
        )
        for measure, (name, detail) in told.items()
    ]
    rows = ibis.union(*(p.select("slice_id", *_BEHIND) for p in parts)).join(known, "slice_id")
    return rows.mutate(thing=ibis.null("string")).select(*tally.BEHIND)


def said(number: "ir.IntegerValue", one: str, several: str) -> "ir.StringValue":
    """``1 sak``, ``2 saker``."""
    return number.cast("string").concat(ibis.ifelse(number == 1, f" {one}", f" {several}"))


def _told(cells: "ir.Table", measure: str) -> "ir.Table":
    there = cells.filter(cells[measure] != 0)
    return there.select(*_CELL, measure=ibis.literal(measure), value=there[measure].cast("float64"))


def _with_several_homes(persons: "ir.Table") -> "ir.Table":
    homes = persons.filter(persons.recipient_id.notnull()).group_by(_PERSON)
    moved = homes.agg(homes=ibis._.count()).filter(ibis._.homes > 1)
    return persons.semi_join(moved, _PERSON)
