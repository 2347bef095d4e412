"""The places of a month's end are those of its last day, and those of today."""

from datetime import date

from bench.existing import existing

ALWAYS, RENAMED = date(2000, 1, 1), date(2024, 2, 1)
# code, level, parent, starts_on, ends_on
UNITS = [
    ("T", "municipality", None, ALWAYS, None),
    ("A", "district", "T", ALWAYS, RENAMED),
    ("B", "district", "T", RENAMED, None),
]
# grouping, group, unit, starts_on, ends_on
GROUPINGS = [("sector", "North", "A", ALWAYS, RENAMED), ("sector", "North", "B", RENAMED, None)]


def organised():
    columns = ("code", "level", "parent", "starts_on", "ends_on")
    of_group = ("grouping", "group", "unit", "starts_on", "ends_on")
    return {
        "units": [dict(zip(columns, row, strict=True)) for row in UNITS],
        "groupings": [dict(zip(of_group, row, strict=True)) for row in GROUPINGS],
        "unit_successions": [{"predecessor": "A", "successor": "B", "changed_on": RENAMED}],
    }


def test_a_unit_has_figures_of_then_while_it_is_there_and_one_of_today_always():
    found = existing(organised(), ["2024-01", "2024-02"], today=date(2024, 3, 1))
    assert sorted((month, geography, unit) for month, geography, _, unit in found) == [
        ("2024-01", "now", "B"),
        ("2024-01", "now", "North"),
        ("2024-01", "now", "T"),
        ("2024-01", "then", "A"),
        ("2024-01", "then", "North"),
        ("2024-01", "then", "T"),
        ("2024-02", "now", "B"),
        ("2024-02", "now", "North"),
        ("2024-02", "now", "T"),
        ("2024-02", "then", "B"),
        ("2024-02", "then", "North"),
        ("2024-02", "then", "T"),
    ]
