"""Read a delivered file through its mapping, in bounded memory.

``open_delivery`` looks before it reads and refuses what can be seen to be wrong at once;
``Reading.batches`` then streams. Nothing is stored here and no rule of a contract is applied: a
row either could be read, or has faults that say why not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyarrow as pa

from vft.errors import FileRefused
from vft.sources import swap
from vft.sources.chunk import Chunk, OpenFile
from vft.sources.feed import feed
from vft.sources.mapping import Mapping
from vft.sources.raw import from_raw, raw
from vft.sources.refusal import refused

#: Larger files are refused before anyone tries: no municipality's export comes near.
_MOST_BYTES = 64 << 30


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Up to 128k rows of the file.

    ``tables``: by contract name, every mapped contract always there, columns typed as
    ``Column.arrow_type()`` says except that PERSON is still the identity number (string, 11
    digits); plus ``row`` (int64). Contract columns that are not mapped are null. Only rows that
    could be read for that table: a row may be good for one table and bad for another.
    ``faults``: schema ``vft.sources.faults.SCHEMA``, one row a fault, in row order.
    ``rows_read``: rows of the file that held something, good and bad.
    """

    tables: dict[str, pa.Table]
    faults: pa.Table
    rows_read: int
    _chunk: Chunk = field(repr=False)
    _mapping: Mapping = field(repr=False)

    def raw(self, rows: pa.Array | None = None) -> pa.Table:
        """The file's own rows as strings: ``row``, ``line``, then every column of the file.

        ``rows``: the row numbers wanted (int64), all of the batch when None. ``line`` is the whole
        line where its number of fields was wrong (its columns are then null), else null. Vendor
        columns called ``row`` or ``line`` get an underscore after. Strings are made when asked
        for: ask for bad rows only where speed matters.
        """
        return raw(self._chunk, self._mapping.format, rows)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file that is open for reading."""

    path: Path
    mapping: Mapping
    _file: OpenFile = field(repr=False)
    _chunks: Iterator[Chunk] = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """What the file has, in its order."""
        return self._file.columns

    @property
    def share_read(self) -> float:
        """How much of the file has been read, 0–1, for progress bars."""
        return self._file.share_read

    def batches(self) -> Iterator[Batch]:
        """Stream the file once; at least one batch, if an empty one.

        Raises:
            FileRefused: what could only be seen on the way (``encoding``, ``truncated``). What was
                yielded before must then not be kept.
        """
        for chunk in self._chunks:
            fed = feed(chunk, self.mapping)
            yield Batch(
                tables=fed.tables,
                faults=fed.faults,
                rows_read=len(chunk.row) + chunk.ragged.num_rows,
                _chunk=chunk,
                _mapping=self.mapping,
            )


def read_again(kept: pa.Table, mapping: Mapping) -> Batch:
    """Read rows that :meth:`Batch.raw` gave, numbered by their place among them from 1.

    Raises:
        FileRefused: ``missing_column``: the mapping speaks of a column that is not there.
    """
    chunk = from_raw(kept)
    lacking = [name for name in mapping.vendor_columns if name not in chunk.columns]
    if lacking:
        message = f"Radene har ingen kolonne «{lacking[0]}»."
        raise FileRefused(message, kind="missing_column")
    fed = feed(chunk, mapping)
    return Batch(
        tables=fed.tables,
        faults=fed.faults,
        rows_read=kept.num_rows,
        _chunk=chunk,
        _mapping=mapping,
    )


def open_delivery(path: Path, mapping: Mapping) -> Reading:
    """Look at a file and make it ready to read.

    Raises:
        FileRefused: ``empty``, ``truncated``, ``encoding``, ``delimiter``, ``missing_column``,
            ``swapped_columns``, ``nonsense``, ``zip_bomb``, ``too_large``, ``unknown_file``.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise refused(
            path, "too_large", "Den er større enn 64 GB.", "Del uttrekket opp, for eksempel per år."
        )
    file = _opened(path, mapping)
    chunks = file.chunks()
    first = next(chunks)
    swap.check(path, mapping, first)
    return Reading(path=path, mapping=mapping, _file=file, _chunks=chain([first], chunks))


def _opened(path: Path, mapping: Mapping) -> OpenFile:
    if mapping.format.kind == "csv":
        from vft.sources.csv import CsvFile

        return CsvFile(path, mapping)
    if mapping.format.kind == "excel":
        from vft.sources.excel import ExcelFile

        return ExcelFile(path, mapping)
    from vft.sources.parquet import ParquetFile

    return ParquetFile(path, mapping)
