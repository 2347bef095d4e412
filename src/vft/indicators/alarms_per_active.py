"""Alarmer per bruker: how many alarms the equipment of active users sends in a month."""

from datetime import date
from typing import TYPE_CHECKING

from vft.indicators import tally, weekly
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

_ACTIVE, _WITH_ALARM, _ALARMS = "active", "with_alarm", "alarms"
_WEEK = ("recipient_id", "service", "month", "week")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    counted = weekly.counted(
        frame,
        _persons(frame, sliced),
        counts={_ACTIVE: "both_days", _WITH_ALARM: "alarms"},
        amounts={_ALARMS: "alarms"},
    )
    return tally.named(counted, sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who were active users, and how many alarms each sent."""
    sliced = slices_of(frame)
    persons = _persons(frame, sliced)
    alarms = weekly.said(persons.alarms, "alarm", "alarmer")
    told = {_ACTIVE: ("both_days", alarms), _WITH_ALARM: ("alarms", alarms)}
    return weekly.behind(persons, sliced, told)


def _persons(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    weeks = weekly.sliced_weeks(frame, _active_weeks(frame), sliced)
    return weekly.by_person(frame, weeks, sums=("both_days", "alarms"))


def _active_weeks(frame: Frame) -> "ir.Table":
    """Weeks with a day as a concurrent user, and the alarms of the week."""
    used = frame.rows("panel_services", months=frame.months)
    used = used.filter(used.both_days > 0, used.service.isin(list(services.TECHNOLOGY)))
    sent = frame.rows("panel_events", months=frame.months)
    sent = sent.filter(sent.alarms > 0).select(*_WEEK, "alarms")
    both = used.left_join(sent, _WEEK)
    return both.select(*_WEEK, "both_days", alarms=both.alarms.fill_null(0))


INDICATOR = Indicator(
    id="alarms_per_active",
    title="Alarmer per bruker",
    question="Hvor mye varsler teknologien, og er det mange brukere som varsler, eller noen få?",
    why=(
        "Alarmer skal besvares. Vokser de raskere enn antall brukere, trenger responstjenesten mer "
        "tid, eller teknologien varsler for lett. Sender noen få det meste, hjelper det å følge "
        "opp dem."
    ),
    numerator=(
        "Alarmer fra utstyret til aktive brukere i løpet av måneden. Prøvealarmer, tekniske "
        "varsler og doser som ikke ble tatt, er ikke med."
    ),
    denominator=(
        "Aktive brukere: tjenestemottakere som minst én dag i måneden hadde både gyldig vedtak og "
        "utstyr for samme tjeneste som virket."
    ),
    unit="alarmer",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Alarmlogger fra leverandørene", "Vedtak fra EPJ", "Utstyrsliste og utplassering"),
    needs=("vedtak", "device_assignments", "device_events"),
    hides_with=("concurrent_users",),
    assumptions=(
        (
            "Aktive brukere er de samme som «Unike brukere i måneden» under «Samtidige brukere». "
            "Den som flyttet midt i en uke, kan telles i en annen enhet her enn der."
        ),
        "En alarm telles i ukene brukeren var aktiv. Alarmer fra utstyr uten vedtak er ikke med.",
        "Deler et ektepar utstyr, telles alarmene hos den som står som hovedbruker.",
        (
            "En bruker telles der hun bodde den første dagen i uken. En uke som går over et "
            "månedsskifte, er delt i to."
        ),
        "En alarm kan bli til flere saker hos responstjenesten, eller til ingen.",
    ),
    measures=(
        Measure(
            code="alarms_per_active",
            title="Alarmer per aktiv bruker",
            meaning="Alarmer i måneden delt på aktive brukere.",
            at_month_end=False,
            kind=Kind.RATE,
            numerator=_ALARMS,
            denominator=_ACTIVE,
            decimals=2,
            independent=True,
        ),
        Measure(
            code="with_alarm_share",
            title="Andel med alarm",
            meaning="Aktive brukere med minst én alarm i måneden, av alle aktive brukere.",
            at_month_end=False,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_WITH_ALARM,
            denominator=_ACTIVE,
            per=100,
            decimals=1,
            independent=True,
        ),
        Measure(
            code=_ALARMS,
            title="Alarmer",
            meaning="Alarmer fra aktive brukere i måneden.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            basis=_WITH_ALARM,
        ),
        Measure(
            code=_WITH_ALARM,
            title="Brukere med alarm",
            meaning="Aktive brukere med minst én alarm i måneden.",
            at_month_end=False,
            unit="personer",
        ),
        Measure(
            code=_ACTIVE,
            title="Aktive brukere",
            meaning="Samtidig bruker minst én dag i måneden.",
            at_month_end=False,
            unit="personer",
        ),
    ),
    compute=compute,
    behind=behind,
)
