"""Doser som ble tatt: which doses count, on small visible tables. Each case has a district.

The month is November 2024.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import dose_adherence

CASES = """
district | case                                 | doses_out | doses_not_out | test_doses | travel_doses | with_doses | due | dispensed | dispensed_share | with_few_doses
01       | Alle ble utdelt                      | 4         | 0             | 0          | 0            | 1          | 4   | 4         | 100             | 0
02       | Fire av fem er nok                   | 4         | 1             | 0          | 0            | 1          | 5   | 4         | 80              | 0
03       | Tre av fire er få                    | 3         | 1             | 0          | 0            | 1          | 4   | 3         | 75              | 1
04       | Ingen ble utdelt                     | 0         | 2             | 0          | 0            | 1          | 2   | 0         | 0               | 1
05       | Prøver og reisedoser regnes ikke med | 0         | 0             | 2          | 3            | 0          | 0   | 0         | undefined       | 0
06       | Ingen doser                          | 0         | 0             | 0          | 0            | 0          | 0   | 0         | undefined       | 0
"""  # noqa: E501 - a table is read across
CODES = {
    "doses_out": ("dispense", "1.1", ""),
    "doses_not_out": ("alert", "1.1", ""),
    "test_doses": ("alert", "1.1", "true"),
    "travel_doses": ("dispense", "2", ""),
}
NUMBERS = range(1, 7)


def events():
    """The doses of each case on the days from the 4th on, and those of her who moved."""
    told = ["device_id | at | vocabulary | code | test"]
    for row in visible.rows(CASES):
        doses = [kind for kind in CODES for _ in range(int(row[kind]))]
        for day, kind in enumerate(doses, start=4):
            told.append(
                f"D{int(row['district'])} | 2024-11-{day:02d} 08:00 | " + " | ".join(CODES[kind])
            )
    for day in (4, 5, 18, 19, 20):
        kind = CODES["doses_not_out" if day == 20 else "doses_out"]
        told.append(f"D7 | 2024-11-{day:02d} 08:00 | " + " | ".join(kind))
    return "\n".join([*told, "D8 | 2024-11-05 08:00 | dispense | 1 |"])


WORLD = visible.world(
    devices="device_id | service\n" + "\n".join([f"D{n} | DMS" for n in range(1, 8)] + ["D8 | DT"]),
    device_assignments="device_id | recipient_id | starts_on\n"
    + "\n".join(f"D{n} | {n} | 2024-01-01" for n in range(1, 9)),
    device_events=events(),
    units="code | name | level | parent | starts_on\n"
    + "\n".join(
        ["0301 | Byen | municipality | | 2000-01-01"]
        + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 10)]
    ),
    residences="recipient_id | unit | starts_on | ends_on\n"
    + "\n".join(
        [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in (*NUMBERS, 8)]
        + ["7 | 030107 | 2020-01-01 | 2024-11-15", "7 | 030109 | 2024-11-15 |"]
    ),
)
TODAY = date(2024, 11, 30)
MEASURES = ("with_doses", "due", "dispensed", "dispensed_share", "with_few_doses")


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, months=["2024-11"], today=TODAY, indicator=dose_adherence.INDICATOR)


def figure(figures, measure, unit, slice_=("service", "DMS")):
    grouping = "municipality" if unit == "0301" else "district"
    value, state = figures["then", grouping, unit, "2024-11", *slice_, measure]
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_which_doses_count(figures, case):
    for measure in MEASURES:
        assert figure(figures, measure, f"0301{case['district']}") == case[measure], measure


MOVED = """
unit   | with_doses | due | dispensed | with_few_doses
030107 | 1          | 2   | 2         | 0
030109 | 1          | 3   | 2         | 0
0301   | 5          | 20  | 15        | 2
"""


@pytest.mark.parametrize("row", visible.rows(MOVED), ids=lambda row: row["unit"])
def test_she_who_moved_took_enough_in_the_month_and_counts_once_in_the_city(figures, row):
    """Four of her five doses: enough, though she took but two of three where she lives now."""
    found = {c: figure(figures, c, row["unit"]) for c in row if c != "unit"}
    assert found == {c: row[c] for c in found}


def test_only_dispensers_have_doses(figures):
    assert figure(figures, "due", "030108", ("service", "DT")) == "0"
    assert figure(figures, "due", "0301", ("total", "all")) == "20"


def test_the_rows_behind_say_how_many_were_taken():
    found = rows_behind(dose_adherence.INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["slice"] == "DMS" and row["recipient_id"] in {2, 3}
    }
    assert told == {
        ("with_doses", 2): "4 av 5 doser",
        ("with_doses", 3): "3 av 4 doser",
        ("with_few_doses", 3): "3 av 4 doser",
    }
