"""Utstyr på lager og utenfor listene: which devices count, and where, on small visible tables.

The month is November 2024: the day that counts is the 30th. Every case is a device of its own,
whose last holder, if any, lived last in the district of the case.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import equipment

CASES = """
district | case                                                   | in_stock | assigned_unlisted
01       | Levert tilbake                                         | 1        | 0
02       | Levert tilbake siste dag                               | 1        | 0
03       | Hos en mottaker siste dag                              | 0        | 0
04       | Hos en mottaker som er død                             | 0        | 0
05       | Hos en mottaker, men ute av drift                      | 0        | 0
06       | Utrangert                                              | 0        | 0
07       | Levert tilbake, og nå hos en annen                     | 0        | 0
08       | Hos en annen først i desember                          | 1        | 0
09       | Levert tilbake etter at mottakeren døde                | 1        | 0
10       | Mottakeren flyttet hit før utstyret ble levert tilbake | 1        | 0
11       | Bydelen mottakeren flyttet fra                         | 0        | 0
12       | Ikke på noen utstyrsliste                              | 0        | 1
13       | Ikke på noen utstyrsliste, og levert tilbake           | 0        | 0
14       | På to utstyrslister                                    | 1        | 0
15       | Delt utstyr: telles hos hovedbrukeren                  | 1        | 0
16       | Delt utstyr: telles ikke hos den andre                 | 0        | 0
17       | Levert tilbake før mottakeren flyttet bort             | 1        | 0
18       | Bydelen mottakeren flyttet til                         | 0        | 0
"""
DEVICES = """
device_id | service | acquired_on | retired_on | source
D1        | TA      | 2024-01-01  |            | list
D2        | TA      | 2024-01-01  |            | list
D3        | TA      | 2024-01-01  |            | list
D4        | TA      | 2024-01-01  |            | list
D5        | TA      | 2024-01-01  |            | list
D6        | TA      | 2024-01-01  | 2024-11-30 | list
D7        | TA      | 2024-01-01  |            | list
D8        | TA      |             |            | list
D9        | GPS     | 2024-01-01  |            | list
D10       | DMS     | 2024-01-01  |            | list
D14       | TA      | 2024-01-01  |            | list
D14       | TA      |             |            | other
D15       | TA      | 2024-01-01  |            | list
D17       | TA      | 2024-01-01  |            | list
never     | TA      | 2024-11-30  |            | list
not_yet   | TA      | 2024-12-01  |            | list
"""
ASSIGNED = """
device_id | recipient_id | role    | starts_on  | ends_on
D1        | 1            |         | 2024-01-01 | 2024-11-05
D2        | 2            |         | 2024-01-01 | 2024-11-30
D3        | 3            |         | 2024-01-01 | 2024-12-01
D4        | 4            |         | 2024-01-01 |
D5        | 5            |         | 2024-01-01 |
D6        | 6            |         | 2024-01-01 | 2024-11-05
D7        | 1            |         | 2024-01-01 | 2024-11-05
D7        | 7            |         | 2024-11-30 |
D8        | 8            |         | 2024-01-01 | 2024-11-05
D8        | 3            |         | 2024-12-01 |
D9        | 9            |         | 2024-01-01 | 2024-11-05
D10       | 10           |         | 2024-01-01 | 2024-11-20
D12       | 12           |         | 2024-01-01 |
D13       | 13           |         | 2024-01-01 | 2024-11-05
D14       | 14           |         | 2024-01-01 | 2024-11-05
D15       | 15           | primary | 2024-01-01 | 2024-11-05
D15       | 16           | shared  | 2024-01-01 | 2024-11-05
D17       | 17           |         | 2024-01-01 | 2024-11-05
"""
RECIPIENTS = """
recipient_id | died_on
4            | 2024-10-05
9            | 2024-10-05
"""
DOWNTIMES = """
device_id | reason | starts_on
D5        | fault  | 2024-11-01
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 19)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 17) if n not in {9, 10, 11}]
    + ["9 | 030109 | 2020-01-01 | 2024-10-05"]
    + ["10 | 030111 | 2020-01-01 | 2024-11-15", "10 | 030110 | 2024-11-15 |"]
    + ["17 | 030117 | 2020-01-01 | 2024-11-15", "17 | 030118 | 2024-11-15 |"]
)
WORLD = visible.world(
    devices=DEVICES,
    device_assignments=ASSIGNED,
    device_downtimes=DOWNTIMES,
    recipients=RECIPIENTS,
    units=UNITS,
    residences=RESIDENCES,
)
TODAY = date(2024, 12, 5)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD, months=["2024-10", "2024-11"], today=TODAY, indicator=equipment.INDICATOR
    )


def figure(figures, measure, unit, slice_=("total", "all"), month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_which_devices_count(figures, case):
    for measure in ("in_stock", "assigned_unlisted"):
        found = figure(figures, measure, f"0301{case['district']}")
        assert found == (int(case[measure]), "value"), measure


IN_THE_CITY = """
kind    | slice | in_stock | assigned_unlisted
service | TA    | 7        | 0
service | GPS   | 1        | 0
service | DMS   | 1        | 0
total   | all   | 9        | 1
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_what_nobody_had_is_the_citys_and_what_no_list_has_is_of_no_service(figures, row):
    of = (row["kind"], row["slice"])
    for measure in ("in_stock", "assigned_unlisted"):
        assert figure(figures, measure, "0301", of) == (int(row[measure]), "value"), measure


def test_what_nobody_says_when_was_acquired_was_there_from_the_first(figures):
    """Only number 8 has no such day: the month before it was with its first holder."""
    assert figure(figures, "in_stock", "0301", month="2024-10") == (0, "value")


def test_the_rows_behind_are_the_devices():
    found = rows_behind(equipment.INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {row["thing"]: row["detail"] for row in found if row["slice"] == "all"}
    assert {row["recipient_id"] for row in found} == {None}
    assert sorted(told) == ["D1", "D10", "D12", "D14", "D15", "D17", "D2", "D8", "D9", "never"]
    assert told["D1"] == "P, S, på lager siden 05.11.2024"
    assert told["never"] == "P, S, aldri utplassert"
    assert told["D12"] == "Utplassert 01.01.2024, ikke på noen utstyrsliste"


# The second district was merged into the first in 2024, and the third was split.
MERGED = """
unit   | geography | month   | in_stock
030102 | then      | 2024-05 | 1
030101 | then      | 2024-05 | 0
030101 | then      | 2024-06 | 1
030101 | now       | 2024-05 | 1
030103 | then      | 2024-05 | 1
030104 | then      | 2024-06 | 0
030104 | now       | 2024-05 | 0
0301   | now       | 2024-06 | 2
0301   | then      | 2024-06 | 2
"""


@pytest.fixture(scope="module")
def reorganised(figures_of):
    tables = visible.world(
        devices="device_id | service | acquired_on\nD1 | TA | 2024-01-01\nD2 | TA | 2024-01-01",
        device_assignments="""
        device_id | recipient_id | starts_on  | ends_on
        D1        | 1            | 2024-01-01 | 2024-02-01
        D2        | 2            | 2024-01-01 | 2024-02-01
        """,
        units="""
        code   | name   | level        | parent | starts_on  | ends_on
        0301   | Byen   | municipality |        | 2000-01-01 |
        030101 | Første | district     | 0301   | 2000-01-01 |
        030102 | Andre  | district     | 0301   | 2000-01-01 | 2024-06-01
        030103 | Tredje | district     | 0301   | 2000-01-01 | 2024-06-01
        030104 | Fjerde | district     | 0301   | 2024-06-01 |
        030105 | Femte  | district     | 0301   | 2024-06-01 |
        """,
        unit_successions="""
        predecessor | successor | changed_on | kind
        030102      | 030101    | 2024-06-01 | merge
        030103      | 030104    | 2024-06-01 | split
        030103      | 030105    | 2024-06-01 | split
        """,
        residences="""
        recipient_id | unit   | starts_on  | ends_on
        1            | 030102 | 2020-01-01 | 2024-02-01
        2            | 030103 | 2020-01-01 | 2024-02-01
        """,
    )
    months = ["2024-05", "2024-06"]
    return figures_of(tables, months=months, today=TODAY, indicator=equipment.INDICATOR)


@pytest.mark.parametrize("row", visible.rows(MERGED), ids=lambda row: "-".join(row.values()))
def test_stock_follows_its_unit_and_is_the_citys_where_that_was_split(reorganised, row):
    grouping = "municipality" if row["unit"] == "0301" else "district"
    place = (row["geography"], grouping, row["unit"], row["month"])
    assert reorganised[*place, "service", "TA", "in_stock"] == (int(row["in_stock"]), "value")
