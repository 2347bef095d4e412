"""Short tables: delimiters, encodings, workbooks, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from vft.errors import FileRefused
from vft.sources import short_table
from vft.sources.short_table import Column

COLUMNS = (Column(name="unit", headings=("bydel",)), Column(name="value"))


def file(tmp_path, content, name="tabell.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path, columns=COLUMNS):
    return [(row.number, *row.cells.values()) for row in short_table.read(path, columns)]


WRITTEN = {
    "komma": "unit,value\nÅs,1\n",
    "semikolon": "Bydel;VALUE\nÅs;1\n",
    "tabulator": "unit\tvalue\nÅs\t1\n",
    "utf-8 med merke": "\ufeffunit,value\nÅs,1\n",
    "windows-1252": "unit;value\r\nÅs;1\r\n".encode("windows-1252"),
    "andre kolonner": "note;value;unit\n«a, b, c»;1;Ås\n",
    "skilletegn i en merknad": "unit,value,note\nÅs,1,(a; b; c; d)\n",
    "blanke felt": " unit , value \n Ås , 1 \n",
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN.keys())
def test_the_same_row_comes_out_however_it_is_written(tmp_path, content):
    assert rows(file(tmp_path, content)) == [(2, "Ås", "1")]


def test_a_workbook_gives_what_a_person_typed(tmp_path):
    path = tmp_path / "tabell.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "value"])
        sheet.write_row(1, 0, ["A", 6.449])
        sheet.write_row(3, 0, ["B", 80])
    assert rows(path) == [(2, "A", "6,449"), (4, "B", "80")]


def book_of(path, sheets, *, hidden=()):
    """A workbook of sheets with rows, by name."""
    with xlsxwriter.Workbook(path) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for place, line in enumerate(lines):
                sheet.write_row(place, 0, line)
            if name in hidden:
                sheet.hide()
    return path


HEADINGS = ["unit", "value"]
NOTE = [["Les meg"], *[[f"Linje {n}", "a", "b", "c", "d"] for n in range(30)]]


def test_two_sheets_that_may_be_meant_are_refused_by_name(tmp_path):
    sheets = {"2023": [HEADINGS, ["A", 1]], "2024": [HEADINGS, ["A", 2], ["B", 3]], "Merk": NOTE}
    with pytest.raises(FileRefused, match="har 2 ark som kan brukes: «2023» og «2024»") as refusal:
        rows(book_of(tmp_path / "ark.xlsx", sheets))
    assert refusal.value.kind == "nonsense"


def test_the_sheet_that_can_be_used_is_read_however_small_and_one_that_is_hidden_is_not(tmp_path):
    sheets = {"Merk": NOTE, "2024": [HEADINGS, ["A", 2]], "Gammelt": [HEADINGS, ["A", 1]]}
    assert rows(book_of(tmp_path / "ark.xlsx", sheets, hidden=["Gammelt"])) == [(2, "A", "2")]


def test_where_no_sheet_can_be_used_the_largest_ones_headings_are_told(tmp_path):
    sheets = {"Tall": [["unit", "antall"], ["A", 1]], "Tomt": []}
    with pytest.raises(FileRefused, match=r"«value» mangler\. Den har: unit, antall"):
        rows(book_of(tmp_path / "ark.xlsx", sheets))


def test_blank_rows_keep_the_numbers_of_the_others(tmp_path):
    assert rows(file(tmp_path, "unit,value\n\nA,1\n,\nB,2\n")) == [(3, "A", "1"), (5, "B", "2")]


def test_a_column_that_need_not_be_there_is_empty(tmp_path):
    columns = (*COLUMNS, Column(name="year", required=False))
    assert rows(file(tmp_path, "unit,value\nA,1\n"), columns) == [(2, "A", "1", "")]


REFUSED = {
    "empty": ("empty", b""),
    "no such column": ("missing_column", "unit;verdi\nA;1\n"),
    "the same column twice": ("missing_column", "unit,value,value\nA,1,2\n"),
    "a decimal comma between commas": ("nonsense", "unit,value\nA,6,449\n"),
    "bytes": ("encoding", b"\x00\x01\x02"),
    "a damaged workbook": ("truncated", b"PK\x03\x04 no more"),
}


@pytest.mark.parametrize(("kind", "content"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_such_table_is_refused(tmp_path, kind, content):
    with pytest.raises(FileRefused) as refusal:
        rows(file(tmp_path, content))
    assert refusal.value.kind == kind


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileRefused, match=r"borte\.csv finnes ikke"):
        rows(tmp_path / "borte.csv")


def test_many_faults_are_counted_after_the_first(tmp_path):
    path = tmp_path / "x.csv"
    with pytest.raises(FileRefused) as refusal:
        short_table.refuse_all(path, [f"feil {i}" for i in range(30)])
    assert "Det er 30 feil" in str(refusal.value)
    assert "feil 9" in str(refusal.value)
    assert "feil 10" not in str(refusal.value)
    assert str(refusal.value).endswith("\n  – og 20 til.\nRett dette og prøv på nytt.")


def test_a_column_that_is_missing_says_what_it_may_be_called_and_what_there_is(tmp_path):
    with pytest.raises(FileRefused) as refusal:
        rows(file(tmp_path, "enhet;verdi\nA;1\n"))
    said = (
        "Kolonnen «unit» (eller «bydel») mangler; kolonnen «value» mangler. Den har: enhet, verdi."
    )
    assert said in str(refusal.value)


def test_the_folder_one_stands_in_has_a_name():
    with pytest.raises(FileRefused, match=r"Filen \. er avvist: Det er en mappe"):
        rows(Path())


@pytest.mark.parametrize("name", ["mappe", "borte.json", "stor.json"])
def test_what_is_no_file_to_read_is_refused(tmp_path, name):
    (tmp_path / "mappe").mkdir()
    (tmp_path / "stor.json").write_bytes(b"x" * 20)
    with pytest.raises(FileRefused, match=name) as refusal:
        short_table.content(tmp_path / name, most_bytes=10)
    assert refusal.value.kind == ("too_large" if name == "stor.json" else "unknown_file")


COUNTS = {
    "1.234": "«1.234» kan leses på to måter; skriv 1234 eller 1 234, eller 1,234",
    "12.500": "«12.500» kan leses på to måter; skriv 12500 eller 12 500, eller 12,500",
    "1.234.567": "«1.234.567» har punktum mellom tusenene; skriv 1234567 eller 1 234 567",
    "1234.567": None,
    "0.125": None,
    "1.5": None,
    "1,234": None,
    "1 234": None,
    "": None,
}


@pytest.mark.parametrize(("text", "fault"), COUNTS.items())
def test_a_count_that_may_be_thousands_is_no_count(text, fault):
    assert short_table.fault_of_count(text) == fault


def test_yes_and_no_are_told_from_what_is_neither():
    said = {text: short_table.yes_no(text) for text in ("Ja", "nei", "true", "0", "kanskje", "")}
    assert said == {"Ja": True, "nei": False, "true": True, "0": False, "kanskje": None, "": None}


NUMBERS = {
    "6.449": Decimal("6.449"),
    "6,449": Decimal("6.449"),
    "1 234": Decimal(1234),
    "1\u00a0234,5": Decimal("1234.5"),
    "−2": Decimal(-2),
    "": None,
    "1e3": None,
    "nan": None,
    "1.2.3": None,
    "٣": None,
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers_are_read_exactly(text, value):
    assert short_table.number(text) == value
