"""The writers: any delimiter and letters, real spreadsheet cells, the same bytes every time."""

from datetime import date

import pyarrow as pa
import python_calamine

from vft.sources.invented import workbook
from vft.sources.invented.delimited import Delimited


def test_windows_1252_with_tabs(tmp_path):
    path = tmp_path / "logg.txt"
    with Delimited(path, delimiter="\t", encoding="windows-1252") as out:
        out.write(pa.table({"Løpenr": ["A1", None], "Antall": [1, None]}))
        out.write(pa.table({"Løpenr": ["Å2"], "Antall": [3]}))

    assert path.read_bytes() == b"L\xf8penr\tAntall\nA1\t1\n\t\n\xc52\t3\n"
    assert out.rows == 3


def test_tables_without_rows_add_nothing(tmp_path):
    empty = pa.table({"a": pa.array([], pa.string())})
    with Delimited(tmp_path / "x.csv") as out:
        out.write(pa.concat_tables([empty, pa.table({"a": ["x"]}), empty]))
        out.write(empty)

    assert (tmp_path / "x.csv").read_bytes() == b"a\nx\n"


TABLE = pa.table(
    {
        "Tekst": ["<a> & b", None],
        "Dato": pa.array([date(2024, 2, 29), None]),
        "Tall": [3, None],
    }
)


def test_a_workbook_has_titles_a_header_and_cells_of_their_kind(tmp_path):
    path = tmp_path / "liste.xlsx"
    workbook.write(path, TABLE, titles=("Tittel",), sheet="Utstyr")

    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Utstyr")
    assert sheet.to_python()[:3] == [
        ["Tittel", "", ""],
        ["Tekst", "Dato", "Tall"],
        ["<a> & b", date(2024, 2, 29), 3.0],
    ]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        workbook.write(tmp_path / name, TABLE)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
