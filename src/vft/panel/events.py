"""Device events as facts per recipient, service and week."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.panel import calendar, intervals
from vft.panel.fact import Events, Fact, Rows, Spans
from vft.panel.spells import equipment

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: vkp-alert-code-v090: a dose was not handed out, at all or for lack of medicine.
MISSED_DOSE = ("1.1", "1.2")
#: vkp-medicationdispense-events: handed out, unassisted, assisted, as needed.
DISPENSED = ("1", "1.1", "1.2", "1.3")
#: What one event counts as. It counts as exactly one of these.
COUNTED = (
    "tests",
    "technical",
    "doses_dispensed",
    "doses_missed",
    "alarms",
    "measurements",
    "other",
)
#: What is no signal: a technical alert may be the very word that a device is not heard from. A test
#: is one: whoever mounted the device made it call, and the call came through.
NO_SIGNAL = "technical"


def compute(rows: Rows, spans: "Sequence[ir.Table]", months: Sequence[str]) -> "ir.Table":
    """All device events of some months; see :data:`FACT`."""
    (held,) = spans
    events = rows("device_events", months=months).join(calendar.days(months), "local_date")
    held_then = events.left_join(
        held,
        ["device_id", events.local_date >= held.starts_on, events.local_date < held.ends_on],
    )
    counted = (
        held_then.mutate(counts_as=counts_as(held_then))
        .group_by("recipient_id", "service", "week")
        .agg(
            **{kind: ibis._.count(where=ibis._.counts_as == kind) for kind in COUNTED},
            first_on=ibis._.local_date.min(where=ibis._.counts_as != NO_SIGNAL),
        )
    )
    return counted.join(calendar.weeks(months), "week").select(*FACT.columns)


def holders(rows: Rows) -> "ir.Table":
    """``(device_id, starts_on, ends_on, recipient_id, service)``: whose events a device sends.

    The primary one of those who share it, then the one who got it last.
    """
    assigned = intervals.closed(rows("device_assignments"))
    rank = ibis.cases((assigned.role == "primary", 0), (assigned.role == "shared", 2), else_=1)
    ranked = assigned.mutate(rank=rank, begun=assigned.starts_on)
    alone = intervals.foremost(
        ranked,
        by=["device_id"],
        first=[ranked["rank"], ranked.begun.desc(), ranked.recipient_id],
        keep=["recipient_id"],
    )
    return alone.left_join(equipment(rows), "device_id").select(*alone.columns, "service")


def counts_as(events: "ir.Table") -> Any:
    """Which of :data:`COUNTED` an event is: tests first, then technical alerts, then by code."""
    alert = events.vocabulary == "alert"
    return ibis.cases(
        (events.test.fill_null(ibis.literal(False)), "tests"),
        (events.technical.fill_null(ibis.literal(False)), "technical"),
        (alert & events.code.isin(MISSED_DOSE), "doses_missed"),
        (alert, "alarms"),
        ((events.vocabulary == "dispense") & events.code.isin(DISPENSED), "doses_dispensed"),
        (events.vocabulary == "measurement", "measurements"),
        else_="other",
    )


FACT = Fact(
    name="panel_events",
    title="Hendelser fra utstyr per uke",
    meaning="Device events of a recipient in a week, cut at month ends.",
    columns={
        "recipient_id": "who had the device that day, the primary of a couple; null: nobody",
        "service": "the device's service; null: nobody had it",
        "month": "the month that the week belongs to",
        "week": "first day of the week: Monday, or the 1st",
        "tests": "events marked as tests",
        "technical": "alerts marked as technical",
        "doses_dispensed": "doses handed out",
        "doses_missed": "doses not handed out",
        "alarms": "other alerts: someone has to look at them",
        "measurements": "measurements",
        "other": "other messages, such as travel or a message that was read",
        "first_on": "the first day with a signal: anything but a technical alert; null: none",
    },
    events=(Events(table="device_events"),),
    spans=(
        Spans(
            tables=("device_assignments", "devices"),
            by=("device_id", "recipient_id", "service"),
            compute=holders,
        ),
    ),
    compute=compute,
)
