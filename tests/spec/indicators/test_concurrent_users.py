"""Samtidige brukere: who counts, on small visible tables. Every case lives in a district of hers.

The month is November 2024, so that the day that counts is the 30th.
"""

from datetime import date

import pytest
import visible

CASES = """
district | case                                        | concurrent | vedtak_only | device_only | unique_in_month
01       | Vedtak og utstyr som virker                 | 1          | 0           | 0           | 1
02       | Bare vedtak                                 | 0          | 1           | 0           | 0
03       | Bare utstyr                                 | 0          | 0           | 1           | 0
04       | Avslag på søknaden                          | 0          | 0           | 1           | 0
05       | Vedtaket har pause siste dag                | 0          | 0           | 1           | 1
06       | Pausen tok slutt før siste dag              | 1          | 0           | 0           | 1
07       | Vedtaket gjelder ikke lenger siste dag      | 0          | 0           | 1           | 1
08       | Siste dag er også vedtakets siste           | 1          | 0           | 0           | 1
09       | Vedtak og utstyr begynner siste dag         | 1          | 0           | 0           | 1
10       | Utstyret er ute av drift siste dag          | 0          | 1           | 0           | 1
11       | Utstyret er utrangert                       | 0          | 1           | 0           | 0
12       | Vedtak og utstyr gjelder ulike tjenester    | 0          | 1           | 1           | 0
13       | Døde siste dag                              | 0          | 0           | 0           | 1
14       | Flyttet ut av kommunen i fjor               | 0          | 0           | 0           | 0
15       | Et par deler utstyr: hun har vedtak         | 1          | 0           | 0           | 1
16       | Et par deler utstyr: mannen har ikke vedtak | 0          | 0           | 1           | 0
17       | To vedtak og to enheter er én bruker        | 1          | 0           | 0           | 1
18       | To tjenester er én bruker av teknologi      | 1          | 0           | 0           | 1
19       | Utstyret ble levert tilbake den 10.         | 0          | 1           | 0           | 1
20       | Vedtak og utstyr aldri på samme tid         | 0          | 0           | 1           | 0
21       | Bodde her til den 15.                       | 0          | 0           | 0           | 1
22       | Flyttet hit den 15.                         | 1          | 0           | 0           | 1
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | status  | starts_on  | ends_on
V1        | 1            | TA      | granted | 2024-01-01 |
V2        | 2            | TA      | granted | 2024-01-01 |
V4        | 4            | TA      | refused | 2024-01-01 |
V5        | 5            | TA      | granted | 2024-01-01 |
V6        | 6            | TA      | granted | 2024-01-01 |
V7        | 7            | TA      | granted | 2024-01-01 | 2024-11-30
V8        | 8            | TA      | granted | 2024-01-01 | 2024-12-01
V9        | 9            | TA      | granted | 2024-11-30 |
V10       | 10           | TA      | granted | 2024-01-01 |
V11       | 11           | TA      | granted | 2024-01-01 |
V12       | 12           | TA      | granted | 2024-01-01 |
V13       | 13           | TA      | granted | 2024-01-01 |
V14       | 14           | TA      | granted | 2023-01-01 |
V15       | 15           | TA      | granted | 2024-01-01 |
V17a      | 17           | TA      | granted | 2024-01-01 |
V17b      | 17           | TA      | granted | 2024-11-10 | 2024-12-10
V18a      | 18           | TA      | granted | 2024-01-01 |
V18b      | 18           | DMS     | granted | 2024-01-01 |
V19       | 19           | TA      | granted | 2024-01-01 |
V20       | 20           | TA      | granted | 2024-01-01 | 2024-11-16
V21       | 21           | TA      | granted | 2024-01-01 |
V23       | 23           | GPS     | granted | 2024-01-01 |
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V5        | 2024-11-20 |
V6        | 2024-11-20 | 2024-11-30
"""
DEVICES = "device_id | service | retired_on\n" + "\n".join(
    f"D{n} | {({12: 'GPS', 23: 'GPS', 24: 'DMS'}).get(n, 'TA')} | {'2024-10-31' if n == 11 else ''}"
    for n in range(1, 26)
)
ASSIGNED = """
device_id | recipient_id | role    | starts_on  | ends_on
D1        | 1            |         | 2024-01-01 |
D3        | 3            |         | 2024-01-01 |
D4        | 4            |         | 2024-01-01 |
D5        | 5            |         | 2024-01-01 |
D6        | 6            |         | 2024-01-01 |
D7        | 7            |         | 2024-01-01 |
D8        | 8            |         | 2024-01-01 |
D9        | 9            |         | 2024-11-30 |
D10       | 10           |         | 2024-01-01 |
D11       | 11           |         | 2024-01-01 |
D12       | 12           |         | 2024-01-01 |
D13       | 13           |         | 2024-01-01 |
D14       | 14           |         | 2023-01-01 |
D15       | 15           | primary | 2024-01-01 |
D15       | 16           | shared  | 2024-01-01 |
D17       | 17           |         | 2024-01-01 |
D25       | 17           |         | 2024-11-10 |
D18       | 18           |         | 2024-01-01 |
D24       | 18           |         | 2024-01-01 |
D19       | 19           |         | 2024-01-01 | 2024-11-10
D20       | 20           |         | 2024-11-16 |
D21       | 21           |         | 2024-01-01 |
D23       | 23           |         | 2024-01-01 |
"""
DOWNTIMES = """
device_id | reason | starts_on  | ends_on
D10       | fault  | 2024-11-30 | 2024-12-02
"""
RECIPIENTS = """
recipient_id | died_on    | moved_out_on
13           | 2024-11-30 |
14           |            | 2023-12-31
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 24)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 21)]
    + ["21 | 030121 | 2020-01-01 | 2024-11-15", "21 | 030122 | 2024-11-15 |"]
)
GROUPS = """
group  | group_name | service
alarms | Alarmer    | TA
alarms | Alarmer    | GPS
"""
MEASURES = ("concurrent", "vedtak_only", "device_only", "unique_in_month")


@pytest.fixture(scope="module")
def figures(figures_of):
    tables = visible.world(
        vedtak=VEDTAK,
        vedtak_pauses=PAUSES,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        device_downtimes=DOWNTIMES,
        recipients=RECIPIENTS,
        units=UNITS,
        residences=RESIDENCES,
        reporting_groups=GROUPS,
    )
    return figures_of(
        tables,
        months=["2024-09", "2024-11"],
        today=date(2024, 11, 30),
        missing=["2024-09"],
    )


def figure(figures, measure, slice_, unit, month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_who_counts(figures, case):
    unit = f"0301{case['district']}"
    for measure in MEASURES:
        expected = (int(case[measure]), "value")
        assert figure(figures, measure, ("total", "all"), unit) == expected, measure


IN_THE_CITY = """
kind    | slice  | concurrent | vedtak_only | device_only | unique_in_month
service | TA     | 8          | 5           | 6           | 13
service | GPS    | 1          | 0           | 1           | 1
service | DMS    | 1          | 0           | 0           | 1
group   | alarms | 9          | 5           | 7           | 14
total   | all    | 9          | 5           | 7           | 14
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_a_person_counts_once_in_a_slice(figures, row):
    """She who moved counts once; number 23, whose home nobody knows, counts in the city."""
    found = {m: figure(figures, m, (row["kind"], row["slice"]), "0301")[0] for m in MEASURES}
    assert found == {measure: int(row[measure]) for measure in MEASURES}


def test_nobody_counted_is_zero(figures):
    assert figure(figures, "concurrent", ("service", "TA"), "030123") == (0, "value")


def test_a_service_that_no_register_holds_is_not_documented(figures):
    assert figure(figures, "concurrent", ("service", "DT"), "0301") == (None, "not_documented")


def test_a_month_that_a_source_does_not_reach_is_missing_and_not_zero(figures):
    found = figure(figures, "concurrent", ("service", "TA"), "030101", "2024-09")
    assert found == (None, "missing")


def test_without_reorganisations_then_and_now_are_the_same(figures):
    then = {k[1:]: v for k, v in figures.items() if k[0] == "then"}
    assert then == {k[1:]: v for k, v in figures.items() if k[0] == "now"}
