"""Services as facts per recipient and week: days with a vedtak, with equipment, with both."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis

from vft.panel import calendar, spells
from vft.panel.fact import Fact, Rows, Spans

if TYPE_CHECKING:
    import ibis.expr.types as ir


def compute(_rows: Rows, spans: "Sequence[ir.Table]", months: Sequence[str]) -> "ir.Table":
    """All services of some months, without a row for each day; see :data:`FACT`."""
    (held,) = spans
    weeks = calendar.weeks(months)
    within = held.join(weeks, [held.starts_on < weeks.week_ends_on, held.ends_on > weeks.week])
    until = ibis.least(within.ends_on, within.week_ends_on)
    days = until.delta(ibis.greatest(within.starts_on, within.week), unit="day")
    within = within.mutate(days=days.cast("int64"))
    counted = within.group_by("recipient_id", "service", "month", "week").agg(
        vedtak_days=_days(within, within.vedtak),
        device_days=_days(within, within.device),
        both_days=_days(within, within.vedtak & within.device),
    )
    return counted.select(*FACT.columns)


def _days(within: "ir.Table", holds: "ir.BooleanColumn") -> "ir.Scalar":
    return within.days.sum(where=holds).fill_null(0).cast("int64")


FACT = Fact(
    name="panel_services",
    title="Tjenester per uke",
    meaning="Days of a service of a recipient in a week, cut at month ends.",
    columns={
        "recipient_id": "the recipient",
        "service": "the service",
        "month": "the month that the week belongs to",
        "week": "first day of the week: Monday, or the 1st",
        "vedtak_days": "days with a valid vedtak that is not paused",
        "device_days": "days with a device that works",
        "both_days": "days with both",
    },
    spans=(
        Spans(
            tables=spells.TABLES,
            by=("recipient_id", "service", "vedtak", "device"),
            compute=spells.service_spells,
        ),
    ),
    compute=compute,
)
