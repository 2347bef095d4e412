"""What can still be read of the past, and the removal of what can not."""

from pathlib import Path

from vft.errors import LakeError
from vft.lake import delta
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest, history, latest


def require_readable(lake: Lake, manifest: Manifest, table: str) -> None:
    """Stop a reader of a state from which erasure or retention has removed the table's rows.

    Raises:
        LakeError: the table cannot be read as of that state.
    """
    newest = latest(lake)
    oldest = newest.readable_from.get(table, 0)
    if manifest.number < oldest:
        raise LakeError(
            f"«{table}» kan ikke leses slik den var i tilstand {manifest.number}: historikken før "
            f"tilstand {oldest} er slettet (sletting av en person eller utløpt lagringstid)."
        )


def sweep(lake: Lake, tables: list[str]) -> int:
    """Delete data files that no readable state of these tables names. Gives how many.

    Safe to repeat, so a sweep that was interrupted is completed by the next.
    """
    states = history(lake)
    return sum(_sweep_table(lake, table, states) for table in tables)


def _sweep_table(lake: Lake, table: str, states: list[Manifest]) -> int:
    folder = lake.table(table)
    kept = _kept_files(folder, table, states)
    gone = [file for file in folder.rglob("*.parquet") if _is_data(folder, file)]
    gone = [file for file in gone if file.relative_to(folder).as_posix() not in kept]
    for file in gone:
        file.unlink()
    return len(gone)


def _kept_files(folder: Path, table: str, states: list[Manifest]) -> set[str]:
    oldest = states[-1].readable_from.get(table, 0) if states else 0
    versions = {s.versions[table] for s in states if s.number >= oldest and table in s.versions}
    return {file.path for version in versions for file in delta.files(folder, version)}


def _is_data(folder: Path, file: Path) -> bool:
    return file.relative_to(folder).parts[0] != "_delta_log"
