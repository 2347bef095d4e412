"""Fakturert, men ikke i bruk: equipment that is paid for in a month that nobody uses it in."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally, weekly, whereabouts
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import calendar
from vft.panel.spells import equipment, working_devices
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

_INVOICED, _UNUSED, _LINES = "invoiced", "invoiced_unused", "lines_without_device"
#: What a count of things costs.
_AMOUNTS = {
    _INVOICED: "invoiced_amount",
    _UNUSED: "unused_amount",
    _LINES: "amount_without_device",
}
_ORE = 100
_MONTH = ("month_starts_on", "last_day")
_OF_LINE = (
    "source",
    "invoice_line_id",
    "supplier",
    "device_id",
    "service",
    "unit",
    "starts_on",
)
_CHARGED = ("measure", "thing", "service", "home", "month", "ore", "detail")
_INVOICES_COME_WITHIN = 31


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    things = _sliced(frame, sliced)
    by_home = things.group_by("measure", "slice_id", "home", "month").agg(
        things=things.count(), ore=things.ore.sum().cast("int64")
    )
    by_home = frame.settle(by_home)
    cell = ("measure", "slice_id", "home", "month")
    counts = by_home.select(*cell, value=by_home.things.cast("float64"))
    costs = by_home.mutate(measure=by_home.measure.cases(*_AMOUNTS.items()))
    costs = costs.select(*cell, value=costs.ore.cast("float64"))
    return tally.named(
        ibis.union(tally.in_places(frame, counts), _kroner(tally.in_places(frame, costs))), sliced
    )


def behind(frame: Frame) -> "ir.Table":
    """The devices that were invoiced, and lines that name none, with what they cost."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    things = _sliced(frame, sliced).join(
        sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id"
    )
    return things.mutate(recipient_id=ibis.null("int64")).select(*tally.BEHIND, "ore")


def _sliced(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """A row for each thing, month and slice."""
    charged = frame.settle(_charged(frame))
    with_device = charged.filter(charged.device_id.notnull())
    things = ibis.union(
        *_devices(frame, frame.settle(_by_device(with_device))),
        _without_device(frame, charged.filter(charged.device_id.isnull())),
    )
    return things.join(sliced.select("service", "slice_id"), "service").drop("service")


def _charged(frame: Frame) -> "ir.Table":
    """What lines charge in each month: their øre shared by days, so that months sum to the line.

    A line without an end, or of no days, is of the day it starts on.
    """
    lines = frame.rows("invoice_lines")
    known = lines.service.isnull() | lines.service.isin(list(services.TECHNOLOGY))
    lasts = lines.ends_on.delta(lines.starts_on, unit="day").cast("int64")
    lines = lines.filter(known).mutate(
        ore=(lines.amount * _ORE).round().cast("int64"),
        days=ibis.ifelse(lasts > 0, lasts, 1).fill_null(1),
    )
    ends = calendar.month_ends(frame.months)
    goes_on = (lines.ends_on > ends.month_starts_on).fill_null(ibis.literal(False))
    begins = lines.starts_on >= ends.month_starts_on
    dated = lines.join(ends, [lines.starts_on <= ends.last_day, goes_on | begins])
    before = dated.month_starts_on.delta(dated.starts_on, unit="day").cast("int64")
    through = dated.last_day.delta(dated.starts_on, unit="day").cast("int64") + 1
    charged = dated.mutate(ore=_share(dated, through) - _share(dated, before))
    return charged.filter(charged.ore != 0).select(*_OF_LINE, "month", *_MONTH, "ore")


def _share(dated: "ir.Table", days: Any) -> Any:
    """The øre of a line's first so many days, in whole øre."""
    within = ibis.least(ibis.greatest(days, 0), dated.days)
    return ((dated.ore * within) // dated.days).cast("int64")


def _by_device(charged: "ir.Table") -> "ir.Table":
    """What a device costs in a month, where its newest line says it belongs; credits taken off."""
    newest = ibis.window(
        group_by=["device_id", "month"],
        order_by=[charged.starts_on.desc(), charged.invoice_line_id, charged.source],
    )
    ranked = charged.mutate(place=ibis.row_number().over(newest))
    is_newest = ranked.place == 0
    found = ranked.group_by("device_id", "month", *_MONTH).agg(
        ore=ranked.ore.sum().cast("int64"),
        line=ranked.invoice_line_id.max(where=is_newest),
        supplier=ranked.supplier.max(where=is_newest),
        said_unit=ranked.unit.max(where=is_newest),
        said_service=ranked.service.max(where=is_newest),
    )
    return found.filter(found.ore > 0)


def _devices(frame: Frame, invoiced: "ir.Table") -> "tuple[ir.Table, ir.Table]":
    """All that are invoiced, and those of them that worked with nobody."""
    placed = frame.settle(_placed(frame, invoiced))
    working = working_devices(frame.rows).select("device_id", "starts_on", "ends_on")
    unused = placed.anti_join(
        working,
        [
            placed.device_id == working.device_id,
            working.starts_on <= placed.last_day,
            working.ends_on > placed.month_starts_on,
        ],
    )
    return (
        placed.mutate(measure=ibis.literal(_INVOICED)).select(*_CHARGED),
        unused.mutate(measure=ibis.literal(_UNUSED)).select(*_CHARGED),
    )


def _placed(frame: Frame, invoiced: "ir.Table") -> "ir.Table":
    """Add where devices count, their service, and what to tell of them."""
    units = whereabouts.last_unit(frame, invoiced)
    units = units.mutate(unit=ibis.coalesce(units.said_unit, units.unit))
    listed = frame.rows("devices")
    listed = listed.group_by(listed_id="device_id").agg(product=listed["product"].min())
    known = equipment(frame.rows).select("service", known_id="device_id")
    placed = whereabouts.at_unit(frame, units).left_join(known, ibis._.device_id == known.known_id)
    placed = placed.select(*units.columns, "home", "service")
    placed = placed.left_join(listed, placed.device_id == listed.listed_id)
    what = placed["product"].fill_null("ikke på utstyrslisten")
    return placed.select(
        "device_id",
        "home",
        "month",
        *_MONTH,
        "ore",
        thing="device_id",
        service=ibis.coalesce(placed.service, placed.said_service, ibis.literal("")),
        detail=_told(placed.supplier.concat(", ", what, ", linje ", placed.line), placed.ore),
    )


def _without_device(frame: Frame, charged: "ir.Table") -> "ir.Table":
    """Lines that name no device: what they charge for cannot be held against what is in use."""
    lines = charged.group_by("source", "invoice_line_id", "month", "last_day").agg(
        ore=charged.ore.sum().cast("int64"),
        unit=charged.unit.max(),
        service=charged.service.max().fill_null(""),
        supplier=charged.supplier.max(),
    )
    placed = whereabouts.at_unit(frame, lines)
    return placed.mutate(
        measure=ibis.literal(_LINES),
        # suppliers number their lines alike
        thing=placed.source.concat(" ", placed.invoice_line_id),
        detail=_told(placed.supplier, placed.ore),
    ).select(*_CHARGED)


def _told(what: Any, ore: Any) -> Any:
    """``Leverandøren, Medido, linje L1, 890,00 kr``."""
    kroner = ibis.ifelse(ore < 0, "-", "").concat((ore.abs() // _ORE).cast("int64").cast("string"))
    rest = (ore.abs() % _ORE).cast("int64").cast("string").lpad(2, "0")
    return what.concat(", ", kroner, ",", rest, " kr")


def _kroner(placed: "ir.Table") -> "ir.Table":
    there = placed.filter(placed["value"] != 0)
    return there.mutate(value=there["value"] / _ORE)


INDICATOR = Indicator(
    id="invoiced_unused",
    title="Fakturert, men ikke i bruk",
    question="Betaler vi for utstyr som ingen bruker, og hva koster det?",
    why=(
        "Leie av utstyr som ligger på lager eller ikke virker, er penger uten nytte. Listen bak "
        "tallet viser hva som kan leveres tilbake, tas i bruk eller kreves refundert."
    ),
    numerator=(
        "Enheter på en fakturalinje for måneden, som ikke virket hos noen tjenestemottaker noen "
        "dag i måneden. Beløpet er det fakturalinjene krever for måneden."
    ),
    denominator="Alle enheter på en fakturalinje for måneden.",
    unit="enheter",
    better=Better.LOWER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, økonomi",
    next_review=date(2027, 6, 1),
    sources=("Leverandørenes fakturaer", "Utstyrslister og utplassering"),
    needs=("invoice_lines", "device_assignments"),
    settles_after=_INVOICES_COME_WITHIN,
    assumptions=(
        (
            "En linje som gjelder flere måneder, fordeles etter dager, i hele øre. Månedene blir "
            "til sammen det linjen krever."
        ),
        "En linje uten til-dato regnes i måneden den begynner.",
        "Kreditnotaer trekkes fra. En enhet der ingenting står igjen å betale, er ikke fakturert.",
        (
            "En enhet telles i enheten som fakturaen er stilt til. Står det ingen der, telles den "
            "der den som har den eller hadde den sist, bor. Ellers telles den bare i kommunen."
        ),
        "Er bydelen siden delt, telles enheten bare i kommunen.",
        "Utstyr som er på pause eller i ustand hele måneden, er ikke i bruk.",
        (
            "Linjer som ikke sier hvilken enhet de gjelder, kan ikke kontrolleres mot bruken. De "
            "vises for seg."
        ),
        (
            "En måned er ikke ferdig før fakturaene for den har rukket å komme: etter "
            f"{_INVOICES_COME_WITHIN} dager."
        ),
        "Beløp er slik de står på fakturaen.",
    ),
    counts_things=True,
    measures=(
        Measure(
            code=_UNUSED,
            title="Fakturert, men ikke i bruk",
            meaning="Enheter som er fakturert og ikke virket hos noen i måneden.",
            at_month_end=False,
        ),
        Measure(
            code=_AMOUNTS[_UNUSED],
            title="Betalt for utstyr som ikke er i bruk",
            meaning="Det fakturaene krever for disse enhetene i måneden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="kr",
            basis=_UNUSED,
            decimals=2,
        ),
        Measure(
            code="unused_share",
            title="Andel fakturerte som ikke er i bruk",
            meaning="Fakturerte enheter som ikke virket hos noen, av alle fakturerte.",
            at_month_end=False,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_UNUSED,
            denominator=_INVOICED,
            per=100,
            decimals=1,
        ),
        Measure(
            code=_INVOICED,
            title="Fakturerte enheter",
            meaning="Enheter som står på en fakturalinje for måneden.",
            at_month_end=False,
            better=Better.NEITHER,
        ),
        Measure(
            code=_AMOUNTS[_INVOICED],
            title="Fakturert for enheter",
            meaning="Det fakturaene krever for enheter i måneden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="kr",
            basis=_INVOICED,
            decimals=2,
            better=Better.NEITHER,
        ),
        Measure(
            code=_LINES,
            title="Fakturalinjer uten enhet",
            meaning="Linjer som ikke sier hvilken enhet de gjelder.",
            at_month_end=False,
            unit="fakturalinjer",
        ),
        Measure(
            code=_AMOUNTS[_LINES],
            title="Fakturert uten at enheten er oppgitt",
            meaning="Det disse linjene krever i måneden. Det kan ikke kontrolleres mot bruken.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="kr",
            basis=_LINES,
            decimals=2,
        ),
    ),
    compute=compute,
    behind=behind,
)
