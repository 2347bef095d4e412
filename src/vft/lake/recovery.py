"""What a writer that died left behind is known by its numbers, and cleared by the next writer.

Data files bear the number of the state they were written for, and Delta versions follow states;
so what is beyond the newest manifest belongs to nobody.
"""

import shutil
from pathlib import Path

from vft.lake import delta, manifest
from vft.lake.history import sweep
from vft.lake.lake import Lake


def recover(lake: Lake) -> None:
    """Clear what a writer that died left behind. To be called with the lake held."""
    if not lake.staging.is_dir():
        return
    truth = manifest.latest(lake)
    folders = [f for f in lake.tables.iterdir() if f.is_dir()] if lake.tables.is_dir() else []
    for folder in folders:
        delta.roll_back(folder, truth.versions.get(folder.name))
        _drop_files_beyond(folder, truth.number)
    sweep(lake, [table for table in truth.readable_from if table in truth.versions])
    shutil.rmtree(lake.staging)


def _drop_files_beyond(folder: Path, number: int) -> None:
    for file in folder.rglob("*-*.parquet"):
        origin = file.name.split("-")[0]
        if origin.isdigit() and int(origin) > number and "_delta_log" not in file.parts:
            file.unlink()
