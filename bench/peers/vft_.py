"""vft itself: the panel and the indicators as the program computes them, lake and all."""

from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from bench import inputs
from bench.data.people import TODAY
from bench.data.write import MONTHS
from bench.job import Job
from vft.indicators import catalogue
from vft.indicators.compute import setting
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.panel.facts import FACTS
from vft.panel.horizon import Horizon
from vft.panel.refresh import refresh


def prepare(job: Job) -> None:
    """A lake of its own, and the program started: no peer's imports are timed."""
    ibis.duckdb.connect().to_pyarrow(ibis.memtable(pa.table({"started": [True]})))
    catalogue.all_indicators()
    inputs.linked(job.lake, job.folder / "lake")


def settle(root: Path, fact: str) -> None:
    """Bring a fact of the panel up to date with a lake."""
    refresh(Lake(root), facts=[one for one in FACTS if one.name == fact])


def answer(job: Job) -> None:
    """Refresh the fact that is asked for, or compute the indicator."""
    if job.asked.is_fact:
        settle(job.folder / "lake", job.question)
    else:
        _count(job)


def hand_over(job: Job) -> None:
    """Read the months asked for back out of the lake."""
    if not job.asked.is_fact:
        return
    engine = DuckDB(Lake(job.folder / "lake"))
    table = engine.table(job.question, months=job.months).select(*job.asked.columns)
    job.answer.mkdir()
    table.to_parquet(job.answer / "rows.parquet")
    engine.close()


def _count(job: Job) -> None:
    engine = DuckDB(Lake(job.folder / "lake"))
    horizon = Horizon(first_month=MONTHS[0], last_day=TODAY)
    frame = setting(engine, horizon, months=job.months)
    asked = (catalogue.all_indicators()[part.question].compute(frame) for part in job.parts)
    for part, counted in zip(job.parts, engine.arrows(asked), strict=True):
        part.answer.mkdir(parents=True)
        rows = counted.select(part.asked.columns)
        pq.write_table(rows, part.answer / "rows.parquet", compression="zstd")
    engine.close()
