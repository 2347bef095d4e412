"""The course as a table for statistics: recipient × 28 days, observed and untreated."""

import numpy as np
import pyarrow as pa

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
    config, people = course.config, course.people.only(slice(0, course.cared))
    period = np.arange(config.first_day // PERIOD, config.periods)
    row, column = np.nonzero((period[None, :] + 1) * PERIOD > people.entry[:, None])
    home = days_within(period, course.care.start, course.care.end)[row, column]
    cell = row, period[column]
    away = home == 0
    never = np.full(course.cared, NEVER, np.int32)
    inside = days_within(period, course.institution[: course.cared], people.death)
    untreated = days_within(period, course.institution_untreated[: course.cared], people.death)
    episode = days_within(period, course.reablement.start, course.reablement.end)
    sensor = course.services["DT"].start[: course.cared]
    return pa.table(
        {
            "person": pa.array(row),
            "period": pa.array(period[column]),
            "district": pa.array(people.district[row]),
            "segment": pa.array(people.segment[row]),
            "age": pa.array(people.age[row]),
            "female": pa.array(people.female[row]),
            "minutes": pa.array(course.minutes[cell], mask=away),
            "minutes_untreated": pa.array(course.minutes_untreated[cell], mask=away),
            "night_minutes": pa.array(course.night_minutes[cell], mask=away),
            "night_minutes_untreated": pa.array(course.night_minutes_untreated[cell], mask=away),
            "adopted": pa.array(course.adopted[row]),
            "sensor": pa.array(np.where(sensor < NEVER, sensor // PERIOD, -1)[row]),
            "reablement": pa.array(episode[row, column] > 0),
            "days_home": pa.array(home),
            "days_institution": pa.array(inside[row, column]),
            "days_institution_untreated": pa.array(untreated[row, column]),
            "days_dead": pa.array(days_within(period, people.death, never)[row, column]),
        }
    )
