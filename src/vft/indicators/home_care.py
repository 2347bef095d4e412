"""Mottakere av hjemmetjenester: how many there are, and how much time their vedtak grant."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.definition import Better, Family, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import EVERYONE, everyone
from vft.panel import calendar, intervals
from vft.panel.spells import home_care_vedtak
from vft.tables.period import first_day, last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_RECIPIENTS, _WITH_HOURS, _MINUTES = "recipients", "with_hours", "vedtak_minutes"
_HOUR = 60


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    granted = tally.within_homes(frame, _granted(frame)).mutate(slice_id=ibis.literal(1, "int64"))
    spans = tally.at_month_ends(frame, granted)
    by = ["recipient_id", "slice_id", "home"]
    laid = frame.settle(
        intervals.sums(spans, {"told": spans.told, "minutes": spans.minutes}, by=by)
    )
    counted = tally.held(
        frame,
        laid,
        {
            _RECIPIENTS: ibis.literal(1, "int64"),
            _WITH_HOURS: _all_told(laid).cast("int64"),
            _MINUTES: ibis.ifelse(_all_told(laid), laid.minutes, 0),
        },
    )
    return tally.named(tally.in_places(frame, counted), everyone())


def behind(frame: Frame) -> "ir.Table":
    """Who is counted at each month's end, with her vedtak and the time they grant."""
    ends = calendar.month_ends(frame.months)
    granted = _granted(frame)
    then = granted.join(
        ends, [granted.starts_on <= ends.last_day, granted.ends_on > ends.last_day]
    ).select("recipient_id", "month", "last_day", "told", "minutes")
    each = then.group_by("recipient_id", "month", "last_day").agg(
        held=then.count(), told=then.told.sum(), minutes=then.minutes.sum()
    )
    placed = tally.at_home(frame, each, day="last_day")
    placed = placed.mutate(detail=_detail(placed))
    told = placed.filter(_all_told(placed))
    return ibis.union(
        *(
            rows.select(
                "home",
                "month",
                "recipient_id",
                "detail",
                measure=ibis.literal(measure),
                slice_kind=ibis.literal(EVERYONE),
                slice=ibis.literal("all"),
                thing=ibis.null("string"),
            )
            for measure, rows in ((_RECIPIENTS, placed), (_WITH_HOURS, told))
        )
    ).select(*tally.BEHIND)


def _granted(frame: Frame) -> "ir.Table":
    """Valid vedtak that reach into the months asked for; ``told``: 1 where hours are written."""
    vedtak = home_care_vedtak(frame.rows)
    vedtak = vedtak.filter(
        vedtak.starts_on <= ibis.literal(last_day(frame.months[-1])),
        vedtak.ends_on > ibis.literal(first_day(frame.months[0])),
    )
    return vedtak.select(
        "recipient_id",
        "starts_on",
        "ends_on",
        told=vedtak.minutes.notnull().cast("int64"),
        minutes=vedtak.minutes.fill_null(0),
    )


def _all_told(of_recipient: "ir.Table") -> "ir.BooleanColumn":
    return of_recipient.told == of_recipient.held


def _detail(of_recipient: "ir.Table") -> "ir.StringValue":
    """``2 vedtak, 4 t 15 min i uken``."""
    minutes = of_recipient.minutes
    time = (minutes // _HOUR).cast("int64").cast("string")
    rest = (minutes % _HOUR).cast("int64").cast("string")
    written = ibis.literal(", ").concat(time, " t ", rest, " min i uken")
    granted = of_recipient.held.cast("string").concat(" vedtak")
    return granted.concat(
        ibis.ifelse(_all_told(of_recipient), written, ", timer er ikke dokumentert")
    )


INDICATOR = Indicator(
    id="home_care",
    title="Mottakere av hjemmetjenester",
    question="Hvor mange får hjemmetjenester, og hvor mye tid har de vedtak om?",
    why=(
        "Velferdsteknologi skal gi rom for flere mottakere og for dem som trenger mest. Da må vi "
        "vite hvor mange som får hjelp hjemme, og om tiden de har vedtak om, øker eller faller."
    ),
    numerator=(
        "Tjenestemottakere som siste dag i måneden har minst ett gyldig vedtak om helsetjenester i "
        "hjemmet eller praktisk bistand som ikke er satt på pause. Én person telles én gang. "
        "Vedtakstiden er summen av timene per uke i alle hennes gyldige vedtak om dette, i hele "
        "minutter."
    ),
    denominator=(
        "Vedtakstid per mottaker regnes av dem som har timer i alle sine gyldige vedtak. Mangler "
        "timene i ett av dem, vet vi ikke hvor mye tid hun har vedtak om: hun telles som "
        "mottaker, men tiden hennes er ikke dokumentert og regnes ikke som null."
    ),
    unit="personer",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for hjemmetjenester",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak og pauser fra EPJ",),
    needs=("vedtak",),
    family=Family.OVERALL,
    slice_kinds=(EVERYONE,),
    hides_with=("need_groups",),
    assumptions=(
        "Tiden er den det er gjort vedtak om, ikke den som er brukt: se «Tid i hjemmetjenesten».",
        "Vedtak som gjelder samtidig, legges sammen, også om de gjelder samme tjeneste.",
        "Er ett vedtak registrert to ganger, telles tiden to ganger.",
        "Pauser i et vedtak teller ikke: hun som er på reise siste dag i måneden, er ikke med.",
    ),
    measures=(
        Measure(
            code=_RECIPIENTS,
            title="Mottakere av hjemmetjenester",
            meaning="Gyldig vedtak om helsetjenester i hjemmet eller praktisk bistand.",
            at_month_end=True,
        ),
        Measure(
            code=_WITH_HOURS,
            title="Mottakere med timer i vedtaket",
            meaning="Mottakere der alle gyldige vedtak har timer per uke.",
            at_month_end=True,
        ),
        Measure(
            code="with_hours_share",
            title="Andel med timer i vedtaket",
            meaning="Hvor stor del av mottakerne vedtakstiden bygger på.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_WITH_HOURS,
            denominator=_RECIPIENTS,
            per=100,
            decimals=1,
            better=Better.HIGHER,
        ),
        Measure(
            code=_MINUTES,
            title="Vedtakstid i alt",
            meaning="Minutter per uke i gyldige vedtak, av mottakere med timer i vedtaket.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            unit="minutter per uke",
            basis=_WITH_HOURS,
        ),
        Measure(
            code="minutes_per_recipient",
            title="Vedtakstid per mottaker",
            meaning="Minutter per uke i gyldige vedtak, i snitt for dem som har timer i vedtaket.",
            at_month_end=True,
            kind=Kind.RATE,
            unit="minutter per uke",
            numerator=_MINUTES,
            denominator=_WITH_HOURS,
        ),
    ),
    compute=compute,
    behind=behind,
)
