"""The course as the two tables that effects are estimated from, with the truth beside them.

What real registers leave out can be left out here too: values, rows, whole periods.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD
from vft.sources.invented.course import Course, days_within
from vft.sources.invented.streams import stream

FIRST, LAST = 2, 9  #: periods after adoption that the effect is the mean of
NEW, YEAR = 5, 12  #: periods for which one is new, and that a new one is followed
_GROUPS = (-1.0, 0.0, 1.0)  # where assessed severity parts the need groups


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What is left out: shares of values and of rows, and periods that nobody has."""

    values: float = 0.0
    rows: float = 0.0
    periods: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What technology changed of an adopter's time in periods 2–9, also after she left home.

    ``minutes``: of home care a week; ``institution``: share of the time in a nursing home.
    """

    minutes: float
    institution: float

    def worth(self, *, minute: float, institution: float) -> float:
        """The same a week, by the price of a minute and of a week in a nursing home."""
        return self.minutes * minute + self.institution * institution


@dataclass(frozen=True, kw_only=True)
class Study:
    """``panel``: one row a recipient and 28 days; ``adoptions``: one row an adopter.

    ``effect`` is the exact mean effect, minutes a week, over the adopters' periods 2–9 after
    adoption in which they were at home all period; ``by_segment`` and ``by_rival`` the same of
    some of them. ``newcomers``: of those who adopted within ``NEW`` periods of their first, over
    periods 2–12. ``resources``: exact too, of all whose stay or end is known. ``contrast``: what
    the second product would do less what the first would, of the same adopters. ``None`` where
    there are none.
    """

    panel: pa.Table
    adoptions: pa.Table
    effect: float | None
    by_segment: dict[int, float | None]
    by_rival: dict[bool, float | None]
    contrast: float | None
    resources: Resources | None
    newcomers: float | None


def study(course: Course, *, gaps: Gaps | None = None, extras: bool = False, seed: int) -> Study:
    """The tables of a course. ``extras``: also need group, sex and living alone."""
    planted, steady = _planted(course)
    adopter = course.adopted >= 0
    segment = course.people.segment[: course.cared]
    return Study(
        panel=_without(_panel(course, extras=extras, seed=seed), gaps or Gaps(), seed=seed),
        adoptions=pa.table(
            {
                "recipient_id": np.flatnonzero(adopter),
                "period": course.adopted[adopter],
                "service": np.where(course.rival, "annen", "første")[adopter],
            }
        ),
        effect=_mean(planted, steady),
        by_segment={k: _mean(planted, steady & (segment == k)[:, None]) for k in (0, 1)},
        by_rival={k: _mean(planted, steady & (course.rival == k)[:, None]) for k in (False, True)},
        contrast=_contrast(course, planted, steady),
        resources=_resources(course),
        newcomers=_mean(planted, _of_newcomers(course)),
    )


def _planted(course: Course) -> tuple[Floats, Bools]:
    """What technology changed, and in which cells it counts. Persons × periods."""
    steady = _since(course, FIRST, LAST)
    return course.minutes - course.minutes_untreated, steady & _present(course)


def _of_newcomers(course: Course) -> Bools:
    """The cells of those who came after the first period and adopted soon, at home all period."""
    present = _present(course)
    first = present.argmax(axis=1)
    new = (first > 0) & (course.adopted >= first) & (course.adopted < first + NEW)
    return np.asarray(_since(course, FIRST, YEAR) & present & new[:, None])


def _since(course: Course, first: int, last: int) -> Bools:
    """Adopters' cells so many periods after adoption. Persons × periods."""
    since = np.arange(course.config.periods)[None, :] - course.adopted[:, None]
    return np.asarray((course.adopted >= 0)[:, None] & (since >= first) & (since <= last))


def _resources(course: Course) -> Resources | None:
    """Both courses by days: at home while cared for, in a nursing home until death."""
    n, period = course.cared, np.arange(course.config.periods)
    left = course.people.ended[:n] > course.home_until[:n]
    gone = left & (course.moved_out[:n] == NEVER)
    cells = _since(course, FIRST, LAST) & (
        _present(course) | (gone[:, None] & (period >= (course.home_until[:n] // PERIOD)[:, None]))
    )
    if not cells.any():
        return None
    with_it = _spent(course, course.home_until[:n], course.institution[:n], course.minutes)
    without = _spent(
        course,
        course.home_until_untreated[:n],
        course.institution_untreated[:n],
        course.minutes_untreated,
    )
    minutes, institution = (
        float((one - other)[cells].mean()) for one, other in zip(with_it, without, strict=True)
    )
    return Resources(minutes=minutes, institution=institution)


def _spent(
    course: Course, home_until: Days, institution: Days, minutes: Floats
) -> tuple[Floats, Floats]:
    """Minutes of home care a week, and the share of each period in a nursing home."""
    n, period = course.cared, np.arange(course.config.periods)
    until = np.minimum(home_until, course.people.ended[:n])
    at_home = days_within(period, course.care.start, until) / PERIOD
    moved_in = np.where(institution == until, institution, NEVER)
    return minutes * at_home, days_within(period, moved_in, course.people.death[:n]) / PERIOD


def _contrast(course: Course, planted: Floats, steady: Bools) -> float | None:
    rival = course.config.rival
    if rival is None:
        return None
    of_the_first = planted / np.where(course.rival, rival.effect, 1.0)[:, None]
    return _mean(of_the_first * (rival.effect - 1), steady)


def _present(course: Course) -> Bools:
    period = np.arange(course.config.periods)
    return np.asarray(days_within(period, course.care.start, course.care.end) == PERIOD)


def _mean(planted: Floats, cells: Bools) -> float | None:
    return float(planted[cells].mean()) if cells.any() else None


def _panel(course: Course, *, extras: bool, seed: int) -> pa.Table:
    """Rows from the period of entry to the one in which care ended, and of death thereafter."""
    people = course.people.only(slice(0, course.cared))
    period = np.arange(course.config.periods)
    there = (period >= (course.care.start // PERIOD)[:, None]) & (
        period <= (course.care.end // PERIOD)[:, None]
    )
    there |= period == _died_there(course)[:, None]
    person, column = np.nonzero(there & course.care.there[:, None])
    present = _present(course)[person, column]
    columns = {
        "recipient_id": pa.array(person),
        "period": pa.array(column),
        "outcome": pa.array(course.minutes[person, column], mask=~present),
        "unit": pa.array(people.district[person]),
        "segment": pa.array(people.segment[person]),
        "age": pa.array((people.age[:, None] + _years(course))[person, column]),
        "present": pa.array(present),
        "reablement": pa.array(_in_episode(course)[person, column]),
        "exit": _exits(course, person, column),
    }
    return pa.table(columns | (_extras(course, person, seed) if extras else {}))


def _years(course: Course) -> Floats:
    """How much older one is in each period than in the middle of the course."""
    period = np.arange(course.config.periods)
    return np.asarray((period - course.config.periods / 2)[None, :] * PERIOD / 365.25)


def _in_episode(course: Course) -> Bools:
    episode, period = course.reablement, np.arange(course.config.periods)
    return np.asarray(days_within(period, episode.start, episode.end) > 0)


def _exits(course: Course, person: Numbers, period: Numbers) -> pa.Array:
    """``dead`` or ``institution`` in the period in which a recipient left home that way.

    Also ``dead`` in the period of death in a nursing home.
    """
    n = course.cared
    at_home = course.people.ended[:n] > course.home_until[:n]
    kind = np.zeros(n, np.int8)
    kind[at_home & (course.died[:n] == course.home_until[:n])] = 1
    kind[at_home & (course.institution[:n] == course.home_until[:n])] = 2
    left = course.home_until[:n] // PERIOD
    which = np.where(left[person] == period, kind[person], 0)
    which = np.where(_died_there(course)[person] == period, 1, which)
    return pa.array(["", "dead", "institution"]).take(pa.array(which, mask=which == 0))


def _died_there(course: Course) -> Numbers:
    """The period of death in a nursing home; of who died in that of moving in, the next."""
    n = course.cared
    home_until = course.home_until[:n]
    lived = (course.institution[:n] == home_until) & (course.people.ended[:n] > home_until)
    lived &= course.died[:n] < NEVER
    period = np.maximum(course.died[:n] // PERIOD, home_until // PERIOD + 1)
    return np.where(lived, period, NEVER)


def _extras(course: Course, person: Numbers, seed: int) -> dict[str, pa.Array]:
    n = course.cared
    rng = stream(seed, "need group")
    assessed = course.people.severity[:n] + 0.5 * rng.standard_normal(n)
    return {
        "need_group": pa.array(np.searchsorted(_GROUPS, assessed)[person] + 1),
        "sex": pa.array(["male", "female"]).take(
            pa.array(course.people.female[person].astype(int))
        ),
        "lives_alone": pa.array(course.people.alone[person]),
    }


def _without(panel: pa.Table, gaps: Gaps, *, seed: int) -> pa.Table:
    if gaps == Gaps():
        return panel
    rng = stream(seed, "gaps")
    outcome = panel["outcome"].combine_chunks()
    empty = outcome.is_null().to_numpy(zero_copy_only=False)
    empty |= rng.random(len(outcome)) < gaps.values
    values = pa.array(outcome.to_numpy(zero_copy_only=False), mask=empty)
    panel = panel.set_column(panel.schema.get_field_index("outcome"), "outcome", values)
    keep = rng.random(len(outcome)) >= gaps.rows
    keep &= ~np.isin(panel["period"].to_numpy(), gaps.periods)
    return panel.filter(pa.array(keep))
