"""Delimited text, streamed: every value a string, every row with its number."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from vft.sources import look
from vft.sources.chunk import MOST_ROWS, Chunk, ragged
from vft.sources.mapping import Mapping

_BLOCK = 8 << 20
#: What is kept of a line with the wrong number of fields.
_LONGEST_LINE = 1 << 16


class CsvFile:
    """A CSV file that has been looked at. See :class:`vft.sources.chunk.OpenFile`."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self._path, self._mapping = path, mapping
        self._look = look.look(path, mapping)
        self._size = max(path.stat().st_size, 1)
        self._position = 0

    @property
    def columns(self) -> tuple[str, ...]:
        return self._look.columns

    @property
    def share_read(self) -> float:
        return min(1.0, self._position / self._size)

    def chunks(self) -> Iterator[Chunk]:
        """Stream the rows; at least one chunk, if an empty one.

        Raises:
            FileRefused: ``encoding`` or ``truncated``, where only reading could show it.
        """
        lines = _Lines(self._mapping.format.header_row)
        last = _no_rows(self.columns)
        try:
            with self._path.open("rb") as file:
                file.seek(self._look.data_from)
                for batch in self._reader(file, lines):
                    self._position = file.tell()
                    last = batch.slice(batch.num_rows - 1) if batch.num_rows else last
                    yield from self._cut(batch, lines)
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            raise self._unreadable(error) from error
        self._position = self._size
        if last.num_rows == 0 or lines.waiting:
            yield from self._cut(_no_rows(self.columns), lines)
        if self._is_cut_off(last, lines):
            raise look.truncated(self._path, "Den siste raden er ikke fullført.")

    def _reader(self, file: object, lines: "_Lines") -> Iterator[pa.RecordBatch]:
        form, names = self._mapping.format, list(self.columns)
        try:
            reader: Iterator[pa.RecordBatch] = csv.open_csv(
                file,
                # threads would lose the row numbers of ragged lines
                read_options=csv.ReadOptions(
                    use_threads=False, block_size=_BLOCK, column_names=names, encoding=form.encoding
                ),
                parse_options=csv.ParseOptions(
                    delimiter=form.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=lines.add,
                ),
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return iter(())
            raise
        return reader

    def _cut(self, batch: pa.RecordBatch, lines: "_Lines") -> Iterator[Chunk]:
        """The batch in chunks of bearable size, without blank rows."""
        numbers, odd = lines.number(batch.num_rows), lines.take()
        if (held := _rows_that_hold_something(batch)) is not None:
            batch, numbers = batch.filter(held), numbers.filter(held)
        for start in range(0, max(batch.num_rows, 1), MOST_ROWS):
            part = batch.slice(start, MOST_ROWS)
            yield Chunk(
                columns=dict(zip(self.columns, part.columns, strict=True)),
                row=numbers.slice(start, MOST_ROWS),
                ragged=odd.slice(0 if start == 0 else odd.num_rows),
            )

    def _is_cut_off(self, last: pa.RecordBatch, lines: "_Lines") -> bool:
        """Whether the file stops within a row: too few fields and no line end, or open quotes."""
        tail = look.tail(self._path)
        ended = tail.endswith((b"\n", b"\r"))
        if lines.ends_ragged:
            return lines.last_line.count('"') % 2 == 1 or (
                not ended and lines.last_fields < len(self.columns)
            )
        final = tail.rstrip(b"\r\n").splitlines()[-1:] or [b""]
        if any("\n" in str(cell[0]) for cell in last.columns if last.num_rows):
            return b'"' not in final[0]
        delimiter = re.escape(self._mapping.format.delimiter.encode())
        return re.search(rb"(?:^|" + delimiter + rb')"(?:[^"]|"")*$', final[0]) is not None

    def _unreadable(self, error: pa.ArrowInvalid) -> Exception:
        if "UTF8" in str(error) or "codec" in str(error):
            line = _line_of_bad_letter(self._path, self._mapping.format.encoding)
            return look.not_in_encoding(self._path, self._mapping, line=line)
        return look.truncated(self._path, "Et anførselstegn åpner en tekst som aldri lukkes.")


class _Lines:
    """Which row of the file each record is, ragged ones among them, and what those said."""

    def __init__(self, header_row: int) -> None:
        self._header_row = header_row
        self._next = header_row + 1
        self._ragged: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._new: list[csv.InvalidRow] = []
        self._numbered = 0
        self.last_line, self.last_fields, self._last_ragged = "", 0, 0

    def add(self, row: csv.InvalidRow) -> str:
        """What pyarrow calls for a line with the wrong number of fields."""
        self._new.append(row)
        return "skip"

    @property
    def waiting(self) -> bool:
        """Whether there are ragged lines that no chunk has carried."""
        return bool(self._new)

    @property
    def ends_ragged(self) -> bool:
        """Whether the last row of all was a ragged one."""
        return self._last_ragged >= self._next

    def number(self, n: int) -> pa.Array:
        """The row numbers of the next ``n`` records that were whole."""
        fresh = [row.number + self._header_row for row in self._new[self._numbered :]]
        self._numbered = len(self._new)
        ragged_rows = np.concatenate([self._ragged, np.array(fresh, np.int64)])
        whole_before = ragged_rows - self._next - np.arange(len(ragged_rows))
        place = np.arange(n)
        rows = self._next + place + np.searchsorted(whole_before, place, side="right")
        self._next = int(rows[-1]) + 1 if n else self._next
        self._ragged = ragged_rows[ragged_rows >= self._next]
        return pa.array(rows, pa.int64())

    def take(self) -> pa.Table:
        """The ragged lines since last time."""
        new, self._new, self._numbered = self._new, [], 0
        if new:
            self._last_ragged = new[-1].number + self._header_row
            self.last_line, self.last_fields = new[-1].text, new[-1].actual_columns
        return ragged(
            [row.number + self._header_row for row in new],
            [row.text[:_LONGEST_LINE] for row in new],
            [row.actual_columns for row in new],
        )


def _no_rows(columns: tuple[str, ...]) -> pa.RecordBatch:
    nothing = pa.array([], pa.string())
    return pa.record_batch([nothing] * len(columns), names=list(columns))


def _rows_that_hold_something(batch: pa.RecordBatch) -> pa.Array | None:
    """Rows with a value in some column; None when that is all of them."""
    blank = pc.equal(batch.column(0), "")
    for column in batch.columns[1:]:
        if not blank.true_count:
            return None
        blank = pc.and_(blank, pc.equal(column, ""))
    return pc.invert(blank)


def _line_of_bad_letter(path: Path, encoding: str) -> int:
    """The line of the first byte that the encoding has no letter for."""
    decoder, lines = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return lines + error.object[: error.start].count(b"\n")
            lines += piece.count(b"\n")
    return lines
