"""``gerica_oppdrag_<year>K<quarter>.csv``: every visit, planned and executed.

The planned care of a person and period adds up, travel included, to exactly the minutes of the
course. Where a scale holds fewer home-nursing recipients than the city has, visits are fewer too.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER, PERIOD
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.parquet import Parquet
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

#: The vendor's codes; positions are the numbers used below.
KINDS = ("MED", "SPL", "PRA", "TLD", "ANN", "TLN", "UTR")
STATUSES = ("Utført", "Avlyst", "Ikke hjemme")
_NIGHT, CALL_OUT = 5, 6
_UNPLANNED, _MISSED = 0.05, 0.03  # shares of visits
_CALLED_OFF = 0.7  # of the missed; at the others nobody was home
_BLOCK = 600_000  # visits drawn at a time, about
_MINUTES_A_VISIT = 33.0

FAULTS = (
    DUPLICATE,
    Fault(
        name="overtaken", rule="superseded", changes={"Utførte min": 0}, same_key=True, before=True
    ),
    Fault(name="impossible_minutes", rule="out_of_range", changes={"Utførte min": 9999}),
    Fault(name="negative_minutes", rule="out_of_range", changes={"Utførte min": -15}),
    Fault(name="unknown_code", rule="unknown_code", changes={"Oppdragstype": "XYZ"}),
    Fault(name="no_number", rule="not_an_identity", changes={"Fødselsnummer": "01819912345"}),
    Fault(
        name="not_an_instant", rule="not_an_instant", changes={"Utført start": "31.02.2024 08:00"}
    ),
)


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Arrays by visit. ``planned_day`` or ``day`` is ``NEVER`` where there is no such start."""

    person: Numbers
    kind: Numbers
    status: Numbers
    planned_day: Days
    planned_minute: Numbers
    planned_minutes: Numbers
    day: Days
    minute: Numbers
    minutes: Numbers
    travel: Numbers

    def __len__(self) -> int:
        return len(self.person)

    @property
    def happened(self) -> Days:
        """The day that a visit is filed under."""
        return np.where(self.day < NEVER, self.day, self.planned_day)

    def take(self, rows: Numbers | Bools) -> "Visits":
        """The visits at ``rows``."""
        return Visits(**{name: value[rows] for name, value in vars(self).items()})


@dataclass
class Later:
    """What a later delivery brings: rows kept back, and rows that were wrong."""

    late: list[pa.Table] = field(default_factory=list)
    changed: list[pa.Table] = field(default_factory=list)


def write(world: World, call_outs: Visits, later: Later) -> Iterator[float]:
    """Write all quarters; yields the share done. What belongs to the corrections goes ``later``."""
    faults = [f for f in FAULTS if not (world.parquet and f.rule == "not_an_instant")]
    with ExitStack() as open_files:
        files: dict[str, Delimited | Parquet] = {}
        number = 0
        for block, share in _blocks(world, call_outs):
            for name, rows in _by_quarter(world, block):
                if name not in files:
                    files[name] = _file(world, name)
                    open_files.enter_context(files[name])
                numbers = np.arange(number, number + len(rows))
                number += len(rows)
                table = _without_late(world, rows, numbers, later)
                files[name].write(
                    world.planted.into(table, *faults, file=name, table="visits", key="Oppdragsnr")
                )
            yield share


_LATE_DAYS, _LATE, _CHANGED = 45, 0.004, 0.0004
_A_MONTH = 31


def _without_late(world: World, visits: Visits, numbers: Numbers, later: Later) -> pa.Table:
    """The table without its late rows; late and corrected rows are remembered."""
    rng = stream(world.seed, f"later {numbers[:1]}")
    place, last = rng.random(len(visits)), world.config.last_day
    late = (place < _LATE) & (visits.happened >= last - _LATE_DAYS)
    wrong = np.flatnonzero((place > 1 - _CHANGED) & (visits.status == 0) & ~late)
    later.late.append(table_of(world, visits.take(late), numbers[late]))
    later.changed.append(table_of(world, _corrected(world, visits.take(wrong)), numbers[wrong]))
    return table_of(world, visits.take(~late), numbers[~late])


def _corrected(world: World, visits: Visits) -> Visits:
    """Five minutes more each; every third happened a month before what was first said."""
    n = len(visits)
    back = np.where(np.arange(n) % 3 == 0, _A_MONTH, 0)
    back = np.where(visits.day - back >= world.config.first_day, back, 0)
    return Visits(
        **{
            **vars(visits),
            "day": (visits.day - back).astype(np.int32),
            "minutes": visits.minutes + 5,
        }
    )


def _file(world: World, name: str) -> Delimited | Parquet:
    return Parquet(world.exports / name) if world.parquet else Delimited(world.exports / name)


def _blocks(world: World, call_outs: Visits) -> Iterator[tuple[Visits, float]]:
    """Blocks of periods (and of persons, where a period alone is too large), call-outs first."""
    yield call_outs, 0.0
    course, work = world.course, world.work
    first = world.config.first_day // PERIOD
    total = max(int(work.minutes.sum()), 1)
    rows = max(
        1, int(course.cared * _BLOCK * _MINUTES_A_VISIT / total * (course.config.periods - first))
    )
    done = 0
    per_block = max(1, round(rows / max(course.cared, 1)))
    for start in range(first, course.config.periods, per_block):
        for person in range(0, course.cared, max(rows, 1)):
            block = (
                slice(person, min(person + rows, course.cared)),
                slice(start, min(start + per_block, course.config.periods)),
            )
            done += int(work.minutes[block].sum())
            yield draw(world, *block), done / total


def _by_quarter(world: World, visits: Visits) -> Iterator[tuple[str, Visits]]:
    days = world.clock.origin + visits.happened
    quarter = days.astype("datetime64[M]").astype(int) // 3
    ending = "parquet" if world.parquet else "csv"
    for found in np.unique(quarter):
        name = f"gerica_oppdrag_{1970 + found // 4}K{found % 4 + 1}.{ending}"
        yield name, visits.take(quarter == found)


def draw(world: World, persons: slice, periods: slice) -> Visits:
    """The visits of some persons in some periods, in order of time."""
    rng = stream(world.seed, f"visits {persons.start} {periods.start}")
    by_day = _by_day(world, persons, periods, rng)
    by_night = _by_night(world, persons, periods, rng)
    done = joined(by_day, by_night)
    missed = _missed(done, rng)
    everything = joined(done, missed)
    return everything.take(np.lexsort((everything.minute, everything.happened)))


def joined(*parts: Visits) -> Visits:
    """All of them, one after the other."""
    return Visits(
        **{name: np.concatenate([vars(p)[name] for p in parts]) for name in vars(parts[0])}
    )


def _by_day(world: World, persons: slice, periods: slice, rng: np.random.Generator) -> Visits:
    work = world.work
    minutes = work.minutes[persons, periods]
    row, column = np.nonzero(minutes)
    total = minutes[row, column]
    length = np.clip(_MINUTES_A_VISIT + 6 * rng.standard_normal(len(total)), 20, 60)
    count = np.maximum(np.minimum(np.floor(total / length + rng.random(len(total))), total // 8), 1)
    cell, parts = split(total, count.astype(np.int64), rng)
    person = row[cell] + persons.start
    begins = work.begins[persons, periods][row, column][cell]
    days = work.days[persons, periods][row, column][cell]
    kind = _kinds(world, person, column[cell] + periods.start, rng)
    day = begins + np.floor(rng.random(len(cell)) * days).astype(np.int32)
    planned = _time_of_day(kind, rng)
    travel = np.clip(np.floor(parts * rng.uniform(0.1, 0.3, len(parts))), 1, parts - 1)
    return _executed(person, kind, (day, planned), (parts, travel.astype(np.int64)), rng)


def split(total: Numbers, count: Numbers, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Whole positive parts that add up to each total exactly: (which total, size) by part.

    Needs ``count`` ≤ ``total`` / 2.
    """
    cell = np.repeat(np.arange(len(total)), count)
    weight = rng.uniform(0.6, 1.4, len(cell))
    running = np.cumsum(weight)
    last = np.cumsum(count) - 1
    before = np.concatenate([[0.0], running[last[:-1]]]) if len(last) else running
    whole = running[last] - before
    spare = total - 2 * count  # every part is at least two minutes
    edge = np.floor((running - before[cell]) / whole[cell] * spare[cell] + 1e-9).astype(np.int64)
    edge[last] = spare
    parts = np.diff(edge, prepend=0)
    firsts = last - count + 1
    parts[firsts] = edge[firsts]
    return cell, parts + 2


def _kinds(world: World, person: Numbers, period: Numbers, rng: np.random.Generator) -> Numbers:
    """A dispenser takes medication visits away, first and foremost."""
    course = world.course
    share = np.where(course.people.segment[: course.cared] == 1, 0.62, 0.42)[person]
    before = course.minutes_untreated[person, period]
    now = course.minutes[person, period]
    medication = np.maximum(share * before + np.minimum(now - before, 0), 0.04 * now) / now
    rest = (1 - np.minimum(medication, 1))[:, None] * np.array([0.5, 0.3, 0.12, 0.08])
    edges = np.cumsum(np.column_stack([np.minimum(medication, 1), rest]), axis=1)[:, :-1]
    kind: Numbers = (rng.random(len(person))[:, None] > edges).sum(axis=1).astype(np.int8)
    return kind


_MEDICATION_TIMES = np.array([8 * 60, 13 * 60, 18 * 60, 21 * 60])
_MIDDLE = np.array([0, 10 * 60 + 30, 12 * 60, 14 * 60, 12 * 60, 2 * 60, 12 * 60])
_SPREAD = np.array([35, 90, 100, 210, 150, 0, 0])


def _time_of_day(kind: Numbers, rng: np.random.Generator) -> Numbers:
    """Minute of the day that a visit was planned for, on the five."""
    n = len(kind)
    round_of_day = np.searchsorted(np.array([0.45, 0.55, 0.7]), rng.random(n))
    middle = np.where(kind == 0, _MEDICATION_TIMES[round_of_day], _MIDDLE[kind])
    minute = middle + _SPREAD[kind] * rng.standard_normal(n)
    return np.asarray(np.clip(np.round(minute / 5) * 5, 390, 1380), dtype=np.int64)


def _executed(
    person: Numbers,
    kind: Numbers,
    when: tuple[Days, Numbers],
    size: tuple[Numbers, Numbers],
    rng: np.random.Generator,
) -> Visits:
    """Visits that took place: some unplanned, most a little early or late."""
    day, planned = when
    whole, travel = size
    n = len(person)
    unplanned = rng.random(n) < _UNPLANNED
    minute = np.clip(planned + np.round(12 * rng.standard_normal(n)), 0, 1439)
    guess = np.round((whole - travel) * rng.uniform(0.8, 1.2, n) / 5) * 5
    return Visits(
        person=person,
        kind=kind,
        status=np.zeros(n, np.int8),
        planned_day=np.where(unplanned, NEVER, day).astype(np.int32),
        planned_minute=planned,
        planned_minutes=np.where(unplanned, -1, np.maximum(guess, 5)).astype(np.int64),
        day=day.astype(np.int32),
        minute=minute.astype(np.int64),
        minutes=whole - travel,
        travel=travel,
    )


_CHECK, _CHECK_TRAVEL = 20, 10


def _by_night(world: World, persons: slice, periods: slice, rng: np.random.Generator) -> Visits:
    work = world.work
    checks = work.checks[persons, periods]
    row, column = np.nonzero(checks)
    cell = np.repeat(np.arange(len(row)), checks[row, column])
    person = row[cell] + persons.start
    n = len(cell)
    begins = work.checks_begin[persons, periods][row, column][cell]
    days = work.checks_days[persons, periods][row, column][cell]
    day = begins + np.floor(rng.random(n) * days).astype(np.int32)
    hour = np.array([23, 0, 1, 4, 5])[rng.integers(0, 5, n)]  # never in the hour that spring skips
    planned = hour * 60 + 30
    whole = np.full(n, _CHECK + _CHECK_TRAVEL)
    return _executed(
        person, np.full(n, _NIGHT, np.int8), (day, planned), (whole, np.full(n, _CHECK_TRAVEL)), rng
    )


def _missed(done: Visits, rng: np.random.Generator) -> Visits:
    """Visits that were planned beside those that took place: called off, or nobody at home."""
    rows = np.flatnonzero((rng.random(len(done)) < _MISSED) & (done.planned_day < NEVER))
    like = done.take(rows)
    n = len(rows)
    return Visits(
        **{
            **vars(like),
            "status": np.where(rng.random(n) < _CALLED_OFF, 1, 2).astype(np.int8),
            "day": np.full(n, NEVER, np.int32),
            "minutes": np.full(n, -1),
            "travel": np.full(n, -1),
        }
    )


_KM_A_MINUTE = 0.4


def table_of(world: World, visits: Visits, numbers: Numbers) -> pa.Table:
    """The vendor's columns."""
    team = world.course.people.district[visits.person] * 10 + visits.person % 3 + 1
    travel = pa.array(visits.travel, mask=visits.travel < 0)
    return pa.table(
        {
            "Oppdragsnr": numbered(numbers, "O", width=8),
            "Fødselsnummer": world.persons(visits.person),
            "Oppdragstype": pa.array(KINDS).take(pa.array(visits.kind)),
            "Team": _teams(world).take(pa.array(team)),
            "Planlagt start": _starts(world, visits.planned_day, visits.planned_minute),
            "Planlagte min": pa.array(visits.planned_minutes, mask=visits.planned_minutes < 0),
            "Planlagt": _yes_no(world, visits.planned_day < NEVER),
            "Utført start": _starts(world, visits.day, visits.minute),
            "Utførte min": pa.array(visits.minutes, mask=visits.minutes < 0),
            "Reisetid": travel,
            "Reise km": (_TYPED_KILOMETRES if world.parquet else _KILOMETRES).take(travel),
            "Status": pa.array(STATUSES).take(pa.array(visits.status)),
        }
    )


def _starts(world: World, day: Days, minute: Numbers) -> pa.Array:
    """As text, or typed where the file can hold it."""
    return (
        world.clock.instants(day, minute * 60)
        if world.parquet
        else world.clock.minutes(day, minute)
    )


def _yes_no(world: World, values: Bools) -> pa.Array:
    return pa.array(values) if world.parquet else pa.array(["N", "J"]).take(pa.array(values + 0))


_TYPED_KILOMETRES = pa.array([m * _KM_A_MINUTE for m in range(2000)])
_KILOMETRES = pa.array([f"{m * _KM_A_MINUTE:.1f}".replace(".", ",") for m in range(2000)])


def _teams(world: World) -> pa.Array:
    districts = len(world.config.districts)
    town = world.geography.municipality
    return pa.array([f"{town}{n // 10 + 1:02d}-T{n % 10}" for n in range(districts * 10)])
