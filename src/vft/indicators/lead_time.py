"""Ledetid: how long it takes from a vedtak on technology until it is heard from, and works."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import geography, heard, survival, tally, vedtak_start
from vft.indicators.courses import REST_DAYS
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import calendar

if TYPE_CHECKING:
    import ibis.expr.types as ir

_VEDTAK, _UNSTARTED, _WAITING, _MEDIAN = "vedtak", "not_started", "waiting", "median_days"
_SENDING, _SILENT, _SIGNAL_MEDIAN = "signal_vedtak", "no_signal", "signal_median_days"
_WITHIN = {"within_14_days": 14, "within_28_days": 28}
_SIGNAL_WITHIN = {"signal_within_28_days": 28}
#: What is missing where no service of a slice has sent anything yet.
_OF_SIGNALS = (_SIGNAL_MEDIAN, *_SIGNAL_WITHIN, _SENDING, _SILENT)
_STARTED = "started"
_WINDOW = 12
_EVENTS = ("device_events",)
_CELL = ("slice_id", "home", "month")


@dataclass(frozen=True, kw_only=True)
class _End:
    """What vedtak are followed to, and the measures of it.

    ``days`` and ``cause``: the columns that say how long, and whether it came. ``among``: the
    measure of those who are followed; ``counts``: all measures that count, of which vedtak.
    """

    days: str
    cause: str
    among: str
    median: str
    within: Mapping[str, int]
    counts: "Callable[[ir.Table], dict[str, ir.BooleanValue]]"


def _by_equipment(found: "ir.Table") -> "dict[str, ir.BooleanValue]":
    unstarted = found.worked.isnull()
    return {
        _VEDTAK: found.vedtak_id.notnull(),
        _UNSTARTED: unstarted,
        _WAITING: unstarted & (found.over_on > found.last_day),
    }


def _by_signal(found: "ir.Table") -> "dict[str, ir.BooleanValue]":
    # who decided before anything was ever heard from the service may have been heard unseen
    is_followed = (found.decided_on >= found.sends_since).fill_null(ibis.literal(False))
    return {_SENDING: is_followed, _SILENT: is_followed & found.signalled.isnull()}


_ENDS = (
    _End(
        days="signal_days",
        cause="signalled",
        among=_SENDING,
        median=_SIGNAL_MEDIAN,
        within=_SIGNAL_WITHIN,
        counts=_by_signal,
    ),
    _End(
        days="worked_days",
        cause="worked",
        among=_VEDTAK,
        median=_MEDIAN,
        within=_WITHIN,
        counts=_by_equipment,
    ),
)


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    found = frame.settle(_followed(frame, sliced))
    parts = [part for end in _ENDS for part in _figures(frame, found, end)]
    parts.append(_unheard(frame, sliced))
    columns = ["measure", "slice_id", "month", *tally.PLACE, "value"]
    return tally.named(ibis.union(*(part.select(columns) for part in parts)), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Each vedtak, when it was decided, when the equipment worked and was first heard from."""
    sliced = slices_of(frame)
    found = frame.settle(_followed(frame, sliced)).mutate(thing=ibis._.vedtak_id)
    said = found.mutate(detail=_detail(found))
    told = ibis.union(
        *(
            said.filter(holds).mutate(measure=ibis.literal(measure))
            for end in _ENDS
            for measure, holds in end.counts(said).items()
        )
    )
    named = told.join(sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id")
    return named.select(*tally.BEHIND)


def _figures(frame: Frame, found: "ir.Table", end: _End) -> "list[ir.Table]":
    """The medians, shares and counts of one end."""
    holds = end.counts(found)
    cases = found.filter(holds[end.among])
    cases = cases.select(*_CELL, days=cases[end.days], cause=cases[end.cause])
    drawn = survival.curves(survival.followed(frame, cases, causes=[_STARTED]), causes=[_STARTED])
    drawn = frame.settle(drawn)
    halved = survival.median(drawn)
    parts = [halved.select(*survival.CELL, measure=_named(end.median), value=_number(halved.days))]
    for measure, days in end.within.items():
        read = survival.after(drawn, days=days, causes=[_STARTED])
        parts.append(read.select(*survival.CELL, measure=_named(measure), value=read[_STARTED]))
    estimated = tally.of_places(frame, ibis.union(*parts))
    return [estimated, tally.in_places(frame, _counted(found, holds))]


def _counted(found: "ir.Table", holds: "dict[str, ir.BooleanValue]") -> "ir.Table":
    parts = []
    for measure, true in holds.items():
        counted = found.filter(true).group_by(list(_CELL)).agg(cases=ibis._.count())
        parts.append(counted.select(*_CELL, measure=_named(measure), value=_number(counted.cases)))
    return ibis.union(*parts)


def _unheard(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """What is missing: signals in months by whose end no service of the slice had sent any."""
    ends = calendar.month_ends(frame.months)
    units = geography.existing(frame, ends).filter(ibis._.at_month_end)
    since = heard.sends_since(frame)
    known = sliced.left_join(since, "service").select("slice_id", "sends_since")
    known = known.group_by("slice_id").agg(sends_since=known.sends_since.min())
    dated = known.cross_join(ends.select("month", "last_day"))
    sends = (dated.sends_since <= dated.last_day).fill_null(ibis.literal(False))
    silent = dated.filter(~sends).select("slice_id", "month").join(units, "month")
    nothing = ibis.null("float64")
    return ibis.union(
        *(silent.mutate(measure=_named(measure), value=nothing) for measure in _OF_SIGNALS)
    )


def _followed(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """Vedtak of each month's window, as far as they were followed at its end.

    ``worked_days`` and ``signal_days``: until the equipment worked, or sent, or nothing more is
    known; ``worked`` and ``signalled``: not null where it did. ``sends_since``: null where nothing
    was ever heard from the service.
    """
    begun = frame.settle(vedtak_start.with_start(frame, vedtak_start.begun(frame)))
    heard_from = frame.settle(vedtak_start.with_signal(frame, begun, window=_WINDOW))
    cases = tally.at_home(frame, heard_from, day="decided_on")
    cases = cases.join(sliced.select("service", "slice_id"), "service")
    dated = tally.over_window(frame, cases, day="decided_on", window=_WINDOW)
    worked_days, worked = _until(dated, dated.worked_on)
    signal_days, signalled = _until(dated, dated.signal_on)
    return dated.mutate(
        worked_days=worked_days, worked=worked, signal_days=signal_days, signalled=signalled
    )


def _until(dated: "ir.Table", day: Any) -> tuple[Any, Any]:
    """Days until it happened on a day, and that it did; else until nothing more is known."""
    is_started = (day <= dated.last_day).fill_null(ibis.literal(False))
    last = ibis.least(dated.last_day, _day_before(dated.over_on))
    days = ibis.ifelse(is_started, day, last).delta(dated.decided_on, unit="day").cast("int64")
    return ibis.greatest(days, 0), ibis.ifelse(is_started, _STARTED, ibis.null("string"))


def _day_before(day: Any) -> Any:
    return (day - ibis.interval(days=1)).cast("date")


def _named(measure: str) -> Any:
    return ibis.literal(measure)


def _number(whole: Any) -> Any:
    return whole.cast("float64")


def _detail(found: "ir.Table") -> "ir.StringValue":
    decided = ibis.literal("Vedtak ").concat(found.decided_on.strftime("%d.%m.%Y"))
    worked = ibis.ifelse(
        found.worked.notnull(),
        _after("utstyret virket etter ", found.worked_days),
        _after("ikke i gang etter ", found.worked_days),
    )
    signalled = ibis.cases(
        (~_by_signal(found)[_SENDING], "kan ikke følges til signal"),
        (found.signalled.notnull(), _after("første signal etter ", found.signal_days)),
        else_=_after("ikke noe signal etter ", found.signal_days),
    )
    return decided.concat(", ", worked, ", ", signalled)


def _after(text: str, days: Any) -> Any:
    return ibis.literal(text).concat(days.cast("string"), " dager")


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


def _signal_within(code: str, days: int) -> Measure:
    return Measure(
        code=code,
        title=f"Første signal innen {days} dager",
        meaning=(
            f"Anslått andel av vedtakene som følges til signal, der det kom senest {days} dager "
            "etter."
        ),
        at_month_end=True,
        kind=Kind.QUANTITY,
        unit="prosent",
        basis=_SENDING,
        decimals=1,
        better=Better.HIGHER,
        needs=_EVENTS,
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
        "Dager fra vedtaksdato til det første signalet fra mottakerens utstyr for tjenesten, og "
        "til den første dagen utstyret virker. Var det i gang fra før, er det null dager. Median: "
        "da hadde halvparten kommet i gang. De som ikke er i gang, regnes med så lenge de har "
        "ventet (Kaplan–Meier), ellers ville de seneste og de som aldri kom i gang, få ledetiden "
        "til å se kortere ut."
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
    sources=(
        "Vedtak fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
        "Hendelser fra utstyr fra leverandørene",
    ),
    needs=("vedtak", "device_assignments"),
    window=_WINDOW,
    assumptions=(
        (
            "Et signal er alt utstyret melder, men ikke tekniske varsler: de kan gå ut på at "
            "utstyret ikke lenger er å nå. En prøvealarm er et signal. Da har noen montert "
            "utstyret, og den kom fram."
        ),
        (
            "Utstyret virker fra den dagen det er utplassert og ikke ute av drift. Det står i "
            "registeret, mens signalet viser at det er koblet til."
        ),
        (
            "Noe utstyr sender bare når noe skjer, som trygghetsalarm og GPS. Prøves det ikke når "
            "det monteres, kommer det første signalet lenge etter at utstyret er i gang. Se da "
            "på ledetiden til utstyret virker."
        ),
        (
            "Utstyr som ingen har fått signaler fra, ser ut som om ingen er i gang. En tjeneste er "
            "derfor med i tallene for signal først fra måneden noe utstyr for den sendte noe. "
            "Vedtak fra før det, og tjenester som aldri har sendt noe, holdes utenfor, også når "
            "flere tjenester ses under ett. «Andel som følges til signal» viser hvor mange som er "
            "med. Der ingen tjeneste har sendt noe, mangler tallene."
        ),
        "Deler flere samme utstyr, gjelder signalene fra det alle som deler.",
        "Kom et signal tidligere i samme uke som vedtaket, er det null dager.",
        (
            "Er vedtaket over, eller er mottakeren død eller flyttet ut før utstyret virket eller "
            "sendte, følges vedtaket til dagen før."
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
            code=_SIGNAL_MEDIAN,
            title="Ledetid til første signal, median",
            meaning="Så mange dager gikk det før utstyret hadde sendt noe for halvparten.",
            at_month_end=True,
            kind=Kind.QUANTITY,
            unit="dager",
            basis=_SENDING,
            needs=_EVENTS,
        ),
        *(_signal_within(code, days) for code, days in _SIGNAL_WITHIN.items()),
        Measure(
            code=_MEDIAN,
            title="Ledetid til utstyret virker, median",
            meaning="Så mange dager gikk det før utstyret virket for halvparten.",
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
        Measure(
            code=_SILENT,
            title="Uten signal",
            meaning="Vedtak som følges til signal, der ikke noe er kommet innen månedens slutt.",
            at_month_end=True,
            needs=_EVENTS,
        ),
        Measure(
            code="signal_vedtak_share",
            title="Andel som følges til signal",
            meaning="Vedtak der tjenestens utstyr hadde begynt å sende, av alle vedtakene.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_SENDING,
            denominator=_VEDTAK,
            per=100,
            decimals=1,
            better=Better.HIGHER,
            needs=_EVENTS,
        ),
        Measure(
            code=_SENDING,
            title="Vedtak som følges til signal",
            meaning="De av vedtakene der tjenestens utstyr hadde begynt å sende.",
            at_month_end=True,
            better=Better.NEITHER,
            needs=_EVENTS,
        ),
    ),
    compute=compute,
    behind=behind,
)
