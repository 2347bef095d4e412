"""vft itself: the panel and the indicator as the program computes them, lake and all."""

from pathlib import Path

from bench import inputs
from bench.job import Job
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.panel.facts import FACTS
from vft.panel.refresh import refresh


def prepare(job: Job) -> None:
    """A lake of its own."""
    inputs.linked(job.lake, job.folder / "lake")


def settle(root: Path, question: str) -> None:
    """Bring the answer to a question up to date with a lake."""
    refresh(Lake(root), facts=[fact for fact in FACTS if fact.name == question])


def answer(job: Job) -> None:
    """Refresh what the question asks for."""
    settle(job.folder / "lake", job.question)


def hand_over(job: Job) -> None:
    """Read the months asked for back out of the lake."""
    engine = DuckDB(Lake(job.folder / "lake"))
    table = engine.table(job.question, months=job.months).select(*job.asked.columns)
    job.answer.mkdir()
    table.to_parquet(job.answer / "rows.parquet")
    engine.close()
