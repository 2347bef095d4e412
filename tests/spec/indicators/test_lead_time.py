"""Ledetid: from which day to which, which vedtak count, and how those who wait are counted.

Every case lives in a district of hers. Most vedtak were decided on 1 March 2024; the window ends
with November 2024.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import lead_time

CASES = """
district | case                                                | vedtak | not_started | waiting | median
01       | Utstyret virket etter 10 dager                      | 1      | 0           | 0       | 10
02       | Utstyret sto der da vedtaket ble fattet             | 1      | 0           | 0       | 0
03       | Ingenting har kommet                                | 1      | 1           | 1       | undefined
04       | Utstyret kommer i desember                          | 1      | 1           | 1       | undefined
05       | Døde før utstyret kom                               | 1      | 1           | 0       | undefined
06       | Vedtaket tok slutt før utstyret kom                 | 1      | 1           | 0       | undefined
07       | Utstyr for en annen tjeneste                        | 1      | 1           | 1       | undefined
08       | Ute av drift de første 5 av 15 dager                | 1      | 0           | 0       | 15
09       | Fornyet i mars, begynte for tre år siden            | 0      | 0           | 0       | undefined
10       | Nytt vedtak 28 dager etter at det forrige tok slutt | 1      | 0           | 0       | 7
11       | Nytt vedtak 27 dager etter                          | 0      | 0           | 0       | undefined
12       | Avslag på søknaden                                  | 0      | 0           | 0       | undefined
13       | Fattet på vinduets første dag                       | 1      | 0           | 0       | 3
14       | Fattet dagen før vinduet                            | 0      | 0           | 0       | undefined
15       | Vedtaksdatoen mangler                               | 1      | 0           | 0       | 4
16       | Hjemmetjenester er ikke teknologi                   | 0      | 0           | 0       | undefined
17       | Registrert to ganger, med to vedtaksdatoer          | 1      | 0           | 0       | 12
18       | Bodde her da vedtaket ble fattet                    | 1      | 0           | 0       | 20
19       | Bodde her da utstyret virket                        | 0      | 0           | 0       | undefined
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | status  | decided_on | starts_on  | ends_on
V1        | 1            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V2        | 2            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V3        | 3            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V4        | 4            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V5        | 5            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V6        | 6            | DMS     | granted | 2024-03-01 | 2024-03-05 | 2024-04-01
V7        | 7            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V8        | 8            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V9a       | 9            | DMS     | granted | 2021-03-01 | 2021-03-05 | 2024-03-05
V9b       | 9            | DMS     | granted | 2024-03-01 | 2024-03-05 |
V10a      | 10           | DMS     | granted | 2021-03-01 | 2021-03-05 | 2024-02-06
V10b      | 10           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V11a      | 11           | DMS     | granted | 2021-03-01 | 2021-03-05 | 2024-02-07
V11b      | 11           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V12       | 12           | DMS     | refused | 2024-03-01 | 2024-03-05 |
V13       | 13           | DMS     | granted | 2023-12-01 | 2023-12-01 |
V14       | 14           | DMS     | granted | 2023-11-30 | 2023-12-01 |
V15       | 15           | DMS     | granted |            | 2024-03-05 |
V16       | 16           | HN      | granted | 2024-03-01 | 2024-03-05 |
V17a      | 17           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V17b      | 17           | DMS     | granted | 2024-03-04 | 2024-03-05 |
V18       | 18           | DMS     | granted | 2024-03-01 | 2024-03-05 |
"""
DEVICES = "device_id | service\n" + "\n".join(
    f"D{n} | {'TA' if n == 7 else 'DMS'}" for n in range(1, 19)
)
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-03-11 |
D2        | 2            | 2024-01-01 |
D4        | 4            | 2024-12-01 |
D5        | 5            | 2024-03-20 |
D6        | 6            | 2024-04-01 |
D7        | 7            | 2024-03-11 |
D8        | 8            | 2024-03-11 |
D9        | 9            | 2021-03-11 |
D10       | 10           | 2024-03-08 |
D11       | 11           | 2024-03-08 |
D12       | 12           | 2024-03-11 |
D13       | 13           | 2023-12-04 |
D14       | 14           | 2023-12-04 |
D15       | 15           | 2024-03-09 |
D16       | 16           | 2024-03-11 |
D17       | 17           | 2024-03-13 |
D18       | 18           | 2024-03-21 |
"""
DOWNTIMES = """
device_id | reason | starts_on  | ends_on
D8        | fault  | 2024-03-11 | 2024-03-16
"""
RECIPIENTS = """
recipient_id | died_on
5            | 2024-03-20
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 20)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 18)]
    + ["18 | 030118 | 2020-01-01 | 2024-03-02", "18 | 030119 | 2024-03-02 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    device_downtimes=DOWNTIMES,
    recipients=RECIPIENTS,
    units=UNITS,
    residences=RESIDENCES,
)
INDICATOR = lead_time.INDICATOR


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, months=["2024-11"], today=date(2024, 12, 31), indicator=INDICATOR)


def figure(figures, measure, unit="0301", slice_=("service", "DMS"), month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


def shown(found):
    value, state = found
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_is_counted_from_when_to_when(figures, case):
    unit = f"0301{case['district']}"
    for column in ("vedtak", "not_started", "waiting", "median"):
        measure = "median_days" if column == "median" else column
        assert shown(figure(figures, measure, unit)) == case[column], measure


#: Days, of those who have it; a plus: not started after so many days, when its course was over.
#: 0 3 4 7 10 12 15 18+ 20 30+ 274+ 274+ 274+
BY_HAND = """
measure        | value
vedtak         | 13
not_started    | 5
waiting        | 3
median_days    | 15
within_14_days | 46.153846
within_28_days | 63.076923
"""


@pytest.mark.parametrize("row", visible.rows(BY_HAND), ids=lambda row: row["measure"])
def test_those_who_wait_are_counted_as_long_as_they_have_waited(figures, row):
    """Six of 13 by day 14, seven by 15; of the five left by day 20 one more: 6/13 x 4/5 wait."""
    assert shown(figure(figures, row["measure"])) == row["value"]


def test_a_vedtak_of_each_service_is_a_case_of_all_technology(figures):
    assert figure(figures, "vedtak", slice_=("total", "all")) == (13, "value")
    assert figure(figures, "vedtak", slice_=("service", "TA")) == (0, "value")


def test_vedtak_from_before_the_data_are_not_counted(figures_of):
    since = date(2023, 12, 2)
    found = figures_of(
        WORLD, months=["2024-11"], today=date(2024, 12, 31), indicator=INDICATOR, since=since
    )
    assert figure(found, "vedtak") == (12, "value")


def test_a_month_tells_what_was_known_at_its_end(figures_of):
    months = ["2024-03", "2024-12"]
    found = figures_of(WORLD, months=months, today=date(2024, 12, 31), indicator=INDICATOR)
    waiting = [figure(found, "waiting", "030104", month=month) for month in months]
    assert waiting == [(1, "value"), (0, "value")]


def test_the_rows_behind_name_the_vedtak():
    found = rows_behind(INDICATOR, WORLD, month="2024-11", today=date(2024, 12, 31))
    told = {
        (row["measure"], row["thing"]): row["detail"]
        for row in found
        if row["slice"] == "DMS" and row["recipient_id"] in {1, 3, 5}
    }
    assert told == {
        ("vedtak", "V1"): "Vedtak 01.03.2024, utstyret virket etter 10 dager",
        ("vedtak", "V3"): "Vedtak 01.03.2024, ikke i gang etter 274 dager",
        ("not_started", "V3"): "Vedtak 01.03.2024, ikke i gang etter 274 dager",
        ("waiting", "V3"): "Vedtak 01.03.2024, ikke i gang etter 274 dager",
        ("vedtak", "V5"): "Vedtak 01.03.2024, ikke i gang etter 18 dager",
        ("not_started", "V5"): "Vedtak 01.03.2024, ikke i gang etter 18 dager",
    }
