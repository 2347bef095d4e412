"""Mottakere etter bistandsbehov: which assessment tells of the need at a month's end.

Every case lives in a district of hers. The month is November 2024: the day that counts is the 30th.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import need_groups

CASES = """
district | case                                               | counted_as
01       | Kartlagt én gang                                   | Lavt behov
02       | Den nyeste av to gjelder                           | Middels behov
03       | Den nyeste kom etter måneden                       | Lavt behov
04       | Kartlagt siste dag                                 | Høyt behov
05       | Aldri kartlagt                                     | Ikke kartlagt
06       | For 18 måneder siden på dagen: gjelder ikke lenger | Ikke kartlagt
07       | Blir 18 måneder gammel i desember: gjelder ennå    | Høyt behov
08       | Den nyeste sier ikke noe om behov: den før gjelder | Middels behov
09       | To på samme dag: den med størst behov              | Høyt behov
10       | Ingen hjemmetjenester siste dag                    | Telles ikke
11       | Den gamle er for gammel, den nyere er det ikke     | Middels behov
"""
ASSESSMENTS = """
recipient_id | assessed_on | need_group
1            | 2024-02-01  | low
2            | 2024-02-01  | high
2            | 2024-08-01  | medium
3            | 2024-02-01  | low
3            | 2024-12-01  | high
4            | 2024-02-01  | low
4            | 2024-11-30  | high
6            | 2023-05-30  | high
7            | 2023-06-01  | high
8            | 2024-02-01  | medium
8            | 2024-08-01  |
9            | 2024-02-01  | high
9            | 2024-02-01  | medium
10           | 2024-02-01  | high
11           | 2022-01-01  | high
11           | 2024-01-01  | medium
"""
VEDTAK = "recipient_id | service | starts_on | ends_on\n" + "\n".join(
    f"{n} | {'PH' if n == 3 else 'HN'} | 2022-01-01 | {'2024-11-30' if n == 10 else ''}"
    for n in range(1, 12)
)
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 12)]
)
RESIDENCES = "recipient_id | unit | starts_on\n" + "\n".join(
    f"{n} | 0301{n:02d} | 2020-01-01" for n in range(1, 12)
)
WORLD = visible.world(vedtak=VEDTAK, assessments=ASSESSMENTS, units=UNITS, residences=RESIDENCES)
TITLES = {m.code: m.title for m in need_groups.INDICATOR.measures}
GROUPS = ("low", "medium", "high", "not_assessed")


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD, months=["2024-11"], today=date(2024, 11, 30), indicator=need_groups.INDICATOR
    )


def figure(figures, measure, unit):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, "2024-11", "everyone", "all", measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_which_group_she_is_in(figures, case):
    unit = f"0301{case['district']}"
    found = {group: figure(figures, group, unit)[0] for group in GROUPS}
    assert found == {group: int(TITLES[group] == case["counted_as"]) for group in GROUPS}
    assert figure(figures, "recipients", unit) == (
        int(case["counted_as"] != "Telles ikke"),
        "value",
    )


IN_THE_CITY = """
group        | persons | share
low          | 2       | 20
medium       | 3       | 30
high         | 3       | 30
not_assessed | 2       | 20
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["group"])
def test_those_not_assessed_are_a_group_of_all_recipients(figures, row):
    assert figure(figures, row["group"], "0301") == (int(row["persons"]), "value")
    assert figure(figures, f"{row['group']}_share", "0301") == (int(row["share"]), "value")


def test_the_share_of_nobody_is_undefined(figures):
    assert figure(figures, "high_share", "030110") == (None, "undefined")


def test_the_rows_behind_say_when_she_was_assessed():
    found = rows_behind(need_groups.INDICATOR, WORLD, month="2024-11", today=date(2024, 11, 30))
    in_group = [row for row in found if row["measure"] != "recipients"]
    told = {row["recipient_id"]: (row["measure"], row["detail"]) for row in in_group}
    assert told[2] == ("medium", "Kartlagt 01.08.2024")
    assert told[6] == ("not_assessed", None)
    assert 10 not in told
