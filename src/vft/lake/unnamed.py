"""Which rows of a kept file are a person's though they do not name her: by the device she had.

The file is read again through its source's mapping, as it is now. A row whose device and day can
be read is hers as a row of the lake would be (:mod:`vft.lake.possession`). Of a row that cannot be
read, nobody knows the day: it is hers where nobody else ever had the device.
"""

import mmap
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft import tables
from vft.errors import FileRefused
from vft.lake import deliveries, possession
from vft.lake.localtime import add_local_time
from vft.lake.redaction import NONE, Unnamed
from vft.lake.vault import Vault
from vft.sources.mapping import Mapping as SourceMapping
from vft.sources.mapping import TableMapping
from vft.sources.read import Batch, open_delivery, read_again

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.lake.writing import Change

_DEVICE = "device_id"


class Search:
    """Looks for her rows in files of the vault; :func:`vft.lake.possession.note` comes first.

    ``mappings``: by source.
    """

    def __init__(
        self, change: "Change", vault: Vault, mappings: Mapping[str, SourceMapping]
    ) -> None:
        self._change, self._vault = change, vault
        self._devices = self._listed("SELECT DISTINCT device FROM hers")
        self._only_hers = self._listed(
            "SELECT DISTINCT device FROM hers WHERE device NOT IN (SELECT device FROM others)"
        )
        self._readable = {s: r for s, m in mappings.items() if (r := _about_devices(m)).tables}
        self._unreadable = self._no_longer_read() if self._devices else set()
        self._sources = self._sources_by_file() if self._devices else {}

    def rows(self, file: Path, clear: Path) -> Unnamed | None:
        """Her rows in a file of the vault, whose content is ``clear``.

        None where it may hold some, and cannot be read to tell which.
        """
        found: dict[str, set[int]] = {}
        sources = self._sources.get(file, set())
        is_unreadable = bool(sources & self._unreadable)
        for source in sorted(sources & set(self._readable)):
            mapping = self._readable[source]
            try:
                hers = set().union(*map(self._hers, self._batches(file, clear, mapping)))
            except FileRefused:
                is_unreadable = True
            else:
                found.setdefault(mapping.format.sheet or "", set()).update(hers)
        if is_unreadable and _may_name(clear, self._devices):
            return None
        rows = {sheet: frozenset(hers) for sheet, hers in found.items() if hers}
        return Unnamed(rows=rows, words=self._devices) if rows else NONE

    def _batches(self, file: Path, clear: Path, mapping: SourceMapping) -> Iterable[Batch]:
        import pyarrow.parquet as pq

        if file.parent == self._vault.quarantine:
            return [read_again(pq.read_table(clear), mapping)]
        return open_delivery(clear, mapping).batches()

    def _hers(self, batch: Batch) -> list[int]:
        """Numbers of her rows."""
        found: list[int] = []
        for name, rows in batch.tables.items():
            self._change.connection.register("read", _placed(rows, name))
            found += self._listed(f"SELECT row FROM read WHERE {possession.about(name)}")
        return [*found, *self._unread(batch)]

    def _unread(self, batch: Batch) -> list[int]:
        import pyarrow.compute as pc

        if not self._only_hers or not batch.faults.num_rows:
            return []
        kept = batch.raw(batch.faults["row"].unique())
        named = [
            pc.fill_null(pc.match_substring_regex(column, _word(self._only_hers)), False)
            for column in kept.drop_columns(["row"]).columns
        ]
        hers = named[0]
        for column in named[1:]:
            hers = pc.or_(hers, column)
        return list(kept.filter(hers)["row"].to_pylist())

    def _no_longer_read(self) -> set[str]:
        """Sources that brought a table rows about devices, and whose mapping now cannot."""
        return {
            source
            for table in possession.TABLES
            for source in self._fed_by(table)
            if source not in self._readable
            or table not in {read.name for read in self._readable[source].tables}
        }

    def _fed_by(self, table: str) -> tuple[str, ...]:
        there = self._change.select(table)
        return self._listed(f"SELECT DISTINCT source FROM ({there}) WHERE {_DEVICE} IS NOT NULL")

    def _sources_by_file(self) -> dict[Path, set[str]]:
        """The sources that a file of the vault was received as."""
        sql = f"SELECT sha256, delivery, source FROM ({self._change.select(deliveries.NAME)})"
        found: dict[Path, set[str]] = {}
        for sha256, delivery, source in self._change.connection.execute(sql).fetchall():
            for file in (self._vault.received_file(sha256), self._vault.quarantine_file(delivery)):
                found.setdefault(file, set()).add(source)
        return found

    def _listed(self, sql: str) -> tuple[Any, ...]:
        return tuple(value for (value,) in self._change.connection.execute(sql).fetchall())


def _about_devices(mapping: SourceMapping) -> SourceMapping:
    """A mapping that reads nothing but whose device it is, and when: the rest may be wrong."""
    reduced = (
        table.model_copy(update={"columns": _place_columns(table)})
        for table in mapping.tables
        if table.name in possession.TABLES and _DEVICE in table.columns
    )
    # a copy would bring along what the mapping has worked out of its tables
    return SourceMapping.model_construct(
        source=mapping.source, format=mapping.format, tables=tuple(reduced), codes=mapping.codes
    )


def _place_columns(table: TableMapping) -> dict[str, object]:
    contract = tables.ALL[table.name]
    wanted = {_DEVICE, "starts_on", "ends_on", *contract.happened, *contract.person_columns}
    return {name: source for name, source in table.columns.items() if name in wanted}


def _placed(rows: "pa.Table", name: str) -> "pa.Table":
    """Rows as the lake would have them, as far as :func:`vft.lake.possession.about` asks."""
    import pyarrow as pa
    import pyarrow.compute as pc

    contract = tables.ALL[name]
    for column in contract.person_columns:
        # that somebody is named is enough: who she is herself is found by her number
        somebody = pc.if_else(rows[column].is_valid(), pa.scalar(0, pa.int64()), None)
        rows = rows.set_column(rows.schema.get_field_index(column), column, somebody)
    return add_local_time(rows, contract) if contract.is_event else rows


def _may_name(file: Path, devices: tuple[str, ...]) -> bool:
    """Whether a file that cannot be read may hold one of the devices."""
    if not file.stat().st_size:
        return False
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        if all_[:2] == b"PK" or all_[:4] == b"PAR1":
            return True
        return any(
            re.search(_word(devices).encode(encoding), all_) for encoding in ("utf-8", "cp1252")
        )


def _word(devices: tuple[str, ...]) -> str:
    """An expression, in RE2's words and Python's, for one of the devices as a word by itself."""
    return rf"(^|\W)({'|'.join(map(re.escape, devices))})(\W|$)"
