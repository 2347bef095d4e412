"""Utstyr på lager: devices that nobody has, and devices that no list has."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally, weekly, whereabouts
from vft.indicators.definition import Better, Indicator, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import calendar
from vft.panel.events import holders
from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir

_IN_STOCK, _UNLISTED = "in_stock", "assigned_unlisted"
_THING = ("measure", "device_id", "service", "month", "home", "detail")
_EVER = date(1900, 1, 1)


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    things = _sliced(frame, sliced)
    by_home = things.group_by("measure", "slice_id", "home", "month").agg(value=things.count())
    by_home = by_home.mutate(value=by_home["value"].cast("float64"))
    return tally.named(tally.in_places(frame, by_home), sliced)


def behind(frame: Frame) -> "ir.Table":
    """The devices, with product, supplier and since when."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    things = _sliced(frame, sliced).join(
        sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id"
    )
    return things.mutate(thing="device_id", recipient_id=ibis.null("int64")).select(*tally.BEHIND)


def _sliced(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """A row for each device, month and slice."""
    things = frame.settle(ibis.union(_in_stock(frame), _unlisted(frame)))
    return things.join(sliced.select("service", "slice_id"), "service").drop("service")


def _in_stock(frame: Frame) -> "ir.Table":
    """Devices that are owned and with nobody on the last day of a month."""
    resting = _resting(frame)
    ends = calendar.month_ends(frame.months)
    then = resting.join(
        ends, [resting.starts_on <= ends.last_day, resting.ends_on > ends.last_day]
    ).select(*resting.columns, "month", "last_day")
    placed = whereabouts.at_unit(frame, whereabouts.last_unit(frame, then))
    since = ibis.literal("på lager siden ").concat(placed.starts_on.strftime("%d.%m.%Y"))
    when = ibis.ifelse(placed.was_used, since, "aldri utplassert")
    detail = placed["product"].concat(", ", placed.supplier, ", ", when)
    return placed.mutate(measure=ibis.literal(_IN_STOCK), detail=detail).select(*_THING)


def _resting(frame: Frame) -> "ir.Table":
    """When devices that are owned are with nobody: before, between and after those who had them."""
    held = holders(frame.rows).select("device_id", "starts_on", "ends_on")
    of_device = ibis.window(group_by="device_id", order_by="starts_on")
    after = held.select(
        "device_id",
        starts_on="ends_on",
        ends_on=held.starts_on.lead().over(of_device).fill_null(ibis.literal(OPEN_END)),
        was_used=ibis.literal(True),
    )
    begun = held.group_by(had="device_id").agg(begun=held.starts_on.min())
    owned = _owned(frame)
    before = owned.left_join(begun, owned.device_id == begun.had).select(
        "device_id",
        starts_on=ibis.literal(_EVER),
        ends_on=begun.begun.fill_null(ibis.literal(OPEN_END)),
        was_used=ibis.literal(False),
    )
    rests = ibis.union(before, after).rename(had="device_id", since="starts_on", until="ends_on")
    known = owned.join(rests, owned.device_id == rests.had)
    clipped = known.select(
        "device_id",
        "service",
        "product",
        "supplier",
        "was_used",
        starts_on=ibis.greatest(known.since, known.acquired_on),
        ends_on=ibis.least(known.until, known.retired_on),
    )
    return clipped.filter(clipped.starts_on < clipped.ends_on)


def _owned(frame: Frame) -> "ir.Table":
    """A row a device, whatever number of sources list it, with the days it was owned."""
    devices = frame.rows("devices")
    return devices.group_by("device_id").agg(
        service=devices.service.min(),
        product=devices["product"].min(),
        supplier=devices.supplier.min(),
        acquired_on=devices.acquired_on.min().fill_null(ibis.literal(_EVER)),
        retired_on=devices.retired_on.min().fill_null(ibis.literal(OPEN_END)),
    )


def _unlisted(frame: Frame) -> "ir.Table":
    """Devices that somebody has on the last day of a month, and that no list has."""
    held = holders(frame.rows)
    held = held.anti_join(frame.rows("devices"), "device_id").drop("service")
    ends = calendar.month_ends(frame.months)
    then = held.join(ends, [held.starts_on <= ends.last_day, held.ends_on > ends.last_day])
    placed = tally.at_home(frame, then.select(*held.columns, "month", "last_day"), day="last_day")
    since = ibis.literal("Utplassert ").concat(placed.starts_on.strftime("%d.%m.%Y"))
    return placed.mutate(
        measure=ibis.literal(_UNLISTED),
        service=ibis.literal(""),
        detail=since.concat(", ikke på noen utstyrsliste"),
    ).select(*_THING)


INDICATOR = Indicator(
    id="equipment",
    title="Utstyr på lager og utenfor listene",
    question="Hvor mye utstyr har vi som ingen bruker, og hva mangler på utstyrslistene?",
    why=(
        "Utstyr på lager kan tas i bruk i stedet for at nytt leies eller kjøpes. Utstyr som ikke "
        "står på noen liste, har ingen oversikt over, og brukerne av det telles ikke."
    ),
    numerator=(
        "På lager: enheter vi har anskaffet og ikke utrangert, og som ingen tjenestemottaker har "
        "siste dag i måneden. Utenfor listene: enheter som noen har siste dag i måneden, men som "
        "ikke står på noen utstyrsliste."
    ),
    denominator="",
    unit="enheter",
    better=Better.LOWER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, økonomi",
    next_review=date(2027, 6, 1),
    sources=("Utstyrslister fra leverandørene", "Utplassering fra leverandør eller EPJ"),
    needs=("device_assignments",),
    assumptions=(
        (
            "En enhet på lager telles der den som hadde den sist, bodde sist. Har ingen hatt den, "
            "eller er det ukjent hvor hun bodde, telles den bare i kommunen."
        ),
        "Er bydelen siden delt, telles enheten bare i kommunen.",
        "En enhet uten anskaffelsesdato regnes som vår fra før det første tallet.",
        "Noe lager trengs: nye brukere skal ikke vente på utstyr.",
        "Utstyr som er satt på pause eller er i ustand hos en bruker, er ikke på lager.",
        (
            "Utstyr utenfor listene har ingen kjent tjeneste. Det telles bare i all "
            "velferdsteknologi, der den som har utstyret, bor."
        ),
        (
            "Vedtak uten utstyr og utstyr uten vedtak står under «Samtidige brukere», som «Bare "
            "vedtak» og «Bare utstyr»."
        ),
    ),
    counts_things=True,
    measures=(
        Measure(
            code=_IN_STOCK,
            title="På lager",
            meaning="Anskaffet, ikke utrangert, og hos ingen siste dag i måneden.",
            at_month_end=True,
            better=Better.NEITHER,
        ),
        Measure(
            code=_UNLISTED,
            title="Hos bruker, men ikke på utstyrslisten",
            meaning="Utplassert hos noen siste dag i måneden, men ikke på noen utstyrsliste.",
            at_month_end=True,
        ),
    ),
    compute=compute,
    behind=behind,
)
