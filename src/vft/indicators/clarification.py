"""Avklaringsgrad: how many alarms the response service clarifies, so that nobody need go out."""

from datetime import date
from typing import TYPE_CHECKING

from vft.indicators import tally, weekly
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel.responses import REPEATED_WITHIN_MINUTES

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: What is summed of a person's cases, and the count of persons with any.
_SUMMED = {
    "cases": "with_case",
    "clarified": "with_clarified",
    "repeated": "with_repeated",
    "undocumented": "with_undocumented",
}


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    counted = weekly.counted(
        frame,
        _persons(frame, sliced),
        counts={measure: name for name, measure in _SUMMED.items()},
        amounts={name: name for name in _SUMMED},
    )
    return tally.named(counted, sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who had cases, and what became of them."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    persons = _persons(frame, sliced)
    became = weekly.said(persons.cases, "sak", "saker").concat(
        ", ",
        persons.clarified.cast("string"),
        " avklart, ",
        persons.repeated.cast("string"),
        " gjentatt",
    )
    without = weekly.said(persons.undocumented, "sak uten utfall", "saker uten utfall")
    told = {measure: (name, became) for name, measure in _SUMMED.items()}
    told["with_undocumented"] = ("undocumented", without)
    return weekly.behind(persons, sliced, told)


def _persons(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    weeks = frame.rows("panel_responses", months=frame.months)
    # whether one whom nobody knows called again cannot be told
    weeks = weeks.filter(weeks.recipient_id.notnull())
    weeks = weeks.mutate(cases=weeks.cases - weeks.undocumented)
    weeks = weeks.select("recipient_id", "service", "month", "week", *_SUMMED)
    return weekly.by_person(frame, weekly.sliced_weeks(frame, weeks, sliced), sums=list(_SUMMED))


def _persons_with(measure: str, title: str, meaning: str) -> Measure:
    return Measure(
        code=measure,
        title=title,
        meaning=meaning,
        at_month_end=False,
        unit="personer",
        better=Better.NEITHER,
    )


INDICATOR = Indicator(
    id="clarification",
    title="Avklaringsgrad",
    question="Hvor mange alarmer blir avklart uten at noen må rykke ut?",
    why=(
        "Hver alarm som avklares av responstjenesten, sparer en utrykning og gir brukeren svar med "
        "en gang. Må hun varsle igjen, var alarmen ikke avklart."
    ),
    numerator=(
        "Saker som responstjenesten lukket som avklart uten å sende noen, og der samme bruker ikke "
        f"hadde en ny reell sak de første {REPEATED_WITHIN_MINUTES} minuttene etter at saken var "
        "avsluttet."
    ),
    denominator=(
        "Reelle saker med utfall: avklart, videreformidlet, utrykning eller ikke svar. "
        "Prøvealarmer og tekniske saker er ikke med. Saker uten utfall er ikke dokumentert og "
        "vises for seg."
    ),
    unit="prosent",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for responstjenesten",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Responstjenestens logg", "Utstyrsliste og utplassering"),
    needs=("responses",),
    hides_with=("alerts_per_shift", "response_time"),
    assumptions=(
        "En sak som er videreformidlet til andre, er ikke avklart.",
        (
            "Er det ikke oppgitt når saken ble avsluttet, regnes minuttene fra den ble besvart, "
            "ellers fra den ble mottatt."
        ),
        "En ny sak mens den første ennå er åpen, er ikke en gjentakelse.",
        "Saker der ingen vet hvem de gjelder, er ikke med.",
        (
            "Saker fra utstyr som ingen hadde den dagen, har ingen tjeneste. De telles bare i all "
            "velferdsteknologi."
        ),
        (
            "En sak telles der brukeren bodde den første dagen i uken. En uke som går over et "
            "månedsskifte, er delt i to."
        ),
        "Høy avklaringsgrad er bare bra om brukerne får hjelpen de trenger: se også avvik.",
    ),
    measures=(
        Measure(
            code="clarified_share",
            title="Avklaringsgrad",
            meaning="Avklarte saker av reelle saker med utfall.",
            at_month_end=False,
            kind=Kind.RATE,
            numerator="clarified",
            denominator="cases",
            per=100,
            decimals=1,
            independent=True,
        ),
        Measure(
            code="repeated_share",
            title="Andel gjentatte",
            meaning="Saker lukket som avklart der brukeren varslet igjen, av reelle saker.",
            at_month_end=False,
            kind=Kind.RATE,
            numerator="repeated",
            denominator="cases",
            per=100,
            decimals=1,
            better=Better.LOWER,
            independent=True,
        ),
        Measure(
            code="cases",
            title="Reelle saker med utfall",
            meaning="Saker i måneden, uten prøver og tekniske saker.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_case",
            better=Better.NEITHER,
        ),
        Measure(
            code="clarified",
            title="Avklarte saker",
            meaning="Lukket uten utrykning, og ikke gjentatt.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_clarified",
        ),
        Measure(
            code="repeated",
            title="Gjentatte saker",
            meaning="Lukket som avklart, men brukeren varslet igjen.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_repeated",
            better=Better.LOWER,
        ),
        Measure(
            code="undocumented",
            title="Saker uten utfall",
            meaning="Ingen har registrert hva som ble gjort. De er ikke med i avklaringsgraden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_undocumented",
            better=Better.LOWER,
        ),
        _persons_with("with_case", "Brukere med sak", "Minst én reell sak med utfall."),
        _persons_with("with_clarified", "Brukere med avklart sak", "Minst én avklart sak."),
        _persons_with("with_repeated", "Brukere med gjentatt sak", "Minst én gjentatt sak."),
        _persons_with("with_undocumented", "Brukere med sak uten utfall", "Minst én slik sak."),
    ),
    compute=compute,
    behind=behind,
)
