"""What a lake holds, as lists of Parquet files that any peer can read."""

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from bench import calendars
from bench.job import Job
from bench.questions import Events, Question

_BLOCK = 1 << 22


def files(job: Job) -> dict[str, list[str]]:
    """Files by table: those of the job's months where the table is cut by month."""
    found = _files(job.lake, job.asked.tables)
    for events in job.asked.events:
        found |= _files(job.lake, [events.table], months=within_reach(events, job.months))
    return found


def within_reach(events: Events, months: Iterable[str]) -> set[str]:
    """Months of a table that months asked for rest on."""
    steps = range(-events.look_back, events.look_ahead + 1)
    return {calendars.shift(month, step) for month in months for step in steps}


def everything(lake: Path, questions: Iterable[Question]) -> dict[str, list[str]]:
    """All files by table, for any of some questions."""
    asked = list(questions)
    needed = {table for question in asked for table in question.tables}
    needed |= {events.table for question in asked for events in question.events}
    return _files(lake, sorted(needed))


def _files(
    root: Path, names: Iterable[str], *, months: Collection[str] | None = None
) -> dict[str, list[str]]:
    from vft.lake import files as lake_files
    from vft.lake import manifest
    from vft.lake.lake import Lake

    lake = Lake(root)
    truth = manifest.latest(lake)
    return {name: lake_files.file_list(lake, truth, name, months=months) for name in names}


def warm_up(job: Job) -> None:
    """Read a job's files once, so that every peer finds them in the machine's file cache."""
    found = (path for part in job.parts for paths in files(part).values() for path in paths)
    for path in dict.fromkeys(found):
        warm(Path(path))


def warm(path: Path) -> None:
    """Read a file without keeping it."""
    with path.open("rb", buffering=0) as file:
        while file.read(_BLOCK):
            pass


def linked(source: Path, target: Path) -> None:
    """Copy a lake without copying its files: they never change once written."""
    shutil.copytree(source, target, copy_function=os.link)
