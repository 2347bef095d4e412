"""What became of a unit: merges, splits, moves and renamings, followed one date at a time."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.panel import intervals
from vft.panel.fact import Rows

if TYPE_CHECKING:
    import ibis.expr.types as ir


def followed(
    stays: "ir.Table", lived: "ir.Table", rows: Rows, *, changed_on: Sequence[date], today: date
) -> "ir.Table":
    """Add to stays ``then`` and ``now``: the unit on the day itself, and what became of it.

    ``stays`` must not reach past a change; ``unit`` is as registered. A registration that was not
    renewed when its unit ended counts, ``then`` too, in what the unit became. Where a unit was
    split a recipient follows her own first residence (``lived``) in a successor; without one, or
    without a recipient, the unit is unknown, an empty string.
    """
    changes = rows("unit_successions").select("predecessor", "successor", "changed_on").distinct()
    moving = stays.semi_join(changes, [stays.unit == changes.predecessor])
    resting = stays.anti_join(changes, [stays.unit == changes.predecessor])
    moving = _placed(moving)
    own, outcomes = _own_choices(changes, lived, changed_on), _outcomes(changes, rows)
    for day in changed_on:
        moving = _step(moving, outcomes, own, day=day, today=today)
    return ibis.union(_placed(resting), moving)


def _placed(stays: "ir.Table") -> "ir.Table":
    return stays.select(
        "recipient_id", "unit", "starts_on", "ends_on", "era", then=stays.unit, now=stays.unit
    )


def _step(
    stays: "ir.Table", outcomes: "ir.Table", own: "ir.Table", *, day: date, today: date
) -> "ir.Table":
    """What stays are after the changes of one day."""
    on = ibis.literal(day)
    outcomes = outcomes.filter(outcomes.changed_on == on)
    own = own.filter(own.changed_on == on).select("chosen", who="recipient_id", split="predecessor")
    # a view, since Ibis would merge the last step's joins with this one, and lose what they gave
    stays = stays.view()
    known = stays.left_join(outcomes, [stays.now == outcomes.predecessor])
    known = known.left_join(own, [known.recipient_id == own.who, known.now == own.split])
    became = ibis.ifelse(known.ways == 1, known.only, known.chosen.fill_null(""))
    is_late = (
        known.predecessor.notnull() & (on <= known.starts_on) & (known.last <= known.starts_on)
    )
    is_later = known.predecessor.notnull() & (on >= known.ends_on) & ibis.literal(day <= today)
    return known.select(
        "recipient_id",
        "unit",
        "starts_on",
        "ends_on",
        "era",
        then=ibis.ifelse(is_late, became, known.then),
        now=ibis.ifelse(is_late | is_later, became, known.now),
    )


def _outcomes(changes: "ir.Table", rows: Rows) -> "ir.Table":
    """``(predecessor, changed_on, ways, only, last)``.

    ``ways``: how many units it became; ``only``: which, if one; ``last``: the first day on which
    the predecessor no longer was.
    """
    ways = changes.group_by("predecessor", "changed_on").agg(
        ways=changes.successor.nunique(), only=changes.successor.min()
    )
    units = intervals.closed(rows("units"))
    ends = units.group_by(predecessor=units.code).agg(last=units.ends_on.max())
    return ways.left_join(ends, "predecessor").select(*ways.columns, "last")


def _own_choices(changes: "ir.Table", lived: "ir.Table", changed_on: Sequence[date]) -> "ir.Table":
    """The first residence of each recipient in what a unit became.

    Gives ``(recipient_id, changed_on, predecessor, chosen)``.
    """
    became = _descendants(changes, changed_on)
    living = lived.join(became, [lived.unit == became.candidate, lived.ends_on > became.changed_on])
    order = ibis.window(
        group_by=["recipient_id", "changed_on", "predecessor"], order_by=living.starts_on
    )
    living = living.mutate(place=ibis.row_number().over(order))
    return living.filter(living.place == 0).select(
        "recipient_id", "changed_on", "predecessor", chosen="unit"
    )


def _descendants(changes: "ir.Table", changed_on: Sequence[date]) -> "ir.Table":
    """``(changed_on, predecessor, candidate)``: successors, their successors, and so on."""
    found = changes.select("changed_on", "predecessor", candidate="successor")
    later = found.filter(ibis.literal(False))
    for day in reversed(changed_on):
        here = found.filter(found.changed_on == ibis.literal(day))
        beyond = later.select(through="predecessor", candidate="candidate")
        through = here.select("changed_on", "predecessor", through="candidate")
        further = through.join(beyond, "through").select("changed_on", "predecessor", "candidate")
        later = ibis.union(later, here, further, distinct=True)
    return later
