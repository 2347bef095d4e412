"""``gerica_tjenester.csv`` and its kin: vedtak, pauses, reablement."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER, PERIOD, Way
from vft.sources.invented.course import Course
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports.recipients import last_day
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

#: The vendor's service codes. The five technologies stand first, in the registers' order.
CODES = ("TRYGG", "LOKAL", "MEDDISP", "DIGTIL", "DHO", "HSYK", "PRAKT", "LANGT", "DHO-TILTAK")
_HOME_NURSING, _PRACTICAL, _LONG_STAY, _AS_MEASURE = 5, 6, 7, 8
STATUSES = ("Innvilget", "Avslått", "Trukket")
REASONS = ("DØD", "INST", "FLYTTET", "IKKE BEHOV", "EGET ØNSKE", "IKKE EGNET")
CONSIDERED = ("INNVILGET", "IKKE EGNET", "TAKKET NEI", "IKKE VURDERT")
WHY = (
    "Bruker mestrer utstyret",
    "Kognitiv svikt gjør utstyret uegnet",
    "Bruker ønsker besøk",
    "",
)
_YEAR = 365
_DHO_AS_MEASURE = 0.3  # share registered as a measure under another service
_WITH_PRACTICAL_HELP, _TURNED_DOWN = 0.22, 0.03  # shares of recipients
_REFUSED = 0.7  # of the turned down; the others withdrew
_EARLIER = 40  # days before the delivery that corrected vedtak had ended

FAULTS = (
    DUPLICATE,
    Fault(
        name="ends_before_start",
        rule="ends_before_start",
        changes={"Fra dato": "01.06.2024", "Til dato": "01.05.2024"},
    ),
    Fault(name="unknown_service", rule="unknown_code", changes={"Tjeneste": "XX99"}),
    Fault(name="unknown_unit", rule="unknown_unit", changes={"Ansvarlig enhet": "999999"}),
    Fault(name="not_a_date", rule="not_a_date", changes={"Fra dato": "31.02.2024"}),
    Fault(
        name="overtaken",
        rule="superseded",
        changes={"Timer per uke": "0,5", "Begrunnelse": "Førsteutkast"},
        same_key=True,
        before=True,
    ),
)
OVERLAPPING = Fault(name="overlapping", rule="", changes={"Begrunnelse": "Registrert to ganger"})


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Arrays by vedtak. Days; ``hours`` in quarters of an hour, −1 unknown; codes −1 missing."""

    person: Numbers
    service: Numbers
    start: Days
    end: Days
    quarters: Numbers
    status: Numbers
    reason: Numbers
    considered: Numbers
    case: Numbers  # of technology, −1

    def __len__(self) -> int:
        return len(self.person)

    def first(self, n: int) -> "Decisions":
        """The first ``n`` vedtak."""
        return Decisions(**{f.name: getattr(self, f.name)[:n] for f in fields(self)})


def write(world: World) -> Decisions:
    """Write the files. The vedtak are numbered in the order they are returned."""
    found = decide(world)
    table = table_of(world, found)
    file = "gerica_tjenester.csv"
    rows = world.planted.into(table, *FAULTS, file=file, table="vedtak", key="Vedtaksnr")
    # a second vedtak would go on through the first one's pause
    unpaused = table.filter(pa.array(~_paused(world, found)))
    twice = world.planted.copies(unpaused, OVERLAPPING, file=file, table="vedtak", key="Vedtaksnr")
    with Delimited(world.exports / file) as out:
        out.write(pa.concat_tables([rows, twice]))
    _write_pauses(world, found)
    _write_reablement(world)
    return found


def decide(world: World) -> Decisions:
    """Every vedtak the EPJ has."""
    rng = stream(world.seed, "decisions")
    return _joined(
        _technology(world, rng),
        _home_nursing(world, rng),
        _practical(world, rng),
        _long_stays(world),
        _refused(world, rng),
    )


def _technology(world: World, rng: np.random.Generator) -> Decisions:
    cases = world.cases
    case = np.flatnonzero(cases.has_vedtak)
    person = cases.person[case]
    service = cases.service[case].astype(np.int64)
    as_measure = (service == CODES.index("DHO")) & (rng.random(len(case)) < _DHO_AS_MEASURE)
    return _rows(
        world.course,
        person=person,
        service=np.where(as_measure, _AS_MEASURE, service),
        start=cases.granted[case],
        end=cases.vedtak_end[case],
        considered=np.zeros(len(case), np.int64),
        case=case,
    )


def _home_nursing(world: World, rng: np.random.Generator) -> Decisions:
    """Renewed every year, with the hours that the need had come to."""
    course, last = world.course, world.config.last_day
    known = np.flatnonzero(world.residents.known[: course.cared])
    start, end = course.care.start[known], course.care.end[known]
    count = -(-np.maximum(np.minimum(end, last) - start, 1) // _YEAR)
    row = np.repeat(np.arange(len(known)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    begins = (start[row] + nth * _YEAR).astype(np.int32)
    final = nth == count[row] - 1
    ends = np.where(final, end[row], begins + _YEAR).astype(np.int32)
    period = np.clip(begins // PERIOD, 0, world.config.periods - 1)
    minutes = course.minutes[known[row], period] + course.night_minutes[known[row], period]
    return _rows(
        course,
        person=known[row],
        service=np.full(len(row), _HOME_NURSING),
        start=begins,
        end=np.where(ends < last, ends, NEVER).astype(np.int32),
        quarters=np.maximum(np.round(minutes / 15), 2).astype(np.int64),
        considered=_considered(course, known[row], begins, ends, rng),
        reason=np.where(final, _why(course, known[row], ends), -1),
    )


def _considered(
    course: Course, person: Numbers, start: Days, end: Days, rng: np.random.Generator
) -> Numbers:
    """Granted where technology came within the vedtak; else as caseworkers write, or do not."""
    got = np.zeros(len(person), bool)
    for service in ("DMS", "DT", "TA"):
        day = course.services[service].start[person]
        got |= (start <= day) & (day < end)
    otherwise = np.searchsorted(np.array([0.25, 0.4, 0.85]), rng.random(len(person)))
    return np.where(got, 0, np.array([1, 2, 3, -1])[otherwise])


def _practical(world: World, rng: np.random.Generator) -> Decisions:
    course = world.course
    person = np.flatnonzero(
        world.residents.known & (rng.random(len(course)) < _WITH_PRACTICAL_HELP)
    )
    n = len(person)
    end = course.home_until[person]
    return _rows(
        course,
        person=person,
        service=np.full(n, _PRACTICAL),
        start=course.people.entry[person],
        end=np.where(end < world.config.last_day, end, NEVER).astype(np.int32),
        quarters=rng.integers(2, 9, n),
    )


def _long_stays(world: World) -> Decisions:
    course, last = world.course, world.config.last_day
    there = (course.institution == course.home_until) & (course.institution < last)
    person = np.flatnonzero(world.residents.known & there)
    end = course.people.death[person]
    return _rows(
        course,
        person=person,
        service=np.full(len(person), _LONG_STAY),
        start=course.institution[person],
        end=np.where(end < last, end, NEVER).astype(np.int32),
    )


def _refused(world: World, rng: np.random.Generator) -> Decisions:
    """Applications for technology that were refused or withdrawn."""
    course = world.course
    person = np.flatnonzero(world.residents.known & (rng.random(len(course)) < _TURNED_DOWN))
    n, day = len(person), world.config.first_day
    start = np.maximum(course.people.entry[person], day) + rng.integers(0, 100, n)
    keep = start < np.minimum(course.home_until[person], world.config.last_day)
    person, start = person[keep], start[keep].astype(np.int32)
    return _rows(
        course,
        person=person,
        service=np.asarray([0, 2, 3])[rng.integers(0, 3, len(person))],
        start=start,
        end=np.full(len(person), NEVER, np.int32),
        status=np.where(rng.random(len(person)) < _REFUSED, 1, 2),
        reason=np.full(len(person), -1),
        considered=rng.integers(1, 3, len(person)),
    )


def _rows(course: Course, **given: Days) -> Decisions:
    """Vedtak with what is not given filled in."""
    n = len(given["person"])
    absent = np.full(n, -1)
    filled: dict[str, Days] = {
        "quarters": absent,
        "considered": absent,
        "case": absent,
        "status": absent + 1,
    }
    filled["reason"] = _why(course, given["person"], given["end"])
    return Decisions(**{**filled, **given})


def _why(course: Course, person: Numbers, end: Days) -> Numbers:
    """Why a service ended that day; −1 while it runs."""
    people = course.people
    causes: list[Bools] = [
        end >= NEVER,
        people.death[person] <= end,
        course.institution[person] <= end,
        people.moved[person] <= end,
        people.way[person] == Way.ALARM,
    ]
    return np.select(causes, [-1, 0, 1, 2, 4], default=3)


def _joined(*parts: Decisions) -> Decisions:
    names = [f.name for f in fields(Decisions)]
    return Decisions(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


_HOURS = pa.array([f"{q / 4:.2f}".replace(".", ",") for q in range(2000)])


def numbers(found: Decisions) -> pa.Array:
    """The number of each vedtak."""
    return numbered(np.arange(len(found)), "V", width=7)


def table_of(world: World, found: Decisions) -> pa.Table:
    """The vendor's columns."""
    decided = found.start - found.person % 12
    return pa.table(
        {
            "Vedtaksnr": numbers(found),
            "Fødselsnummer": world.persons(found.person),
            "Tjeneste": pa.array(CODES).take(pa.array(found.service)),
            "Ansvarlig enhet": world.unit_of(found.person, found.start),
            "Vedtaksdato": world.clock.dates(decided),
            "Fra dato": world.clock.dates(found.start),
            "Til dato": world.clock.dates(last_day(found.end)),
            "Timer per uke": _HOURS.take(pa.array(found.quarters, mask=found.quarters < 0)),
            "Status": pa.array(STATUSES).take(pa.array(found.status)),
            "Sluttårsak": _worded(REASONS, found.reason),
            "Vurdert VFT": _worded(CONSIDERED, found.considered),
            "Begrunnelse": _worded(WHY, found.considered),
        }
    )


def _worded(words: tuple[str, ...], number: Numbers) -> pa.Array:
    return pa.array(words).take(pa.array(number, mask=number < 0))


def _paused(world: World, found: Decisions) -> Bools:
    return (found.case >= 0) & (world.cases.pause[found.case] < NEVER)


def _write_pauses(world: World, found: Decisions) -> None:
    """``gerica_pauser.csv``: travel, while the vedtak goes on."""
    cases = world.cases
    row = np.flatnonzero(_paused(world, found))
    case = found.case[row]
    table = pa.table(
        {
            "Vedtaksnr": numbers(found).take(pa.array(row)),
            "Pause fra": world.clock.dates(cases.pause[case]),
            "Pause til": world.clock.dates(last_day(cases.pause_end[case])),
            "Årsak": pa.array(["REISE", "EGET ØNSKE"]).take(pa.array((case % 5 == 0) + 0)),
        }
    )
    with Delimited(world.exports / "gerica_pauser.csv") as out:
        out.write(table)


def corrected(world: World, found: Decisions) -> tuple[pa.Table, Numbers, int]:
    """A later delivery: some technology turned out to have ended ``_EARLIER`` days ago.

    Gives the changed rows, the cases they are about, and the day that the vedtak ended.
    """
    rng = stream(world.seed, "corrections of vedtak")
    day = world.config.last_day - _EARLIER
    running = (found.case >= 0) & (found.end >= NEVER) & (found.start < day)
    running &= ~_paused(world, found) & (found.status == 0)
    rows = np.flatnonzero(running & ~world.cases.never_ended[found.case])
    wanted = min(max(3, len(rows) // 400), len(rows))
    chosen = np.sort(rng.choice(rows, wanted, replace=False))
    end = found.end.copy()
    end[chosen] = day
    reason = found.reason.copy()
    reason[chosen] = REASONS.index("EGET ØNSKE")
    table = table_of(world, replace(found, end=end, reason=reason))
    return table.take(pa.array(chosen)), found.case[chosen], day


def _write_reablement(world: World) -> None:
    """``gerica_hverdagsrehabilitering.csv``."""
    episode, last = world.course.reablement, world.config.last_day
    known = world.residents.known[: world.course.cared]
    person = np.flatnonzero(episode.there & known & (episode.start < last))
    end = episode.end[person]
    table = pa.table(
        {
            "Fødselsnummer": world.persons(person),
            "Fra dato": world.clock.dates(episode.start[person]),
            "Til dato": world.clock.dates(last_day(np.where(end < last, end, NEVER))),
        }
    )
    with Delimited(world.exports / "gerica_hverdagsrehabilitering.csv") as out:
        out.write(table)
