"""Delta tables, as far as the lake needs them: versions, their files, commits. No rows."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

#: Old log entries are never cleaned away by themselves: the manifest decides what can be read.
_SETTINGS = {"delta.logRetentionDuration": "interval 100000 days"}
#: Versions between checkpoints, which spare readers the long log.
_CHECKPOINT_EVERY = 25
#: Versions whose files are held in memory: a long history's may take half a megabyte.
_VERSIONS_HELD = 64


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """A Parquet file of a table. ``path`` is relative to the table's folder."""

    path: str
    size: int
    rows: int
    partition: Mapping[str, str | None]


def files(folder: Path, version: int) -> list[DataFile]:
    """The files that make up a version of a table. A version is listed once in a process."""
    return list(_files(folder, version, _written(folder, version)))


@lru_cache(maxsize=_VERSIONS_HELD)
def _files(folder: Path, version: int, _: tuple[int, int]) -> tuple[DataFile, ...]:
    import pyarrow as pa

    actions = pa.table(_at(folder, version).get_add_actions(flatten=True)).to_pydict()
    partitions = {k[10:]: v for k, v in actions.items() if k.startswith("partition.")}
    return tuple(
        DataFile(
            path=path,
            size=actions["size_bytes"][i],
            rows=actions["num_records"][i],
            partition={name: values[i] for name, values in partitions.items()},
        )
        for i, path in enumerate(actions["path"])
    )


def _written(folder: Path, version: int) -> tuple[int, int]:
    """Tells a version from another of the same number.

    A version never changes, but one that no manifest named is rolled back, and its number used
    again; and a folder may be removed and made anew.
    """
    entry = (folder / "_delta_log" / f"{version:020}.json").stat()
    return entry.st_ino, entry.st_mtime_ns


def schema(folder: Path, version: int) -> Any:
    """The Arrow schema of a version of a table."""
    import pyarrow as pa

    return pa.schema(_at(folder, version).schema())


def create(folder: Path, *, arrow_schema: Any, partition_by: list[str]) -> int:
    """Start a table without rows. Gives its version, 0."""
    from deltalake import DeltaTable

    folder.mkdir(parents=True, exist_ok=True)
    DeltaTable.create(
        folder, schema=arrow_schema, partition_by=partition_by, configuration=_SETTINGS
    )
    return 0


def add_columns(folder: Path, version: int, fields: Iterable[Any]) -> int:
    """Let a table gain columns; rows that were there lack values in them. Gives the version."""
    import pyarrow as pa
    from deltalake import Schema

    table = _at(folder, version)
    table.alter.add_columns(list(Schema.from_arrow(pa.schema(list(fields))).fields))
    return int(table.version())


def commit(
    folder: Path, version: int, *, add: Iterable[DataFile], remove: Iterable[DataFile]
) -> int:
    """Add and remove files in one atomic step. Gives the new version.

    No statistics but the row count are written: the log must not hold values of persons.
    """
    from deltalake.transaction import PostCommitHookProperties

    table = _at(folder, version)
    actions = [_added(f) for f in add] + [_removed(f) for f in remove]
    table.create_write_transaction(
        actions,
        mode="append",
        schema=table.schema(),
        partition_by=table.metadata().partition_columns,
        post_commithook_properties=PostCommitHookProperties(
            create_checkpoint=False, cleanup_expired_logs=False
        ),
    )
    return version + 1


def checkpoint(folder: Path, version: int) -> None:
    """Spare readers a long log, now and then. Only for versions that a manifest names."""
    if version and version % _CHECKPOINT_EVERY == 0:
        _at(folder, version).create_checkpoint()


def roll_back(folder: Path, version: int | None) -> None:
    """Forget every version beyond ``version``; the whole table where there is none.

    For versions that no manifest ever named, so that no reader can hold them.
    """
    if version is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    beyond = (f for f in (folder / "_delta_log").glob("*.json") if int(f.stem) > version)
    for entry in sorted(beyond, reverse=True):
        entry.unlink()


def _at(folder: Path, version: int) -> Any:
    from deltalake import DeltaTable

    return DeltaTable(folder, version=version)


def _added(file: DataFile) -> Any:
    from deltalake.transaction import AddAction

    return AddAction(
        path=file.path,
        size=file.size,
        partition_values=dict(file.partition),
        modification_time=0,
        data_change=True,
        stats=f'{{"numRecords": {file.rows}}}',
    )


def _removed(file: DataFile) -> Any:
    from deltalake.transaction import RemoveAction

    return RemoveAction(
        file.path,
        data_change=True,
        deletion_timestamp=0,
        size=file.size,
        partition_values=dict(file.partition),
    )
