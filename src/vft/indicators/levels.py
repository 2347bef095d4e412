"""From rows of persons in their home units to counts in every unit and group.

The finest grain is counted once. Who has one home counts there and the levels are sums; only who
had several homes in a month is counted person by person, since she is one person in the city.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from vft.indicators.geography import NOW, THEN

if TYPE_CHECKING:
    import ibis.expr.types as ir

_BY = ["measure", "slice_kind", "slice", "month"]
_PLACE = ["grouping", "unit"]


@dataclass(frozen=True, kw_only=True)
class Placements:
    """The tables of ``indicators.placement``."""

    then: "ir.Table"
    now: "ir.Table"
    settlings: "ir.Table"


def stocks(people: "ir.Table", measures: Sequence[str], placements: Placements) -> "ir.Table":
    """Counts of persons with one home: ``(*_BY, geography, grouping, unit, value)``.

    ``people``: ``(slice_kind, slice, month, recipient_id, home, *measures)``, measures 0 or 1.
    """
    located = _settled(people, placements)
    by = ["slice_kind", "slice", "month", "home", "settled"]
    counted = located.group_by(by).agg(**{m: located[m].sum().cast("int64") for m in measures})
    long = ibis.union(
        *(counted.select(*by, measure=ibis.literal(m), value=counted[m]) for m in measures)
    )
    return _summed(long, placements)


def uniques(people: "ir.Table", measure: str, placements: Placements) -> "ir.Table":
    """Counts of different persons: as :func:`stocks`.

    ``people``: ``(slice_kind, slice, month, recipient_id, home)``, perhaps several homes a month.
    """
    located = _settled(people, placements).mutate(measure=ibis.literal(measure))
    homes = located.select("month", "recipient_id", "home", "settled").distinct()
    homes = homes.group_by("month", "recipient_id").agg(homes=homes.count())
    movers = homes.filter(homes.homes > 1)
    settled = located.anti_join(movers, ["month", "recipient_id"])
    counted = settled.group_by([*_BY, "home", "settled"]).agg(value=settled.count().cast("int64"))
    several = located.semi_join(movers, ["month", "recipient_id"])
    return _added(ibis.union(_summed(counted, placements), _distinct(several, placements)))


def _settled(people: "ir.Table", placements: Placements) -> "ir.Table":
    found = people.left_join(placements.settlings, ["recipient_id", "home"])
    return found.select(*people.columns, settled=found.settled.fill_null(""))


def _summed(counted: "ir.Table", placements: Placements) -> "ir.Table":
    return _added(ibis.union(*(each for each in _placed(counted, placements, ["value"]))))


def _added(counts: "ir.Table") -> "ir.Table":
    by = [*_BY, "geography", *_PLACE]
    return counts.group_by(by).agg(value=counts["value"].sum().cast("int64"))


def _distinct(people: "ir.Table", placements: Placements) -> "ir.Table":
    each = ibis.union(*_placed(people, placements, ["recipient_id"])).distinct()
    by = [*_BY, "geography", *_PLACE]
    return each.group_by(by).agg(value=each.count().cast("int64"))


def _placed(
    rows: "ir.Table", placements: Placements, kept: Sequence[str]
) -> "tuple[ir.Table, ir.Table]":
    was = rows.join(placements.then, ["month", "home"])
    is_now = rows.join(placements.now, ["home", "settled"])
    columns = [*_BY, *_PLACE, *kept]
    return (
        was.select(*columns, geography=ibis.literal(THEN)),
        is_now.select(*columns, geography=ibis.literal(NOW)),
    )
