"""Months, month ends and weeks cut at month ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.tables import period

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_a_month_has_a_first_and_a_last_day(month, first, last):
    assert (period.first_day(month), period.last_day(month)) == (first, last)


def test_months_between_include_both_ends_and_cross_the_year():
    assert period.months_between("2023-11", "2024-02") == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert period.months_between("2024-02", "2023-11") == []


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2024, 11, 6), date(2024, 11, 4)),  # a Wednesday: its Monday
        (date(2024, 11, 3), date(2024, 11, 1)),  # Sunday of a week that began in October
        (date(2024, 10, 31), date(2024, 10, 28)),  # the October part of that same week
    ],
)
def test_a_week_is_cut_where_the_month_ends(day, start):
    assert period.week_start(day) == start


@given(DAYS)
def test_a_cut_week_never_leaves_its_month_nor_its_week(day):
    start = period.week_start(day)
    assert period.month_of(start) == period.month_of(day)
    assert timedelta(0) <= day - start < timedelta(days=7)
    assert start.isocalendar()[:2] == day.isocalendar()[:2]


@pytest.mark.parametrize(
    ("text", "is_month"),
    [
        ("2024-11", True),
        ("1999-01", True),
        ("2024-13", False),
        ("2024-00", False),
        ("2024-1", False),
        ("0024-11", False),
        ("2024-11-05", False),
        ("2024-11\n", False),
        ("", False),
    ],
)
def test_a_month_is_written_with_year_and_month(text, is_month):
    assert period.is_month(text) == is_month


def test_a_year_has_four_digits_and_is_of_our_time():
    assert [text for text in ("2024", "1899", "24", "2024.0", " 2024") if period.is_year(text)] == [
        "2024"
    ]
