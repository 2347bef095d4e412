"""Dekning: how many of those who receive home care use technology, and how many at equal need."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import standard, tally
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

_RECIPIENTS, _COVERED = "recipients", "covered"
_NEED = ("assessments",)


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    cared_for = standard.recipients(frame)
    people = standard.counted_in_all(frame, sliced, cared_for, _RECIPIENTS)
    covered = standard.counted(frame, standard.users(frame, sliced, cared_for), _COVERED)
    return tally.named(
        ibis.union(
            tally.in_places(frame, people),
            tally.in_places(frame, covered),
            standard.expected(frame, people, covered),
        ),
        sliced,
    )


def behind(frame: Frame) -> "ir.Table":
    """Who receives home care, and who of them uses technology."""
    sliced = slices_of(frame)
    of_slices = sliced.select("slice_id", "slice_kind", "slice").distinct()
    cared_for = standard.recipients(frame)
    people = tally.each_month(frame, cared_for).mutate(measure=ibis.literal(_RECIPIENTS))
    covered = tally.each_month(frame, standard.users(frame, sliced, cared_for))
    columns = ["measure", "slice_kind", "slice", "home", "month", "recipient_id"]
    told = ibis.union(
        people.cross_join(of_slices).select(columns),
        covered.mutate(measure=ibis.literal(_COVERED)).join(of_slices, "slice_id").select(columns),
        distinct=True,
    )
    nothing = ibis.null("string")
    return told.mutate(thing=nothing, detail=nothing).select(*tally.BEHIND)


INDICATOR = Indicator(
    id="coverage",
    title="Dekning i hjemmetjenesten",
    question="Hvor stor del av dem som får hjemmetjenester, bruker velferdsteknologi?",
    why=(
        "Antall brukere følger enhetens størrelse. Dekning kan sammenlignes mellom enheter, og "
        "standardisert for behov kan den også sammenlignes når enhetene har ulike mottakere."
    ),
    numerator=(
        "Mottakere av hjemmetjenester som siste dag i måneden også er samtidige brukere av "
        "teknologien: gyldig vedtak som ikke er satt på pause, og utstyr som virker. Forventet "
        "antall er hvor mange det ville vært om hver behovsgruppe i enheten hadde samme andel "
        "brukere som gruppen har i hele kommunen."
    ),
    denominator=(
        "Tjenestemottakere som siste dag i måneden har gyldig vedtak om helsetjenester i hjemmet "
        "eller praktisk bistand. For forholdet: det forventede antallet."
    ),
    unit="personer",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Vedtak og pauser fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
        "Kartlegginger (IPLOS) fra EPJ",
    ),
    needs=("vedtak", "device_assignments"),
    hides_with=("home_care", "need_groups", "concurrent_users", "equal_offer"),
    assumptions=(
        (
            "Behovsgruppen er den i den nyeste kartleggingen, se «Mottakere etter "
            "bistandsbehov». De som ikke er kartlagt, er en gruppe for seg."
        ),
        "Brukere uten hjemmetjenester, som mange med bare trygghetsalarm, er ikke med her.",
        "Standardiseringen tar hensyn til behovsgruppe, ikke til alder, bosituasjon eller avstand.",
        (
            "Et forhold over 100 betyr flere brukere enn kommunen ellers har ved samme behov, "
            "ikke at dekningen er høy nok."
        ),
    ),
    measures=(
        Measure(
            code=_RECIPIENTS,
            title="Mottakere av hjemmetjenester",
            meaning="Gyldig vedtak om helsetjenester i hjemmet eller praktisk bistand.",
            at_month_end=True,
            better=Better.NEITHER,
        ),
        Measure(
            code=_COVERED,
            title="Mottakere med teknologi",
            meaning="Mottakere av hjemmetjenester som også er samtidige brukere.",
            at_month_end=True,
        ),
        Measure(
            code="coverage",
            title="Dekning",
            meaning="Mottakere med teknologi per 100 mottakere av hjemmetjenester.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_COVERED,
            denominator=_RECIPIENTS,
            per=100,
            decimals=1,
        ),
        Measure(
            code=standard.EXPECTED,
            title="Forventet ved samme behov",
            meaning="Mottakere med teknologi om hver behovsgruppe hadde kommunens andel.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_RECIPIENTS,
            decimals=1,
            better=Better.NEITHER,
            needs=_NEED,
            made_of="need_groups",
        ),
        Measure(
            code="ratio",
            title="Forhold til forventet",
            meaning="Mottakere med teknologi per 100 forventede. 100 er som i hele kommunen.",
            at_month_end=True,
            kind=Kind.RATE,
            unit="per 100 forventede",
            numerator=_COVERED,
            denominator=standard.EXPECTED,
            per=100,
            needs=_NEED,
        ),
    ),
    compute=compute,
    behind=behind,
)
