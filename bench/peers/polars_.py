"""Polars with its streaming engine, written as its users write it: a module a question."""

from importlib import import_module

import polars as pl

from bench import given, inputs
from bench.job import Job


def prepare(job: Job) -> None:
    """Nothing to prepare: the files are read as they are."""


def answer(job: Job) -> None:
    """Write the answer as Parquet: a fact of the panel cut by month, as the panel keeps it."""
    for part in job.parts:
        _answer(part)


def _answer(job: Job) -> None:
    tables = {
        table: pl.scan_parquet(files, hive_partitioning=True, try_parse_hive_dates=False)
        for table, files in inputs.files(job).items()
    }
    tables |= {name: pl.from_arrow(table).lazy() for name, table in given.tables(job).items()}
    asked = getattr(import_module(f"bench.peers.polars_{job.question}"), job.question)
    by_month = pl.PartitionBy(job.answer, key="month", approximate_bytes_per_file=1 << 32)
    found = asked(tables).select(job.asked.columns)
    target = by_month if job.asked.is_fact else job.answer / "rows.parquet"
    found.sink_parquet(target, compression="zstd", mkdir=True, engine="streaming")


def hand_over(job: Job) -> None:
    """The answer is already there."""
