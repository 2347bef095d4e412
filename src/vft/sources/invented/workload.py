"""Minutes a week become whole minutes in whole days: what the planned visits must add up to."""

from dataclasses import dataclass

import numpy as np

from vft.sources.invented.arrays import Days, Numbers
from vft.sources.invented.config import PERIOD
from vft.sources.invented.course import Course, days_within
from vft.sources.invented.streams import stream


@dataclass(frozen=True, kw_only=True)
class Workload:
    """Matrices, cared-for persons × periods; zero outside the window.

    ``begins``/``days``: the days at home that visits fall on, without gaps. ``minutes``: executed
    minutes and travel of planned care by day. ``checks``: physical checks by night.
    """

    begins: Days
    days: Days
    minutes: Numbers
    checks: Numbers
    checks_begin: Days
    checks_days: Days


def workload(course: Course, *, seed: int) -> Workload:
    """Whole minutes and checks of every person and period of the window."""
    rng = stream(seed, "workload")
    config, care = course.config, course.care
    start = np.maximum(care.start, config.first_day)
    end = np.minimum(care.end, config.last_day)
    begins, ends = _at_home(course, start, end)
    days = np.maximum(ends - begins, 0)
    first = np.maximum(begins, course.night.start[:, None])
    nights = np.maximum(np.minimum(ends, course.night.end[:, None]) - first, 0)
    needing = days_within(np.arange(config.periods), course.night.start, course.night.end)
    weeks = nights / np.maximum(needing, 1) * (PERIOD / 7)
    covered = course.night_minutes / config.night.minutes * weeks
    return Workload(
        begins=begins,
        days=days,
        minutes=np.floor(course.minutes * days / 7 + 0.5).astype(np.int64),
        checks=np.floor(covered + rng.random(covered.shape)).astype(np.int64) * (nights > 0),
        checks_begin=first,
        checks_days=nights,
    )


def _at_home(course: Course, start: Days, end: Days) -> tuple[Days, Days]:
    """Each period's days under care, less its first stay: the longer part before or after it."""
    period = np.arange(course.config.periods) * PERIOD
    begins = np.maximum(start[:, None], period[None, :]).astype(np.int32)
    ends = np.minimum(end[:, None], period[None, :] + PERIOD).astype(np.int32)
    for after in range(3):  # a stay of up to ten weeks reaches into four periods
        person, cell, away, back = _cells(course, after)
        first, last = begins[person, cell], ends[person, cell]
        before = np.minimum(away, last) - first
        rest = last - np.maximum(back, first)
        ends[person, cell] = np.where(before >= rest, np.minimum(away, last), last)
        begins[person, cell] = np.where(before >= rest, first, np.maximum(back, first))
    return begins, ends


def _cells(course: Course, after: int) -> tuple[Numbers, Numbers, Days, Days]:
    """The cell of each stay that lies ``after`` periods past the one it starts in."""
    stays = course.stays
    cell = stays.start // PERIOD + after
    reaches = (cell * PERIOD < stays.end) & (cell < course.config.periods)
    reaches &= stays.person < course.cared
    person, cell = stays.person[reaches], cell[reaches]
    _, first = np.unique(person * 1000 + cell, return_index=True)
    chosen = np.flatnonzero(reaches)[first]
    return person[first], cell[first], stays.start[chosen], stays.end[chosen]
