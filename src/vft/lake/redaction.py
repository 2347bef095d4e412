"""One person's records out of a file, the rest as it was: text, Parquet or Excel.

A file that cannot be looked into cannot be shown to be without her, and is given up whole.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from vft.errors import FileRefused
from vft.sources import archive

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


def redact(file: Path, target: Path, identity: str) -> str | None:
    """Write ``file`` without a person's records to ``target``.

    Gives the rule (of :data:`RULES`) by which it was done, or None where the file does not name
    the person. Under ``copy_dropped`` nothing is written: the file must be deleted.
    """
    person = _Person(identity)
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if head.startswith(b"PAR1"):
        return _guarded(_redact_parquet, file, target, person)
    if head.startswith(b"PK"):
        return _guarded(_redact_excel, file, target, person)
    if b"\0" in head:
        return "copy_dropped"
    return _redact_text(file, target, person)


class _Person:
    """The ways in which an identity number is written: parted, or as a number without its zero."""

    def __init__(self, identity: str) -> None:
        first, last = identity[:6], identity[6:]
        first = f"0?{first[1:]}" if first.startswith("0") else first
        self.pattern = rf"{first}[ .\-]?{last}"
        self.in_text = re.compile(rf"(?<![0-9]){self.pattern}(?![0-9])".encode())
        self.number = int(identity)


def _guarded(redaction: Any, file: Path, target: Path, person: _Person) -> str | None:
    import pyarrow as pa

    try:
        return "rows_dropped" if redaction(file, target, person) else None
    except (pa.ArrowException, OSError, zipfile.BadZipFile, FileRefused, _TooOddError):
        return "copy_dropped"


class _TooOddError(Exception):
    """The person is named where no row can be dropped."""


def _redact_text(file: Path, target: Path, person: _Person) -> str | None:
    quoted = _quotes_are_paired(file)
    found = False
    with file.open("rb") as source, target.open("wb") as kept:
        for records, ends in _records(source, quoted=quoted):
            found |= _copy_others(records, ends, kept, person)
    return "records_dropped" if found else None


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


def _copy_others(records: bytes, ends: Any, kept: IO[bytes], person: _Person) -> bool:
    import numpy as np

    hits = [match.start() for match in person.in_text.finditer(records)]
    named = np.unique(np.searchsorted(ends, hits, side="right"))
    done = 0
    for record in named.tolist():
        kept.write(records[done : ends[record - 1] if record else 0])
        done = int(ends[record])
    kept.write(records[done:])
    return bool(hits)


def _redact_parquet(file: Path, target: Path, person: _Person) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = False
    with (
        pq.ParquetFile(file) as source,
        pq.ParquetWriter(target, source.schema_arrow, compression="zstd") as kept,
    ):
        for batch in source.iter_batches():
            others = _others(pa.Table.from_batches([batch]), person)
            found |= others.num_rows < batch.num_rows
            kept.write_table(others)
    return found


def _others(rows: "pa.Table", person: _Person) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    others = pa.repeat(True, rows.num_rows)
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
        shared = _shared_strings(source)
        strings = _places_of(person, shared)
        found = False
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
            for part in source.infolist():
                before = source.read(part)
                after = _without(part.filename, before, strings, person)
                found |= after != before
                kept.writestr(part, after)
    return found


_SHARED = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def _shared_strings(source: zipfile.ZipFile) -> bytes:
    return source.read(_SHARED) if _SHARED in source.namelist() else b""


def _places_of(person: _Person, shared: bytes) -> list[int]:
    """Numbers of the shared strings that name the person."""
    items = re.compile(rb"<(?:\w+:)?si[ />]")
    hits = (match.start() for match in person.in_text.finditer(shared))
    return [len(items.findall(shared, 0, hit)) - 1 for hit in hits]


def _without(name: str, content: bytes, strings: list[int], person: _Person) -> bytes:
    if name == _SHARED:
        return person.in_text.sub(b"", content)
    if _SHEET.fullmatch(name):
        return _without_rows(content, strings, person)
    if person.in_text.search(content):
        raise _TooOddError
    return content


def _without_rows(sheet: bytes, strings: list[int], person: _Person) -> bytes:
    numbers = b"|".join(str(place).encode() for place in strings) or b"none"
    shared = re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>(?:' + numbers + rb")</")
    hits = [m.start() for pattern in (shared, person.in_text) for m in pattern.finditer(sheet)]
    if not hits:
        return sheet
    prefix = (re.search(rb"<(\w+:)?row\b", sheet) or [b"", b""])[1] or b""
    opening, closing = b"<" + prefix + b"row", b"</" + prefix + b"row>"
    spans = {(sheet.rfind(opening, 0, hit), sheet.find(closing, hit)) for hit in hits}
    if any(start < 0 or end < 0 for start, end in spans):
        raise _TooOddError
    for start, end in sorted(spans, reverse=True):
        sheet = sheet[:start] + sheet[end + len(closing) :]
    return sheet
