"""The first rows of a file that no mapping describes yet: what kind it is and how it is written."""

import codecs
import csv
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from vft.sources import archive, look, typed
from vft.sources.mapping import Format
from vft.sources.naming import unique
from vft.sources.refusal import refused

_ROWS = 5000
_HEADER_ROWS = 30


@dataclass(frozen=True, kw_only=True)
class Peek:
    """``columns``: values of the first rows, as text, by the header's names."""

    format: Format
    columns: dict[str, pa.Array]


def peek(path: Path) -> Peek:
    """Guess how a file is written from its beginning.

    Raises:
        FileRefused: it is empty, damaged or no table at all.
    """
    with path.open("rb") as file:
        head = file.read(look.HEAD)
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if head.startswith(b"PK"):
        return _excel(path)
    return _csv(path, head)


def _csv(path: Path, head: bytes) -> Peek:
    look.refuse_other_kinds(path, head=head, size=path.stat().st_size)
    look.refuse_nonsense(path)
    whole = path.stat().st_size <= len(head)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
        form = Format(kind="csv")
    except UnicodeDecodeError:
        text = head.decode("windows-1252", errors="replace")
        form = Format(kind="csv", encoding="windows-1252")
    try:
        delimiter = max(look.DELIMITERS, key=lambda mark: _regularity(text, mark))
        rows = [fields for fields, _ in islice(look.records(text, delimiter), _ROWS + _HEADER_ROWS)]
    except csv.Error as error:
        raise look.nonsense(path, "De første linjene er for lange til å være rader.") from error
    return _described(form.model_copy(update={"delimiter": delimiter}), rows)


def _regularity(text: str, delimiter: str) -> int:
    """How many fields the most common row has, times how common it is."""
    counts = Counter(len(row) for row, _ in islice(look.records(text, delimiter), _ROWS))
    counts.pop(1, None)
    return max((fields * rows for fields, rows in counts.items()), default=0)


def _excel(path: Path) -> Peek:
    from vft.sources import excel

    archive.check(path)
    sheet = excel.largest_sheet(path)
    form = Format(kind="excel", sheet=sheet.name)
    rows = list(islice(sheet.iter_rows(), _ROWS + _HEADER_ROWS))
    if not rows:
        raise refused(path, "empty", "Arket er tomt.", "Kjør uttrekket på nytt og send filen.")
    return _described(form, [[excel.shown(cell, form) for cell in row] for row in rows])


def _described(form: Format, rows: list[list[str]]) -> Peek:
    """The header is the first row that is as wide as most rows and holds no empty cell."""
    width = Counter(_width(row) for row in rows).most_common(1)[0][0]
    place = next(
        (i for i, row in enumerate(rows[:_HEADER_ROWS]) if _width(row) >= width and all(row)), 0
    )
    names = unique(rows[place])
    data = [row for row in rows[place + 1 :] if len(row) == len(names)]
    columns = {
        name: pa.array([row[i] for row in data], pa.string()) for i, name in enumerate(names)
    }
    return Peek(format=form.model_copy(update={"header_row": place + 1}), columns=columns)


def _width(row: list[str]) -> int:
    """Fields up to the last that holds something."""
    return max((i for i, cell in enumerate(row, start=1) if cell), default=0)


def _parquet(path: Path) -> Peek:
    from vft.sources import parquet

    form = Format(kind="parquet", date="yyyy-mm-dd", instant="yyyy-mm-ddTHH:MM:SS", decimal=".")
    rows = parquet.first_rows(path, _ROWS)
    flat = {
        n: c
        for n, c in zip(rows.schema.names, rows.columns, strict=True)
        if not pa.types.is_nested(c.type)
    }
    return Peek(format=form, columns={n: typed.as_text(c, form) for n, c in flat.items()})
