"""Excel workbooks: values as they are shown, formulas found out."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from vft import tables
from vft.sources import archive, formulas, header
from vft.sources.chunk import Chunk
from vft.sources.look import truncated
from vft.sources.mapping import Format, Mapping
from vft.sources.naming import unique
from vft.sources.refusal import refused
from vft.sources.typed import strftime
from vft.tables.schema import Kind

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_CHUNK = 16_384
_MOST_BYTES = 200 << 20


class ExcelFile:
    """A workbook that has been looked at. See :class:`vft.sources.chunk.OpenFile`."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        _refuse_others(path)
        archive.check(path)
        self._path, self._mapping = path, mapping
        self._sheet = _sheet(path, mapping.format.sheet)
        self.columns = self._named_columns()
        self._formulas = formulas.cells(path, self._sheet.name)
        self._offset = (self._sheet.start or (0, 0))[1]
        self._at = 0

    def _named_columns(self) -> tuple[str, ...]:
        place = self._mapping.format.header_row
        rows = list(islice(self._sheet.iter_rows(), max(header.ROWS_SEARCHED, place)))
        if not any(cell != "" for row in rows for cell in row):
            raise refused(
                self._path, "empty", "Arket er tomt.", "Kjør uttrekket på nytt og send filen."
            )
        columns = unique(rows[place - 1] if place <= len(rows) else [])
        header.check(self._path, self._mapping, columns, rows)
        return columns

    @property
    def share_read(self) -> float:
        return min(1.0, self._at / max(self._sheet.total_height, 1))

    def chunks(self) -> Iterator[Chunk]:
        """Give the rows; at least one chunk, if an empty one."""
        rows = self._sheet.iter_rows()
        self._at = sum(1 for _ in islice(rows, self._mapping.format.header_row))
        part = list(islice(rows, _CHUNK))
        yield self._chunk(part)
        while part := list(islice(rows, _CHUNK)):
            yield self._chunk(part)

    def _chunk(self, rows: list[list[Any]]) -> Chunk:
        first, self._at = self._at + 1, self._at + len(rows)
        for (row, column), formula in self._formulas.items():
            if first <= row <= self._at:
                rows[row - first][column - self._offset] = formula
        cells = list(zip(*rows, strict=True)) or [()] * len(self.columns)
        columns = pa.table(
            [_array(cells[i], *self._manner(name)) for i, name in enumerate(self.columns)],
            names=list(self.columns),
        )
        numbers = pa.array(range(first, self._at + 1), pa.int64())
        held = pa.nulls(len(rows), pa.bool_()).fill_null(False)
        for column in columns.columns:
            held = pc.or_(held, column.combine_chunks().is_valid())
        columns = columns.filter(held).combine_chunks()
        given = (column.combine_chunks() for column in columns.columns)
        return Chunk(columns=dict(zip(self.columns, given, strict=True)), row=numbers.filter(held))

    def _manner(self, name: str) -> tuple[Format, Kind | None]:
        """How the mapping would write the column, for cells that must become text."""
        for mapped in self._mapping.tables:
            for column, source in mapped.columns.items():
                if source.column == name:
                    kind = tables.ALL[mapped.name].column[column].kind
                    return self._mapping.format.of(source), kind
        return self._mapping.format, None


def _refuse_others(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise refused(path, "empty", "Filen er tom.", "Kjør uttrekket på nytt og send filen.")
    if head.startswith(_OLE):
        raise refused(
            path,
            "unknown_file",
            "Den er i det gamle Excel-formatet (.xls), eller beskyttet med passord.",
            "Lagre den som .xlsx uten passord.",
        )
    if not head.startswith(_ZIP):
        raise refused(
            path,
            "nonsense",
            "Innholdet er ikke en Excel-fil.",
            "Send filen som .xlsx, eller rett format.kind i tilordningen.",
        )
    if path.stat().st_size > _MOST_BYTES:
        raise refused(
            path,
            "too_large",
            "Den er større enn 200 MB, mer enn et regneark kan være.",
            "Send uttrekket som CSV eller Parquet.",
        )


def visible_sheets(path: Path) -> dict[str, CalamineSheet]:
    """Name → sheet, of those that are not hidden, of a workbook that the archive has let through.

    Raises:
        FileRefused: ``truncated``.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return {
            sheet.name: workbook.get_sheet_by_name(sheet.name)
            for sheet in workbook.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        }
    except (CalamineError, ValueError) as error:
        raise truncated(path, "Excel-filen er skadet, eller mangler ark.") from error


def largest_sheet(path: Path) -> CalamineSheet:
    """The sheet with most in it, of a workbook that :mod:`vft.sources.archive` has let through.

    An explanation or a front page often comes before the rows.

    Raises:
        FileRefused: ``truncated``.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        return max(sheets, key=lambda sheet: sheet.total_height * sheet.total_width)
    except (CalamineError, ValueError) as error:
        raise truncated(path, "Excel-filen er skadet, eller mangler ark.") from error


def shown(cell: Any, form: Format) -> str:
    """A cell as text, for guessing."""
    return _text(cell, form, None) or ""


def _sheet(path: Path, name: str | None) -> CalamineSheet:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        wanted = name or names[0]
        if wanted in names:
            return workbook.get_sheet_by_name(wanted)
    except (CalamineError, IndexError) as error:
        raise truncated(path, "Excel-filen er skadet, eller mangler ark.") from error
    raise refused(
        path,
        "missing_column",
        f"Arket «{wanted}» finnes ikke. Filen har: {', '.join(names)}.",
        "Rett sheet i tilordningen, eller navnet på arket.",
    )


def _array(cells: tuple[Any, ...], form: Format, kind: Kind | None) -> pa.Array:
    """A column of cells, typed when all of them are of one type, else as text."""
    values = [None if cell == "" else cell for cell in cells]
    types = {type(value) for value in values if value is not None}
    if not types:
        return pa.nulls(len(values))
    for alike, kept in (
        ({bool}, pa.bool_()),
        ({int, float}, pa.float64()),
        ({date}, pa.date32()),
        ({date, datetime}, pa.timestamp("us")),
    ):
        if types <= alike:
            return pa.array([_midnight(v) for v in values] if datetime in types else values, kept)
    return pa.array([_text(value, form, kind) for value in values], pa.string())


def _midnight(value: date | None) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- wall clock, as in the sheet
    return value


def _text(value: Any, form: Format, kind: Kind | None) -> str | None:
    """One cell of a column of mixed cells, as the mapping would have written it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", form.decimal)
    if isinstance(value, date):
        has_time = isinstance(value, datetime) and value.time() != time.min
        pattern = form.instant if has_time or kind is Kind.INSTANT else form.date
        return value.strftime(strftime(pattern))
    return str(value)
