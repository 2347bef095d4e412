"""Likt tilbud: which technology is in use where, and how much of it at equal need."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import geography, standard, tally
from vft.indicators.courses import in_use
from vft.indicators.definition import Better, Family, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import SERVICE, slices_of
from vft.panel import calendar

if TYPE_CHECKING:
    import ibis.expr.types as ir

_USERS, _RECIPIENTS, _COVERED, _OFFERED = "users", "recipients", "covered", "offered"
_NEED = ("assessments",)


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(_services(frame))
    cared_for = standard.recipients(frame)
    people = standard.counted_in_all(frame, sliced, cared_for, _RECIPIENTS)
    covered = standard.counted(frame, standard.users(frame, sliced, cared_for), _COVERED)
    everyone = {_USERS: ibis.literal(True)}
    in_all = frame.settle(ibis.union(*tally.on_one_day(frame, _using(frame, sliced), everyone)))
    used = frame.settle(tally.in_places(frame, in_all))
    return tally.named(
        ibis.union(
            used,
            _offered(frame, used),
            tally.in_places(frame, people),
            tally.in_places(frame, covered),
            standard.expected(frame, people, covered),
        ),
        sliced,
    )


def behind(frame: Frame) -> "ir.Table":
    """Who uses each service, who receives home care, and who does both."""
    sliced = frame.settle(_services(frame))
    of_slices = sliced.select("slice_id", "slice_kind", "slice").distinct()
    cared_for = standard.recipients(frame)
    people = tally.each_month(frame, cared_for).cross_join(of_slices.select("slice_id"))
    covered = tally.each_month(frame, standard.users(frame, sliced, cared_for))
    used = tally.each_month(frame, _using(frame, sliced))
    columns = ["measure", "slice_id", "home", "month", "recipient_id"]
    told = ibis.union(
        *(
            rows.mutate(measure=ibis.literal(measure)).select(columns)
            for measure, rows in ((_USERS, used), (_RECIPIENTS, people), (_COVERED, covered))
        ),
        distinct=True,
    )
    nothing = ibis.null("string")
    named = told.join(of_slices, "slice_id")
    return named.mutate(thing=nothing, detail=nothing).select(*tally.BEHIND)


def _services(frame: Frame) -> "ir.Table":
    sliced = slices_of(frame)
    return sliced.filter(sliced.slice_kind == SERVICE)


def _using(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """Users by month ends and home: ``(recipient_id, slice_id, home, starts_on, ends_on, …)``."""
    at_end = tally.at_month_ends(frame, tally.within_homes(frame, in_use(frame)))
    return frame.settle(at_end.join(sliced.select("service", "slice_id"), "service"))


def _offered(frame: Frame, used: "ir.Table") -> "ir.Table":
    """1 where somebody uses a service, 0 where nobody does though somebody elsewhere does."""
    units = geography.existing(frame, calendar.month_ends(frame.months))
    units = units.filter(units.at_month_end)
    anywhere = used.select("slice_id", "month").distinct()
    every = units.join(anywhere, "month").select("slice_id", "month", *tally.PLACE)
    by = ["slice_id", "month", *tally.PLACE]
    found = every.left_join(used.select(*by, "value"), by)
    return found.select(
        *(every[column] for column in by), value=ibis.ifelse(found["value"] > 0, 1.0, 0.0)
    ).select(measure=ibis.literal(_OFFERED), **{column: column for column in (*by, "value")})


INDICATOR = Indicator(
    id="equal_offer",
    title="Likt tilbud",
    question="Får innbyggerne tilbud om den samme teknologien, uansett hvor de bor?",
    why=(
        "Hvor du bor, skal ikke avgjøre om du får tilbud om teknologi. En tjeneste som ingen "
        "bruker i én enhet, mens andre har mange brukere, er verdt å spørre om."
    ),
    numerator=(
        "Mottakere av hjemmetjenester som siste dag i måneden er samtidige brukere av tjenesten. "
        "Tjenesten er i bruk når noen i enheten bruker den, med eller uten hjemmetjenester. "
        "Forventet antall er hvor mange det ville vært om hver behovsgruppe i enheten hadde samme "
        "andel brukere som gruppen har i hele kommunen."
    ),
    denominator=(
        "Tjenestemottakere som siste dag i måneden har gyldig vedtak om helsetjenester i hjemmet "
        "eller praktisk bistand. For forholdet: det forventede antallet."
    ),
    unit="personer",
    better=Better.NEITHER,
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
    family=Family.EQUAL_OFFER,
    slice_kinds=(SERVICE,),
    hides_with=("home_care", "need_groups", "concurrent_users", "coverage"),
    assumptions=(
        (
            "Ingen brukere kan bety at tjenesten ikke tilbys, eller at ingen har trengt den "
            "ennå. I små enheter er det siste vanlig."
        ),
        "En tjeneste som ingen i det hele tatt bruker den måneden, sammenlignes ikke.",
        (
            "Behovsgruppen er den i den nyeste kartleggingen, se «Mottakere etter "
            "bistandsbehov». De som ikke er kartlagt, er en gruppe for seg."
        ),
        "Standardiseringen tar hensyn til behovsgruppe, ikke til alder, bosituasjon eller avstand.",
    ),
    measures=(
        Measure(
            code="per_100",
            title="Brukere per 100 mottakere",
            meaning="Mottakere med tjenesten per 100 mottakere av hjemmetjenester.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="per 100 mottakere",
            numerator=_COVERED,
            denominator=_RECIPIENTS,
            per=100,
            decimals=1,
        ),
        Measure(
            code="ratio",
            title="Forhold til forventet",
            meaning="Mottakere med tjenesten per 100 forventede. 100 er som i hele kommunen.",
            at_month_end=True,
            kind=Kind.RATE,
            unit="per 100 forventede",
            numerator=_COVERED,
            denominator=standard.EXPECTED,
            per=100,
            needs=_NEED,
        ),
        Measure(
            code=_OFFERED,
            title="I bruk",
            meaning="1 når noen i enheten bruker tjenesten, 0 når ingen gjør det, men andre gjør.",
            at_month_end=True,
            kind=Kind.QUANTITY,
            unit="1 er ja, 0 er nei",
            basis=_USERS,
            better=Better.HIGHER,
        ),
        Measure(
            code=_USERS,
            title="Samtidige brukere",
            meaning="Gyldig vedtak og utstyr som virker, med eller uten hjemmetjenester.",
            at_month_end=True,
        ),
        Measure(
            code=_RECIPIENTS,
            title="Mottakere av hjemmetjenester",
            meaning="Gyldig vedtak om helsetjenester i hjemmet eller praktisk bistand.",
            at_month_end=True,
        ),
        Measure(
            code=_COVERED,
            title="Mottakere med tjenesten",
            meaning="Mottakere av hjemmetjenester som også er samtidige brukere.",
            at_month_end=True,
        ),
        Measure(
            code=standard.EXPECTED,
            title="Forventet ved samme behov",
            meaning="Mottakere med tjenesten om hver behovsgruppe hadde kommunens andel.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_RECIPIENTS,
            decimals=1,
            needs=_NEED,
            made_of="need_groups",
        ),
    ),
    compute=compute,
    behind=behind,
)
