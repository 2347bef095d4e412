from datetime import UTC, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from vft.errors import FileRefused
from vft.sources import read

HEADER = ["Oppdrag", "Fødselsnr", "Type", "Planlagt", "Start", "Min", "Km"]
START = datetime(2024, 7, 1, 8, 30)  # noqa: DTZ001 -- wall clock, as Excel keeps it


@pytest.fixture
def workbook(tmp_path):
    def make(rows, *, name="besok.xlsx", sheet="Ark1", first_row=0, first_column=0):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            page = book.add_worksheet(sheet)
            shown = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
            for r, row in enumerate(rows, start=first_row):
                for c, value in enumerate(row, start=first_column):
                    if isinstance(value, datetime):
                        page.write_datetime(r, c, value, shown)
                    elif isinstance(value, tuple):
                        page.write_formula(r, c, value[0], value=value[1])
                    else:
                        page.write(r, c, value)
        return path

    return make


def row(start=START, minutes=12, number="1"):
    return [number, "01814912120", "MED", True, start, minutes, 1.5]


def test_cells_are_taken_as_they_are_typed_below_two_title_rows(workbook, visits):
    path = workbook(
        [["Uttrekk fra EPJ"], [], HEADER, row(), [], row(number=2.0), row(start=None)],
        first_column=2,
    )
    reading = read.open_delivery(path, visits(kind="excel", header_row=3))
    (batch,) = reading.batches()
    found = batch.tables["visits"].to_pylist()
    assert [(r["row"], r["visit_id"]) for r in found] == [(4, "1"), (6, "2"), (7, "1")]
    assert found[0]["started_at"] == datetime(2024, 7, 1, 6, 30, tzinfo=UTC)
    assert (found[0]["minutes"], found[0]["travel_km"]) == (12, Decimal("1.50"))
    assert found[0]["planned"] is True
    assert batch.faults.num_rows == 0
    assert reading.share_read == 1.0


def test_dates_typed_by_hand_among_real_ones_are_read_too(workbook, visits):
    path = workbook([HEADER, row(), row(start="01.07.2024 09:30:00"), row(start="i morgen")])
    (batch,) = read.open_delivery(path, visits(kind="excel")).batches()
    assert [r["started_at"].hour for r in batch.tables["visits"].to_pylist()] == [6, 7]
    assert [(f["row"], f["rule"]) for f in batch.faults.to_pylist()] == [(4, "not_an_instant")]


def test_a_formula_is_a_fault_in_its_cell_and_not_its_last_result(workbook, visits):
    path = workbook(
        [HEADER, row(), row(minutes=("=SUM(F2:F2)", 12)), row(number=('=A2&"x"', "1x"))],
        first_column=1,
    )
    (batch,) = read.open_delivery(path, visits(kind="excel")).batches()
    assert [(f["row"], f["rule"], f["column"], f["value"]) for f in batch.faults.to_pylist()] == [
        (3, "formula", "minutes", "=SUM(F2:F2)"),
        (4, "formula", "visit_id", '=A2&"x"'),
    ]
    assert [r["row"] for r in batch.tables["visits"].to_pylist()] == [2]


def test_the_sheet_is_the_first_or_the_one_that_is_named(workbook, visits):
    path = workbook([HEADER, row()], sheet="Besøk & annet")
    for said in ({}, {"sheet": "Besøk & annet"}):
        (batch,) = read.open_delivery(path, visits(kind="excel", **said)).batches()
        assert batch.tables["visits"].num_rows == 1
    with pytest.raises(FileRefused, match="Arket «Uke 1» finnes ikke"):
        read.open_delivery(path, visits(kind="excel", sheet="Uke 1"))


def test_a_big_sheet_keeps_its_row_numbers(workbook, visits):
    path = workbook([HEADER, *([f"{i}", "01814912120", "MED"] for i in range(20_000))])
    batches = list(read.open_delivery(path, visits(kind="excel")).batches())
    found = [(r["row"], r["visit_id"]) for b in batches for r in b.tables["visits"].to_pylist()]
    assert len(batches) > 1
    assert found == [(i + 2, str(i)) for i in range(20_000)]


def test_each_bad_workbook_has_its_sentence(workbook, visits, write):
    whole = workbook([HEADER, row()]).read_bytes()
    bad = {
        "empty": (b"", "Filen er tom"),
        "nonsense": (b"Oppdrag;Type\n", "ikke en Excel-fil"),
        "unknown_file": (b"\xd0\xcf\x11\xe0" + bytes(99), "gamle Excel-formatet"),
        "truncated": (whole[: len(whole) // 2], "skadet"),
        "missing_column": (workbook([["Annet"], [1]]).read_bytes(), "«Oppdrag»"),
    }
    for kind, (content, says) in bad.items():
        with pytest.raises(FileRefused, match=says) as caught:
            read.open_delivery(write(content, "besok.xlsx"), visits(kind="excel"))
        assert caught.value.kind == kind
    with pytest.raises(FileRefused, match="Arket er tomt"):
        read.open_delivery(workbook([]), visits(kind="excel"))


def test_a_damaged_sheet_inside_a_whole_zip_is_refused(workbook, visits, write):
    whole = bytearray(workbook([HEADER, row()]).read_bytes())
    at = whole.index(b"xl/worksheets/sheet1.xml") + 60
    whole[at : at + 20] = bytes(20)
    with pytest.raises(FileRefused, match="skadet") as caught:
        read.open_delivery(write(bytes(whole), "besok.xlsx"), visits(kind="excel"))
    assert caught.value.kind == "truncated"
