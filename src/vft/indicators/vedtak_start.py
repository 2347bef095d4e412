"""Vedtak that renew no other, with the day their equipment worked and the day it was heard."""

from typing import TYPE_CHECKING

import ibis

from vft.indicators import heard
from vft.indicators.courses import courses
from vft.indicators.frame import Frame
from vft.panel import intervals
from vft.panel.spells import device_spells
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir


def begun(frame: Frame) -> "ir.Table":
    """``(recipient_id, service, vedtak_id, decided_on, over_on)``: vedtak that renew no other.

    ``over_on``: the first day on which neither it, nor what renewed it, holds any more.
    """
    vedtak = frame.rows("vedtak")
    granted = intervals.closed(
        vedtak.filter(vedtak.status == "granted", vedtak.service.isin(list(services.TECHNOLOGY)))
    )
    by = ["recipient_id", "service"]
    held = courses(granted.select(*by, "starts_on", "ends_on"), by=by)
    first = granted.group_by(*by, "starts_on").agg(
        vedtak_id=granted.vedtak_id.min(), decided_on=granted.decided_on.min()
    )
    dated = held.join(first, [*by, "starts_on"])
    dated = dated.select(
        *by,
        "vedtak_id",
        decided_on=dated.decided_on.fill_null(dated.starts_on),
        over_on=dated.ends_on,
    )
    return dated.filter(dated.decided_on >= ibis.literal(frame.since))


def with_start(frame: Frame, found: "ir.Table") -> "ir.Table":
    """Add ``worked_on``: the first day from the vedtak on with a device that worked, else null.

    ``over_on`` is no later than when she died or left the municipality.
    """
    devices = device_spells(frame.rows)
    devices = devices.select("starts_on", "ends_on", who="recipient_id", what="service")
    there = found.join(
        devices,
        [
            found.recipient_id == devices.who,
            found.service == devices.what,
            devices.ends_on > found.decided_on,
            devices.starts_on < found.over_on,
        ],
    )
    worked = there.group_by("recipient_id", "vedtak_id").agg(worked_on=there.starts_on.min())
    people = frame.rows("recipients")
    left = people.group_by("recipient_id").agg(
        died_on=people.died_on.min(), moved_out_on=people.moved_out_on.min()
    )
    known = found.left_join(worked, ["recipient_id", "vedtak_id"])
    known = known.select(*found.columns, "worked_on").left_join(left, "recipient_id")
    gone_on = ibis.least(
        known.over_on,
        known.died_on.fill_null(known.over_on),
        known.moved_out_on.fill_null(known.over_on),
    )
    kept = ["recipient_id", "service", "vedtak_id", "decided_on", "worked_on"]
    return known.select(*kept, over_on=gone_on)


def with_signal(frame: Frame, found: "ir.Table", *, window: int) -> "ir.Table":
    """Add ``signal_on``: the first day from the vedtak on, while it holds, with a signal.

    One from earlier in the same week says that the equipment was there already. And
    ``sends_since``: when the service was first heard from at all.
    """
    sent = heard.heard(frame, window=window)
    sent = sent.select("week", "heard_on", who="recipient_id", what="service")
    dated = found.mutate(week=heard.week_start(found.decided_on))
    there = dated.join(
        sent,
        [
            dated.recipient_id == sent.who,
            dated.service == sent.what,
            sent.week >= dated.week,
            sent.heard_on < dated.over_on,
        ],
    )
    first = there.group_by("recipient_id", "vedtak_id").agg(signal_on=there.heard_on.min())
    known = found.left_join(first, ["recipient_id", "vedtak_id"])
    known = known.select(*found.columns, "signal_on")
    since = heard.sends_since(frame)
    return known.left_join(since, "service").select(*known.columns, "sends_since")
