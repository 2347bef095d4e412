"""The course as a table for statistics: recipient × 28 days, observed and untreated."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD
from vft.sources.invented.course import Course, days_within


def panel(course: Course) -> pa.Table:
    """One row a home-nursing recipient and period of the window, from entry, sorted by both.

    ``minutes``/``minutes_untreated``: planned home care by day, minutes a week with travel, null
    when no day of the period was under care. ``night_…``: supervision by night, likewise.
    ``adopted``: the period in which she got a dispenser, −1 for never; ``sensor``: likewise digital
    supervision. ``days_home``: days under care at home, ``days_institution``: in a nursing home
    (and ``…_untreated``), ``days_dead``. ``reablement``: whether an episode touches the period.
    ``age`` in years at the middle of the course.
    """
    config = course.config
    period = np.arange(config.first_day // PERIOD, config.periods)
    entry = course.people.entry[: course.cared]
    row, column = np.nonzero((period[None, :] + 1) * PERIOD > entry[:, None])
    return pa.table(
        {
            "person": pa.array(row),
            "period": pa.array(period[column]),
            **{name: pa.array(values[row]) for name, values in _of_persons(course).items()},
            **_minutes(course, row, period[column]),
            **{n: pa.array(v[row, column]) for n, v in _days(course, period).items()},
        }
    )


def _of_persons(course: Course) -> dict[str, Numbers | Floats | Bools]:
    people = course.people.only(slice(0, course.cared))
    sensor = course.services["DT"].start[: course.cared]
    return {
        "district": people.district,
        "segment": people.segment,
        "age": people.age,
        "female": people.female,
        "adopted": course.adopted,
        "sensor": np.where(sensor < NEVER, sensor // PERIOD, -1),
    }


def _minutes(course: Course, person: Numbers, period: Numbers) -> dict[str, pa.Array]:
    days = days_within(np.arange(course.config.periods), course.care.start, course.care.end)
    away = days[person, period] == 0
    names = ("minutes", "minutes_untreated", "night_minutes", "night_minutes_untreated")
    return {n: pa.array(getattr(course, n)[person, period], mask=away) for n in names}


def _days(course: Course, period: Numbers) -> dict[str, Numbers | Bools]:
    """Matrices of persons × periods."""
    n = course.cared
    death = course.people.death[:n]
    never = np.full(n, NEVER)
    episode = course.reablement
    return {
        "reablement": days_within(period, episode.start, episode.end) > 0,
        "days_home": days_within(period, course.care.start, course.care.end),
        "days_institution": days_within(period, course.institution[:n], death),
        "days_institution_untreated": days_within(period, course.institution_untreated[:n], death),
        "days_dead": days_within(period, death, never),
    }
