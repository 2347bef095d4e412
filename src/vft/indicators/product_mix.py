"""Produkter: how the users of a technology are spread over its products."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import PRODUCT, products
from vft.panel.fact import Rows
from vft.panel.spells import vedtak_spells, working_devices
from vft.tables import services
from vft.tables.period import first_day, last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_USERS, _OF_SERVICE, _SHARE = "users", "service_users", "share"


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(products(frame.rows))
    counted = ibis.union(
        *(
            part
            for measure, spans in _measured(frame, sliced).items()
            for part in tally.on_one_day(frame, spans, {measure: ibis.literal(True)})
        )
    )
    return tally.named(tally.in_places(frame, counted), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who uses each product, and who uses any of its service."""
    sliced = frame.settle(products(frame.rows))
    parts = (
        tally.each_month(frame, spans).select(
            "slice_id", "home", "month", "recipient_id", "device_id", measure=ibis.literal(measure)
        )
        for measure, spans in _measured(frame, sliced).items()
    )
    told = ibis.union(*parts).join(
        sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id"
    )
    detail = ibis.literal("Enhet ").concat(told.device_id)
    return told.mutate(detail=detail, thing=ibis.null("string")).select(*tally.BEHIND)


def _measured(frame: Frame, sliced: "ir.Table") -> "dict[str, ir.Table]":
    """Measure → month ends, by home, at which somebody with a vedtak has a device that works."""
    used = frame.settle(tally.within_homes(frame, frame.settle(_used(frame))))
    at_end = frame.settle(tally.at_month_ends(frame, used))
    of_product = at_end.join(
        sliced.select("service", "product", "slice_id"), ["service", "product"]
    )
    of_service = at_end.join(sliced.select("service", "slice_id"), "service")
    return {_USERS: of_product, _OF_SERVICE: of_service}


def _used(frame: Frame) -> "ir.Table":
    """``(recipient_id, service, product, device_id, starts_on, ends_on)`` in the months."""
    vedtak = vedtak_spells(frame.rows).select(
        "service", who="recipient_id", since="starts_on", until="ends_on"
    )
    held = _held(frame.rows)
    both = held.join(
        vedtak,
        [
            held.recipient_id == vedtak.who,
            held.service == vedtak.service,
            held.starts_on < vedtak.until,
            held.ends_on > vedtak.since,
        ],
    )
    both = both.select(*held.columns, "since", "until")
    met = both.mutate(
        starts_on=ibis.greatest(both.starts_on, both.since),
        ends_on=ibis.least(both.ends_on, both.until),
    ).drop("since", "until")
    first, last = first_day(frame.months[0]), last_day(frame.months[-1])
    return met.filter(met.starts_on <= ibis.literal(last), met.ends_on > ibis.literal(first))


def _held(rows: Rows) -> "ir.Table":
    """Devices of technology that work, with their product, the first by name where lists differ."""
    devices = rows("devices")
    named = devices.group_by("device_id").agg(product=devices["product"].min())
    working = working_devices(rows)
    working = working.filter(working.service.isin(list(services.TECHNOLOGY)))
    return working.join(named, "device_id")


INDICATOR = Indicator(
    id="product_mix",
    title="Produkter i bruk",
    question="Hvilke produkter har brukerne, og hvor stor del av tjenestens brukere har hvert?",
    why=(
        "Produktene passer for ulike brukere og koster ulikt. Bruker en enhet nesten bare ett "
        "produkt, kan det være fordi det passer best, eller fordi det er det eneste den kjenner."
    ),
    numerator=(
        "Tjenestemottakere som siste dag i måneden har gyldig vedtak som ikke er satt på pause, og "
        "en enhet av produktet som virker. Én person telles én gang for hvert produkt."
    ),
    denominator=(
        "Samtidige brukere av tjenesten som produktet hører til. Den som har to produkter, er med "
        "i begge, så andelene kan bli over 100 prosent til sammen."
    ),
    unit="personer",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak og pauser fra EPJ", "Utstyrsliste og utplassering fra leverandør eller EPJ"),
    needs=("vedtak", "device_assignments"),
    slice_kinds=(PRODUCT,),
    hides_with=("concurrent_users",),
    assumptions=(
        "Et produkt heter det leverandørens liste kaller det. To skrivemåter er to produkter.",
        "Andelen sier ikke om produktet er det rette for dem som har det.",
    ),
    measures=(
        Measure(
            code=_USERS,
            title="Brukere av produktet",
            meaning="Gyldig vedtak og en enhet av produktet som virker siste dag i måneden.",
            at_month_end=True,
        ),
        Measure(
            code=_OF_SERVICE,
            title="Brukere av tjenesten",
            meaning="Gyldig vedtak og utstyr for tjenesten som virker, uansett produkt.",
            at_month_end=True,
        ),
        Measure(
            code=_SHARE,
            title="Andel av tjenestens brukere",
            meaning="Brukere av produktet av alle samtidige brukere av tjenesten.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_USERS,
            denominator=_OF_SERVICE,
            per=100,
            decimals=1,
        ),
    ),
    compute=compute,
    behind=behind,
)
