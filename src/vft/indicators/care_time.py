"""Tid i hjemmetjenesten: executed time and visits, of recipients with and without technology."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally
from vft.indicators.courses import in_use
from vft.indicators.definition import Better, Family, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import calendar
from vft.panel.spells import home_care_spells

if TYPE_CHECKING:
    import ibis.expr.types as ir

_GROUPS = {"with": "med", "without": "uten"}
_PERSON = ["recipient_id", "month"]
_CELL = ["slice_id", "home", "month"]
_HOUR = 60
#: What is summed of each recipient and month.
_SUMS = ("recipients", "visits", "minutes", "untimed_visits", "travel_told", "minutes_with_travel")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    cared_for = frame.settle(_recipients(frame))
    users = _users(frame, sliced, cared_for)
    having = frame.settle(_summed(cared_for.join(users, _PERSON), _CELL))
    everybody = _summed(cared_for, ["home", "month"]).cross_join(
        sliced.select("slice_id").distinct()
    )
    lacking = frame.settle(_less(everybody, having))
    counted = ibis.union(
        *(
            _measured(cells, f"{group}_{name}", name)
            for group, cells in (("with", having), ("without", lacking))
            for name in _SUMS
        )
    )
    return tally.named(tally.in_places(frame, counted), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who is counted in each month, in each slice, with her visits and time."""
    sliced = slices_of(frame)
    cared_for = frame.settle(_recipients(frame))
    users = _users(frame, sliced, cared_for).mutate(uses=ibis.literal(True))
    kinds = sliced.select("slice_id", "slice_kind", "slice").distinct()
    each = cared_for.cross_join(kinds).left_join(users, [*_PERSON, "slice_id"])
    each = each.select(*cared_for.columns, "slice_kind", "slice", uses=ibis._.uses.fill_null(False))
    each = each.mutate(detail=_detail(each), thing=ibis.null("string"))
    return ibis.union(
        *(
            each.filter(holds & (each[name] > 0))
            .mutate(measure=ibis.literal(f"{group}_{name}"))
            .select(*tally.BEHIND)
            for group, holds in (("with", each.uses), ("without", ~each.uses))
            for name in ("recipients", "travel_told")
        )
    )


def _recipients(frame: Frame) -> "ir.Table":
    """``(recipient_id, month, home, *_SUMS)``: who received home care on a day of the month.

    She counts where she lived on the last day that she did. Visits and time are of the whole month.
    """
    ends = calendar.month_ends(frame.months)
    care = home_care_spells(frame.rows)
    met = care.join(
        ends, [care.starts_on <= ends.last_day, care.ends_on > ends.month_starts_on]
    ).select("recipient_id", "month", "last_day", "ends_on")
    day_before = (met.ends_on - ibis.interval(days=1)).cast("date")
    met = met.mutate(day=ibis.least(met.last_day, day_before))
    there = met.group_by(_PERSON).agg(day=met.day.max())
    visited = _visited(frame)
    known = there.left_join(visited, _PERSON)
    known = known.select(*there.columns, "executed", "spent", "travelled", "untimed")
    return tally.at_home(frame, known, day="day").select(*_PERSON, "home", **_amounts(ibis._))


def _visited(frame: Frame) -> "ir.Table":
    weeks = frame.rows("panel_visits", months=frame.months)
    return weeks.group_by(_PERSON).agg(
        executed=weeks.visits.sum(),
        spent=weeks.minutes.sum(),
        travelled=weeks.travel_minutes.sum(),
        untimed=weeks.without_minutes.sum(),
    )


def _amounts(of_month: Any) -> dict[str, Any]:
    """:data:`_SUMS`. Travel is told of where some is registered, or nobody came."""
    executed, spent = of_month.executed.fill_null(0), of_month.spent.fill_null(0)
    told = of_month.travelled.notnull() | (executed == 0)
    amounts = {
        "recipients": ibis.literal(1),
        "visits": executed,
        "minutes": spent,
        "untimed_visits": of_month.untimed.fill_null(0),
        "travel_told": told,
        "minutes_with_travel": ibis.ifelse(told, spent + of_month.travelled.fill_null(0), 0),
    }
    return {name: amount.cast("int64") for name, amount in amounts.items()}


def _users(frame: Frame, sliced: "ir.Table", cared_for: "ir.Table") -> "ir.Table":
    """``(recipient_id, month, slice_id)``: who was a concurrent user on a day of the month."""
    ends = calendar.month_ends(frame.months)
    used = in_use(frame).semi_join(cared_for, "recipient_id")
    met = used.join(ends, [used.starts_on <= ends.last_day, used.ends_on > ends.month_starts_on])
    met = met.select("recipient_id", "service", "month").distinct()
    return met.join(sliced, "service").select(*_PERSON, "slice_id").distinct()


def _summed(rows: "ir.Table", by: list[str]) -> "ir.Table":
    return rows.group_by(by).agg(**{name: rows[name].sum() for name in _SUMS})


def _less(everybody: "ir.Table", having: "ir.Table") -> "ir.Table":
    """Those who lack it are the others: cheaper than to look for them."""
    both = everybody.left_join(having, _CELL)
    left = {name: everybody[name] - having[name].fill_null(0) for name in _SUMS}
    return both.select(*(everybody[column] for column in _CELL), **left)


def _measured(cells: "ir.Table", measure: str, name: str) -> "ir.Table":
    there = cells.filter(cells[name] > 0)
    value = there[name].cast("float64")
    return there.select(*_CELL, measure=ibis.literal(measure), value=value)


def _detail(of_month: "ir.Table") -> "ir.StringValue":
    """``12 besøk, 5 t 20 min``."""
    visits = of_month.visits.cast("string").concat(" besøk, ")
    time = (of_month.minutes // _HOUR).cast("int64").cast("string").concat(" t ")
    return visits.concat(time, (of_month.minutes % _HOUR).cast("int64").cast("string"), " min")


def _counts(group: str) -> list[Measure]:
    word = _GROUPS[group]
    # both groups together are the same in every slice: what one slice tells of, another hides
    own_only = group == "without"
    return [
        Measure(
            code=f"{group}_recipients",
            title=f"Mottakere {word} teknologi",
            meaning=f"Mottakere av hjemmetjenester {word} teknologien i utvalget.",
            at_month_end=False,
            own_only=own_only,
        ),
        Measure(
            code=f"{group}_travel_told",
            title=f"Mottakere {word} teknologi, kjent reisetid",
            meaning="De av dem som det er registrert reisetid for, eller som ikke hadde besøk.",
            at_month_end=False,
            own_only=own_only,
        ),
    ]


def _totals(group: str) -> list[Measure]:
    word = _GROUPS[group]
    told = {
        "visits": ("Besøk", "besøk", "Utførte besøk.", "recipients"),
        "minutes": ("Tid hos mottakere", "minutter", "Utførte minutter uten reise.", "recipients"),
        "untimed_visits": (
            "Besøk uten registrert tid",
            "besøk",
            "Utførte besøk der minuttene ikke er dokumentert. De er ikke med i tiden.",
            "recipients",
        ),
        "minutes_with_travel": (
            "Tid med reise",
            "minutter",
            "Utførte minutter og reiseminutter, for dem med kjent reisetid.",
            "travel_told",
        ),
    }
    return [
        Measure(
            code=f"{group}_{name}",
            title=f"{title}, {word} teknologi",
            meaning=meaning,
            at_month_end=False,
            kind=Kind.AMOUNT,
            unit=unit,
            basis=f"{group}_{basis}",
        )
        for name, (title, unit, meaning, basis) in told.items()
    ]


def _rates(group: str) -> list[Measure]:
    word = _GROUPS[group]
    told = {
        "visits_per_recipient": ("Besøk per mottaker", "besøk", "visits", "recipients", 1),
        "minutes_per_recipient": ("Tid per mottaker", "minutter", "minutes", "recipients", 0),
        "minutes_with_travel_per_recipient": (
            "Tid med reise per mottaker",
            "minutter",
            "minutes_with_travel",
            "travel_told",
            0,
        ),
    }
    return [
        Measure(
            code=f"{group}_{name}",
            title=f"{title}, {word} teknologi",
            meaning="I snitt i måneden. Beskrivende: sier ikke hva teknologien gjør.",
            at_month_end=False,
            kind=Kind.RATE,
            unit=unit,
            numerator=f"{group}_{over}",
            denominator=f"{group}_{under}",
            decimals=decimals,
        )
        for name, (title, unit, over, under, decimals) in told.items()
    ]


INDICATOR = Indicator(
    id="care_time",
    title="Tid i hjemmetjenesten, med og uten teknologi",
    question="Hvor mye tid og hvor mange besøk får mottakere med og uten velferdsteknologi?",
    why=(
        "Viser hvem som får teknologi: de som trenger mye hjelp, eller de som klarer seg med lite. "
        "Det trengs for å planlegge. Det er ikke et mål på hva teknologien gir."
    ),
    numerator=(
        "Utførte besøk i måneden, utførte minutter hos mottakeren, og minutter med reise til alle "
        "besøk, også dem der ingen var hjemme."
    ),
    denominator=(
        "Tjenestemottakere med gyldig vedtak om helsetjenester i hjemmet eller praktisk bistand "
        "minst én dag i måneden, talt der de bodde den siste av de dagene. Med teknologi: samtidig "
        "bruker av teknologien i utvalget minst én dag i måneden. Uten: alle andre, også de som "
        "har annen teknologi. Tid med reise deles på dem med kjent reisetid."
    ),
    unit="personer",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for hjemmetjenester",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Besøk fra EPJ",
        "Vedtak og pauser fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
    ),
    needs=("visits", "vedtak", "device_assignments"),
    family=Family.OVERALL,
    descriptive=True,
    assumptions=(
        "Forskjellen mellom gruppene er ingen effekt: de som får teknologi, er valgt ut.",
        "Noen får teknologi fordi behovet øker. De har flere besøk enn andre, også når den virker.",
        "Andre får den fordi de klarer seg selv. De har færre besøk enn andre, også før den kom.",
        "Måneder er ulike lange. Sammenlign med samme måned i fjor.",
        "Besøk hos personer uten gyldig vedtak om hjemmetjenester er ikke med.",
    ),
    measures=tuple(
        measure
        for group in _GROUPS
        for make in (_counts, _totals, _rates)
        for measure in make(group)
    ),
    compute=compute,
    behind=behind,
)
