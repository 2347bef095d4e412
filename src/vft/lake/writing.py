"""The one way in which the lake changes: one writer, all tables of a change at once, or nothing.

A writer puts new files and new Delta versions beside what is there, where no reader looks, and
swaps the manifest last. Whatever a dead writer left is cleared by the next.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from vft.errors import LakeError
from vft.lake import delta, files, manifest, on_duckdb
from vft.lake.history import sweep
from vft.lake.lake import Lake
from vft.lake.manifest import EVERY_MONTH, Manifest
from vft.lake.parquet import write_batches
from vft.lake.recovery import recover
from vft.lake.schemas import PARTITION, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

#: A month (or an unpartitioned table) in more pieces than this is written anew when it grows.
_MOST_PIECES = 16
_WAIT_SECONDS = 600.0
_BATCH_ROWS = 250_000


@contextmanager
def writing(
    lake: Lake,
    *,
    reason: str,
    now: datetime | None = None,
    wait_seconds: float = _WAIT_SECONDS,
    memory_limit: str = on_duckdb.MEMORY_LIMIT,
) -> Iterator["Change"]:
    """Hold the lake for writing. Leaving normally makes the change the truth.

    A change in which nothing was written makes no new state. On an exception, or a kill, nothing
    of it is visible.

    Raises:
        LakeError: another writer held the lake for all of ``wait_seconds``.
    """
    with (
        alone(lake, wait_seconds=wait_seconds),
        changing(lake, reason=reason, now=now, memory_limit=memory_limit) as change,
    ):
        yield change


@contextmanager
def changing(
    lake: Lake,
    *,
    reason: str,
    now: datetime | None = None,
    memory_limit: str = on_duckdb.MEMORY_LIMIT,
) -> Iterator["Change"]:
    """As :func:`writing`, for who holds the lake already, and must for longer than one change."""
    recover(lake)
    change = Change(lake, reason=reason, now=now, memory_limit=memory_limit)
    try:
        yield change
        change.finish()
    except BaseException:
        change.abandon()
        raise
    change.clear()


@contextmanager
def alone(lake: Lake, *, wait_seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Hold the lake: nobody else writes.

    Raises:
        LakeError: another writer held the lake for all of ``wait_seconds``.
    """
    from filelock import FileLock, Timeout

    lake.root.mkdir(parents=True, exist_ok=True)
    # the kernel frees the lock of a process that dies
    lock = FileLock(lake.lock, timeout=wait_seconds, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as busy:
        raise LakeError(
            f"Datalageret har vært opptatt i {wait_seconds:.0f} sekunder: en annen innlesing eller "
            "beregning pågår. Vent til den er ferdig, og prøv igjen."
        ) from busy
    try:
        yield
    finally:
        lock.release()


class Change:
    """What one writer does to the lake. Made by :func:`writing` only."""

    def __init__(self, lake: Lake, *, reason: str, now: datetime | None, memory_limit: str) -> None:
        self.lake = lake
        self.base: Manifest = manifest.latest(lake)
        self.number = self.base.number + 1
        self.now = _after(self.base, now or datetime.now(UTC))
        self.reason = reason
        self.scratch = lake.staging / str(self.number)
        self.scratch.mkdir(parents=True)
        self.versions: dict[str, int] = dict(self.base.versions)
        self.changes: dict[str, set[str]] = {}
        self._derived: dict[str, int] = dict(self.base.derived)
        self._readable_from: dict[str, int] = dict(self.base.readable_from)
        self.pseudonym_key = self.base.pseudonym_key
        self._memory_limit = memory_limit
        self._connection: Any = None
        self._folders = 0

    @property
    def connection(self) -> Any:
        """The writer's own DuckDB connection; it spills to the staging area."""
        if self._connection is None:
            self._connection = on_duckdb.connect(
                memory_limit=self._memory_limit, temp_folder=self.scratch / "spill"
            )
        return self._connection

    @property
    def state(self) -> Manifest:
        """The lake as this change sees it, its own writing included."""
        return replace(self.base, versions=dict(self.versions))

    def select(self, table: str, *, months: Collection[str] | None = None) -> str:
        """SQL for a table as this change sees it, for :attr:`connection`."""
        return files.select_table(self.connection, self.lake, self.state, table, months=months)

    def scratch_folder(self) -> Path:
        """A new folder that is gone when the change ends."""
        self._folders += 1
        folder = self.scratch / str(self._folders)
        folder.mkdir()
        return folder

    def append(self, table: str, rows: Any, *, months: Collection[str] | None = None) -> None:
        """Add rows to a table. ``rows``: see :meth:`write_rows`; ``months``: see :meth:`touch`."""
        folder, schema = self.write_rows(table, rows)
        self.adopt(table, folder, schema=schema, months=months)
        self._put_together(table)

    def replace(self, table: str, rows: Any, *, months: Collection[str] | None = None) -> None:
        """Let rows be all that a table holds. Every month counts as touched unless said."""
        folder, schema = self.write_rows(table, rows)
        touched = [EVERY_MONTH] if months is None else months
        self.adopt(table, folder, schema=schema, remove=self.files(table), months=touched)

    def replace_months(self, table: str, months: Collection[str], rows: Any) -> None:
        """Let rows be all that a partitioned table holds of some months.

        Raises:
            LakeError: a row is of another month.
        """
        folder, schema = self.write_rows(table, rows)
        others = {path.name.partition("=")[2] for path in folder.glob(f"{PARTITION}=*")} - set(
            months
        )
        if others:
            raise LakeError(f"«{table}»: rader utenfor månedene som skrives: {sorted(others)}.")
        old = [f for f in self.files(table) if f.partition.get(PARTITION) in set(months)]
        self.adopt(table, folder, schema=schema, remove=old, months=months)

    def derived(self, table: str, *, computed_from: int) -> None:
        """Note which manifest's rows a derived table was computed from."""
        self._derived[table] = computed_from

    def touch(self, table: str, months: Collection[str]) -> None:
        """Note months that the change's rows of a table touch."""
        self.changes.setdefault(table, set()).update(months)

    def forget_history(self, table: str) -> None:
        """Make every earlier state of a table unreadable once this change is the truth."""
        if table in self.base.versions:
            self._readable_from[table] = self.number

    def forget_history_before(self, table: str, number: int) -> None:
        """Make the states of a table before a manifest number unreadable."""
        self._readable_from[table] = max(number, self._readable_from.get(table, 0))

    def files(self, table: str) -> list[delta.DataFile]:
        """The files of a table as this change sees it."""
        if table not in self.versions:
            return []
        return delta.files(self.lake.table(table), self.versions[table])

    def write_rows(self, table: str, rows: Any) -> tuple[Path, Any]:
        """Write rows as Parquet to a scratch folder. Gives it and the rows' Arrow schema.

        ``rows`` is SQL for :attr:`connection`, an Ibis table of any engine, or Arrow's (a table or
        a reader of batches). A contract's table needs the contract's columns and types.
        """
        folder = self.scratch_folder()
        with closing(self._reader(rows)) as reader:
            schema = schema_of(table) or reader.schema
            by_month = PARTITION in schema.names
            # an engine may answer a sum in a wider type than the expression promises
            promised = (batch.select(schema.names).cast(schema) for batch in reader)
            write_batches(table, promised, schema, folder, by_month=by_month)
        return folder, schema

    def adopt(
        self,
        table: str,
        folder: Path,
        *,
        schema: "pa.Schema",
        remove: Collection[delta.DataFile] = (),
        months: Collection[str] | None = None,
    ) -> None:
        """Make Parquet files of a scratch folder part of a table, others no longer."""
        written = [path for path in sorted(folder.rglob("*.parquet")) if _row_count(path)]
        touched = {_partition(path) for path in written} | {
            file.partition.get(PARTITION) for file in remove
        }
        self.touch(table, months if months is not None else {m for m in touched if m})
        if not written and not remove and table in self.versions:
            return
        self._prepare(table, schema)
        add = [self._move(table, path, folder) for path in written]
        self.versions[table] = delta.commit(
            self.lake.table(table), self.versions[table], add=add, remove=remove
        )

    def pieces(self, table: str) -> Mapping[str | None, int]:
        """How many files each month of a table is in."""
        counts: dict[str | None, int] = {}
        for file in self.files(table):
            month = file.partition.get(PARTITION)
            counts[month] = counts.get(month, 0) + 1
        return counts

    def crowded(self, table: str) -> set[str | None]:
        """Months that are in too many files and should be written anew when they grow."""
        return {month for month, count in self.pieces(table).items() if count >= _MOST_PIECES}

    def finish(self) -> None:
        """Make the change the truth, last of all, if it changed anything."""
        self._disconnect()
        if not self._changed():
            return
        made = Manifest(
            number=self.number,
            created_at=self.now,
            reason=self.reason,
            versions=self.versions,
            changes={t: sorted(m) for t, m in self.changes.items() if m},
            derived=self._derived,
            readable_from=self._readable_from,
            pseudonym_key=self.pseudonym_key,
        )
        manifest.publish(self.lake, made, scratch=self.scratch)

    def clear(self) -> None:
        """Tidy up after the swap. Interrupted here, the next writer does it."""
        for table, version in self.versions.items():
            if version != self.base.versions.get(table):
                delta.checkpoint(self.lake.table(table), version)
        forgotten = {
            table
            for table, number in self._readable_from.items()
            if number != self.base.readable_from.get(table, 0)
        }
        sweep(self.lake, sorted(forgotten))
        shutil.rmtree(self.lake.staging)

    def abandon(self) -> None:
        """Undo what was put beside the truth."""
        self._disconnect()
        recover(self.lake)

    def _changed(self) -> bool:
        return (
            self.versions != dict(self.base.versions)
            or self._derived != dict(self.base.derived)
            or self._readable_from != dict(self.base.readable_from)
            or self.pseudonym_key != self.base.pseudonym_key
        )

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put_together(self, table: str) -> None:
        """Write months anew that are in too many files."""
        crowded = self.crowded(table)
        if not crowded:
            return
        old = [file for file in self.files(table) if file.partition.get(PARTITION) in crowded]
        months = None if None in crowded else {month for month in crowded if month}
        folder, schema = self.write_rows(table, self.select(table, months=months))
        self.adopt(table, folder, schema=schema, remove=old, months=[])

    def _reader(self, rows: Any) -> Any:
        if isinstance(rows, str):
            return self.connection.execute(rows).to_arrow_reader(_BATCH_ROWS)
        if hasattr(rows, "to_pyarrow_batches"):
            return rows.to_pyarrow_batches(chunk_size=_BATCH_ROWS)
        return rows.to_reader() if hasattr(rows, "to_reader") else rows

    def _prepare(self, table: str, schema: "pa.Schema") -> None:
        """Create the table, or let it gain the columns it lacks."""
        folder = self.lake.table(table)
        promised = schema_of(table) or schema
        if table not in self.versions:
            partition_by = [PARTITION] if PARTITION in promised.names else []
            self.versions[table] = delta.create(
                folder, arrow_schema=promised, partition_by=partition_by
            )
            return
        there = set(delta.schema(folder, self.versions[table]).names)
        new = [field for field in promised if field.name not in there]
        if new:
            self.versions[table] = delta.add_columns(folder, self.versions[table], new)

    def _move(self, table: str, path: Path, folder: Path) -> delta.DataFile:
        """Name a file for its change, so that a dead writer's files are known by their names."""
        name = Path(*path.relative_to(folder).parts[:-1], f"{self.number}-{uuid4()}.parquet")
        target = self.lake.table(table) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = _row_count(path)
        _make_durable(path)
        path.rename(target)
        month = _partition(path)
        return delta.DataFile(
            path=name.as_posix(),
            size=target.stat().st_size,
            rows=rows,
            partition={} if month is None else {PARTITION: month},
        )


def _after(base: Manifest, now: datetime) -> datetime:
    """A moment later than the last state's, so that states are in order by time too."""
    return max(now, base.created_at + timedelta(microseconds=1))


def _make_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _row_count(path: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def _partition(path: Path) -> str | None:
    for part in path.parts:
        if part.startswith(f"{PARTITION}="):
            return part.partition("=")[2]
    return None
