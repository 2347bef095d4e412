"""Samtidige brukere: who has both a valid vedtak and equipment that works, on one day."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.definition import Better, Indicator, Measure
from vft.indicators.frame import Frame, spells_of
from vft.indicators.slices import slices_of
from vft.tables import services
from vft.tables.period import first_day, last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_UNIQUE = "unique_in_month"


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    spells = frame.settle(_spells(frame))
    sliced = slices_of(frame)
    presence = frame.settle(tally.within_homes(frame, spells))
    counted, again = _counted(frame, presence, sliced)
    total = ibis.union(tally.in_places(frame, counted), tally.counted_again(frame, again, _UNIQUE))
    total = total.group_by(["measure", "slice_id", "month", *tally.PLACE]).agg(
        value=total["value"].sum()
    )
    return tally.named(total.filter(total["value"] > 0), sliced)


def behind(frame: Frame) -> "ir.Table":
    """See :class:`~vft.indicators.definition.Indicator`: who is counted, and for which service."""
    sliced = slices_of(frame)
    spans = frame.settle(tally.within_homes(frame, frame.settle(_spells(frame))))
    at_end, within = tally.at_month_ends(frame, spans), tally.within_months(frame, spans)
    found = {
        "concurrent": at_end.filter(at_end.vedtak & at_end.device),
        "vedtak_only": at_end.filter(at_end.vedtak & ~at_end.device),
        "device_only": at_end.filter(at_end.device & ~at_end.vedtak),
        _UNIQUE: within.filter(within.vedtak & within.device),
    }
    rows = (
        tally.each_month(frame, part).mutate(measure=ibis.literal(measure))
        for measure, part in found.items()
    )
    told = ibis.union(*rows).join(sliced, "service")
    names = [(told.service == code, s.name) for code, s in services.TECHNOLOGY.items()]
    return told.select(
        "measure",
        "slice_kind",
        "slice",
        "home",
        "month",
        "recipient_id",
        thing=ibis.null("string"),
        detail=ibis.cases(*names, else_=""),
    )


def _spells(frame: Frame) -> "ir.Table":
    """Spells of technology that reach into the months asked for."""
    spells = spells_of(frame)
    first, last = first_day(frame.months[0]), last_day(frame.months[-1])
    return spells.filter(
        spells.starts_on <= ibis.literal(last),
        spells.ends_on > ibis.literal(first),
    )


def _counted(frame: Frame, presence: "ir.Table", sliced: "ir.Table") -> "tuple[ir.Table, ir.Table]":
    """Counts by home, and months in which somebody has several homes."""
    at_end = tally.at_month_ends(frame, presence).join(sliced, "service")
    concurrent = tally.within_months(frame, presence.filter(presence.vedtak & presence.device))
    stocks = tally.on_one_day(
        frame,
        at_end,
        {
            "concurrent": at_end.vedtak & at_end.device,
            "vedtak_only": at_end.vedtak & ~at_end.device,
            "device_only": at_end.device & ~at_end.vedtak,
        },
    )
    unique, several = tally.on_any_day(frame, concurrent.join(sliced, "service"), _UNIQUE)
    return ibis.union(*stocks, unique), several


INDICATOR = Indicator(
    id="concurrent_users",
    title="Samtidige brukere",
    question="Hvordan ligger vi an med å ta i bruk velferdsteknologi?",
    why=(
        "Viser hvor mange som faktisk har teknologien i bruk på samme tid. Vedtak uten utstyr og "
        "utstyr uten vedtak telles ikke med, men vises ved siden av: de er arbeid å gjøre."
    ),
    numerator=(
        "Tjenestemottakere som siste dag i måneden både har gyldig vedtak som ikke er satt på "
        "pause, og utstyr for samme tjeneste som virker. Én person telles én gang i hver enhet og "
        "hvert utvalg av tjenester, uansett hvor mange vedtak og enheter hun har."
    ),
    denominator="",
    unit="personer",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak og pauser fra EPJ", "Utstyrsliste og utplassering fra leverandør eller EPJ"),
    needs=("vedtak", "device_assignments"),
    measures=(
        Measure(
            code="concurrent",
            title="Samtidige brukere",
            meaning="Gyldig vedtak og utstyr som virker siste dag i måneden.",
            at_month_end=True,
        ),
        Measure(
            code="vedtak_only",
            title="Bare vedtak",
            meaning="Gyldig vedtak, men ikke utstyr som virker, siste dag i måneden.",
            at_month_end=True,
            better=Better.LOWER,
        ),
        Measure(
            code="device_only",
            title="Bare utstyr",
            meaning="Utstyr som virker, men ikke gyldig vedtak, siste dag i måneden.",
            at_month_end=True,
            better=Better.LOWER,
        ),
        Measure(
            code=_UNIQUE,
            title="Unike brukere i måneden",
            meaning="Samtidig bruker minst én dag i måneden. Enheter kan ikke legges sammen.",
            at_month_end=False,
        ),
    ),
    compute=compute,
    behind=behind,
)
