"""vft itself: the panel and the indicator as the program computes them, lake and all."""

from bench import inputs
from bench.data import write
from bench.job import Job
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.panel.facts import FACTS
from vft.panel.refresh import refresh


def prepare(job: Job) -> None:
    """A lake of its own. For one changed month: after a full answer and a late delivery."""
    inputs.linked(job.lake, job.folder / "lake")


def settle(lake: Lake, question: str) -> None:
    """Compute a question in full, so that what changes afterwards is all that is left to do."""
    refresh(lake, facts=[fact for fact in FACTS if fact.name == question])


def answer(job: Job) -> None:
    """Refresh what the question asks for."""
    settle(Lake(job.folder / "lake"), job.question)


def hand_over(job: Job) -> None:
    """Read the months asked for back out of the lake."""
    engine = DuckDB(Lake(job.folder / "lake"))
    table = engine.table(job.question, months=job.months).select(*job.asked.columns)
    job.answer.mkdir()
    table.to_parquet(job.answer / "rows.parquet")
    engine.close()
