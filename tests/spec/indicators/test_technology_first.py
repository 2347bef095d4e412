"""Teknologi først: who is new in home care, and who of them gets technology at once.

Every case lives in a district of hers. The window ends with November 2024: it is for those who
were new from 1 December 2023 on. Most began on 1 March 2024, 28 days before the 29th.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import technology_first

CASES = """
district | case                                                 | new_recipients | with_dispenser | with_technology
01       | Medisindispenser ni dager etter første tjeneste      | 1              | 1              | 1
02       | Medisindispenser på dag 28                           | 1              | 1              | 1
03       | Medisindispenser på dag 29                           | 1              | 0              | 0
04       | Hatt den lenge, og fortsatt i bruk                   | 1              | 1              | 1
05       | I bruk til dagen før                                 | 1              | 0              | 0
06       | Vedtak om den, men ikke noe utstyr                   | 1              | 0              | 0
07       | Utstyr, men ikke noe vedtak                          | 1              | 0              | 0
08       | Trygghetsalarm regnes ikke med                       | 1              | 0              | 0
09       | Lokaliseringsteknologi med en gang, dispenser senere | 1              | 0              | 1
10       | Praktisk bistand kom først                           | 1              | 1              | 1
11       | 364 dager siden forrige hjemmetjeneste               | 0              | 0              | 0
12       | 365 dager siden forrige hjemmetjeneste               | 1              | 1              | 1
13       | Ny på vinduets første dag                            | 1              | 0              | 0
14       | Ny dagen før vinduet                                 | 0              | 0              | 0
15       | Bodde her som ny mottaker                            | 1              | 1              | 1
16       | Flyttet hit dagen etter                              | 0              | 0              | 0
17       | Avslag på hjemmetjenester                            | 0              | 0              | 0
18       | Langtidsopphold er ikke hjemmetjenester              | 0              | 0              | 0
19       | To vedtak samtidig er én ny mottaker                 | 1              | 0              | 0
20       | To teknologier samtidig                              | 1              | 1              | 1
21       | Døde før medisindispenseren kom                      | 1              | 0              | 0
"""  # noqa: E501 - a table is read across
VEDTAK = """
recipient_id | service | status  | starts_on  | ends_on
1            | HN      | granted | 2024-03-01 |
1            | DMS     | granted | 2024-03-05 |
2            | HN      | granted | 2024-03-01 |
2            | DMS     | granted | 2024-03-01 |
3            | HN      | granted | 2024-03-01 |
3            | DMS     | granted | 2024-03-01 |
4            | HN      | granted | 2024-03-01 |
4            | DMS     | granted | 2020-01-01 |
5            | HN      | granted | 2024-03-01 |
5            | DMS     | granted | 2020-01-01 | 2024-03-01
6            | HN      | granted | 2024-03-01 |
6            | DMS     | granted | 2024-03-01 |
7            | HN      | granted | 2024-03-01 |
8            | HN      | granted | 2024-03-01 |
8            | TA      | granted | 2024-03-01 |
9            | HN      | granted | 2024-03-01 |
9            | GPS     | granted | 2024-03-01 |
9            | DMS     | granted | 2024-06-01 |
10           | PH      | granted | 2024-03-01 |
10           | HN      | granted | 2024-08-01 |
10           | DMS     | granted | 2024-03-01 |
11           | HN      | granted | 2022-01-01 | 2023-03-03
11           | HN      | granted | 2024-03-01 |
11           | DMS     | granted | 2024-03-01 |
12           | PH      | granted | 2022-01-01 | 2023-03-02
12           | HN      | granted | 2024-03-01 |
12           | DMS     | granted | 2024-03-01 |
13           | HN      | granted | 2023-12-01 |
14           | HN      | granted | 2023-11-30 |
15           | HN      | granted | 2024-03-01 |
15           | DMS     | granted | 2024-03-01 |
17           | HN      | refused | 2024-03-01 |
17           | DMS     | granted | 2024-03-01 |
18           | LS      | granted | 2024-03-01 |
18           | DMS     | granted | 2024-03-01 |
19           | HN      | granted | 2024-03-01 |
19           | PH      | granted | 2024-03-02 |
20           | HN      | granted | 2024-03-01 |
20           | DMS     | granted | 2024-03-02 |
20           | GPS     | granted | 2024-03-02 |
21           | HN      | granted | 2024-03-01 |
21           | DMS     | granted | 2024-03-01 |
"""
DEVICES = """
device_id | service
D1        | DMS
D2        | DMS
D3        | DMS
D4        | DMS
D5        | DMS
D7        | DMS
D8        | TA
D9        | GPS
D9b       | DMS
D10       | DMS
D11       | DMS
D12       | DMS
D15       | DMS
D17       | DMS
D18       | DMS
D20       | DMS
D20b      | GPS
D21       | DMS
"""
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-03-10 |
D2        | 2            | 2024-03-29 |
D3        | 3            | 2024-03-30 |
D4        | 4            | 2020-01-01 |
D5        | 5            | 2020-01-01 | 2024-03-04
D7        | 7            | 2024-03-01 |
D8        | 8            | 2024-03-01 |
D9        | 9            | 2024-03-01 |
D9b       | 9            | 2024-06-01 |
D10       | 10           | 2024-03-01 |
D11       | 11           | 2024-03-01 |
D12       | 12           | 2024-03-01 |
D15       | 15           | 2024-03-10 |
D17       | 17           | 2024-03-01 |
D18       | 18           | 2024-03-01 |
D20       | 20           | 2024-03-02 |
D20b      | 20           | 2024-03-02 |
D21       | 21           | 2024-03-10 |
"""
RECIPIENTS = """
recipient_id | died_on
21           | 2024-03-10
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 22)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in (*range(1, 15), *range(17, 22))]
    + ["15 | 030115 | 2020-01-01 | 2024-03-02", "15 | 030116 | 2024-03-02 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    recipients=RECIPIENTS,
    units=UNITS,
    residences=RESIDENCES,
)
NOVEMBER = {"months": ["2024-11"], "today": date(2024, 12, 28)}
INDICATOR = technology_first.INDICATOR
#: The slice that a column with technology is of.
OF_SLICE = {("service", "DMS"): "with_dispenser", ("total", "all"): "with_technology"}


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, indicator=INDICATOR, **NOVEMBER)


def figure(figures, measure, slice_, unit="0301"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, "2024-11", *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_who_is_new_and_who_gets_technology_at_once(figures, case):
    unit = f"0301{case['district']}"
    for slice_, column in OF_SLICE.items():
        for measure, expected in (
            ("new_recipients", case["new_recipients"]),
            ("with_technology", case[column]),
        ):
            assert figure(figures, measure, slice_, unit) == (int(expected), "value"), measure


IN_THE_CITY = """
kind    | slice | new_recipients | with_technology | share
service | DMS   | 16             | 7               | 43.75
service | GPS   | 16             | 2               | 12.5
total   | all   | 16             | 8               | 50
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_the_share_is_of_all_who_are_new(figures, row):
    for measure in ("new_recipients", "with_technology", "share"):
        value, state = figure(figures, measure, (row["kind"], row["slice"]))
        assert (str(value), state) == (row[measure], "value"), measure


def test_the_share_of_nobody_is_undefined(figures):
    assert figure(figures, "share", ("total", "all"), "030117") == (None, "undefined")


def test_the_alarm_has_no_figures(figures):
    assert "TA" not in {key[5] for key in figures}


#: The first day of the data, and how many are then known to be new.
KNOWN = """
since      | new
2022-11-30 | 16
2022-12-02 | 15
2023-03-02 | 15
2023-03-03 | 0
"""


@pytest.mark.parametrize("row", visible.rows(KNOWN), ids=lambda row: row["since"])
def test_nobody_is_new_whose_year_before_is_not_told(figures_of, row):
    since = date.fromisoformat(row["since"])
    found = figures_of(WORLD, indicator=INDICATOR, since=since, **NOVEMBER)
    assert figure(found, "new_recipients", ("total", "all")) == (int(row["new"]), "value")


def test_the_rows_behind_say_when():
    found = rows_behind(INDICATOR, WORLD, month="2024-11", today=date(2024, 12, 28))
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["slice"] == "all" and row["recipient_id"] in {1, 3, 11}
    }
    assert told == {
        ("new_recipients", 1): "Ny fra 01.03.2024, teknologi fra 10.03.2024",
        ("with_technology", 1): "Ny fra 01.03.2024, teknologi fra 10.03.2024",
        ("new_recipients", 3): "Ny fra 01.03.2024, ikke teknologi innen 28 dager",
    }
