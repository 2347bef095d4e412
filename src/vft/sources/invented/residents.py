"""Who the persons of a course are in a register: identity, name, and where they have lived."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vft.sources.invented import identity_numbers
from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD, YEAR
from vft.sources.invented.course import Course
from vft.sources.invented.geography import Geography
from vft.sources.invented.streams import stream

_MOVES = 0.03  # persons who move within the municipality, a year
_NEARBY = 0.5  # share of them who stay in the district
_BLOCKED = 0.002
_NOWHERE = 0.002  # persons whose home the register does not know
_SHARING = 0.15  # of neighbours in the list: gives 2 % of the alarms
_LIVED_HERE = 12 * 365


@dataclass(frozen=True, kw_only=True)
class Residences:
    """Rows sorted by person and start: she lives in a unit (number in ``units``), half-open."""

    person: Numbers
    unit: Numbers
    start: Days
    end: Days
    units: tuple[str, ...]

    def on(self, day: int, persons: int) -> Numbers:
        """The unit's number of each of ``persons`` on a day; −1 for nowhere known."""
        found = np.full(persons, -1)
        here = (self.start <= day) & (day < self.end)
        found[self.person[here]] = self.unit[here]
        return found


@dataclass(frozen=True, kw_only=True)
class Residents:
    """Arrays by person. ``couple``: the number of a spouse whose alarm she shares; −1 for none."""

    course: Course
    geography: Geography
    numbers: Numbers
    born: NDArray[np.datetime64]
    given: Numbers
    family: Numbers
    blocked: Bools
    residences: Residences
    couple: Numbers

    @cached_property
    def identity(self) -> pa.Array:
        """Identity numbers as strings of eleven digits."""
        return pc.utf8_lpad(pc.cast(pa.array(self.numbers), pa.string()), 11, "0")

    @cached_property
    def known(self) -> Bools:
        """Whom the exports name: those with something under way within the window."""
        course, first = self.course, self.course.config.first_day
        spells = course.services.values()
        last = np.maximum.reduce([np.where(s.there, s.end, 0) for s in spells])
        last[: course.cared] = np.maximum(last[: course.cared], course.care.end)
        in_nursing_home = (course.institution == course.home_until) & (course.people.death > first)
        has_come = course.people.entry < course.config.last_day
        return np.asarray(((last > first) | in_nursing_home) & has_come)


def names() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Common women's, men's and family names; combined at random they are nobody's."""
    from faker.providers.person.no_NO import Provider

    return (
        tuple(Provider.first_names_female),
        tuple(Provider.first_names_male),
        tuple(Provider.last_names),
    )


def settle(course: Course, geography: Geography, *, seed: int) -> Residents:
    """Give every person a number, a name and a home."""
    rng = stream(seed, "residents")
    people, n = course.people, len(course)
    born = _birthdays(course, rng)
    women, men, family = names()
    given = np.where(
        people.female, rng.integers(0, len(women), n), len(women) + rng.integers(0, len(men), n)
    )
    couple = _couples(course, rng)
    plots = _plots(course, geography, couple, rng)
    return Residents(
        course=course,
        geography=geography,
        numbers=identity_numbers.draw(born, people.female, rng=rng),
        born=born,
        given=given,
        family=rng.integers(0, len(family), n),
        blocked=rng.random(n) < _BLOCKED,
        residences=_residences(course, geography, plots, rng),
        couple=couple,
    )


def _birthdays(course: Course, rng: np.random.Generator) -> NDArray[np.datetime64]:
    middle = np.datetime64(course.config.starts_on) + course.config.last_day // 2
    days = (course.people.age * YEAR).astype(int) + rng.integers(0, 365, len(course))
    return np.asarray(middle - days)


def _couples(course: Course, rng: np.random.Generator) -> Numbers:
    """Some who live with others share a spouse's alarm: neighbours in the list, both alarmed."""
    alarm = course.services["TA"]
    able = np.flatnonzero(alarm.there & ~course.people.alone)
    first, second = able[:-1:2], able[1::2]
    overlap = np.maximum(alarm.start[first], alarm.start[second]) + PERIOD < np.minimum(
        alarm.end[first], alarm.end[second]
    )
    chosen = overlap & (rng.random(len(first)) < _SHARING * course.config.disagreement)
    couple = np.full(len(course), -1)
    couple[second[chosen]] = first[chosen]
    return couple


def _day(course: Course, day: date | None, *, otherwise: int) -> int:
    return otherwise if day is None else (day - course.config.starts_on).days


def _plots(
    course: Course, geography: Geography, couple: Numbers, rng: np.random.Generator
) -> tuple[Numbers, Numbers, Days]:
    """The plot each person lives on, the plot she moves to, and the day (``NEVER``)."""
    people, n = course.people, len(course)
    first = _draw(geography, people.district, rng.random(n))
    move = people.present + (rng.standard_exponential(n) * YEAR / _MOVES).astype(np.int32)
    away = np.where(rng.random(n) < _NEARBY, people.district, rng.permutation(people.district))
    second = _draw(geography, away, rng.random(n))
    opens = np.array([_day(course, p.opens_on, otherwise=-NEVER) for p in geography.plots])
    older = np.array([_fallback(geography, i) for i in range(len(geography.plots))])
    early = people.entry < opens[first]
    first = np.where(early, older[first], first)
    second = np.where(move < opens[second], older[second], second)
    shares = couple >= 0
    first[shares], second[shares] = first[couple[shares]], second[couple[shares]]
    move[shares] = move[couple[shares]]
    late = people.entry >= opens[first]
    return np.where(late, first, older[first]), second, np.minimum(move, NEVER).astype(np.int32)


def _fallback(geography: Geography, plot: int) -> int:
    """The plot that stands in for one that is not open yet: the first of its district."""
    here = geography.plots[plot]
    if here.opens_on is None:
        return plot
    return next(i for i, p in enumerate(geography.plots) if p.district == here.district)


def _draw(geography: Geography, district: Numbers, place: Floats) -> Numbers:
    """A plot in each person's district, by weight: one search in the districts' joined shares."""
    owner = np.array([p.district for p in geography.plots])
    order = np.argsort(owner, kind="stable")
    weight = np.array([p.weight for p in geography.plots])[order]
    total = np.bincount(owner[order], weight)
    share = np.cumsum(weight / total[owner[order]])
    found = np.searchsorted(share, district + np.minimum(place, 1 - 1e-9) + 1e-12, side="right")
    return order[np.minimum(found, len(order) - 1)]


def _residences(
    course: Course,
    geography: Geography,
    lived: tuple[Numbers, Numbers, Days],
    rng: np.random.Generator,
) -> Residences:
    """Each plot's time cut where the plot changes unit; what is empty falls away."""
    first, second, move = lived
    people, n = course.people, len(course)
    units = tuple(dict.fromkeys(c for p in geography.plots for c in (p.unit, p.becomes) if c))
    number = {code: i for i, code in enumerate(units)}
    before = np.array([number[p.unit] for p in geography.plots])
    after = np.array([number[p.becomes or p.unit] for p in geography.plots])
    change = np.array([_day(course, p.changed_on, otherwise=NEVER) for p in geography.plots])
    opens = np.array([_day(course, p.opens_on, otherwise=-NEVER) for p in geography.plots])
    start = np.maximum(people.entry - rng.integers(0, _LIVED_HERE, n), opens[first])
    end = np.minimum(course.died, course.moved_out)
    last = np.where(end < course.config.last_day, end, NEVER)
    parts = [
        (before[first], start, np.minimum(move, change[first])),
        (after[first], np.maximum(start, change[first]), move),
        (before[second], move, change[second]),
        (after[second], np.maximum(move, change[second]), np.full(n, NEVER)),
    ]
    person = np.tile(np.arange(n), len(parts))
    unit = np.concatenate([p[0] for p in parts])
    begins = np.concatenate([p[1] for p in parts])
    ends = np.minimum(np.concatenate([p[2] for p in parts]), np.tile(last, len(parts)))
    unknown = rng.random(n) < _NOWHERE * course.config.disagreement
    return _in_order(course, units, (person, unit, begins, ends), unknown)


def _in_order(
    course: Course, units: tuple[str, ...], rows: tuple[Numbers, ...], unknown: Bools
) -> Residences:
    """Sorted, without the empty and the future, neighbours in one unit joined."""
    keep = (rows[2] < rows[3]) & (rows[2] < course.config.last_day)
    keep &= ~unknown[rows[0]]
    person, unit, start, end = (r[keep] for r in rows)
    order = np.lexsort((start, person))
    person, unit, start, end = person[order], unit[order], start[order], end[order]
    goes_on = np.zeros(len(person), bool)
    goes_on[1:] = (person[1:] == person[:-1]) & (unit[1:] == unit[:-1])
    heads = np.flatnonzero(~goes_on)
    tails = np.append(heads[1:], len(person)) - 1
    end = np.where(end[tails] < course.config.last_day, end[tails], NEVER)
    return Residences(
        person=person[heads],
        unit=unit[heads],
        start=start[heads].astype(np.int32),
        end=end.astype(np.int32),
        units=units,
    )
