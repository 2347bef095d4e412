"""Varsler per vakt: how many cases reach the response service by day, evening and night."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import geography, tally, weekly
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import calendar
from vft.tables.period import DAY_PARTS, first_day, last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_ALL = "cases"
_DAYS = "days"
#: Part of the day → what it is called, in the plural and in a sentence.
_SHIFTS = {
    "day": ("Dagvakter", "dagvakt"),
    "evening": ("Kveldsvakter", "kveldsvakt"),
    "night": ("Nattevakter", "nattevakt"),
}


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    summed = (_ALL, *_SHIFTS)
    counted = weekly.counted(
        frame,
        _persons(frame, sliced),
        counts={f"with_{name}": name for name in summed},
        amounts={_amount(name): name for name in summed},
    )
    return ibis.union(tally.named(counted, sliced), _days(frame, sliced))


def behind(frame: Frame) -> "ir.Table":
    """Who sent alerts, and when."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    persons = _persons(frame, sliced)
    told = {
        f"with_{name}": (name, weekly.said(persons[name], "varsel", "varsler"))
        for name in (_ALL, *_SHIFTS)
    }
    return weekly.behind(persons, sliced, told)


def _persons(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    weeks = frame.rows("panel_responses", months=frame.months)
    weeks = weeks.filter(weeks.cases > 0)
    by_shift = {part: ibis.ifelse(weeks.day_part == part, weeks.cases, 0) for part in _SHIFTS}
    weeks = weeks.select("recipient_id", "service", "month", "week", "cases", **by_shift)
    placed = weekly.sliced_weeks(frame, weeks, sliced)
    return weekly.by_person(frame, placed, sums=(_ALL, *_SHIFTS))


def _days(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """How many days of each month the data speaks of, for everything that has figures."""
    ends = calendar.month_ends(frame.months)
    known = sliced.select("slice_kind", "slice").distinct()
    every = geography.existing(frame, ends).cross_join(known)
    counted = every.join(_covered(frame), "month")
    return counted.select(
        "slice_kind",
        "slice",
        *tally.PLACE,
        "month",
        measure=ibis.literal(_DAYS),
        value=counted.days.cast("float64"),
    ).select("measure", "slice_kind", "slice", *tally.PLACE, "month", "value")


def _covered(frame: Frame) -> "ir.Table":
    import pyarrow as pa

    days = [
        (min(last_day(month), frame.today) - first_day(month)).days + 1 for month in frame.months
    ]
    return ibis.memtable(
        pa.table({"month": pa.array(frame.months, pa.string()), "days": pa.array(days, pa.int64())})
    )


def _amount(name: str) -> str:
    return name if name == _ALL else f"cases_{name}"


def _hours(part: str) -> str:
    """``07–15``."""
    parts = list(DAY_PARTS)
    until = DAY_PARTS[parts[(parts.index(part) + 1) % len(parts)]]
    return f"{DAY_PARTS[part] // 60:02d}–{until // 60:02d}"


def _per(name: str, code: str, title: str, meaning: str) -> Measure:
    return Measure(
        code=code,
        title=title,
        meaning=meaning,
        at_month_end=False,
        kind=Kind.RATE,
        numerator=_amount(name),
        denominator=_DAYS,
        decimals=1,
        independent=True,
    )


def _summed(name: str, when: str) -> tuple[Measure, Measure]:
    """The cases, and the persons that they rest on."""
    return (
        Measure(
            code=_amount(name),
            title=f"Varsler {when}",
            meaning=f"Reelle saker mottatt {when}.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            basis=f"with_{name}",
        ),
        Measure(
            code=f"with_{name}",
            title=f"Brukere med varsel {when}",
            meaning=f"Minst ett varsel {when}.",
            at_month_end=False,
            unit="personer",
            # the shifts' alerts are all there are: what two of them show, tells the third
            basis="" if name == _ALL else f"with_{_ALL}",
        ),
    )


INDICATOR = Indicator(
    id="alerts_per_shift",
    title="Varsler per vakt",
    question="Hvor mange varsler må noen ta imot på dagen, kvelden og natten?",
    why=(
        "Vaktene må ha folk nok til varslene som kommer. Ny teknologi kan flytte arbeid fra besøk "
        "til varsler, og fra dag til natt."
    ),
    numerator=(
        "Reelle saker som responstjenesten mottok. Prøvealarmer og tekniske saker er ikke med. "
        + " ".join(f"{_SHIFTS[part][0]}: {_hours(part)}." for part in DAY_PARTS)
    ),
    denominator=(
        "Dager i måneden. I en måned som ikke er ferdig, bare dagene vi har tall for. Hver dag har "
        "én vakt av hvert slag."
    ),
    unit="varsler",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for responstjenesten",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Responstjenestens logg", "Utstyrsliste og utplassering"),
    needs=("responses",),
    hides_with=("clarification", "response_time"),
    assumptions=(
        "Et varsel hører til vakten som det ble mottatt på, i norsk tid.",
        (
            "Nattevakten går over midnatt. Månedens første natt mangler timene før midnatt, og "
            "dens siste har bare dem."
        ),
        "En enhets varsler er dem fra brukere som bor der, hvem som enn tar imot dem.",
        (
            "Saker fra utstyr som ingen hadde den dagen, har ingen tjeneste. De telles bare i all "
            "velferdsteknologi."
        ),
        (
            "Et varsel telles der brukeren bodde den første dagen i uken. En uke som går over et "
            "månedsskifte, er delt i to."
        ),
        "Varsler der ingen vet hvem de gjelder, telles bare i kommunen.",
    ),
    measures=(
        *(
            _per(part, f"per_{part}", f"Varsler per {called}", f"Per {called}, {_hours(part)}.")
            for part, (_, called) in _SHIFTS.items()
        ),
        _per(_ALL, "per_24_hours", "Varsler per døgn", "Alle varsler, delt på dagene."),
        *(
            measure
            for name, when in (
                (_ALL, "i måneden"),
                *((part, f"på {called}") for part, (_, called) in _SHIFTS.items()),
            )
            for measure in _summed(name, when)
        ),
        Measure(
            code=_DAYS,
            title="Dager",
            meaning="Dager i måneden som vi har tall for.",
            at_month_end=False,
            kind=Kind.QUANTITY,
            unit="dager",
        ),
    ),
    compute=compute,
    behind=behind,
)
