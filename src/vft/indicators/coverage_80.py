"""Dekning blant eldre: users of 80 and over at home, per 100 who live at home at that age."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import geography, tally
from vft.indicators.courses import in_use
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.residents import residents, years
from vft.indicators.slices import slices_of
from vft.panel import calendar, intervals

if TYPE_CHECKING:
    import ibis.expr.types as ir

AGE = 80
_USERS, _LONG_STAY, _AT_HOME = "users", "long_stay", "at_home"
_NOBODYS_SLICE = 0


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    of_slices = sliced.select("slice_id").distinct()
    using, staying = _using(frame, sliced), _staying(frame)
    users = tally.on_one_day(frame, using, {_USERS: ibis.literal(True)})
    in_stay = tally.on_one_day(frame, staying, {_LONG_STAY: ibis.literal(True)})
    away = frame.settle(tally.in_places(frame, in_stay[0]))
    of_everyone = ibis.union(away, _at_home(frame, away)).drop("slice_id").cross_join(of_slices)
    columns = ["measure", "slice_id", "month", *tally.PLACE, "value"]
    return tally.named(
        ibis.union(tally.in_places(frame, users[0]).select(columns), of_everyone.select(columns)),
        sliced,
    )


def behind(frame: Frame) -> "ir.Table":
    """Who of 80 and over uses technology at home, and who of them is in long stay."""
    sliced = slices_of(frame)
    of_slices = sliced.select("slice_id", "slice_kind", "slice").distinct()
    using = tally.each_month(frame, _using(frame, sliced)).join(of_slices, "slice_id")
    staying = tally.each_month(frame, _staying(frame)).drop("slice_id").cross_join(of_slices)
    nothing = ibis.null("string")
    told = (
        rows.mutate(measure=ibis.literal(measure), thing=nothing, detail=nothing)
        for measure, rows in ((_USERS, using), (_LONG_STAY, staying))
    )
    return ibis.union(*(rows.select(*tally.BEHIND) for rows in told), distinct=True)


def _old(frame: Frame) -> "ir.Table":
    """``(who, since, until)``: from the year that somebody has begun at 80, while she is here."""
    people = frame.rows("recipients")
    known = people.group_by(who="recipient_id").agg(
        year=(people.birth_year.max() + AGE + 1).cast("int64"),
        died_on=people.died_on.min(),
        moved_out_on=people.moved_out_on.min(),
    )
    dated = known.join(years(frame), "year").select("who", "died_on", "moved_out_on", "begins_on")
    spans = dated.mutate(starts_on=dated.begins_on, ends_on=ibis.null("date"))
    here = intervals.clip(intervals.closed(spans), until=spans.died_on)
    here = intervals.clip(here, until=here.moved_out_on)
    return frame.settle(here.select("who", since="starts_on", until="ends_on"))


def _of_the_old(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """The part of intervals in which the recipient is old."""
    old = _old(frame)
    both = spans.join(
        old,
        [
            spans.recipient_id == old.who,
            spans.starts_on < old.until,
            spans.ends_on > old.since,
        ],
    )
    both = both.select(*spans.columns, "since", "until")
    return both.mutate(
        starts_on=ibis.greatest(both.starts_on, both.since),
        ends_on=ibis.least(both.ends_on, both.until),
    ).drop("since", "until")


def _long_stays(frame: Frame) -> "ir.Table":
    stays = frame.rows("stays")
    long = intervals.closed(stays.filter(stays.kind == "long"))
    merged = intervals.merge(long, by=["recipient_id"])
    return frame.settle(_of_the_old(frame, merged))


def _staying(frame: Frame) -> "ir.Table":
    """The old in long stay, by month ends and home."""
    spans = tally.within_homes(frame, _long_stays(frame))
    spans = spans.mutate(slice_id=ibis.literal(_NOBODYS_SLICE, "int64"))
    return frame.settle(tally.at_month_ends(frame, spans))


def _using(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """The old who use technology at home, by month ends, home and slice."""
    by = ["recipient_id", "service"]
    used = frame.settle(_of_the_old(frame, in_use(frame)))
    away = _long_stays(frame).join(used.select(by).distinct(), "recipient_id")
    at_home = intervals.subtract(used, away.select(*by, "starts_on", "ends_on"), by=by)
    placed = tally.at_month_ends(frame, tally.within_homes(frame, frame.settle(at_home)))
    return frame.settle(placed.join(sliced.select("service", "slice_id"), "service"))


def _at_home(frame: Frame, away: "ir.Table") -> "ir.Table":
    """Residents less those in long stay; null where that is not known, or cannot be right."""
    by = [*tally.PLACE, "month"]
    units = geography.existing(frame, calendar.month_ends(frame.months))
    units = units.filter(units.at_month_end).select(by)
    known = units.left_join(frame.settle(residents(frame, age=AGE)), by)
    known = known.select(*by, "residents")
    known = known.left_join(away.select(*by, gone="value"), by).select(*by, "residents", "gone")
    left = known.residents.cast("float64") - known.gone.fill_null(0.0)
    return known.select(
        *by,
        measure=ibis.literal(_AT_HOME),
        slice_id=ibis.literal(_NOBODYS_SLICE, "int64"),
        value=ibis.ifelse(left >= 0, left, None),
    ).select("measure", "slice_id", "month", *tally.PLACE, "value")


INDICATOR = Indicator(
    id="coverage_80",
    title="Dekning blant innbyggere 80 år og eldre",
    question="Hvor mange av dem på 80 år og eldre som bor hjemme, bruker velferdsteknologi?",
    why=(
        "De fleste brukerne er 80 år eller eldre, og det blir mange flere i den alderen. Dekning "
        "blant dem som bor hjemme, viser om teknologien holder følge, også der få har "
        "hjemmetjenester."
    ),
    numerator=(
        "Samtidige brukere siste dag i måneden som hadde fylt 80 år da året begynte, og som ikke "
        "har langtidsopphold i institusjon."
    ),
    denominator=(
        "Innbyggere på 80 år og eldre i den nyeste talte folkemengden som ikke er av et senere år, "
        "minus mottakere i samme alder som har langtidsopphold siste dag i måneden."
    ),
    unit="personer",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Folkemengde, talt, etter enhet, alder og kjønn",
        "Vedtak, pauser og opphold fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
    ),
    needs=("vedtak", "device_assignments", "population", "stays"),
    hides_with=("concurrent_users",),
    assumptions=(
        (
            "Registrene har fødselsår, ikke fødselsdato. Hun regnes som fylt 80 fra 1. januar året "
            "hun fyller 81, slik folkemengden telles."
        ),
        (
            "En enhet har innbyggertall når folkemengden er gitt for enheten selv, eller for deler "
            "som til sammen er hele enheten og ikke noe annet. Ellers mangler tallet."
        ),
        (
            "Er en enhet delt, eller har den fått nye grenser, mangler tallet til folkemengden er "
            "talt på nytt eller er gitt for mindre enheter."
        ),
        "Folkemengden er den samme hele året, så dekningen kan endre seg ved årsskiftet.",
        "De i langtidsopphold telles der de er registrert bosatt.",
    ),
    measures=(
        Measure(
            code="coverage",
            title="Dekning 80 år og eldre",
            meaning="Brukere på 80 år og eldre per 100 innbyggere i samme alder som bor hjemme.",
            at_month_end=True,
            kind=Kind.RATE,
            unit="per 100 innbyggere",
            numerator=_USERS,
            denominator=_AT_HOME,
            per=100,
            decimals=1,
        ),
        Measure(
            code=_USERS,
            title="Brukere 80 år og eldre hjemme",
            meaning="Samtidige brukere på 80 år og eldre uten langtidsopphold.",
            at_month_end=True,
        ),
        Measure(
            code=_AT_HOME,
            title="Innbyggere 80 år og eldre hjemme",
            meaning="Innbyggere på 80 år og eldre minus dem med langtidsopphold.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_LONG_STAY,
            better=Better.NEITHER,
        ),
        Measure(
            code=_LONG_STAY,
            title="Langtidsopphold 80 år og eldre",
            meaning="Mottakere på 80 år og eldre som har langtidsopphold siste dag i måneden.",
            at_month_end=True,
            better=Better.NEITHER,
        ),
    ),
    compute=compute,
    behind=behind,
)
