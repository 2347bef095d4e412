"""Ledetid: how long it takes from a vedtak on technology until the equipment works."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import survival, tally
from vft.indicators.courses import REST_DAYS, courses
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import intervals
from vft.panel.spells import device_spells
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

_VEDTAK, _UNSTARTED, _WAITING, _MEDIAN = "vedtak", "not_started", "waiting", "median_days"
_STARTED = "started"
_WITHIN = {"within_14_days": 14, "within_28_days": 28}
_WINDOW = 12
_CELL = ("slice_id", "home", "month")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    found = frame.settle(_followed(frame, sliced))
    drawn = frame.settle(
        survival.curves(survival.followed(frame, found, causes=[_STARTED]), causes=[_STARTED])
    )
    halved = survival.median(drawn)
    parts = [halved.select(*survival.CELL, measure=_named(_MEDIAN), value=_number(halved.days))]
    for measure, days in _WITHIN.items():
        read = survival.after(drawn, days=days, causes=[_STARTED])
        parts.append(read.select(*survival.CELL, measure=_named(measure), value=read[_STARTED]))
    counted = tally.in_places(frame, _counted(found))
    return tally.named(ibis.union(*parts, counted.select(parts[0].columns)), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Each vedtak, when it was decided, and when the equipment worked."""
    sliced = slices_of(frame)
    found = _followed(frame, sliced).mutate(thing=ibis._.vedtak_id)
    said = found.mutate(detail=_detail(found))
    told = ibis.union(
        *(
            said.filter(holds).mutate(measure=ibis.literal(measure))
            for measure, holds in _counts(said).items()
        )
    )
    named = told.join(sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id")
    return named.select(*tally.BEHIND)


def _counts(found: "ir.Table") -> "dict[str, ir.BooleanValue]":
    """What vedtak are counted as at a month's end."""
    unstarted = found.cause.isnull()
    return {
        _VEDTAK: found.vedtak_id.notnull(),
        _UNSTARTED: unstarted,
        _WAITING: unstarted & (found.over_on > found.last_day),
    }


def _counted(found: "ir.Table") -> "ir.Table":
    parts = []
    for measure, holds in _counts(found).items():
        counted = found.filter(holds).group_by(list(_CELL)).agg(cases=ibis._.count())
        value = _number(counted.cases)
        parts.append(counted.select(*_CELL, measure=ibis.literal(measure), value=value))
    return ibis.union(*parts)


def _followed(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """Vedtak of each month's window, as far as they were followed at its end."""
    cases = tally.at_home(frame, frame.settle(_with_start(frame, _begun(frame))), day="decided_on")
    cases = cases.join(sliced.select("service", "slice_id"), "service")
    dated = tally.over_window(frame, cases, day="decided_on", window=_WINDOW)
    is_started = (dated.worked_on <= dated.last_day).fill_null(ibis.literal(False))
    last = ibis.least(dated.last_day, _day_before(dated.over_on))
    until = ibis.ifelse(is_started, dated.worked_on, last)
    days = until.delta(dated.decided_on, unit="day").cast("int64")
    return dated.mutate(
        days=ibis.greatest(days, 0),
        cause=ibis.ifelse(is_started, _STARTED, ibis.null("string")),
    )


def _begun(frame: Frame) -> "ir.Table":
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
    begun = held.join(first, [*by, "starts_on"])
    begun = begun.select(
        *by,
        "vedtak_id",
        decided_on=begun.decided_on.fill_null(begun.starts_on),
        over_on=begun.ends_on,
    )
    return begun.filter(begun.decided_on >= ibis.literal(frame.since))


def _with_start(frame: Frame, begun: "ir.Table") -> "ir.Table":
    """Add ``worked_on``: the first day from the vedtak on with a device that worked, else null.

    ``over_on`` is no later than when she died or left the municipality.
    """
    devices = device_spells(frame.rows)
    devices = devices.select("starts_on", "ends_on", who="recipient_id", what="service")
    there = begun.join(
        devices,
        [
            begun.recipient_id == devices.who,
            begun.service == devices.what,
            devices.ends_on > begun.decided_on,
            devices.starts_on < begun.over_on,
        ],
    )
    worked = there.group_by("recipient_id", "vedtak_id").agg(worked_on=there.starts_on.min())
    people = frame.rows("recipients")
    left = people.group_by("recipient_id").agg(
        died_on=people.died_on.min(), moved_out_on=people.moved_out_on.min()
    )
    known = begun.left_join(worked, ["recipient_id", "vedtak_id"])
    known = known.select(*begun.columns, "worked_on").left_join(left, "recipient_id")
    gone_on = ibis.least(
        known.over_on,
        known.died_on.fill_null(known.over_on),
        known.moved_out_on.fill_null(known.over_on),
    )
    kept = ["recipient_id", "service", "vedtak_id", "decided_on", "worked_on"]
    return known.select(*kept, over_on=gone_on)


def _day_before(day: Any) -> Any:
    return (day - ibis.interval(days=1)).cast("date")


def _named(measure: str) -> Any:
    return ibis.literal(measure)


def _number(whole: Any) -> Any:
    return whole.cast("float64")


def _detail(found: "ir.Table") -> "ir.StringValue":
    decided = ibis.literal("Vedtak ").concat(found.decided_on.strftime("%d.%m.%Y"))
    days = found.days.cast("string")
    return decided.concat(
        ibis.ifelse(
            found.cause.notnull(),
            ibis.literal(", utstyret virket etter ").concat(days, " dager"),
            ibis.literal(", ikke i gang etter ").concat(days, " dager"),
        )
    )


def _within(code: str, days: int) -> Measure:
    return Measure(
        code=code,
        title=f"I gang innen {days} dager",
        meaning=f"Anslått andel av vedtakene der utstyret virket senest {days} dager etter.",
        at_month_end=True,
        kind=Kind.QUANTITY,
        unit="prosent",
        basis=_VEDTAK,
        decimals=1,
        better=Better.HIGHER,
    )


INDICATOR = Indicator(
    id="lead_time",
    title="Ledetid",
    question="Hvor lang tid går det fra vedtak om teknologi til den er i gang?",
    why=(
        "Den som venter, får besøk i stedet eller klarer seg uten. Lang ledetid er ofte det "
        "enkleste å gjøre noe med: lager, montering, opplæring."
    ),
    numerator=(
        "Dager fra vedtaksdato til den første dagen mottakeren har utstyr for tjenesten som "
        "virker. Sto det der fra før, er det null dager. Median: da hadde halvparten kommet i "
        "gang. De som ikke er i gang, regnes med så lenge de har ventet (Kaplan–Meier), ellers "
        "ville de seneste og de som aldri kom i gang, få ledetiden til å se kortere ut."
    ),
    denominator=(
        "Innvilgede vedtak om velferdsteknologi med vedtaksdato i de siste tolv månedene. Et "
        f"vedtak som fornyer et annet for samme tjeneste, med mindre enn {REST_DAYS} dager "
        "mellom, telles ikke. Hvert vedtak telles der mottakeren bodde på vedtaksdatoen."
    ),
    unit="vedtak",
    better=Better.LOWER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak fra EPJ", "Utstyrsliste og utplassering fra leverandør eller EPJ"),
    needs=("vedtak", "device_assignments"),
    window=_WINDOW,
    assumptions=(
        (
            "I gang er den dagen utstyret er utplassert og virker. Et signal kan ikke komme før "
            "det, og en alarm som ingen trykker på, er likevel i gang."
        ),
        (
            "Er vedtaket over, eller er mottakeren død eller flyttet ut før utstyret virket, "
            "følges vedtaket til dagen før."
        ),
        "Mangler vedtaksdatoen, regnes det fra dagen vedtaket gjelder fra.",
        "Medianen har ikke noe tall der færre enn halvparten har kommet i gang.",
        (
            "Vedtak fra før kildene begynner, er ikke med: kildene har bare dem som ikke var over "
            "da. De første elleve månedene bygger derfor på færre enn tolv måneder."
        ),
        "Den som får to tjenester, har to vedtak og telles to ganger i all velferdsteknologi.",
        "Den som bodde i en enhet som siden er lagt ned, telles i kommunen, sett som den gang.",
    ),
    measures=(
        Measure(
            code=_MEDIAN,
            title="Ledetid, median",
            meaning="Så mange dager gikk det før halvparten var i gang.",
            at_month_end=True,
            kind=Kind.QUANTITY,
            unit="dager",
            basis=_VEDTAK,
        ),
        *(_within(code, days) for code, days in _WITHIN.items()),
        Measure(
            code=_VEDTAK,
            title="Vedtak",
            meaning="Nye innvilgede vedtak om velferdsteknologi de siste tolv månedene.",
            at_month_end=True,
            better=Better.NEITHER,
        ),
        Measure(
            code=_UNSTARTED,
            title="Ikke i gang",
            meaning="Vedtak der utstyret ikke har virket innen månedens slutt.",
            at_month_end=True,
        ),
        Measure(
            code=_WAITING,
            title="Venter",
            meaning="De av dem som ikke er i gang, der vedtaket fortsatt gjelder.",
            at_month_end=True,
        ),
    ),
    compute=compute,
    behind=behind,
)
