"""Svartid: how long those who call the response service wait for an answer."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally, weekly
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Measure → the tenths of answered cases that were answered no later.
_TENTHS = {"p50": 5, "p90": 9}
_CELL = ("slice_id", "month", "place")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    placed = frame.settle(_placed(frame, sliced))
    counted = weekly.counted(
        frame,
        weekly.by_person(frame, placed, sums=("cases", "answered")),
        counts={"with_case": "cases", "with_answer": "answered"},
        amounts={"cases": "cases", "answered": "answered"},
    )
    return tally.named(ibis.union(counted, _quantiles(frame, placed)), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who called, and how long each waited at the most."""
    sliced = frame.settle(weekly.with_unknown(slices_of(frame)))
    placed = _placed(frame, sliced)
    by = ["recipient_id", "slice_id", "month", "home"]
    persons = placed.group_by(by).agg(
        cases=placed.cases.sum(),
        answered=placed.answered.sum(),
        longest=placed.answered_after.max(),
    )
    waited = ibis.literal(", lengste ventetid ").concat(persons.longest.cast("string"), " s")
    detail = weekly.said(persons.cases, "sak", "saker").concat(
        ", ", persons.answered.cast("string"), " besvart", waited.fill_null("")
    )
    told = {"with_case": ("cases", detail), "with_answer": ("answered", detail)}
    return weekly.behind(persons, sliced, told)


def _placed(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """Real cases by person, slice, month, home and how long it took to answer."""
    weeks = frame.rows("panel_responses", months=frame.months)
    weeks = weeks.filter(weeks.cases > 0)
    answered = ibis.ifelse(weeks.answered_after.notnull(), weeks.cases, 0)
    weeks = weeks.select(
        "recipient_id", "service", "month", "week", "answered_after", "cases", answered=answered
    )
    return weekly.sliced_weeks(frame, weeks, sliced)


def _quantiles(frame: Frame, placed: "ir.Table") -> "ir.Table":
    """The least number of seconds within which so many tenths of the answered were answered."""
    answered = placed.filter(placed.answered > 0)
    by_home = answered.group_by("slice_id", "home", "month", "answered_after").agg(
        cases=answered.cases.sum()
    )
    there = frame.settle(by_home).join(frame.in_home.select("home", "place"), "home")
    told = there.group_by([*_CELL, "answered_after"]).agg(cases=there.cases.sum().cast("int64"))
    so_far = ibis.cumulative_window(group_by=_CELL, order_by="answered_after")
    ranked = told.mutate(
        within=told.cases.sum().over(so_far),
        every=told.cases.sum().over(ibis.window(group_by=_CELL)),
    )
    found = ranked.group_by(_CELL).agg(
        **{
            measure: ranked.answered_after.min(where=ranked.within * 10 >= ranked.every * tenths)
            for measure, tenths in _TENTHS.items()
        }
    )
    return _told(frame.settle(tally.of_places(frame, found)))


def _told(found: "ir.Table") -> "ir.Table":
    """A row for each measure."""
    return ibis.union(
        *(
            found.select(
                "slice_id",
                "month",
                *tally.PLACE,
                measure=ibis.literal(measure),
                value=found[measure].cast("float64"),
            ).select("measure", "slice_id", "month", *tally.PLACE, "value")
            for measure in _TENTHS
        )
    )


INDICATOR = Indicator(
    id="response_time",
    title="Svartid",
    question="Hvor lenge venter den som varsler, på svar?",
    why=(
        "Den som har falt, venter på et svar. Medianen viser den vanlige ventetiden. Ni av ti "
        "viser hvor lenge de venter som venter lenge, for eksempel når mange varsler samtidig."
    ),
    numerator=(
        "Hele sekunder fra en reell sak ble mottatt til den ble besvart. Median: det minste antall "
        "sekunder som minst halvparten av sakene ble besvart innen. Ni av ti: det minste antall "
        "sekunder som minst ni av ti ble besvart innen. Tallene er alltid en ventetid som noen "
        "hadde, og kan ikke legges sammen."
    ),
    denominator="Reelle saker som ble besvart. Prøvealarmer og tekniske saker er ikke med.",
    unit="sekunder",
    better=Better.LOWER,
    adds_over_units=False,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for responstjenesten",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Responstjenestens logg", "Utstyrsliste og utplassering"),
    needs=("responses",),
    hides_with=("alerts_per_shift", "clarification"),
    assumptions=(
        (
            "Saker som ikke ble besvart, har ingen ventetid og er ikke med i medianen. Se derfor "
            "også andelen som ble besvart."
        ),
        "Ventetiden er til responstjenesten svarer, ikke til hjelpen er hos brukeren.",
        (
            "Saker fra utstyr som ingen hadde den dagen, har ingen tjeneste. De telles bare i all "
            "velferdsteknologi."
        ),
        (
            "En sak telles der brukeren bodde den første dagen i uken. En uke som går over et "
            "månedsskifte, er delt i to."
        ),
        "Saker der ingen vet hvem de gjelder, telles bare i kommunen.",
    ),
    measures=(
        Measure(
            code="p50",
            title="Median svartid",
            meaning="Halvparten av de besvarte sakene ble besvart innen dette.",
            at_month_end=False,
            kind=Kind.QUANTITY,
            basis="with_answer",
            independent=True,
        ),
        Measure(
            code="p90",
            title="Svartid for ni av ti",
            meaning="Ni av ti besvarte saker ble besvart innen dette.",
            at_month_end=False,
            kind=Kind.QUANTITY,
            basis="with_answer",
            independent=True,
        ),
        Measure(
            code="answered_share",
            title="Andel besvart",
            meaning="Besvarte saker av reelle saker.",
            at_month_end=False,
            kind=Kind.RATE,
            unit="prosent",
            numerator="answered",
            denominator="cases",
            per=100,
            decimals=1,
            better=Better.HIGHER,
            independent=True,
        ),
        Measure(
            code="answered",
            title="Besvarte saker",
            meaning="Reelle saker i måneden som ble besvart.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_answer",
            better=Better.NEITHER,
        ),
        Measure(
            code="cases",
            title="Reelle saker",
            meaning="Saker i måneden, uten prøver og tekniske saker.",
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit="saker",
            basis="with_case",
            better=Better.NEITHER,
        ),
        Measure(
            code="with_answer",
            title="Brukere som fikk svar",
            meaning="Minst én besvart sak i måneden.",
            at_month_end=False,
            unit="personer",
            better=Better.NEITHER,
        ),
        Measure(
            code="with_case",
            title="Brukere med sak",
            meaning="Minst én reell sak i måneden.",
            at_month_end=False,
            unit="personer",
            better=Better.NEITHER,
        ),
    ),
    compute=compute,
    behind=behind,
)
