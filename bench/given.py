"""Small tables that every peer is given beside the lake's: the calendar, and what counts where."""

import pyarrow as pa

from bench import calendars, censuses, existing, inputs, places, standing
from bench.data.people import TODAY
from bench.data.write import MONTHS
from bench.job import Job
from vft.tables import period, services

#: Questions that are given the places of each home month by month too.
_BY_MONTH = {"concurrent_users"}
#: Questions that count zero too, or what is missing: they are given the places that there are.
_EVERYWHERE = {"equal_offer", "coverage_80", "lead_time"}
_ENDS = ("month", "first_day", "last_day")


def tables(job: Job) -> dict[str, pa.Table]:
    """The small tables of a question, by name.

    ``weeks``: (week, week_ends_on, month) and ``ends``: (month, first_day, last_day), of the months
    asked for; ``reach``: one row, (since, first_day, last_day), the first day that the data speaks
    of, and the first and last of the months asked for; ``technology`` and ``home_care``: (service).
    Of indicators also the tables of ``bench.standing``; of some those of ``bench.places``,
    ``existing`` (``bench.existing``) and ``made_up_of`` (``bench.censuses``).
    """
    asked = [period.first_day(job.months[0]), period.last_day(job.months[-1])]
    found = {
        "weeks": _table(calendars.weeks(job.months), ("week", "week_ends_on", "month")),
        "ends": _table([(m, period.first_day(m), period.last_day(m)) for m in job.months], _ENDS),
        "reach": _table(
            [(period.first_day(MONTHS[0]), *asked)], ("since", "first_day", "last_day")
        ),
        "technology": _table([(code,) for code in services.TECHNOLOGY], ("service",)),
        "home_care": _table([(code,) for code in services.HOME_CARE], ("service",)),
    }
    return found if job.asked.is_fact else found | _organised(job)


def _organised(job: Job) -> dict[str, pa.Table]:
    files = inputs.files(job)
    rows = places.read(files)
    stood = standing.standing(rows, today=TODAY)
    found = {n: _table(getattr(stood, n), columns) for n, columns in standing.COLUMNS.items()}
    if job.question in _EVERYWHERE:
        there = existing.existing(rows, job.months, today=TODAY)
        found["existing"] = _table(there, existing.COLUMNS)
    if "population" in files:
        counted = censuses.read(files["population"])
        made_up_of = censuses.made_up_of(rows, counted, job.months, today=TODAY)
        found["made_up_of"] = _table(made_up_of, censuses.COLUMNS)
    if job.question not in _BY_MONTH:
        return found
    then = places.places(rows, job.months, today=TODAY)
    return found | {n: _table(getattr(then, n), columns) for n, columns in places.COLUMNS.items()}


def _table(rows: list[tuple[object, ...]], columns: tuple[str, ...]) -> pa.Table:
    return pa.table({column: [row[i] for row in rows] for i, column in enumerate(columns)})
