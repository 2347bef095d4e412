"""Which cells of an Excel sheet hold an error, as #DIV/0!. The reader of values has them empty."""

import re
from html import unescape
from pathlib import Path

from vft.sources import archive, formulas

_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?P<about>[^>]*\bt=\"e\"[^>]*)>.*?<(?:\w+:)?v>(?P<error>[^<]*)<", re.DOTALL
)


def cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Errors as they are shown, by row (1-based) and column (0-based); of a workbook in XML."""
    try:
        xml = b"".join(archive.pieces(path, formulas.part_of(path, sheet)))
    except KeyError:  # of another kind: no such part
        return {}
    return {
        place: unescape(error["error"].decode(errors="replace"))
        for error in _ERROR.finditer(xml)
        if (place := formulas.place(error["about"]))
    }
