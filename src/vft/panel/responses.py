"""Cases at the response service as facts per recipient, service, week and part of the day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.panel import calendar
from vft.panel.events import holders
from vft.panel.fact import Events, Fact, Rows, Spans
from vft.panel.visits import day_part

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: A case so soon after another of the recipient's was closed says that the other was not clarified.
REPEATED_WITHIN_MINUTES = 60
_HOUR = 3600
#: No alarm: nobody needed anything.
_NOT_REAL = ("test", "technical")
_CASE = ("source", "response_id")


def compute(rows: Rows, spans: "Sequence[ir.Table]", months: Sequence[str]) -> "ir.Table":
    """All cases of some months, and what came after them; see :data:`FACT`."""
    (held,) = spans
    reach = sorted({*months, *(calendar.shift(month, 1) for month in months)})
    cases = _about(rows("responses", months=reach), held)
    within = cases.join(calendar.days(months), "local_date").select(*cases.columns, "week")
    known = within.left_join(_repeated(within, cases), _CASE)
    known = known.select(*within.columns, repeated=known.is_repeated.notnull())
    return _counted(known).join(calendar.weeks(months), "week").select(*FACT.columns)


def _about(responses: "ir.Table", held: "ir.Table") -> "ir.Table":
    """Cases with whom they are about, the device's service, and when they were over.

    One that nobody says was closed was over when it was answered, or at once.
    """
    held = held.select("device_id", "starts_on", "ends_on", "service", holder="recipient_id")
    cases = responses.left_join(
        held,
        [
            "device_id",
            responses.local_date >= held.starts_on,
            responses.local_date < held.ends_on,
        ],
    )
    outcome = cases.outcome.fill_null("")
    ended = ibis.coalesce(cases.closed_at, cases.answered_at, cases.received_at)
    return cases.select(
        *_CASE,
        "service",
        "local_date",
        "local_minute",
        "received_at",
        "answered_at",
        recipient_id=ibis.coalesce(cases.recipient_id, cases.holder),
        outcome=outcome,
        real=~outcome.isin(_NOT_REAL),
        clarified=(outcome == "clarified") & cases.dispatched_at.isnull(),
        # a clock that went wrong must not let a case come after itself
        ended_at=ibis.greatest(ended, cases.received_at),
    )


def _repeated(within: "ir.Table", cases: "ir.Table") -> "ir.Table":
    """``(*_CASE, is_repeated)``: clarified cases that were not: the recipient soon called again.

    Cases are matched by the hour, and the hour after, so that one who calls all the time is not
    held against all her calls.
    """
    alone = within.filter(within.clarified & within.recipient_id.notnull())
    hour = _seconds(alone.ended_at) // _HOUR
    told = alone.select(*_CASE, "recipient_id", "ended_at", hour=hour)
    told = ibis.union(told, told.mutate(hour=told.hour + 1))
    real = cases.filter(cases.real & cases.recipient_id.notnull())
    later = real.select(
        who="recipient_id", in_hour=_seconds(real.received_at) // _HOUR, came_at="received_at"
    )
    found = told.join(
        later,
        [
            told.recipient_id == later.who,
            told.hour == later.in_hour,
            later.came_at > told.ended_at,
            later.came_at <= told.ended_at + ibis.interval(minutes=REPEATED_WITHIN_MINUTES),
        ],
    )
    return found.select(*_CASE).distinct().mutate(is_repeated=ibis.literal(True))


def _counted(cases: "ir.Table") -> "ir.Table":
    answered_after = _seconds(cases.answered_at) - _seconds(cases.received_at)
    cases = cases.mutate(
        day_part=day_part(cases.local_minute),
        answered_after=ibis.ifelse(cases.real, answered_after, None).cast("int64"),
    )
    return cases.group_by("recipient_id", "service", "week", "day_part", "answered_after").agg(
        cases=cases.count(where=cases.real),
        clarified=cases.count(where=cases.clarified & ~cases.repeated),
        repeated=cases.count(where=cases.clarified & cases.repeated),
        undocumented=cases.count(where=cases.outcome == ""),
        tests=cases.count(where=cases.outcome == "test"),
        technical=cases.count(where=cases.outcome == "technical"),
    )


def _seconds(moment: Any) -> Any:
    """Whole seconds, so that engines that would round and engines that would cut agree."""
    return moment.truncate("s").epoch_seconds().cast("int64")


FACT = Fact(
    name="panel_responses",
    title="Saker hos responstjenesten per uke",
    meaning=(
        "Cases of a recipient at the response service in a week, cut at month ends, by part of "
        "the day and by how long it took to answer."
    ),
    columns={
        "recipient_id": "whom the case is about, else who had the device that day; null: unknown",
        "service": "the device's service; null: nobody had it",
        "month": "the month that the week belongs to",
        "week": "first day of the week: Monday, or the 1st",
        "day_part": "day, evening or night, by when the case was received",
        "answered_after": "seconds from received to answered; null: not answered, or no real case",
        "cases": "real cases: neither tests nor technical",
        "clarified": "cases closed as clarified without a call-out, and not repeated",
        "repeated": "cases closed as clarified, and another real one within 60 minutes",
        "undocumented": "those of cases that nobody gave an outcome",
        "tests": "cases that were tests",
        "technical": "cases that were technical",
    },
    events=(Events(table="responses", look_ahead=1),),
    spans=(
        Spans(
            tables=("device_assignments", "devices"),
            by=("device_id", "recipient_id", "service"),
            compute=holders,
        ),
    ),
    compute=compute,
)
