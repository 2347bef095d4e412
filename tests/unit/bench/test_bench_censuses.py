"""Whole units of a table of residents make up a place, and nothing else does."""

from datetime import date

import pytest
from bench.censuses import Census, made_up_of
from bench.places import Town

ALWAYS, MERGED, SPLIT, MOVED = (
    date(2000, 1, 1),
    date(2022, 7, 1),
    date(2023, 1, 1),
    date(2023, 7, 1),
)
# code, level, parent, starts_on, ends_on
UNITS = [
    ("T", "municipality", None, ALWAYS, None),
    ("A", "district", "T", ALWAYS, None),
    ("B", "district", "T", ALWAYS, None),
    ("A1", "part_district", "A", ALWAYS, MERGED),
    ("A2", "part_district", "A", ALWAYS, MERGED),
    ("A9", "part_district", "A", MERGED, None),
    ("A5", "part_district", "A", ALWAYS, MOVED),
    ("B1", "part_district", "B", ALWAYS, SPLIT),
    ("B2", "part_district", "B", SPLIT, None),
    ("B3", "part_district", "B", SPLIT, None),
]
# predecessor, successor, changed_on
CHANGES = [
    ("A1", "A9", MERGED),
    ("A2", "A9", MERGED),
    ("B1", "B2", SPLIT),
    ("B1", "B3", SPLIT),
    ("A5", "B2", MOVED),
]
PARTS = {"A1", "A2", "A5", "B1"}


def organised():
    columns = ("code", "level", "parent", "starts_on", "ends_on")
    changed = ("predecessor", "successor", "changed_on")
    return {
        "units": [dict(zip(columns, row, strict=True)) for row in UNITS],
        "groupings": [],
        "unit_successions": [dict(zip(changed, row, strict=True)) for row in CHANGES],
    }


def made_up(units, day, *, year=2022):
    town = Town(*organised().values())
    return {unit: "+".join(sorted(of)) for (_, unit), of in Census(town, year, units).made_up(day)}


@pytest.mark.parametrize(
    ("day", "units"),
    [
        # as they were counted
        (
            date(2022, 1, 31),
            {"A1": "A1", "A2": "A2", "A5": "A5", "B1": "B1"}
            | {"A": "A1+A2+A5", "B": "B1", "T": "A1+A2+A5+B1"},
        ),
        # two are one
        (
            date(2022, 7, 31),
            {"A9": "A1+A2", "A5": "A5", "B1": "B1"}
            | {"A": "A1+A2+A5", "B": "B1", "T": "A1+A2+A5+B1"},
        ),
        # one is two: each lacks its number, but not what both are within
        (
            date(2023, 1, 31),
            {"A9": "A1+A2", "A5": "A5"} | {"A": "A1+A2+A5", "B": "B1", "T": "A1+A2+A5+B1"},
        ),
        # one is within a unit of another district that was there before
        (
            date(2023, 7, 31),
            {"A9": "A1+A2"} | {"A": "A1+A2", "B": "A5+B1", "T": "A1+A2+A5+B1"},
        ),
    ],
)
def test_places_follow_the_ground(day, units):
    assert made_up(PARTS, day) == units


def test_the_larger_unit_goes_first():
    found = made_up({"A", *PARTS}, date(2022, 1, 31))
    assert (found["A"], found["A1"], found["T"]) == ("A", "A1", "A+B1")


def test_a_place_with_ground_that_is_not_counted_is_not_known():
    found = made_up({"A", "A1"}, date(2022, 1, 31))
    assert found == {"A": "A", "A1": "A1"}


def test_a_larger_unit_that_has_lost_some_ground_makes_up_no_district():
    found = made_up({"A", "B1"}, date(2023, 7, 31))
    assert found == {"T": "A+B1"}


def test_a_table_of_units_of_later_in_the_year_is_told_of_those():
    found = made_up({"A9", "A5", "B1"}, date(2022, 1, 31))
    assert found["T"] == "A5+A9+B1"


def test_the_newest_table_of_no_later_year_speaks_of_a_month():
    counted = {2022: PARTS, 2024: {"A9", "B2", "B3"}}
    months = ["2021-12", "2022-01", "2023-12", "2024-01"]
    rows = made_up_of(organised(), counted, months, today=date(2024, 2, 1))
    assert sorted({(month, geography, year) for month, geography, _, _, year, _ in rows}) == [
        ("2022-01", "now", 2022),
        ("2022-01", "then", 2022),
        ("2023-12", "now", 2022),
        ("2023-12", "then", 2022),
        ("2024-01", "now", 2024),
        ("2024-01", "then", 2024),
    ]
