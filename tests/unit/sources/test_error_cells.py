"""Excel's errors are told from cells without anything in them."""

import pytest
import xlsxwriter

from vft.errors import FileRefused
from vft.sources import error_cells
from vft.targets import unit_values


@pytest.fixture
def book(tmp_path):
    """unit and value from column B on, with an error in row 3 and nothing in row 4."""
    path = tmp_path / "bruk.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Merk").write_formula(0, 0, "=NA()", None, "#N/A")
        sheet = made.add_worksheet("Bruk & tall")
        sheet.write_row(0, 1, ["unit", "value"])
        sheet.write_row(1, 1, ["A", 5])
        sheet.write_string(2, 1, "B")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(3, 1, "C")
    return path


def test_an_error_is_found_where_it_stands(book):
    assert error_cells.cells(book, "Bruk & tall") == {(3, 2): "#DIV/0!"}
    assert error_cells.cells(book, "Merk") == {(1, 0): "#N/A"}
    assert error_cells.cells(book, "Ingen") == {}


def test_an_error_is_no_value_that_is_missing(book):
    with pytest.raises(FileRefused, match="Det er en feil i den") as refusal:
        unit_values.read(book)
    assert "rad 3, kolonnen «value»: «#DIV/0!» er ikke et tall" in str(refusal.value)
