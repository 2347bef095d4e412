"""Alarmer per bruker: whose alarms count, on small visible tables. Each case has a district.

The month is November 2024. Its weeks begin on the 1st, and on the Mondays: 4th, 11th, 18th, 25th.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import alarms_per_active

CASES = """
district | case                                                | active | with_alarm | alarms | alarms_per_active
01       | Bruker som sendte to alarmer                        | 1      | 1          | 2      | 2
02       | Bruker som ikke sendte noen alarm                   | 1      | 0          | 0      | 0
03       | Utstyr uten vedtak: ikke samtidig bruker            | 0      | 0          | 0      | undefined
04       | Prøvealarm, teknisk alarm og dose som ikke ble tatt | 1      | 0          | 0      | 0
05       | To deler utstyret: alarmen telles hos hovedbrukeren | 1      | 1          | 1      | 1
06       | To deler utstyret: den andre                        | 1      | 0          | 0      | 0
07       | Alarm etter uken da vedtaket tok slutt              | 1      | 1          | 1      | 1
08       | Flyttet 15. november: alarm fra tiden her           | 1      | 1          | 1      | 1
09       | Flyttet hit 15. november: alarmer siden da          | 1      | 1          | 2      | 2
10       | Alarm i måneden før                                 | 1      | 0          | 0      | 0
11       | To tjenester er én bruker                           | 1      | 1          | 2      | 2
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | starts_on  | ends_on
V1        | 1            | TA      | 2024-01-01 |
V2        | 2            | TA      | 2024-01-01 |
V4        | 4            | TA      | 2024-01-01 |
V5        | 5            | TA      | 2024-01-01 |
V6        | 6            | TA      | 2024-01-01 |
V7        | 7            | TA      | 2024-01-01 | 2024-11-06
V8        | 8            | TA      | 2024-01-01 |
V10       | 10           | TA      | 2024-01-01 |
V11a      | 11           | TA      | 2024-01-01 |
V11b      | 11           | GPS     | 2024-01-01 |
"""
DEVICES = "device_id | service\n" + "\n".join(
    [f"D{n} | TA" for n in (1, 2, 3, 4, 5, 7, 8, 10, 11)] + ["D12 | GPS"]
)
ASSIGNED = """
device_id | recipient_id | role    | starts_on
D1        | 1            |         | 2024-01-01
D2        | 2            |         | 2024-01-01
D3        | 3            |         | 2024-01-01
D4        | 4            |         | 2024-01-01
D5        | 5            | primary | 2024-01-01
D5        | 6            | shared  | 2024-01-01
D7        | 7            |         | 2024-01-01
D8        | 8            |         | 2024-01-01
D10       | 10           |         | 2024-01-01
D11       | 11           |         | 2024-01-01
D12       | 11           |         | 2024-01-01
"""
EVENTS = """
device_id | at               | vocabulary | code | test | technical
D1        | 2024-11-05 10:00 | alert      | 3    |      |
D1        | 2024-11-30 23:59 | alert      | 4.1  |      |
D3        | 2024-11-05 10:00 | alert      | 3    |      |
D4        | 2024-11-05 10:00 | alert      | 3    | true |
D4        | 2024-11-05 10:01 | alert      | 3    |      | true
D4        | 2024-11-05 10:02 | alert      | 1.1  |      |
D5        | 2024-11-05 10:00 | alert      | 3    |      |
D7        | 2024-11-10 23:00 | alert      | 3    |      |
D7        | 2024-11-11 01:00 | alert      | 3    |      |
D8        | 2024-11-13 10:00 | alert      | 3    |      |
D8        | 2024-11-19 10:00 | alert      | 3    |      |
D8        | 2024-11-20 10:00 | alert      | 3    |      |
D10       | 2024-10-31 23:59 | alert      | 3    |      |
D11       | 2024-11-05 10:00 | alert      | 3    |      |
D12       | 2024-11-05 10:00 | alert      | 3    |      |
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 12)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 12) if n not in {8, 9}]
    + ["8 | 030108 | 2020-01-01 | 2024-11-15", "8 | 030109 | 2024-11-15 |"]
)
MEASURES = ("active", "with_alarm", "alarms", "alarms_per_active")
WORLD = visible.world(
    vedtak=VEDTAK,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    device_events=EVENTS,
    units=UNITS,
    residences=RESIDENCES,
)
TODAY = date(2024, 11, 30)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, months=["2024-11"], today=TODAY, indicator=alarms_per_active.INDICATOR)


def figure(figures, measure, unit, slice_=("total", "all")):
    grouping = "municipality" if unit == "0301" else "district"
    value, state = figures["then", grouping, unit, "2024-11", *slice_, measure]
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_whose_alarms_count(figures, case):
    for measure in MEASURES:
        assert figure(figures, measure, f"0301{case['district']}") == case[measure], measure


IN_THE_CITY = """
kind    | slice | active | with_alarm | alarms | alarms_per_active
service | TA    | 9      | 5          | 8      | 0.8888888888888888
service | GPS   | 1      | 1          | 1      | 1
total   | all   | 9      | 5          | 9      | 1
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_she_who_moved_and_she_with_two_services_count_once(figures, row):
    of = (row["kind"], row["slice"])
    found = {measure: figure(figures, measure, "0301", of) for measure in MEASURES}
    assert found == {measure: row[measure] for measure in MEASURES}


def test_the_rows_behind_say_how_many_alarms():
    found = rows_behind(alarms_per_active.INDICATOR, WORLD, month="2024-11", today=TODAY)
    of_ta = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["slice"] == "TA" and row["recipient_id"] in {1, 2, 5}
    }
    assert of_ta == {
        ("active", 1): "2 alarmer",
        ("with_alarm", 1): "2 alarmer",
        ("active", 2): "0 alarmer",
        ("active", 5): "1 alarm",
        ("with_alarm", 5): "1 alarm",
    }
