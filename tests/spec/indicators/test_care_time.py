"""Tid i hjemmetjenesten: whose visits count, and in which group, on small visible tables.

Every case lives in a district of hers. The month is November 2024. The slice is the alarm's (TA).
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import care_time

CASES = """
district | case                                                   | counted_as               | visits | minutes | untimed_visits | minutes_with_travel
01       | Trygghetsalarm som virker, og to besøk                 | Mottakere med teknologi  | 2      | 50      | 0              | 65
02       | Ingen teknologi                                        | Mottakere uten teknologi | 1      | 30      | 0              | 35
03       | Annen teknologi enn den i utvalget                     | Mottakere uten teknologi | 1      | 30      | 0              | 30
04       | Vedtak om trygghetsalarm, men ikke noe utstyr          | Mottakere uten teknologi | 1      | 20      | 0              | 20
05       | Trygghetsalarmen ble levert tilbake den 2.             | Mottakere med teknologi  | 1      | 20      | 0              | 20
06       | Fikk besøk uten vedtak om hjemmetjenester              | Telles ikke              | 0      | 0       | 0              | 0
07       | Hjemmetjenestene tok slutt den 2.: hele måneden telles | Mottakere uten teknologi | 1      | 40      | 0              | 40
08       | Minuttene mangler for ett av to besøk                  | Mottakere uten teknologi | 2      | 15      | 1              | 15
09       | Avlyst besøk, og ingen hjemme: bare reisetid           | Mottakere uten teknologi | 0      | 0       | 0              | 12
10       | Besøk i oktober, ikke i november                       | Mottakere uten teknologi | 0      | 0       | 0              | 0
11       | Reisetid er ikke registrert                            | Mottakere uten teknologi | 1      | 30      | 0              | undefined
12       | Flyttet den 15.: telles i den nye bydelen              | Telles ikke              | 0      | 0       | 0              | 0
13       | Den nye bydelen                                        | Mottakere uten teknologi | 2      | 35      | 0              | 35
"""  # noqa: E501 - a table is read across
VISITS = """
recipient_id | at               | status    | minutes | travel_minutes
1            | 2024-11-04 08:00 | executed  | 30      | 10
1            | 2024-11-20 21:00 | executed  | 20      | 5
2            | 2024-11-05 08:00 | executed  | 30      | 5
3            | 2024-11-05 08:00 | executed  | 30      | 0
4            | 2024-11-05 08:00 | executed  | 20      | 0
5            | 2024-11-25 08:00 | executed  | 20      | 0
6            | 2024-11-05 08:00 | executed  | 20      | 0
7            | 2024-11-25 08:00 | executed  | 40      | 0
8            | 2024-11-05 08:00 | executed  |         | 0
8            | 2024-11-06 08:00 | executed  | 15      | 0
9            | 2024-11-05 08:00 | cancelled |         | 4
9            | 2024-11-06 08:00 | not_home  |         | 8
10           | 2024-10-31 08:00 | executed  | 30      | 5
11           | 2024-11-05 08:00 | executed  | 30      |
12           | 2024-11-05 08:00 | executed  | 25      | 0
12           | 2024-11-25 08:00 | executed  | 10      | 0
"""
HOME_CARE = "\n".join(
    f"{n} | HN | 2024-01-01 | {'2024-11-02' if n == 7 else ''}" for n in range(1, 13) if n != 6
)
VEDTAK = f"""
recipient_id | service | starts_on | ends_on
{HOME_CARE}
1 | TA | 2024-01-01 |
3 | GPS | 2024-01-01 |
4 | TA | 2024-01-01 |
5 | TA | 2024-01-01 |
"""
DEVICES = """
device_id | service
D1        | TA
D3        | GPS
D5        | TA
"""
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-01-01 |
D3        | 3            | 2024-01-01 |
D5        | 5            | 2024-01-01 | 2024-11-02
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 14)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 12)]
    + ["12 | 030112 | 2020-01-01 | 2024-11-15", "12 | 030113 | 2024-11-15 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    visits=VISITS,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    units=UNITS,
    residences=RESIDENCES,
)
TITLES = {m.code: m.title for m in care_time.INDICATOR.measures}


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD, months=["2024-11"], today=date(2024, 11, 30), indicator=care_time.INDICATOR
    )


def figure(figures, measure, unit, slice_=("service", "TA")):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, "2024-11", *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_whose_time_counts_and_in_which_group(figures, case):
    unit = f"0301{case['district']}"
    for group in ("with", "without"):
        there = case["counted_as"] == TITLES[f"{group}_recipients"]
        assert figure(figures, f"{group}_recipients", unit) == (int(there), "value")
        for name in ("visits", "minutes", "untimed_visits"):
            wanted = int(case[name]) if there else 0
            assert figure(figures, f"{group}_{name}", unit) == (wanted, "value"), name
        value, state = figure(figures, f"{group}_minutes_with_travel_per_recipient", unit)
        told = str(value) if state == "value" else state
        assert told == (case["minutes_with_travel"] if there else "undefined")


IN_THE_CITY = """
measure                                   | figure
with_recipients                           | 2
without_recipients                        | 9
without_travel_told                       | 8
with_minutes_per_recipient                | 35
without_minutes                           | 200
without_minutes_with_travel               | 187
without_minutes_with_travel_per_recipient | 23.375
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["measure"])
def test_time_with_travel_rests_on_those_whose_travel_is_registered(figures, row):
    assert figure(figures, row["measure"], "0301") == (float(row["figure"]), "value")


def test_who_lacks_one_technology_may_have_another(figures):
    assert figure(figures, "with_recipients", "030103", ("service", "GPS")) == (1, "value")
    assert figure(figures, "with_recipients", "030103", ("total", "all")) == (1, "value")


def test_the_comparison_is_labelled_as_descriptive():
    assert care_time.INDICATOR.descriptive


def test_the_rows_behind_tell_of_her_month():
    found = rows_behind(care_time.INDICATOR, WORLD, month="2024-11", today=date(2024, 11, 30))
    of_alarm = [row for row in found if (row["slice_kind"], row["slice"]) == ("service", "TA")]
    told = {(row["measure"], row["recipient_id"]): row["detail"] for row in of_alarm}
    assert told["with_recipients", 1] == "2 besøk, 0 t 50 min"
    assert ("without_travel_told", 11) not in told
    assert len(told) == 2 + 2 + 9 + 8
