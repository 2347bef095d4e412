"""Which cells of an Excel sheet hold formulas. The reader of values does not say."""

import re
from html import unescape
from itertools import islice
from pathlib import Path

from vft.sources import archive

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MOST_PIECES = 16
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?P<about>[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(?P<formula>[^<]*)<)"
)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')


def cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Formulas with their equals sign, by row (1-based) and column (0-based)."""
    found: dict[tuple[int, int], str] = {}
    rest = b""
    for piece in archive.pieces(path, part_of(path, sheet)):
        rest += piece
        end = max(rest.rfind(b"</row>"), rest.rfind(b":row>"), 0)
        found |= _in(rest[:end])
        rest = rest[end:]
    return found | _in(rest)


def _in(xml: bytes) -> dict[tuple[int, int], str]:
    if b"<f" not in xml and b":f" not in xml:
        return {}
    found = {}
    for cell in _CELL.finditer(xml):
        if at := place(cell["about"]):
            text = unescape((cell["formula"] or b"formel").decode(errors="replace"))
            found[at] = f"={text}"
    return found


def place(about: bytes) -> tuple[int, int] | None:
    """Row (1-based) and column (0-based) of a cell, from what its tag says of it."""
    found = _PLACE.search(about)
    return (int(found[2]), _column(found[1])) if found else None


def _column(letters: bytes) -> int:
    """``A`` → 0, ``AB`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def part_of(path: Path, sheet: str) -> str:
    """The part of the workbook that holds a sheet; the first sheet when it is called "".

    Raises:
        KeyError: there is none.
    """
    relation = ""
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", _text(path, _WORKBOOK)):
        if not sheet or unescape(_attribute(tag, "name")) == sheet:
            relation = _attribute(tag, r"\w+:id")
            break
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", _text(path, _RELATIONS)):
        if _attribute(tag, "Id") == relation:
            target = _attribute(tag, "Target")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}=[\"']([^\"']*)[\"']", tag)
    return found[1] if found else ""


def _text(path: Path, part: str) -> str:
    return b"".join(islice(archive.pieces(path, part), _MOST_PIECES)).decode(errors="replace")
