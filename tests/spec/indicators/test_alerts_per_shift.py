"""Varsler per vakt: which shift an alert belongs to, on small visible tables.

Alerts are those of September 2024, and of October until the 10th, which is today.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import alerts_per_shift

CASES = """
district | at               | outcome          | cases_day | cases_evening | cases_night
01       | 2024-09-05 07:00 | avklart          | 1         | 0             | 0
02       | 2024-09-05 14:59 | utrykning        | 1         | 0             | 0
03       | 2024-09-05 15:00 | videreformidlet  | 0         | 1             | 0
04       | 2024-09-05 21:59 | ikke svar        | 0         | 1             | 0
05       | 2024-09-05 22:00 | avklart          | 0         | 0             | 1
06       | 2024-09-05 06:59 | ikke dokumentert | 0         | 0             | 1
07       | 2024-09-05 12:00 | prøve            | 0         | 0             | 0
08       | 2024-09-05 12:00 | teknisk          | 0         | 0             | 0
"""
OUTCOMES = {
    "avklart": "clarified",
    "utrykning": "callout",
    "videreformidlet": "forwarded",
    "ikke svar": "no_answer",
    "prøve": "test",
    "teknisk": "technical",
    "ikke dokumentert": "",
}
OTHERS = """
recipient_id | at               | outcome
1            | 2024-09-30 23:59 | clarified
1            | 2024-10-01 00:00 | clarified
1            | 2024-10-02 00:00 | clarified
             | 2024-09-06 12:00 | clarified
"""
RESPONSES = OTHERS + "\n".join(
    f"{int(row['district'])} | {row['at']} | {OUTCOMES[row['outcome']]}"
    for row in visible.rows(CASES)
)
WORLD = visible.world(
    devices="device_id | service\nD1 | TA",
    device_assignments="device_id | recipient_id | starts_on\nD1 | 1 | 2024-01-01",
    responses=RESPONSES,
    units="code | name | level | parent | starts_on\n"
    + "\n".join(
        ["0301 | Byen | municipality | | 2000-01-01"]
        + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 9)]
    ),
    residences="recipient_id | unit | starts_on\n"
    + "\n".join(f"{n} | 0301{n:02d} | 2020-01-01" for n in range(1, 9)),
)
TODAY = date(2024, 10, 10)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD,
        months=["2024-09", "2024-10"],
        today=TODAY,
        indicator=alerts_per_shift.INDICATOR,
    )


def figure(figures, measure, unit, month="2024-09", slice_=("total", "all")):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["at"] + case["outcome"])
def test_which_shift_an_alert_belongs_to(figures, case):
    unit = f"0301{case['district']}"
    of_night = 1 if unit == "030101" else 0  # her other alert of the month
    for part in ("day", "evening", "night"):
        expected = int(case[f"cases_{part}"]) + (of_night if part == "night" else 0)
        assert figure(figures, f"cases_{part}", unit) == (expected, "value"), part
        assert figure(figures, f"with_{part}", unit) == (min(expected, 1), "value"), part


PER_SHIFT = """
month   | days | cases | with_cases | per_24_hours | per_day | per_evening | per_night
2024-09 | 30   | 8     | 6          | 8/30         | 3/30    | 2/30        | 3/30
2024-10 | 10   | 2     | 1          | 2/10         | 0/10    | 0/10        | 2/10
"""


@pytest.mark.parametrize("row", visible.rows(PER_SHIFT), ids=lambda row: row["month"])
def test_a_month_has_as_many_shifts_as_days_that_are_told_of(figures, row):
    for measure in set(row) - {"month"}:
        over, _, under = row[measure].partition("/")
        expected = int(over) / int(under or 1)
        value, state = figure(figures, measure, "0301", row["month"])
        assert (value, state) == (pytest.approx(expected), "value"), measure


def test_without_a_known_device_an_alert_is_of_no_service(figures):
    assert figure(figures, "cases", "0301", slice_=("service", "TA")) == (0, "value")
    assert figure(figures, "per_day", "0301", slice_=("service", "TA")) == (0, "value")


def test_the_rows_behind_are_those_who_sent_alerts():
    found = rows_behind(alerts_per_shift.INDICATOR, WORLD, month="2024-09", today=TODAY)
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["recipient_id"] in {1, 7}
    }
    assert told == {
        ("with_cases", 1): "2 varsler",
        ("with_day", 1): "1 varsel",
        ("with_night", 1): "1 varsel",
    }
