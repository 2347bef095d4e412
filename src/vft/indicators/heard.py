"""Signals: when somebody's equipment was heard from, and since when a service's ever was.

A signal is anything that a device reports but for technical alerts (:mod:`vft.panel.events`). The
panel tells the first day of each week with one, and weeks are cut at month ends.
"""

from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators.frame import Frame
from vft.panel import calendar, intervals
from vft.panel.events import holders
from vft.panel.spells import equipment
from vft.tables.period import months_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

_HEARD = ("recipient_id", "service", "week", "heard_on")


def heard(frame: Frame, *, window: int) -> "ir.Table":
    """``(recipient_id, service, week, heard_on)``: the first day with a signal in each week.

    Of the frame's months and those of a window before them. What a shared device sends is heard of
    everybody who shares it, though its events are kept as those of one; who began to share it later
    in the week heard it that day.
    """
    first = calendar.shift(frame.months[0], 1 - window)
    weeks = frame.rows("panel_events", months=months_between(first, frame.months[-1]))
    weeks = weeks.filter(weeks.first_on.notnull(), weeks.recipient_id.notnull())
    own = weeks.select("recipient_id", "service", "week", heard_on="first_on")
    return ibis.union(own, _through_others(frame, own))


def sends_since(frame: Frame) -> "ir.Table":
    """``(service, sends_since)``: the first day of the month in which anybody's device sent.

    Technical alerts too: they show that what the service's devices report is delivered.
    """
    weeks = frame.rows("panel_events")
    sent = weeks.filter(weeks.service.notnull()).group_by("service").agg(first=weeks.week.min())
    return sent.select("service", sends_since=_month_start(sent["first"]))


def week_start(day: Any) -> Any:
    """The first day of the panel's week that a day is in: Monday, or the 1st of the month."""
    return ibis.greatest(day.truncate("W").cast("date"), _month_start(day))


def _month_start(day: Any) -> Any:
    return day.truncate("M").cast("date")


def _through_others(frame: Frame, own: "ir.Table") -> "ir.Table":
    """What those heard who have a device whose events are kept as another's."""
    shared = frame.settle(_sharing(frame))
    both = own.select("week", "heard_on", who="recipient_id", what="service").join(
        shared,
        [
            ("who", "holder"),
            ("what", "service"),
            ibis._.heard_on < shared.ends_on,
            ibis._.week >= shared.since_week,
        ],
    )
    heard_on = ibis.greatest(both.heard_on, both.starts_on)
    return both.select("recipient_id", "service", "week", heard_on=heard_on).select(*_HEARD)


def _sharing(frame: Frame) -> "ir.Table":
    """``(recipient_id, service, holder, starts_on, ends_on, since_week)``."""
    assigned = intervals.closed(frame.rows("device_assignments"))
    assigned = assigned.select("device_id", "recipient_id", since="starts_on", until="ends_on")
    held = holders(frame.rows).select("device_id", "starts_on", "ends_on", holder="recipient_id")
    both = assigned.join(
        held,
        [
            assigned.device_id == held.device_id,
            assigned.recipient_id != held.holder,
            assigned.since < held.ends_on,
            assigned.until > held.starts_on,
        ],
    )
    both = both.select(
        "device_id",
        "recipient_id",
        "holder",
        starts_on=ibis.greatest(both.since, both.starts_on),
        ends_on=ibis.least(both.until, both.ends_on),
    )
    known = both.join(equipment(frame.rows), "device_id").select(*both.columns, "service")
    return known.mutate(since_week=week_start(known.starts_on))
