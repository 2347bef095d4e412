"""Samtidige brukere: who has both a valid vedtak and equipment that works, on one day."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import geography, tally
from vft.indicators.definition import Better, Indicator, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices
from vft.panel.spells import service_spells
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

_UNIQUE = "unique_in_month"


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    presence = frame.settle(_presence(frame))
    counted = ibis.union(*_at_month_end(frame, presence), *_within_month(frame, presence))
    key = ["measure", *tally.SLICE, "month", "geography", "grouping", "unit"]
    total = counted.group_by(key).agg(value=counted["value"].sum().cast("int64"))
    return total.filter(total["value"] > 0)


def _presence(frame: Frame) -> "ir.Table":
    """Spells of technology, cut where the recipient moved or the organisation changed."""
    spells = service_spells(frame.rows)
    spells = frame.settle(spells.filter(spells.service.isin(list(services.TECHNOLOGY))))
    homes = geography.located(frame, spells)
    homes = homes.select(
        "era", "then", "now", who="recipient_id", since="starts_on", until="ends_on"
    )
    within = spells.join(
        homes,
        [
            spells.recipient_id == homes.who,
            spells.starts_on < homes.until,
            spells.ends_on > homes.since,
        ],
    )
    kept = ["recipient_id", "service", "vedtak", "device", *tally.HOME]
    # a step of its own: Ibis cannot join on what a join computes
    within = within.select(*kept, "starts_on", "ends_on", "since", "until")
    return within.select(
        *kept,
        starts_on=ibis.greatest(within.starts_on, within.since),
        ends_on=ibis.least(within.ends_on, within.until),
    )


def _at_month_end(frame: Frame, presence: "ir.Table") -> "list[ir.Table]":
    spans = tally.at_month_ends(frame, presence).join(slices(frame.rows), "service")
    return tally.on_one_day(
        frame,
        spans,
        {
            "concurrent": spans.vedtak & spans.device,
            "vedtak_only": spans.vedtak & ~spans.device,
            "device_only": spans.device & ~spans.vedtak,
        },
    )


def _within_month(frame: Frame, presence: "ir.Table") -> "list[ir.Table]":
    concurrent = tally.within_months(frame, presence.filter(presence.vedtak & presence.device))
    spans = concurrent.join(slices(frame.rows), "service")
    return tally.on_any_day(frame, spans, _UNIQUE)


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
    next_review=date(2026, 6, 1),
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
        ),
        Measure(
            code="device_only",
            title="Bare utstyr",
            meaning="Utstyr som virker, men ikke gyldig vedtak, siste dag i måneden.",
            at_month_end=True,
        ),
        Measure(
            code=_UNIQUE,
            title="Unike brukere i måneden",
            meaning="Samtidig bruker minst én dag i måneden. Enheter kan ikke legges sammen.",
            at_month_end=False,
        ),
    ),
    compute=compute,
)
