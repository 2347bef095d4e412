"""DuckDB with SQL written by hand, as an engineer would without vft."""

import duckdb

from bench import given, inputs
from bench.job import Job
from bench.peers import queries

#: The same as vft allows itself.
_MEMORY = "2.5GB"


def prepare(job: Job) -> None:
    """Nothing to prepare: the files are read as they are."""


def answer(job: Job) -> None:
    """Write the answer as Parquet: a fact of the panel cut by month, as the panel keeps it."""
    connection = duckdb.connect(
        config={
            "memory_limit": _MEMORY,
            "preserve_insertion_order": False,
            "temp_directory": str(job.folder / "spill"),
        }
    )
    connection.execute("SET enable_progress_bar = false")
    made: set[str] = set()
    for part in job.parts:
        _answer(connection, part, made)
    connection.close()


def _answer(connection: duckdb.DuckDBPyConnection, job: Job, made: set[str]) -> None:
    for table, files in inputs.files(job).items():
        listed = ", ".join(f"'{file}'" for file in files)
        connection.execute(
            f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet([{listed}], "
            "hive_partitioning=true, hive_types_autocast=false)"
        )
    for name, table in given.tables(job).items():
        connection.register(name, table)
    for step in (step for step in queries.steps(job.question) if step not in made):
        connection.execute(f"CREATE TABLE {step} AS {queries.text(step)}")
        made.add(step)
    job.answer.mkdir(parents=True)
    how = "FORMAT parquet, COMPRESSION zstd"
    if job.asked.is_fact:
        target, how = job.answer, f"{how}, PARTITION_BY (month), OVERWRITE_OR_IGNORE"
    else:
        target = job.answer / "rows.parquet"
    connection.execute(f"COPY ({queries.text(job.question)}) TO '{target}' ({how})")


def hand_over(job: Job) -> None:
    """The answer is already there."""
