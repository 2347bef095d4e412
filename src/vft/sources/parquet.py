"""Parquet: typed already, read a row group's pages at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

from vft import tables
from vft.sources import convert, header, look
from vft.sources.chunk import MOST_ROWS, Chunk
from vft.sources.mapping import Mapping
from vft.sources.naming import unique
from vft.sources.refusal import refused

_MAGIC = b"PAR1"
_SHORTEST = 12
#: What pyarrow raises at bytes that make no sense to it.
_DAMAGE = (pa.ArrowException, OSError, UnicodeDecodeError)


class ParquetFile:
    """A Parquet file that has been looked at. See :class:`vft.sources.chunk.OpenFile`.

    Row 1 is the first row: there is no header to count.
    """

    def __init__(self, path: Path, mapping: Mapping) -> None:
        _refuse_others(path)
        self._path = path
        schema = _schema(path)
        self.columns = unique(schema.names)
        header.check(path, mapping, self.columns, [])
        self._refuse_nested(mapping, schema)
        self._file = _opened(path, read_dictionary=_repeating(mapping, schema, self.columns))
        self._read = 0

    @property
    def share_read(self) -> float:
        return float(self._read / max(self._file.metadata.num_rows, 1))

    def chunks(self) -> Iterator[Chunk]:
        """Stream the rows; at least one chunk, if an empty one.

        Raises:
            FileRefused: ``truncated``, where a page inside the file is damaged.
        """
        with self._file:
            if self._file.metadata.num_rows == 0:
                yield self._chunk(self._file.schema_arrow.empty_table())
            try:
                for batch in self._file.iter_batches(batch_size=MOST_ROWS):
                    yield self._chunk(batch)
            except _DAMAGE as error:
                raise _damaged(self._path) from error

    def _chunk(self, batch: pa.RecordBatch | pa.Table) -> Chunk:
        first, self._read = self._read + 1, self._read + batch.num_rows
        given = zip(self.columns, batch.columns, strict=True)
        return Chunk(
            columns={name: _plain(column) for name, column in given},
            row=pa.array(np.arange(first, first + batch.num_rows)),
        )

    def _refuse_nested(self, mapping: Mapping, schema: pa.Schema) -> None:
        kinds = dict(zip(self.columns, schema.types, strict=True))
        for name in mapping.vendor_columns:
            if pa.types.is_nested(kinds[name]):
                raise refused(
                    self._path,
                    "missing_column",
                    f"Kolonnen «{name}» inneholder lister eller tabeller, ikke enkeltverdier.",
                    "Del den opp i enkle kolonner i uttrekket.",
                )


def first_rows(path: Path, count: int) -> pa.RecordBatch:
    """The first rows, as they are typed.

    Raises:
        FileRefused: ``truncated``.
    """
    _refuse_others(path)
    with _opened(path) as file:
        nothing = pa.RecordBatch.from_pylist([], schema=file.schema_arrow)
        try:
            return next(file.iter_batches(batch_size=count), nothing)
        except _DAMAGE as error:
            raise _damaged(path) from error


def _repeating(mapping: Mapping, schema: pa.Schema, columns: tuple[str, ...]) -> list[str]:
    """Text columns of which each distinct value is to be read once."""
    asked = {
        source.column
        for mapped in mapping.tables
        for name, source in mapped.columns.items()
        if convert.repeats(tables.ALL[mapped.name].column[name], source)
    }
    return [
        field.name
        for field, name in zip(schema, columns, strict=True)
        if name in asked
        and (pa.types.is_string(field.type) or pa.types.is_large_string(field.type))
    ]


def _refuse_others(path: Path) -> None:
    """Refuse what does not begin and end as Parquet does."""
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise refused(path, "empty", "Filen er tom.", "Kjør uttrekket på nytt og send filen.")
    if head != _MAGIC:
        raise refused(
            path,
            "nonsense",
            "Innholdet er ikke Parquet.",
            "Send filen som Parquet, eller rett format.kind i tilordningen.",
        )
    if path.stat().st_size < _SHORTEST or not look.tail(path).endswith(_MAGIC):
        raise look.truncated(path, "Slutten av filen, med innholdsfortegnelsen, mangler.")


def _opened(path: Path, **options: Any) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, **options)
    except _DAMAGE as error:
        raise _damaged(path) from error


def _schema(path: Path) -> pa.Schema:
    with _opened(path) as file:
        try:
            # names are decoded when asked for
            return pa.schema([(field.name, field.type) for field in file.schema_arrow])
        except _DAMAGE as error:
            raise _damaged(path) from error


def _damaged(path: Path) -> Exception:
    return look.truncated(path, "Filen er skadet og lar seg ikke lese.")


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array, of strings where the file has a variant of strings."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_binary(kind):
        return column.cast(pa.string())
    return column
