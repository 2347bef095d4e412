"""A short table that a person keeps: CSV or Excel with a few known columns.

Unlike a delivered export it needs no mapping: the delimiter is the one that shows the headings,
decimals may have a comma or a point, and columns that nobody asked for are left alone.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft.errors import FileRefused
from vft.sources.look import DELIMITERS
from vft.sources.refusal import refused
from vft.tables import norwegian

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_BYTES = 50 << 20
#: Faults that are told before the rest is only counted.
_MOST_TOLD = 10
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
#: What may be thousands with points between, or decimals.
_POINTED = re.compile(r"([1-9][0-9]{0,2})((?:\.[0-9]{3})+)")
_YES_NO = {"ja": True, "true": True, "1": True, "nei": False, "false": False, "0": False}
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that is looked for. ``headings``: other names it may have, in any case."""

    name: str
    headings: tuple[str, ...] = ()
    required: bool = True

    def is_named(self, heading: str) -> bool:
        """Whether a heading is one of its names."""
        return heading.strip().casefold() in {self.name, *self.headings}


@dataclass(frozen=True, kw_only=True)
class Row:
    """``number``: as a spreadsheet counts, headings included. ``cells``: trimmed, by column."""

    number: int
    cells: dict[str, str]


def read(path: Path, columns: Sequence[Column]) -> list[Row]:
    """The rows that hold something, with the columns asked for; one that is not there is empty.

    Raises:
        FileRefused: ``empty``, ``too_large``, ``truncated``, ``missing_column``, or ``nonsense``
            with every row that has more fields than the headings.
    """
    lines = _lines(path, columns)
    if not lines:
        raise refused(path, "empty", "Filen er tom.", "Fyll den ut og prøv på nytt.")
    places = _places(path, lines[0][1], columns)
    width = len(lines[0][1])
    refuse_all(
        path,
        (
            f"rad {number}: {len(fields)} felt, men overskriften har {width}. Står det et "
            "skilletegn i et tall eller en tekst, må feltet ha anførselstegn"
            for number, fields in lines[1:]
            if any(field.strip() for field in fields[width:])
        ),
    )
    return [
        Row(number=number, cells={n: _cell(fields, place) for n, place in places.items()})
        for number, fields in lines[1:]
    ]


def content(path: Path, *, most_bytes: int) -> bytes:
    """What is in a file that a person names.

    Raises:
        FileRefused: ``unknown_file`` where there is none that can be read, ``too_large``.
    """
    try:
        if path.is_dir():
            raise refused(path, "unknown_file", "Det er en mappe.", "Oppgi én fil.")
        if path.stat().st_size > most_bytes:
            wrong = f"Den er større enn {most_bytes >> 20} MB."
            raise refused(path, "too_large", wrong, "Oppgi en fil med bare det som trengs.")
        return path.read_bytes()
    except OSError:
        raise FileRefused(
            f"Filen {path} finnes ikke, eller kan ikke leses. Se etter skrivefeil i stien.",
            kind="unknown_file",
        ) from None


def schema(columns: Sequence[Column]) -> dict[str, Any]:
    """JSON Schema of one row: cells are text, as a person writes them."""
    return {
        "type": "object",
        "properties": {
            column.name: {
                "type": "string",
                "description": f"Også: {', '.join(column.headings)}." if column.headings else "",
            }
            for column in columns
        },
        "required": [column.name for column in columns if column.required],
    }


def refuse_all(path: Path, faults: Iterable[str]) -> None:
    """Refuse the file with every fault, if there is any.

    Raises:
        FileRefused: ``nonsense``.
    """
    found = list(faults)
    if not found:
        return
    told = found[:_MOST_TOLD]
    if len(found) > len(told):
        told.append(f"og {len(found) - len(told)} til")
    sentence = "Det er en feil i den:" if len(found) == 1 else f"Det er {len(found)} feil i den:"
    listed = "".join(f"\n  – {fault}." for fault in told)
    raise FileRefused(
        f"Filen {path.name} er avvist: {sentence}{listed}\nRett dette og prøv på nytt.",
        kind="nonsense",
    )


def without_rows(path: Path) -> FileRefused:
    """The refusal of a table with headings only."""
    return refused(path, "empty", "Den har overskrift, men ingen rader.", "Fyll ut radene.")


def number(text: str) -> Decimal | None:
    """A number exactly as written, with point or comma; None where the text is none."""
    plain = _SPACES.sub("", text).replace("−", "-")
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def fault_of_count(text: str) -> str | None:
    """What is wrong with a count for being written with points, if anything.

    1.234 is a thousand and more to some, and one and a quarter to others.
    """
    pointed = _POINTED.fullmatch(_SPACES.sub("", text))
    if pointed is None:
        return None
    digits = pointed[0].replace(".", "")
    spaced = norwegian.number(int(digits))
    if pointed[2].count(".") > 1:
        return f"«{text}» har punktum mellom tusenene; skriv {digits} eller {spaced}"
    comma = f"{pointed[1]},{pointed[2][1:]}"
    return f"«{text}» kan leses på to måter; skriv {digits} eller {spaced}, eller {comma}"


def yes_no(text: str) -> bool | None:
    """Ja or nei; None where the text is neither."""
    return _YES_NO.get(text.casefold())


def _cell(fields: list[str], place: int | None) -> str:
    return fields[place].strip() if place is not None and place < len(fields) else ""


def _places(path: Path, headings: list[str], columns: Sequence[Column]) -> dict[str, int | None]:
    found = {
        column.name: [i for i, heading in enumerate(headings) if column.is_named(heading)]
        for column in columns
    }
    faults = [
        f"kolonnen {_spelt(column)} mangler"
        for column in columns
        if column.required and not found[column.name]
    ]
    faults += [f"kolonnen «{name}» står {len(at)} ganger" for name, at in found.items() if at[1:]]
    if faults:
        raise refused(
            path,
            "missing_column",
            f"{_opened('; '.join(faults))}. Den har: {', '.join(h for h in headings if h)}.",
            "Rett overskriften i første rad.",
        )
    return {name: at[0] if at else None for name, at in found.items()}


def _spelt(column: Column) -> str:
    """Its name, and what else it may be called."""
    others = ", ".join(f"«{heading}»" for heading in column.headings)
    return f"«{column.name}»{f' (eller {others})' if others else ''}"


def _opened(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _lines(path: Path, columns: Sequence[Column]) -> list[tuple[int, list[str]]]:
    """Row numbers and fields of the rows that are not blank."""
    found = content(path, most_bytes=_MOST_BYTES)
    rows = (
        _of_workbook(path, columns) if found.startswith(b"PK") else _of_text(path, found, columns)
    )
    return [(i, row) for i, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _of_text(path: Path, found: bytes, columns: Sequence[Column]) -> list[list[str]]:
    if b"\0" in found:
        wrong = "Innholdet er ikke tekst i UTF-8 eller Windows-1252."
        raise refused(path, "encoding", wrong, "Lagre den som «CSV UTF-8» og prøv på nytt.")
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = found.decode("windows-1252", errors="replace")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, columns)))
    except csv.Error as error:
        wrong = "Den er ikke en tabell med skilletegn mellom feltene."
        raise refused(path, "nonsense", wrong, "Lagre den som CSV og prøv på nytt.") from error


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    """The one that shows most of the headings: a note further down may hold any of them."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        headings = next(csv.reader([first], delimiter=delimiter), [])
        return sum(any(column.is_named(h) for h in headings) for column in columns)

    return max(DELIMITERS, key=known)


def _of_workbook(path: Path, columns: Sequence[Column]) -> list[list[str]]:
    """The sheet with the columns; where none has them, the largest, whose headings are told."""
    from vft.sources import archive, excel

    archive.check(path)
    usable = {
        name: rows
        for name, sheet in excel.visible_sheets(path).items()
        if _are_there(rows := _rows(path, sheet), columns)
    }
    if len(usable) > 1:
        named = norwegian.listed([f"«{name}»" for name in usable])
        raise refused(
            path,
            "nonsense",
            f"Den har {len(usable)} ark som kan brukes: {named}.",
            "Lagre det som skal brukes, som egen fil.",
        )
    for rows in usable.values():
        return rows
    return _rows(path, excel.largest_sheet(path))


def _rows(path: Path, sheet: "CalamineSheet") -> list[list[str]]:
    """A sheet's cells as text; an error of Excel's stands as it is shown, and is not empty."""
    from vft.sources import error_cells

    rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
    first = sheet.start[1] if sheet.start else 0
    for (row, column), error in error_cells.cells(path, sheet.name).items():
        rows[row - 1][column - first] = error
    return rows


def _are_there(rows: list[list[str]], columns: Sequence[Column]) -> bool:
    """Whether the first row that holds something has every heading that is required."""
    headings = next((row for row in rows if any(cell.strip() for cell in row)), [])
    return all(any(c.is_named(h) for h in headings) for c in columns if c.required)


def _shown(cell: object) -> str:
    """A cell as a person would type it: Excel keeps 80 as 80.0, and a comma is never thousands."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{Decimal(repr(cell)):f}".replace(".", ",") if isinstance(cell, float) else str(cell)
