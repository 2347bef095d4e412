"""What a lake holds, as lists of Parquet files that any peer can read."""

import os
import shutil
from pathlib import Path

from bench.job import Job

_BLOCK = 1 << 22


def files(job: Job) -> dict[str, list[str]]:
    """Files by table: those of the job's months where the table is cut by month."""
    from vft.lake import engine, manifest
    from vft.lake.lake import Lake

    lake = Lake(job.lake)
    truth = manifest.latest(lake)
    months = set(job.months)
    found = {t: engine.file_list(lake, truth, t) for t in job.asked.tables}
    return found | {t: engine.file_list(lake, truth, t, months=months) for t in job.asked.events}


def warm(job: Job) -> None:
    """Read a job's files once, so that every peer finds them in the machine's file cache."""
    for path in (path for paths in files(job).values() for path in paths):
        with Path(path).open("rb", buffering=0) as file:
            while file.read(_BLOCK):
                pass


def linked(source: Path, target: Path) -> None:
    """Copy a lake without copying its files: they never change once written."""
    shutil.copytree(source, target, copy_function=os.link)
