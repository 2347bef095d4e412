"""One person's records out of a file, the rest as it was: text, Parquet or Excel.

A file that cannot be looked into cannot be shown to be without her, and is given up whole.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from vft.errors import FileRefused
from vft.sources import archive, formulas

if TYPE_CHECKING:
    import pyarrow as pa

#: What has been done to a copy, and how it is said.
RULES: dict[str, str] = {
    "records_dropped": "Personens linjer er fjernet fra kopien.",
    "rows_dropped": "Personens rader er fjernet fra kopien.",
    "copy_dropped": "Kopien er slettet: den lot seg ikke lese, og kunne vise til personen.",
    "retention": "Kopien er slettet fordi lagringstiden er ute.",
}
_CHUNK = 16 << 20
_HEAD = 1 << 16
_QUOTE, _NEWLINE = ord('"'), ord("\n")


@dataclass(frozen=True, kw_only=True)
class Unnamed:
    """Records that are a person's though they do not name her.

    ``rows``: by sheet ("" for a workbook's first, and for files without sheets) their numbers, as
    the file is read: records and sheets' rows by their place from the top, heading and all,
    Parquet's from 1. ``words``: each of them holds one of these.
    """

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()


NONE = Unnamed()


def redact(file: Path, target: Path, identity: str, unnamed: Unnamed = NONE) -> str | None:
    """Write ``file`` without a person's records to ``target``.

    Gives the rule (of :data:`RULES`) by which it was done, or None where the file holds none of
    them. Under ``copy_dropped`` nothing is written: the file must be deleted.
    """
    person = _Person(identity, unnamed)
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if head.startswith(b"PAR1"):
        return _guarded(_redact_parquet, file, target, person)
    if head.startswith(b"PK"):
        return _guarded(_redact_excel, file, target, person)
    if b"\0" in head:
        return "copy_dropped"
    return _guarded(_redact_text, file, target, person, rule="records_dropped")


class _Person:
    """The ways in which an identity number is written: parted, or as a number without its zero.

    And the rows that are hers without it: by sheet as they were found, and all, counted from 0.
    """

    def __init__(self, identity: str, unnamed: Unnamed) -> None:
        import numpy as np

        first, last = identity[:6], identity[6:]
        first = f"0?{first[1:]}" if first.startswith("0") else first
        self.pattern = rf"{first}[ .\-]?{last}"
        self.in_text = re.compile(rf"(?<![0-9]){self.pattern}(?![0-9])".encode())
        self.number = int(identity)
        self.by_sheet = unnamed.rows
        self.rows = np.array(sorted(set().union(*unnamed.rows.values())), np.int64) - 1
        words = "|".join(map(re.escape, unnamed.words))
        # the ways in which the formats that we read write letters
        self.words = [re.compile(words.encode(encoding)) for encoding in ("utf-8", "cp1252")]

    def require_in(self, record: bytes) -> None:
        """A row that was counted otherwise than it was read must not go in another's stead."""
        if not any(words.search(record) for words in self.words):
            raise _TooOddError


def _guarded(
    redaction: Any, file: Path, target: Path, person: _Person, *, rule: str = "rows_dropped"
) -> str | None:
    import pyarrow as pa

    try:
        return rule if redaction(file, target, person) else None
    except OSError as failed:
        if failed.errno is not None:
            raise  # the disk's fault, not the file's
        return "copy_dropped"
    except (pa.ArrowException, zipfile.BadZipFile, FileRefused, _TooOddError):
        return "copy_dropped"


class _TooOddError(Exception):
    """What is hers is where no row can be dropped."""


def _redact_text(file: Path, target: Path, person: _Person) -> bool:
    quoted = _quotes_are_paired(file)
    found, first = False, 0
    with file.open("rb") as source, target.open("wb") as kept:
        for records, ends in _records(source, quoted=quoted):
            found |= _copy_others(records, ends, kept, person, first=first)
            first += len(ends)
    if (person.rows >= first).any():
        raise _TooOddError
    return found


def _quotes_are_paired(file: Path) -> bool:
    """A stray quotation mark must not make one record of the rest of the file."""
    with file.open("rb") as source:
        return sum(chunk.count(b'"') for chunk in _chunks(source)) % 2 == 0


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: source.read(_CHUNK), b"")


def _records(source: IO[bytes], *, quoted: bool) -> Iterator[tuple[bytes, Any]]:
    """Pieces of whole records, each with where its records end."""
    import numpy as np

    left = b""
    for chunk in _chunks(source):
        piece = left + chunk
        ends = _ends(piece, quoted=quoted)
        whole = int(ends[-1]) if len(ends) else 0
        yield piece[:whole], ends
        left = piece[whole:]
    if left:
        yield left, np.array([len(left)])


def _ends(piece: bytes, *, quoted: bool) -> Any:
    """Where records end: at line ends that are not inside quotation marks."""
    import numpy as np

    letters = np.frombuffer(piece, np.uint8)
    lines = np.flatnonzero(letters == _NEWLINE)
    if quoted:
        marks = np.flatnonzero(letters == _QUOTE)
        lines = lines[np.searchsorted(marks, lines) % 2 == 0]
    return lines + 1


def _copy_others(
    records: bytes, ends: Any, kept: IO[bytes], person: _Person, *, first: int
) -> bool:
    """Copy the records, of which the first has number ``first``, without the person's."""
    import numpy as np

    hits = [match.start() for match in person.in_text.finditer(records)]
    unnamed = person.rows[(person.rows >= first) & (person.rows < first + len(ends))] - first
    starts = np.concatenate([[0], ends])
    for record in unnamed.tolist():
        person.require_in(records[starts[record] : ends[record]])
    hers = np.union1d(np.searchsorted(ends, hits, side="right"), unnamed).astype(np.int64)
    done = 0
    for record in hers.tolist():
        kept.write(records[done : starts[record]])
        done = int(ends[record])
    kept.write(records[done:])
    return bool(len(hers))


def _redact_parquet(file: Path, target: Path, person: _Person) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    found, first = False, 0
    with (
        pq.ParquetFile(file) as source,
        pq.ParquetWriter(target, source.schema_arrow, compression="zstd") as kept,
    ):
        for batch in source.iter_batches():
            others = _others(pa.Table.from_batches([batch]), person, first=first)
            found |= others.num_rows < batch.num_rows
            first += batch.num_rows
            kept.write_table(others)
    return found


def _others(rows: "pa.Table", person: _Person, *, first: int) -> "pa.Table":
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = np.arange(first, first + rows.num_rows)
    others = pa.array(~np.isin(numbers, person.rows))
    for column in rows.columns:
        named = _names(column, person)
        if named is not None:
            others = pc.and_(others, pc.invert(pc.fill_null(named, fill_value=False)))
    return rows.filter(others)


def _names(column: Any, person: _Person) -> Any:
    """Where a column holds the person's number; None for a column that cannot."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as kinds

    kind = column.type.value_type if kinds.is_dictionary(column.type) else column.type
    if kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind):
        return pc.equal(column.cast(pa.float64(), safe=False), float(person.number))
    if kinds.is_string(kind) or kinds.is_large_string(kind):
        # RE2 has no look-behind
        alone = rf"(^|[^0-9]){person.pattern}([^0-9]|$)"
        return pc.match_substring_regex(column.cast(pa.large_string()), alone)
    if kinds.is_temporal(kind) or kinds.is_boolean(kind) or kinds.is_null(kind):
        return None
    raise _TooOddError


def _redact_excel(file: Path, target: Path, person: _Person) -> bool:
    """Rows are cut out of the sheets' XML, so that all that stays is as it was."""
    archive.check(file)
    with zipfile.ZipFile(file) as source:
        cut = _Cut(person, _shared_strings(source), _by_part(file, person))
        found = False
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
            for part in source.infolist():
                before = source.read(part)
                after = cut.out_of(part.filename, before)
                found |= after != before
                kept.writestr(part, after)
    if any(cut.left.values()):
        raise _TooOddError
    return found


def _by_part(workbook: Path, person: _Person) -> dict[str, set[int]]:
    """Her rows by the part of the workbook that holds their sheet."""
    rows: dict[str, set[int]] = {}
    for sheet, numbers in person.by_sheet.items():
        try:
            part = formulas.part_of(workbook, sheet)
        except KeyError as missing:
            raise _TooOddError from missing
        rows.setdefault(part, set()).update(numbers)
    return rows


_SHARED = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def _shared_strings(source: zipfile.ZipFile) -> bytes:
    return source.read(_SHARED) if _SHARED in source.namelist() else b""


class _Cut:
    """What is to be cut out of a workbook. ``left``: her rows, by part, that are not yet found."""

    def __init__(self, person: _Person, shared: bytes, left: dict[str, set[int]]) -> None:
        self.left = left
        self._names = person.in_text
        self._shared_names = _references(person.in_text, shared)
        self._words = person.words[0]
        self._shared_words = _references(self._words, shared) if left else None

    def out_of(self, name: str, content: bytes) -> bytes:
        """A part of the workbook without her."""
        if name == _SHARED:
            return self._names.sub(b"", content)
        if _SHEET.fullmatch(name):
            return self._out_of_sheet(content, self.left.get(name, set()))
        if self._names.search(content):
            raise _TooOddError
        return content

    def _out_of_sheet(self, sheet: bytes, left: set[int]) -> bytes:
        prefix = (re.search(rb"<(\w+:)?row\b", sheet) or [b"", b""])[1] or b""
        opening, closing = b"<" + prefix + b"row", b"</" + prefix + b"row>"
        hits = [m.start() for p in (self._shared_names, self._names) for m in p.finditer(sheet)]
        spans = {(sheet.rfind(opening, 0, hit), sheet.find(closing, hit)) for hit in hits}
        if any(start < 0 or end < 0 for start, end in spans):
            raise _TooOddError
        spans |= self._unnamed(sheet, opening, closing, left)
        for start, end in sorted(spans, reverse=True):
            sheet = sheet[:start] + sheet[end + len(closing) :]
        return sheet

    def _unnamed(
        self, sheet: bytes, opening: bytes, closing: bytes, left: set[int]
    ) -> set[tuple[int, int]]:
        """Rows of hers by number. One that holds no word of hers was counted otherwise."""
        spans = set()
        for row in re.finditer(opening + rb'\b[^>]*?\br="(\d+)"', sheet) if left else ():
            number, end = int(row[1]), sheet.find(closing, row.end())
            if number in left and self._has_word(sheet[row.end() : end]):
                left.discard(number)
                spans.add((row.start(), end))
        return spans

    def _has_word(self, row: bytes) -> bool:
        shared = self._shared_words is not None and self._shared_words.search(row)
        return bool(shared or self._words.search(row))


def _references(pattern: re.Pattern[bytes], shared: bytes) -> re.Pattern[bytes]:
    """What a cell looks like whose text, among those that cells share, holds a match."""
    import numpy as np

    items = [item.start() for item in re.finditer(rb"<(?:\w+:)?si[ />]", shared)]
    hits = [match.start() for match in pattern.finditer(shared)]
    places = np.unique(np.searchsorted(items, hits, side="right") - 1).tolist()
    numbers = b"|".join(str(place).encode() for place in places) or b"none"
    return re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>(?:' + numbers + rb")</")
