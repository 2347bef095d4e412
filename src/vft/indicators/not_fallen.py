"""Ikke falt: who began with technology, and whose visits or granted time are as before."""

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally
from vft.indicators.courses import courses, in_use
from vft.indicators.definition import Better, Family, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import SERVICE, slices_of
from vft.panel import calendar, intervals
from vft.panel.fact import Rows
from vft.panel.spells import home_care_vedtak, vedtak_spells
from vft.panel.starts import AFTER, BEFORE_DAYS, JUDGED_DAY, NEW_AFTER_DAYS, later
from vft.tables import services
from vft.tables.period import first_day, last_day, months_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

_WINDOW = 12
_HOUR = 60
_INSTITUTIONS = ("LS", "SS")
_START = ["recipient_id", "started_on"]
_BEFORE, _AFTER = (-BEFORE_DAYS, 0), (AFTER[0], AFTER[-1] + 1)
_JUDGED = "judged"
#: Why a start is not judged, the first that applies: measure → title and meaning.
_APART = {
    "gone": ("Døde eller flyttet ut", f"Døde eller flyttet ut innen {JUDGED_DAY} dager."),
    "in_reablement": (
        "I hverdagsrehabilitering",
        "Hverdagsrehabilitering rundt start. Da faller besøkene uansett.",
    ),
    "away": (
        "På institusjon eller borte",
        "Opphold, eller pause i vedtak om hjemmetjenester, i en av de to periodene.",
    ),
    "not_visited": (
        "Uten besøk før start",
        f"Ingen utførte besøk de siste {BEFORE_DAYS} dagene før start.",
    ),
}
#: What those who are judged are counted as.
_FOUND = ("visits_not_fallen", "hours_judged", "hours_not_fallen", "neither_fallen")
_COUNTED = ("starters", *_APART, _JUDGED, *_FOUND)
#: What the rows behind tell of a start.
_SHOWN = ("visits_before", "visits_after", "granted_before", "granted_after")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    found = frame.settle(_cases(frame, sliced))
    ones = found.select(
        "slice_id", "home", "judged_on", **{m: found[m].cast("int64") for m in _COUNTED}
    )
    amounts = {measure: itemgetter(measure) for measure in _COUNTED}
    counted = tally.cases(frame, ones, amounts, day="judged_on", window=_WINDOW)
    return tally.named(tally.in_places(frame, counted), sliced)


def behind(frame: Frame) -> "ir.Table":
    """The starts behind each figure, with visits and granted time before and after."""
    sliced = slices_of(frame)
    kinds = sliced.select("slice_id", "slice_kind", "slice").distinct()
    found = frame.settle(_cases(frame, sliced).join(kinds, "slice_id"))
    dated = tally.over_window(frame, found, day="judged_on", window=_WINDOW)
    told = dated.join(_details(found), _START)
    told = frame.settle(told.mutate(thing=ibis.null("string")))
    return ibis.union(
        *(
            told.filter(told[measure]).mutate(measure=ibis.literal(measure)).select(*tally.BEHIND)
            for measure in _COUNTED
        )
    )


def _cases(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """A row for each slice that somebody is new in: what is known of the start, and its home.

    ``(recipient_id, started_on, judged_on, slice_id, home, *_COUNTED)``, and what the details tell.
    """
    used = in_use(frame).join(sliced.select("service", "slice_id"), "service")
    by = ["recipient_id", "slice_id"]
    begun = courses(used, by=by, rest=NEW_AFTER_DAYS).select(*by, started_on="starts_on")
    known = frame.settle(_judged(_with_facts(frame, frame.settle(_starts(frame)))))
    return tally.at_home(frame, begun.join(known, _START), day="started_on")


def _starts(frame: Frame) -> "ir.Table":
    """Starts that are judged within the window, of which the data tells the days before too."""
    first = calendar.shift(frame.months[0], 1 - _WINDOW)
    reach = months_between(first, frame.months[-1])
    starts = frame.rows("panel_starts", months=reach).drop("month")
    starts = starts.mutate(judged_on=later(starts.started_on, JUDGED_DAY))
    return starts.filter(
        starts.judged_on >= ibis.literal(first_day(first)),
        starts.judged_on <= ibis.literal(last_day(frame.months[-1])),
        later(starts.started_on, -BEFORE_DAYS) >= ibis.literal(frame.since),
    )


def _with_facts(frame: Frame, starts: "ir.Table") -> "ir.Table":
    """Add whether she left, was in reablement or away, and the time that she was granted."""
    people = frame.rows("recipients")
    left = people.filter(people.died_on.notnull() | people.moved_out_on.notnull())
    left = ibis.union(
        left.select("recipient_id", on="died_on"), left.select("recipient_id", on="moved_out_on")
    )
    left = left.group_by("recipient_id").agg(left_on=left.on.min())
    known = starts.left_join(left, "recipient_id").select(*starts.columns, "left_on")
    whole = (_BEFORE[0], _AFTER[1])
    trained = _met(starts, intervals.closed(frame.rows("reablement")), whole)
    absent = _met(starts, _absences(frame.rows), _BEFORE, _AFTER)
    for name, met in (("was_trained", trained), ("was_absent", absent)):
        marked = met.mutate(mark=ibis.literal(True))
        known = known.left_join(marked, _START).select(
            *known.columns, **{name: ibis._.mark.fill_null(False)}
        )
    return _with_granted(known, home_care_vedtak(frame.rows))


def _met(starts: "ir.Table", spans: "ir.Table", *windows: tuple[int, int]) -> "ir.Table":
    """The starts that have an interval within a window of days since the start, half-open."""
    spans = spans.select(who="recipient_id", since="starts_on", until="ends_on")
    of_hers = starts.select(_START).join(spans, [starts.recipient_id == spans.who])
    within: Any = ibis.literal(False)
    for first, beyond in windows:
        within = within | (
            (of_hers.since < later(of_hers.started_on, beyond))
            & (of_hers.until > later(of_hers.started_on, first))
        )
    return of_hers.filter(within).select(_START).distinct()


def _absences(rows: Rows) -> "ir.Table":
    """When nobody can visit her at home: ``(recipient_id, starts_on, ends_on)``."""
    days = ["recipient_id", "starts_on", "ends_on"]
    granted = vedtak_spells(rows)
    vedtak = rows("vedtak")
    of_home_care = vedtak.filter(vedtak.service.isin(list(services.HOME_CARE)))
    pauses = intervals.closed(rows("vedtak_pauses")).select("vedtak_id", "starts_on", "ends_on")
    paused = pauses.join(of_home_care.select("vedtak_id", "recipient_id"), "vedtak_id")
    return ibis.union(
        intervals.closed(rows("stays")).select(days),
        granted.filter(granted.service.isin(_INSTITUTIONS)).select(days),
        paused.select(days),
    )


def _with_granted(starts: "ir.Table", vedtak: "ir.Table") -> "ir.Table":
    """Add ``granted_…``, minutes a week the day before the start and on the day it is judged.

    Null where a vedtak that is valid that day has no hours; 0 where there is none.
    """
    vedtak = vedtak.select("minutes", who="recipient_id", since="starts_on", until="ends_on")
    day_before, day_after = later(starts.started_on, -1), starts.judged_on
    near = starts.join(
        vedtak,
        [
            starts.recipient_id == vedtak.who,
            vedtak.since <= day_after,
            vedtak.until > day_before,
        ],
    ).select(*_START, "judged_on", "minutes", "since", "until")
    sums = {
        name: _granted_on(near, day)
        for name, day in (("before", later(near.started_on, -1)), ("after", near.judged_on))
    }
    told = near.group_by(_START).agg(
        **{
            f"{name}_{part}": amount
            for name, parts in sums.items()
            for part, amount in parts.items()
        }
    )
    known = starts.left_join(told, _START)
    return known.select(
        *(starts[column] for column in starts.columns),
        **{
            f"granted_{name}": ibis.ifelse(
                known[f"{name}_untold"].fill_null(0) > 0,
                None,
                known[f"{name}_minutes"].fill_null(0),
            )
            for name in sums
        },
    )


def _granted_on(near: "ir.Table", day: Any) -> dict[str, Any]:
    valid = (near.since <= day) & (near.until > day)
    return {
        "untold": near.count(where=valid & near.minutes.isnull()),
        "minutes": near.minutes.sum(where=valid),
    }


def _judged(known: "ir.Table") -> "ir.Table":
    """Add a column for each of :data:`_COUNTED`: whether the start is one of those."""
    reasons = {
        "gone": (known.left_on <= known.judged_on).fill_null(False),
        "in_reablement": known.was_trained,
        "away": known.was_absent,
        "not_visited": known.visits_before == 0,
    }
    still: Any = ibis.literal(True)
    found = {"starters": still}
    for name in _APART:
        found[name], still = still & reasons[name], still & ~reasons[name]
    as_many = known.visits_after >= known.visits_before
    told = known.granted_after.notnull() & (known.granted_before > 0).fill_null(False)
    as_much = (known.granted_after >= known.granted_before).fill_null(False)
    found |= {
        _JUDGED: still,
        "visits_not_fallen": still & as_many,
        "hours_judged": still & told,
        "hours_not_fallen": still & told & as_much,
        "neither_fallen": still & told & as_many & as_much,
    }
    return known.mutate(**found)


def _details(found: "ir.Table") -> "ir.Table":
    """``(recipient_id, started_on, detail)``: technology and day, then before and after."""
    of_service = found.filter(found.slice_kind == SERVICE)
    each = of_service.group_by(_START).agg(
        service=of_service.slice.min(),
        **{name: of_service[name].max() for name in _SHOWN},
    )
    name = ibis.cases(*((each.service == s.code, s.name) for s in services.TECHNOLOGY.values()))
    begun = name.concat(" fra ", each.started_on.strftime("%d.%m.%Y"), ". Besøk på fire uker: ")
    visits = each.visits_before.cast("string").concat(
        " før, ", each.visits_after.cast("string"), " etter. Vedtakstid i uken: "
    )
    time = _time(each.granted_before).concat(" før, ", _time(each.granted_after), " etter.")
    return each.select(*_START, detail=begun.concat(visits, time))


def _time(minutes: Any) -> Any:
    hours = (minutes // _HOUR).cast("int64").cast("string")
    told = hours.concat(" t ", (minutes % _HOUR).cast("int64").cast("string"), " min")
    return told.fill_null("ikke dokumentert")


def _counts() -> list[Measure]:
    told = {
        "starters": (
            "Nye brukere",
            f"Begynte med teknologi de ikke har hatt det siste året. {JUDGED_DAY} dager er gått.",
        ),
        **_APART,
        _JUDGED: ("Nye brukere som kan vurderes", "De andre: hjemme, og med besøk før start."),
        "visits_not_fallen": (
            "Besøkene har ikke falt",
            "Like mange eller flere utførte besøk etter som før.",
        ),
        "hours_judged": (
            "Nye brukere med kjent vedtakstid",
            "Av dem som kan vurderes: timer i alle vedtak om hjemmetjenester før og etter.",
        ),
        "hours_not_fallen": ("Vedtakstiden har ikke falt", "Like mye eller mer etter som før."),
        "neither_fallen": (
            "Verken besøk eller vedtakstid har falt",
            "Av dem med kjent vedtakstid.",
        ),
    }
    return [
        Measure(
            code=code,
            title=title,
            meaning=meaning,
            at_month_end=False,
            better=_better(code),
            # with those who are judged they are all who began: the others would tell the one hidden
            own_only=code in _APART,
        )
        for code, (title, meaning) in told.items()
    ]


def _better(code: str) -> Better:
    return Better.LOWER if code.endswith("_fallen") else Better.NEITHER


def _shares() -> list[Measure]:
    told = {
        "visits_not_fallen": ("Andel der besøkene ikke har falt", _JUDGED),
        "hours_not_fallen": ("Andel der vedtakstiden ikke har falt", "hours_judged"),
        "neither_fallen": ("Andel der verken besøk eller vedtakstid har falt", "hours_judged"),
    }
    return [
        Measure(
            code=f"{code}_share",
            title=title,
            meaning="Av nye brukere som kan vurderes"
            + ("." if under == _JUDGED else ", og har kjent vedtakstid."),
            at_month_end=False,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=code,
            denominator=under,
            per=100,
            decimals=1,
            better=Better.LOWER,
        )
        for code, (title, under) in told.items()
    ]


INDICATOR = Indicator(
    id="not_fallen",
    title="Nye brukere der besøk eller vedtakstid ikke har falt",
    question="Avslutter vi besøk og reduserer vedtak når noen har fått teknologi?",
    why=(
        "Teknologi frigjør tid først når besøk og vedtak faktisk endres. Listen bak tallet viser "
        "hvem det er verdt å se på nå."
    ),
    numerator=(
        f"Nye brukere med like mange eller flere utførte besøk på dag {AFTER[0]} til {AFTER[-1]} "
        f"etter start som på de {BEFORE_DAYS} dagene før, eller med like mye eller mer vedtakstid "
        f"på dag {JUDGED_DAY} som dagen før start. Start er den første dagen med både gyldig "
        "vedtak og utstyr som virker, når hun ikke har hatt teknologien i utvalget det siste året."
    ),
    denominator=(
        f"Nye brukere som har hatt teknologien i {JUDGED_DAY} dager, og som kan vurderes. De som "
        "er døde eller flyttet, i hverdagsrehabilitering, på institusjon eller borte, og de som "
        "ikke hadde besøk før start, telles for seg. For vedtakstid: de med timer i alle gyldige "
        "vedtak om hjemmetjenester begge dager."
    ),
    unit="personer",
    better=Better.LOWER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Besøk fra EPJ",
        "Vedtak og pauser fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
        "Opphold og hverdagsrehabilitering fra EPJ",
    ),
    needs=("visits", "vedtak", "device_assignments"),
    family=Family.OVERALL,
    window=_WINDOW,
    history=BEFORE_DAYS + JUDGED_DAY,
    assumptions=(
        f"En start telles i måneden der dag {JUDGED_DAY} er, i den enheten hun bodde ved start.",
        "Tallet gjelder de tolv månedene som slutter med måneden.",
        "Ett besøk færre er også et fall. Noen faller av tilfeldigheter, og noen skulle ha økt.",
        "At besøkene ikke har falt, betyr ikke at teknologien er uten nytte for henne.",
        "Alarm og lokalisering skal sjelden gi færre besøk. Se på tjenestene hver for seg.",
        "Har hun flere vedtak som starter samme dag, er besøkene før og etter de samme for alle.",
    ),
    measures=(*_counts(), *_shares()),
    compute=compute,
    behind=behind,
)
