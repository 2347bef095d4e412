"""Reading monthly series: gaps, hidden months, and months that are not complete."""

from datetime import date
from math import isnan

import pytest
import xlsxwriter

from vft.errors import FileRefused
from vft.targets import series


def read(tmp_path, text, **choices):
    path = tmp_path / "serie.csv"
    path.write_text(text, encoding="utf-8")
    return series.read(path, **choices)


def visible(one):
    return [(m, None if isnan(v) else v) for m, v in zip(one.months, one.values, strict=True)]


def test_zero_missing_and_hidden_months_are_told_apart_from_each_other(tmp_path):
    [one] = read(tmp_path, "month,value\n2024-01,10\n2024-02,0\n2024-04,:\n2024-05,12\n")
    assert visible(one) == [
        ("2024-01", 10),
        ("2024-02", 0),
        ("2024-03", None),
        ("2024-04", None),
        ("2024-05", 12),
    ]
    assert one.missing == ("2024-03", "2024-04")


def test_months_at_the_end_that_say_they_are_not_complete_are_held_out(tmp_path):
    [one] = read(tmp_path, "month,value,complete\n2024-01,10,ja\n2024-02,11,ja\n2024-03,4,nei\n")
    assert visible(one) == [("2024-01", 10), ("2024-02", 11)]
    assert one.incomplete == ("2024-03",)


def test_months_after_the_last_complete_one_are_held_out(tmp_path):
    text = "month,value\n2024-01,10\n2024-02,11\n2024-03,4\n"
    [one] = read(tmp_path, text, complete_through="2024-02")
    assert one.months[-1] == "2024-02"
    assert one.incomplete == ("2024-03",)


def test_one_that_is_not_complete_in_the_midst_is_missing(tmp_path):
    [one] = read(tmp_path, "month,value,complete\n2024-01,10,\n2024-02,1,nei\n2024-03,12,\n")
    assert visible(one) == [("2024-01", 10), ("2024-02", None), ("2024-03", 12)]


def test_each_month_without_a_value_has_its_own_reason(tmp_path):
    rows = "2024-01,10,\n2024-02,:,\n2024-03,ikke dokumentert,\n2024-04,9,nei\n2024-06,..,\n"
    [one] = read(tmp_path, f"month,value,complete\n{rows}2024-07,12,\n")
    assert one.missing == ("2024-02", "2024-03", "2024-04", "2024-05", "2024-06")
    assert one.reasons == {
        "2024-02": "er skjult",
        "2024-03": "er ikke dokumentert",
        "2024-04": "står som ikke komplett",
        "2024-06": "mangler",
    }


FIRST_DAYS = {
    "in text": "2024-01-01,10\n2024-02-01,0\n",
    "as written": "01.01.2024,10\n01.02.2024,0\n",
}


@pytest.mark.parametrize("rows", FIRST_DAYS.values(), ids=FIRST_DAYS.keys())
def test_the_first_of_a_month_is_that_month(tmp_path, rows):
    [one] = read(tmp_path, f"month,value\n{rows}")
    assert visible(one) == [("2024-01", 10), ("2024-02", 0)]


def test_excels_own_months_are_months(tmp_path):
    path = tmp_path / "serie.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, ["month", "value"])
        for row in (1, 2, 3):
            sheet.write_datetime(row, 0, date(2024, row, 1), form)
            sheet.write_number(row, 1, row)
    [one] = series.read(path)
    assert visible(one) == [("2024-01", 1), ("2024-02", 2), ("2024-03", 3)]


def test_another_day_is_no_month(tmp_path):
    with pytest.raises(FileRefused, match="«2024-01-15» er ikke en måned"):
        read(tmp_path, "month,value\n2024-01-15,10\n")


def test_one_series_a_unit_in_any_order_of_months(tmp_path):
    rows = "B;2024-02;2\nA;2024-01;1\nB;2024-01;3\n"
    found = read(tmp_path, f"bydel;måned;antall\n{rows}")
    assert [(one.unit, visible(one)) for one in found] == [
        ("B", [("2024-01", 3), ("2024-02", 2)]),
        ("A", [("2024-01", 1)]),
    ]


def test_every_fault_is_told(tmp_path):
    with pytest.raises(FileRefused) as refusal:
        read(
            tmp_path,
            "month,value,complete\n2024-13,1,\n2024-01,-1,\n2024-02,1,kanskje\n2024-02,1,\n",
        )
    for said in (
        "rad 2, kolonnen «month»: «2024-13» er ikke en måned; skriv",
        "rad 3, kolonnen «value»: «-1» er negativt",
        "rad 4, kolonnen «complete»: «kanskje» er verken ja eller nei",
        "rad 5: 2024-02 står også i rad 4",
    ):
        assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2024, 3, 31), "2024-02"), (date(2024, 4, 1), "2024-03"), (date(2024, 1, 5), "2023-12")],
)
def test_a_month_is_complete_when_it_has_ended(day, month):
    assert series.last_complete(day) == month
