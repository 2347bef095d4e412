"""Write an .xlsx of one sheet from an Arrow table, column by column, the same bytes every time.

Strings are inline, dates are real date cells, so that reading meets what Excel would have stored.
"""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_EPOCH = np.datetime64("1899-12-30")  # day 0 of Excel's calendar, its leap-year slip included
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def write(
    path: Path, table: pa.Table, *, titles: tuple[str, ...] = (), sheet: str = "Ark1"
) -> None:
    """Write ``titles`` (a row each), the header, then the rows. Replaces the file.

    Columns may be text, integer, floating or date. Null is an empty cell. Text that begins with
    ``=`` is stored as a formula.
    """
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _sheet(table, titles),
    }
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as package:
        for name, text in parts.items():
            info = ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, text)


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _sheet(table: pa.Table, titles: tuple[str, ...]) -> str:
    header = pa.table({name: pa.array([name]) for name in table.column_names})
    above = "".join(
        f'<row r="{n}">{_text_cell(title)}</row>' for n, title in enumerate(titles, start=1)
    )
    first = len(titles) + 1
    return "".join(
        (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>',
            above,
            *_rows(header, first),
            *_rows(table, first + 1),
            "</sheetData></worksheet>",
        )
    )


def _rows(table: pa.Table, first: int) -> list[str]:
    numbers = pa.array(np.arange(first, first + table.num_rows)).cast(pa.string())
    cells = [
        _cells(column.combine_chunks(), numbers, _letter(i))
        for i, column in enumerate(table.columns)
    ]
    opening = pc.binary_join_element_wise(pa.scalar('<row r="'), numbers, pa.scalar('">'), "")
    rows = pc.binary_join_element_wise(opening, *cells, pa.scalar("</row>"), "")
    return list(rows.to_pylist())


def _cells(values: pa.Array, numbers: pa.Array, letter: str) -> pa.Array:
    """``<c r="A5" …>…</c>`` for each value; nothing for null."""
    if pa.types.is_date(values.type):
        serial = pc.subtract(values.cast(pa.int32()), int(_EPOCH.astype(int)))
        made = _cell(numbers, letter, ' s="1"><v>', serial.cast(pa.string()), "</v></c>")
    elif pa.types.is_string(values.type):
        made = _text_cells(values, numbers, letter)
    else:
        made = _cell(numbers, letter, "><v>", values.cast(pa.string()), "</v></c>")
    return pc.fill_null(made, "")


def _text_cells(values: pa.Array, numbers: pa.Array, letter: str) -> pa.Array:
    escaped = values
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        escaped = pc.replace_substring(escaped, raw, safe)
    text = _cell(numbers, letter, ' t="inlineStr"><is><t>', escaped, "</t></is></c>")
    formula = _cell(
        numbers, letter, "><f>", pc.utf8_slice_codeunits(escaped, 1), "</f><v>0</v></c>"
    )
    return pc.if_else(pc.starts_with(values, "="), formula, text)


def _cell(numbers: pa.Array, letter: str, opening: str, values: pa.Array, closing: str) -> pa.Array:
    return pc.binary_join_element_wise(
        pa.scalar(f'<c r="{letter}'),
        numbers,
        pa.scalar(f'"{opening}'),
        values,
        pa.scalar(closing),
        "",
    )


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _letter(index: int) -> str:
    """Excel's name of a column: 0 is A, 26 is AA."""
    tens, ones = divmod(index, 26)
    return (chr(ord("A") + tens - 1) if tens else "") + chr(ord("A") + ones)
