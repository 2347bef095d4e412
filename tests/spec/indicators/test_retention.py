"""Videreført: what is a start, what an end, and how those who are still followed are counted.

Every case lives in a district of hers and has a dispenser; vedtak and device begin together. Most
began on 1 January 2024. The window ends with November 2024: it is for those who began from 1
December 2022 on.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import retention

#: In percent after 14 and 91 days; in all other columns nothing is said of what nobody knows.
CASES = """
district | case                                               | started | in_use_14_days | in_use_91_days | ended_91_days | gone_91_days
01       | Fortsatt i bruk                                    | 1       | 100            | 100            | 0             | 0
02       | Vedtaket tok slutt etter eget ønske                | 1       | 100            | 0              | 100           | 0
03       | I bruk i 14 dager, og ikke lenger dagen etter      | 1       | 0              | 0              | 100           | 0
04       | Døde 1. mars                                       | 1       | 100            | 0              | 0             | 100
05       | På institusjon en uke etter at utstyret ble hentet | 1       | 100            | 0              | 0             | 100
06       | Flyttet ut av kommunen i mars                      | 1       | 100            | undefined      | undefined     | undefined
07       | Byttet utstyr, 27 dager imellom                    | 1       | 100            | 100            | 0             | 0
08       | 28 dager imellom: en slutt og en ny start          | 2       | 100            | 50             | 50            | 0
09       | Flyttet til en annen bydel i februar               | 1       | 100            | 100            | 0             | 0
10       | Den nye bydelen: telles ikke her                   | 0       | undefined      | undefined      | undefined     | undefined
11       | Begynte 1. september, fortsatt i bruk              | 1       | 100            | undefined      | undefined     | undefined
12       | Begynte på vinduets første dag                     | 1       | 100            | 100            | 0             | 0
13       | Begynte dagen før vinduet                          | 0       | undefined      | undefined      | undefined     | undefined
14       | Vedtak uten utstyr er ingen start                  | 0       | undefined      | undefined      | undefined     | undefined
15       | Slutter i desember                                 | 1       | 100            | 100            | 0             | 0
16       | Pause i tre uker på grunn av reise                 | 1       | 100            | 100            | 0             | 0
17       | Sluttet etter 200 dager                            | 1       | 100            | 100            | 0             | 0
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | starts_on  | ends_on    | end_reason
V1        | 1            | DMS     | 2024-01-01 |            |
V2        | 2            | DMS     | 2024-01-01 | 2024-02-01 | own_wish
V3        | 3            | DMS     | 2024-01-01 | 2024-01-15 | not_suitable
V4        | 4            | DMS     | 2024-01-01 |            |
V5        | 5            | DMS     | 2024-01-01 |            |
V6        | 6            | DMS     | 2024-01-01 |            |
V7        | 7            | DMS     | 2024-01-01 |            |
V8        | 8            | DMS     | 2024-01-01 |            |
V9        | 9            | DMS     | 2024-01-01 |            |
V11       | 11           | DMS     | 2024-09-01 |            |
V12       | 12           | DMS     | 2022-12-01 |            |
V13       | 13           | DMS     | 2022-11-30 |            |
V14       | 14           | DMS     | 2024-01-01 |            |
V15       | 15           | DMS     | 2024-01-01 | 2024-12-01 | not_needed
V16       | 16           | DMS     | 2024-01-01 |            |
V17       | 17           | DMS     | 2024-01-01 | 2024-07-19 | own_wish
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V16       | 2024-02-01 | 2024-02-22
"""
DEVICES = "device_id | service\n" + "\n".join(
    f"{d} | DMS" for d in [*(f"D{n}" for n in range(1, 18)), "D7b", "D8b"]
)
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-01-01 |
D2        | 2            | 2024-01-01 |
D3        | 3            | 2024-01-01 |
D4        | 4            | 2024-01-01 |
D5        | 5            | 2024-01-01 | 2024-02-01
D6        | 6            | 2024-01-01 |
D7        | 7            | 2024-01-01 | 2024-02-01
D7b       | 7            | 2024-02-28 |
D8        | 8            | 2024-01-01 | 2024-02-01
D8b       | 8            | 2024-02-29 |
D9        | 9            | 2024-01-01 |
D11       | 11           | 2024-09-01 |
D12       | 12           | 2022-12-01 |
D13       | 13           | 2022-11-30 |
D15       | 15           | 2024-01-01 |
D16       | 16           | 2024-01-01 |
D17       | 17           | 2024-01-01 |
"""
RECIPIENTS = """
recipient_id | died_on    | moved_out_on
4            | 2024-03-01 |
6            |            | 2024-03-10
"""
STAYS = """
recipient_id | kind | starts_on
5            | long | 2024-02-08
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 18)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in (*range(1, 9), *range(11, 18))]
    + ["9 | 030109 | 2020-01-01 | 2024-02-10", "9 | 030110 | 2024-02-10 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    vedtak_pauses=PAUSES,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    recipients=RECIPIENTS,
    stays=STAYS,
    units=UNITS,
    residences=RESIDENCES,
)
INDICATOR = retention.INDICATOR
TODAY = date(2024, 12, 31)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, months=["2024-11"], today=TODAY, indicator=INDICATOR)


def figure(figures, measure, unit="0301", slice_=("service", "DMS")):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, "2024-11", *slice_, measure]


def shown(found):
    value, state = found
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_a_start_is_and_how_it_went(figures, case):
    unit = f"0301{case['district']}"
    assert shown(figure(figures, "started", unit)) == case["started"]
    for measure in ("in_use_14_days", "in_use_91_days", "ended_91_days", "gone_91_days"):
        assert shown(figure(figures, measure, unit)) == case[measure], measure


#: Fifteen began. After 14 days one had ended, after 31 two more, and one went to an institution;
#: after 60 one died. Two were last seen after 68 and 90: of the eight that are left one ended after
#: 200. 14/15; 11/15; 10/15; 10/15 x 7/8.
BY_HAND = """
after | in_use    | ended     | gone
14    | 93.333333 | 6.666667  | 0
91    | 66.666667 | 20        | 13.333333
180   | 66.666667 | 20        | 13.333333
183   | 66.666667 | 20        | 13.333333
365   | 58.333333 | 28.333333 | 13.333333
"""


@pytest.mark.parametrize("row", visible.rows(BY_HAND), ids=lambda row: row["after"])
def test_the_three_parts_of_all_who_began(figures, row):
    assert shown(figure(figures, "started")) == "15"
    for what in ("in_use", "ended", "gone"):
        assert shown(figure(figures, f"{what}_{row['after']}_days")) == row[what], what


def test_she_who_used_it_on_the_first_day_of_the_data_has_not_begun(figures_of):
    found = figures_of(
        WORLD, months=["2024-11"], today=TODAY, indicator=INDICATOR, since=date(2022, 12, 1)
    )
    assert shown(figure(found, "started")) == "14"


SWAPPED = """
recipient_id | service | device | starts_on  | ends_on
1            | TA      | T1     | 2024-01-01 | 2024-06-01
1            | GPS     | G1     | 2024-06-10 |
"""


def test_another_technology_is_an_end_in_the_service_and_none_in_the_group(figures_of):
    rows = visible.rows(SWAPPED)
    world = visible.world(
        vedtak="recipient_id | service | starts_on | ends_on\n"
        + "\n".join(f"1 | {r['service']} | {r['starts_on']} | {r['ends_on']}" for r in rows),
        devices="device_id | service\n"
        + "\n".join(f"{r['device']} | {r['service']}" for r in rows),
        device_assignments="device_id | recipient_id | starts_on | ends_on\n"
        + "\n".join(f"{r['device']} | 1 | {r['starts_on']} | {r['ends_on']}" for r in rows),
        reporting_groups="group | service\nalarms | TA\nalarms | GPS",
        units="code | name | level | starts_on\n0301 | Byen | municipality | 2000-01-01",
    )
    found = figures_of(world, months=["2024-11"], today=TODAY, indicator=INDICATOR)
    told = {
        code: (
            shown(figure(found, "started", slice_=(kind, code))),
            shown(figure(found, "in_use_183_days", slice_=(kind, code))),
        )
        for kind, code in (("service", "TA"), ("group", "alarms"), ("total", "all"))
    }
    assert told == {"TA": ("1", "0"), "alarms": ("1", "100"), "all": ("1", "100")}


def test_the_rows_behind_say_how_it_went():
    found = rows_behind(INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {
        (row["recipient_id"], row["thing"]): row["detail"]
        for row in found
        if row["slice"] == "DMS" and row["recipient_id"] in {1, 2, 4, 5, 6, 8, 15}
    }
    assert told == {
        (1, "2024-01-01"): "Begynte 01.01.2024, fortsatt i bruk",
        (2, "2024-01-01"): "Begynte 01.01.2024, sluttet 01.02.2024",
        (4, "2024-01-01"): "Begynte 01.01.2024, døde 01.03.2024",
        (5, "2024-01-01"): "Begynte 01.01.2024, langtidsopphold 01.02.2024",
        (6, "2024-01-01"): "Begynte 01.01.2024, flyttet ut 10.03.2024",
        (8, "2024-01-01"): "Begynte 01.01.2024, sluttet 01.02.2024",
        (8, "2024-02-29"): "Begynte 29.02.2024, fortsatt i bruk",
        (15, "2024-01-01"): "Begynte 01.01.2024, fortsatt i bruk",
    }
