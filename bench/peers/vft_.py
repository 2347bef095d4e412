"""vft itself: the panel and the indicator as the program computes them, lake and all."""

from dataclasses import replace
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from bench import inputs
from bench.data.people import TODAY
from bench.job import Job
from vft.indicators.compute import counts, setting
from vft.indicators.concurrent_users import INDICATOR
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.panel.facts import FACTS
from vft.panel.horizon import Horizon
from vft.panel.refresh import refresh


def prepare(job: Job) -> None:
    """A lake of its own, and the program started: no peer's imports are timed."""
    ibis.duckdb.connect().to_pyarrow(ibis.memtable(pa.table({"started": [True]})))
    inputs.linked(job.lake, job.folder / "lake")


def settle(root: Path, question: str) -> None:
    """Bring a panel table up to date with a lake."""
    refresh(Lake(root), facts=[fact for fact in FACTS if fact.name == question])


def answer(job: Job) -> None:
    """Refresh the panel table that is asked for, or compute the indicator."""
    if job.question == INDICATOR.id:
        _count(job)
    else:
        settle(job.folder / "lake", job.question)


def hand_over(job: Job) -> None:
    """Read the months asked for back out of the lake."""
    if job.question == INDICATOR.id:
        return
    engine = DuckDB(Lake(job.folder / "lake"))
    table = engine.table(job.question, months=job.months).select(*job.asked.columns)
    job.answer.mkdir()
    table.to_parquet(job.answer / "rows.parquet")
    engine.close()


def _count(job: Job) -> None:
    engine = DuckDB(Lake(job.folder / "lake"))
    whole = setting(engine, Horizon(first_month=job.months[0], last_day=TODAY))
    counted = engine.arrow(counts(engine, replace(whole, months=job.months)))
    job.answer.mkdir()
    pq.write_table(counted.select(job.asked.columns), job.answer / "rows.parquet")
    engine.close()
