"""Mottakere av hjemmetjenester: who counts at a month's end, and how much time they are granted.

Every case lives in a district of hers. The month is November 2024: the day that counts is the 30th.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import home_care

CASES = """
district | case                                               | recipients | with_hours | vedtak_minutes | minutes_per_recipient
01       | Hjemmesykepleie, fire og en kvart time i uken      | 1          | 1          | 255            | 255
02       | Praktisk bistand, ingen skrev timer                | 1          | 0          | 0              | undefined
03       | Begge tjenester, med timer, er én mottaker         | 1          | 1          | 150            | 150
04       | Begge tjenester, men bare én har timer             | 1          | 0          | 0              | undefined
05       | Trygghetsalarm er ikke hjemmetjenester             | 0          | 0          | 0              | undefined
06       | Avslag på søknaden                                 | 0          | 0          | 0              | undefined
07       | Vedtaket har pause siste dag                       | 0          | 0          | 0              | undefined
08       | Døde siste dag                                     | 0          | 0          | 0              | undefined
09       | Det gamle vedtaket tok slutt dagen det nye begynte | 1          | 1          | 90             | 90
10       | To vedtak om samme tjeneste samtidig               | 1          | 1          | 210            | 210
11       | Bodde her til den 15.                              | 0          | 0          | 0              | undefined
12       | Flyttet hit den 15.                                | 1          | 1          | 60             | 60
13       | Null timer er også timer                           | 1          | 1          | 0              | 0
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | status  | hours_per_week | starts_on  | ends_on
V1        | 1            | HN      | granted | 4.25           | 2024-01-01 |
V2        | 2            | PH      | granted |                | 2024-01-01 |
V3a       | 3            | HN      | granted | 2              | 2024-01-01 |
V3b       | 3            | PH      | granted | 0.5            | 2024-11-30 |
V4a       | 4            | HN      | granted | 2              | 2024-01-01 |
V4b       | 4            | PH      | granted |                | 2024-01-01 |
V5        | 5            | TA      | granted | 1              | 2024-01-01 |
V6        | 6            | HN      | refused | 1              | 2024-01-01 |
V7        | 7            | HN      | granted | 1              | 2024-01-01 |
V8        | 8            | HN      | granted | 1              | 2024-01-01 |
V9a       | 9            | HN      | granted | 1              | 2023-11-15 | 2024-11-15
V9b       | 9            | HN      | granted | 1.5            | 2024-11-15 |
V10a      | 10           | HN      | granted | 1.5            | 2024-01-01 |
V10b      | 10           | HN      | granted | 2              | 2024-11-01 | 2024-12-01
V11       | 11           | HN      | granted | 1              | 2024-01-01 |
V13       | 13           | HN      | granted | 0              | 2024-01-01 |
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V7        | 2024-11-20 | 2024-12-02
"""
RECIPIENTS = """
recipient_id | died_on
8            | 2024-11-30
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 14)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in (*range(1, 11), 13)]
    + ["11 | 030111 | 2020-01-01 | 2024-11-15", "11 | 030112 | 2024-11-15 |"]
)
MEASURES = ("recipients", "with_hours", "vedtak_minutes", "minutes_per_recipient")
WORLD = visible.world(
    vedtak=VEDTAK,
    vedtak_pauses=PAUSES,
    recipients=RECIPIENTS,
    units=UNITS,
    residences=RESIDENCES,
)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD,
        months=["2024-09", "2024-11"],
        today=date(2024, 11, 30),
        indicator=home_care.INDICATOR,
        missing=["2024-09"],
    )


def figure(figures, measure, unit, month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, "everyone", "all", measure]


def shown(found):
    value, state = found
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_who_counts_and_for_how_much(figures, case):
    for measure in MEASURES:
        found = figure(figures, measure, f"0301{case['district']}")
        assert shown(found) == case[measure], measure


def test_time_per_recipient_rests_on_those_whose_hours_are_written(figures):
    """Eight recipients, six with hours: their 765 minutes are shared by six, not by eight."""
    assert figure(figures, "recipients", "0301") == (8, "value")
    assert figure(figures, "with_hours", "0301") == (6, "value")
    assert figure(figures, "with_hours_share", "0301") == (75, "value")
    assert figure(figures, "minutes_per_recipient", "0301") == (127.5, "value")


def test_a_month_that_the_epj_does_not_reach_is_missing(figures):
    assert figure(figures, "recipients", "030101", "2024-09") == (None, "missing")


def test_the_rows_behind_say_what_she_is_granted():
    found = rows_behind(home_care.INDICATOR, WORLD, month="2024-11", today=date(2024, 11, 30))
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["recipient_id"] in {1, 3, 4, 8}
    }
    assert told == {
        ("recipients", 1): "1 vedtak, 4 t 15 min i uken",
        ("with_hours", 1): "1 vedtak, 4 t 15 min i uken",
        ("recipients", 3): "2 vedtak, 2 t 30 min i uken",
        ("with_hours", 3): "2 vedtak, 2 t 30 min i uken",
        ("recipients", 4): "2 vedtak, timer er ikke dokumentert",
    }
