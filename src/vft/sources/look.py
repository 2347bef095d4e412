"""A first look at a delivered text file: what shows within its first and last bytes.

Bounded by design: a file of any size is looked at in a few hundred kilobytes.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from vft.sources import header
from vft.sources.mapping import Mapping
from vft.sources.naming import unique
from vft.sources.refusal import refused

HEAD = 1 << 20
_SAMPLE = 1 << 15
_SAMPLES = 16
#: Delimiters that exports are written with, and their names.
DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "loddrett strek"}
_BLANK = b"\xef\xbb\xbf \t\r\n\x1a"
_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1a"
_CONTROLS = bytes(b for b in range(32) if b not in _TEXT_CONTROLS)
_MOST_CONTROLS = 0.005
_FEWEST_LIKE_HEADER = 0.2
_OTHER_KINDS = {
    b"PK\x03\x04": "en Excel-fil eller en annen zip-fil",
    b"PAR1": "en Parquet-fil",
    b"\xd0\xcf\x11\xe0": "en gammel eller passordbeskyttet Office-fil",
    b"%PDF": "en PDF",
    b"\x1f\x8b": "en gzip-pakket fil",
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where the rows of a text file begin. ``data_from``: byte offset of the first row."""

    columns: tuple[str, ...]
    data_from: int


def look(path: Path, mapping: Mapping) -> Look:
    """Look at a text file before it is read.

    Raises:
        FileRefused: ``empty``, ``unknown_file``, ``nonsense``, ``encoding``, ``delimiter``,
            ``missing_column`` or ``truncated``.
    """
    size = path.stat().st_size
    samples = list(_samples(path, size))
    refuse_other_kinds(path, head=samples[0][1], size=size)
    _refuse_nonsense(path, samples, size)
    text = _decoded(path, samples[0][1], mapping, whole=size <= HEAD)
    found = _header(path, text, mapping)
    if size > HEAD:
        _refuse_other_lines(path, samples[1:], mapping, fields=len(found.columns))
    _refuse_cut_line(path, samples[-1][1], mapping, fields=len(found.columns))
    return found


def refuse_other_kinds(path: Path, *, head: bytes, size: int) -> None:
    """Refuse what is empty, or plainly a file of another kind."""
    if size <= len(head) and not head.strip(_BLANK):
        raise refused(path, "empty", "Filen er tom.", "Kjør uttrekket på nytt og send filen.")
    for magic, name in _OTHER_KINDS.items():
        if head.startswith(magic):
            raise refused(
                path,
                "unknown_file",
                f"Den er {name}, men tilordningen venter en tekstfil (CSV).",
                "Send filen i formatet som tilordningen venter, eller rett format.kind.",
            )


def _samples(path: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """The head, a few places on the way, and the tail: offset and bytes."""
    with path.open("rb") as file:
        yield 0, file.read(HEAD)
        for i in range(1, _SAMPLES if size > HEAD else 1):
            offset = HEAD + (size - HEAD) * i // _SAMPLES
            file.seek(offset)
            yield offset, file.read(_SAMPLE)
    yield max(0, size - _SAMPLE), tail(path)


def refuse_nonsense(path: Path) -> None:
    """Refuse a file that is no text.

    Raises:
        FileRefused: ``nonsense`` or ``encoding`` (UTF-16).
    """
    size = path.stat().st_size
    _refuse_nonsense(path, list(_samples(path, size)), size)


def _refuse_nonsense(path: Path, samples: list[tuple[int, bytes]], size: int) -> None:
    head = samples[0][1]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf16(head):
        raise refused(
            path,
            "encoding",
            "Filen er lagret som UTF-16.",
            "Lagre den som «CSV UTF-8» og send den på nytt.",
        )
    for offset, sample in samples:
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        if b"\0" in sample or controls > _MOST_CONTROLS * len(sample):
            place = f"{100 * offset // max(size, 1)} % ut i filen" if offset else "fra starten av"
            raise nonsense(path, f"Innholdet {place} er ikke tekst.")
    if len(head) == HEAD and b"\n" not in head and b"\r" not in head:
        raise nonsense(path, "Den første megabyten har ikke et eneste linjeskift.")


def nonsense(path: Path, wrong: str) -> Exception:
    """The refusal of what is not the text it should be."""
    mend = "Filen er trolig skadet eller en annen enn den skulle være. Kjør uttrekket på nytt."
    return refused(path, "nonsense", wrong, mend)


def _is_utf16(head: bytes) -> bool:
    """Every second byte is zero: Norwegian text in UTF-16 without a mark."""
    start = head[:1000]
    return len(start) > 1 and (not any(start[1::2]) or not any(start[::2])) and any(start)


def _decoded(path: Path, head: bytes, mapping: Mapping, *, whole: bool) -> str:
    """The head as text, without a byte order mark.

    Raises:
        FileRefused: ``encoding``, when the file is written otherwise than the mapping says.
    """
    said = mapping.format.encoding
    if said == "windows-1252" and _is_written_in_utf8(head, whole=whole):
        raise encoding_refused(path, "Filen er lagret som UTF-8, ikke Windows-1252.", "utf-8")
    try:
        return codecs.getincrementaldecoder(said)().decode(head, final=whole).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = head.count(b"\n", 0, error.start) + 1
        raise not_in_encoding(path, mapping, line=line) from error


def _is_written_in_utf8(head: bytes, *, whole: bool) -> bool:
    """Whether letters beyond ASCII are there, and all of them make sense as UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return not head.isascii()


def not_in_encoding(path: Path, mapping: Mapping, *, line: int) -> Exception:
    """The refusal of a file with a byte that its encoding has no letter for."""
    said, other = "UTF-8", "windows-1252"
    if mapping.format.encoding == other:
        said, other = "Windows-1252", "utf-8"
    return encoding_refused(path, f"Linje {line} har tegn som ikke er {said}.", other)


def encoding_refused(path: Path, wrong: str, other: str) -> Exception:
    """The refusal of a file that is probably written in the ``other`` encoding."""
    mend = f'Sett encoding = "{other}" i tilordningen, eller lagre filen på nytt slik den venter.'
    return refused(path, "encoding", wrong, mend)


def records(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The rows of some text as a spreadsheet sees them, each with the letters read until then."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in io.StringIO(text, newline=""):
            read += len(line)
            yield line

    for fields in csv.reader(lines(), delimiter=delimiter):
        yield fields, read


def _header(path: Path, text: str, mapping: Mapping) -> Look:
    form = mapping.format
    try:
        rows = list(
            islice(records(text, form.delimiter), max(header.ROWS_SEARCHED, form.header_row))
        )
    except csv.Error as error:
        raise nonsense(path, "De første linjene er for lange til å være rader.") from error
    if len(rows) < form.header_row:
        raise refused(
            path,
            "empty",
            f"Kolonnenavnene skal stå i rad {form.header_row}, men filen har {len(rows)} rader.",
            "Kjør uttrekket på nytt, eller rett header_row i tilordningen.",
        )
    fields, letters = rows[form.header_row - 1]
    columns = unique(fields)
    _refuse_delimiter(path, text, mapping, columns)
    header.check(path, mapping, columns, [row for row, _ in rows])
    mark = len(codecs.BOM_UTF8) if _has_mark(path) else 0
    return Look(columns=columns, data_from=mark + len(text[:letters].encode(form.encoding)))


def _has_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == codecs.BOM_UTF8


def _refuse_delimiter(path: Path, text: str, mapping: Mapping, columns: tuple[str, ...]) -> None:
    said, place = mapping.format.delimiter, mapping.format.header_row - 1
    missing = len(header.lacking(mapping, columns))
    for other, name in DELIMITERS.items():
        if not missing or other == said:
            continue
        row = next(islice(records(text, other), place, None), ([], 0))[0]
        if len(header.lacking(mapping, unique(row))) < missing:
            raise refused(
                path,
                "delimiter",
                f"Feltene er skilt med {name}, men tilordningen venter "
                f"{DELIMITERS.get(said, f'«{said}»')}.",
                f'Sett delimiter = "{other if other != chr(9) else chr(92) + "t"}" i tilordningen.',
            )


def _refuse_other_lines(
    path: Path, samples: list[tuple[int, bytes]], mapping: Mapping, *, fields: int
) -> None:
    """Refuse a big file whose lines, further down, are nothing like its header."""
    delimiter = mapping.format.delimiter.encode(mapping.format.encoding)
    lines = [line for _, sample in samples for line in sample.splitlines()[1:-1] if line.strip()]
    alike = sum(line.count(delimiter) >= fields - 1 for line in lines)
    if not lines or alike < _FEWEST_LIKE_HEADER * len(lines):
        raise nonsense(path, "Linjene lenger ned i filen har ikke feltene som overskriften har.")


def _refuse_cut_line(path: Path, end: bytes, mapping: Mapping, *, fields: int) -> None:
    """Refuse a file that stops in the middle of a line. Quotes are left to the reader to judge."""
    last = end.splitlines()[-1] if end else b""
    delimiter = mapping.format.delimiter.encode(mapping.format.encoding)
    there = last.count(delimiter) + 1
    if not end.endswith((b"\n", b"\r")) and b'"' not in last and there < fields:
        raise truncated(path, f"Den siste linjen stopper etter {there} av {fields} felt.")


def tail(path: Path) -> bytes:
    """The last bytes of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _SAMPLE))
        return file.read()


def truncated(path: Path, wrong: str) -> Exception:
    """The refusal of a file that stops too early."""
    mend = "Filen er trolig avbrutt under uttrekk eller overføring. Send den på nytt."
    return refused(path, "truncated", wrong, mend)
