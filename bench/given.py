"""Small tables that every peer is given beside the lake's: weeks, months, and who counts where."""

import pyarrow as pa

from bench import calendars, inputs, places
from bench.data.people import TODAY
from bench.job import Job


def tables(job: Job) -> dict[str, pa.Table]:
    """The small tables of a question, by name."""
    if job.question != "concurrent_users":
        return {"weeks": _table(calendars.weeks(job.months), ("week", "week_ends_on", "month"))}
    found = places.read(inputs.files(job), job.months, today=TODAY)
    return {name: _table(getattr(found, name), columns) for name, columns in places.COLUMNS.items()}


def _table(rows: list[tuple[object, ...]], columns: tuple[str, ...]) -> pa.Table:
    return pa.table({column: [row[i] for row in rows] for i, column in enumerate(columns)})
