"""Doser tatt: how many of the doses that a dispenser should hand out were handed out."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally, weekly
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.tables.services import dms

if TYPE_CHECKING:
    import ibis.expr.types as ir

_WITH_DOSES, _FEW = "with_doses", "with_few_doses"
_DUE, _DISPENSED = "due", "dispensed"
#: Fewer in a hundred than this is few.
_ENOUGH_PERCENT = 80
_PERSON = ("recipient_id", "month")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(_sliced(frame))
    counted = weekly.counted(
        frame,
        _persons(frame, sliced),
        counts={_WITH_DOSES: "due", _FEW: "of_few"},
        amounts={_DUE: "due", _DISPENSED: "dispensed"},
    )
    return tally.named(counted, sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who had doses due, and how many of them each took."""
    sliced = frame.settle(_sliced(frame))
    persons = _persons(frame, sliced)
    taken = persons.dispensed.cast("string").concat(" av ", persons.due.cast("string"), " doser")
    return weekly.behind(persons, sliced, {_WITH_DOSES: ("due", taken), _FEW: ("of_few", taken)})


def _sliced(frame: Frame) -> "ir.Table":
    sliced = slices_of(frame)
    return sliced.filter(sliced.service == dms.SERVICE.code)


def _persons(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    weeks = weekly.sliced_weeks(frame, _weeks(frame), sliced)
    return weekly.by_person(frame, weeks, sums=("due", "dispensed", "of_few"))


def _weeks(frame: Frame) -> "ir.Table":
    """Weeks with doses due. ``of_few``: those of who took too few of the month's, wherever."""
    weeks = frame.rows("panel_events", months=frame.months)
    weeks = weeks.filter(weeks.service == dms.SERVICE.code).mutate(
        due=weeks.doses_dispensed + weeks.doses_missed, dispensed=weeks.doses_dispensed
    )
    weeks = weeks.filter(weeks.due > 0)
    of_month = ibis.window(group_by=_PERSON)
    taken = weeks.dispensed.sum().over(of_month) * 100
    enough = weeks.due.sum().over(of_month) * _ENOUGH_PERCENT
    few = ibis.ifelse(taken < enough, weeks.due, 0)
    return weeks.select(*_PERSON, "service", "week", "due", "dispensed", of_few=few)


INDICATOR = Indicator(
    id="dose_adherence",
    title="Doser som ble tatt",
    question="Får brukerne av medisindispenser medisinene sine i tide?",
    why=(
        "En dispenser skal gi rett medisin til rett tid uten besøk. Blir mange doser stående, er "
        "teknologien ikke til hjelp, og brukeren trenger oppfølging eller en annen løsning."
    ),
    numerator="Doser som dispenseren leverte ut i løpet av måneden, med og uten påminnelse.",
    denominator="Doser som skulle vært tatt: de som ble levert ut, og de som ikke ble det.",
    unit="prosent",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Dispenserlogger fra leverandørene", "Utstyrsliste og utplassering"),
    needs=("device_assignments", "device_events"),
    assumptions=(
        "At en dose er levert ut, sier ikke at den er svelget.",
        "En dose som ikke ble levert ut av dispenseren, kan være gitt på annen måte.",
        "Doser som er tatt ved behov, teller som levert ut.",
        "Doser tatt med på reise teller verken som levert ut eller som ikke levert.",
        (
            f"Grensen på {_ENOUGH_PERCENT} prosent er vanlig i forskning på etterlevelse. Den er "
            "ikke et nasjonalt krav."
        ),
        (
            "En bruker telles der hun bodde den første dagen i uken. En uke som går over et "
            "månedsskifte, er delt i to."
        ),
    ),
    measures=(
        Measure(
            code="dispensed_share",
            title="Andel doser levert ut",
            meaning="Doser som ble levert ut, av dem som skulle vært tatt.",
            at_month_end=False,
            kind=Kind.RATE,
            numerator=_DISPENSED,
            denominator=_DUE,
            per=100,
            decimals=1,
            independent=True,
        ),
        Measure(
            code="with_few_doses_share",
            title=f"Andel brukere under {_ENOUGH_PERCENT} prosent",
            meaning="Brukere som fikk færre av månedens doser enn dette, av alle med doser.",
            at_month_end=False,
            kind=Kind.SHARE,
            numerator=_FEW,
            denominator=_WITH_DOSES,
            per=100,
            decimals=1,
            better=Better.LOWER,
        ),
        Measure(
            code=_FEW,
            title=f"Brukere under {_ENOUGH_PERCENT} prosent",
            meaning=f"Fikk under {_ENOUGH_PERCENT} prosent av dosene de skulle hatt i måneden.",
            at_month_end=False,
            unit="personer",
            better=Better.LOWER,
        ),
        Measure(
            code=_WITH_DOSES,
            title="Brukere med doser",
            meaning="Hadde minst én dose som skulle vært tatt i måneden.",
            at_month_end=False,
            unit="personer",
            better=Better.NEITHER,
        ),
        Measure(
            code=_DISPENSED,
            title="Doser levert ut",
            meaning="Doser som dispenseren leverte ut i måneden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="doser",
            better=Better.NEITHER,
            basis=_WITH_DOSES,
        ),
        Measure(
            code=_DUE,
            title="Doser som skulle vært tatt",
            meaning="Levert ut og ikke levert ut i måneden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="doser",
            basis=_WITH_DOSES,
            better=Better.NEITHER,
        ),
    ),
    compute=compute,
    behind=behind,
)
