"""Users among recipients of home care, and how many there would be at the same need.

Units differ in need, so their coverage is standardised indirectly: each need group of a unit is
given the share of users that the group has in the whole municipality, and the sum is the expected
number of users. Observed over expected is the ratio. Source: N. E. Breslow and N. E. Day,
«Statistical Methods in Cancer Research II», IARC 1987, chapter 2 (indirect standardisation).
"""

from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally
from vft.indicators.courses import in_use
from vft.indicators.frame import Frame
from vft.indicators.need_groups import by_need
from vft.panel.homes import LEVELS

if TYPE_CHECKING:
    import ibis.expr.types as ir

EXPECTED = "expected"
#: Shares are whole billionths, so that sums are the same in whatever order. Sums are tenths: finer
#: ones would tell how many of a place are in each need group.
_BILLIONTHS, _TENTHS = 10**9, 10
_MONTH = ("geography", "month")


def recipients(frame: Frame) -> "ir.Table":
    """Recipients of home care by month ends: ``(recipient_id, need, home, starts_on, ends_on)``.

    ``need`` as the newest assessment says (``need_groups``); those not assessed are a group too.
    """
    known = tally.within_homes(frame, frame.settle(by_need(frame)))
    at_end = tally.at_month_ends(frame, known)
    return frame.settle(at_end.select("recipient_id", "need", "home", "starts_on", "ends_on"))


def users(frame: Frame, sliced: "ir.Table", cared_for: "ir.Table") -> "ir.Table":
    """Those of :func:`recipients` who use technology of each slice: adds ``slice_id``."""
    used = tally.at_month_ends(frame, in_use(frame))
    used = used.join(sliced.select("service", "slice_id"), "service").select(
        "slice_id", who="recipient_id", since="starts_on", until="ends_on"
    )
    both = cared_for.join(
        used,
        [
            cared_for.recipient_id == used.who,
            cared_for.starts_on < used.until,
            cared_for.ends_on > used.since,
        ],
    )
    both = both.select(*cared_for.columns, "slice_id", "since", "until")
    met = both.mutate(
        starts_on=ibis.greatest(both.starts_on, both.since),
        ends_on=ibis.least(both.ends_on, both.until),
    )
    return frame.settle(met.drop("since", "until"))


def counted(frame: Frame, spans: "ir.Table", measure: str) -> "ir.Table":
    """``(measure, slice_id, home, need, month, value)`` of :func:`users`."""
    (found,) = tally.on_one_day(frame, spans, {measure: ibis.literal(True)}, also=["need"])
    return frame.settle(found)


def counted_in_all(
    frame: Frame, sliced: "ir.Table", cared_for: "ir.Table", measure: str
) -> "ir.Table":
    """As :func:`counted` of :func:`recipients`, who are the same in every slice."""
    alike = cared_for.mutate(slice_id=ibis.literal(0, "int64"))
    found = counted(frame, alike, measure).drop("slice_id")
    return found.cross_join(sliced.select("slice_id").distinct())


def expected(frame: Frame, of_recipients: "ir.Table", of_users: "ir.Table") -> "ir.Table":
    """Users that a place would have if every need group had its municipality's share of users.

    In tenths, as ``tally.in_places``. ``of_recipients`` and ``of_users``: counts by home and
    need, as :func:`counted`. A place of several municipalities has the sum of what they give.
    """
    wholes = frame.in_home.filter(frame.in_home.grouping == LEVELS[0]).select(
        "home", "geography", whole="unit"
    )
    by = ["whole", "slice_id", "need", *_MONTH]
    under = _summed(of_recipients.join(wholes, "home"), by, "recipients")
    over = _summed(of_users.join(wholes, "home"), by, "users")
    shares = under.join(over, by).select(*by, "recipients", "users")
    share = _rounded(_BILLIONTHS * shares.users, shares.recipients)
    shares = frame.settle(shares.select(*by, share=share))
    placed = of_recipients.join(frame.in_home, "home").join(wholes, ["home", "geography"])
    places = ["slice_id", "month", *tally.PLACE]
    there = _summed(placed, [*places, "whole", "need"], "recipients")
    given = there.join(shares, by).select(*places, part=there.recipients * shares.share)
    summed = given.group_by(places).agg(total=given.part.sum().cast("int64"))
    value = _rounded(summed.total, _BILLIONTHS // _TENTHS).cast("float64") / _TENTHS
    return summed.mutate(measure=ibis.literal(EXPECTED), value=value).select(
        "measure", *places, "value"
    )


def _rounded(number: Any, divisor: Any) -> Any:
    """A whole number over another, rounded half up."""
    return ((2 * number + divisor) // (2 * divisor)).cast("int64")


def _summed(counts: "ir.Table", by: list[str], name: str) -> "ir.Table":
    return counts.group_by(by).agg(**{name: counts["value"].sum().cast("int64")})
