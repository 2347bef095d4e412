"""Ledetid: from which day to which, which vedtak count, and how those who wait are counted.

``median_days``: until the equipment worked; ``signal_median_days``: until it was first heard from.

Every case lives in a district of hers. Most vedtak were decided on 1 March 2024; the window ends
with November 2024.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import lead_time

CASES = """
district | case                                                | vedtak | not_started | waiting | median_days | signal_median_days | no_signal
01       | Utstyret virket etter 10 dager                      | 1      | 0           | 0       | 10          | 12                 | 0
02       | Utstyret sto der da vedtaket ble fattet             | 1      | 0           | 0       | 0           | 0                  | 0
03       | Ingenting har kommet                                | 1      | 1           | 1       | undefined   | undefined          | 1
04       | Utstyret kommer i desember                          | 1      | 1           | 1       | undefined   | undefined          | 1
05       | Døde før utstyret kom                               | 1      | 1           | 0       | undefined   | undefined          | 1
06       | Vedtaket tok slutt før utstyret kom                 | 1      | 1           | 0       | undefined   | undefined          | 1
07       | Utstyr for en annen tjeneste                        | 1      | 1           | 1       | undefined   | undefined          | 1
08       | Ute av drift de første 5 av 15 dager                | 1      | 0           | 0       | 15          | 20                 | 0
09       | Fornyet i mars, begynte for tre år siden            | 0      | 0           | 0       | undefined   | undefined          | 0
10       | Nytt vedtak 28 dager etter at det forrige tok slutt | 1      | 0           | 0       | 7           | 7                  | 0
11       | Nytt vedtak 27 dager etter                          | 0      | 0           | 0       | undefined   | undefined          | 0
12       | Avslag på søknaden                                  | 0      | 0           | 0       | undefined   | undefined          | 0
13       | Fattet på vinduets første dag                       | 1      | 0           | 0       | 3           | 3                  | 0
14       | Fattet dagen før vinduet                            | 0      | 0           | 0       | undefined   | undefined          | 0
15       | Vedtaksdatoen mangler                               | 1      | 0           | 0       | 4           | 4                  | 0
16       | Hjemmetjenester er ikke teknologi                   | 0      | 0           | 0       | undefined   | undefined          | 0
17       | Registrert to ganger, med to vedtaksdatoer          | 1      | 0           | 0       | 12          | 12                 | 0
18       | Bodde her da vedtaket ble fattet                    | 1      | 0           | 0       | 20          | 20                 | 0
19       | Bodde her da utstyret virket                        | 0      | 0           | 0       | undefined   | undefined          | 0
20       | Sendte noe alt tidligere i uken med vedtaket        | 1      | 0           | 0       | 0           | 0                  | 0
21       | Sendte noe uken før, og så to uker etter            | 1      | 0           | 0       | 0           | 14                 | 0
22       | Prøvealarm da utstyret ble montert                  | 1      | 0           | 0       | 10          | 10                 | 0
23       | Bare tekniske varsler                               | 1      | 0           | 0       | 10          | undefined          | 1
24       | Deler utstyr med ektefellen, som er hovedbruker     | 1      | 0           | 0       | 10          | 12                 | 0
25       | Utstyret sendte først da det var levert tilbake     | 1      | 0           | 0       | 10          | undefined          | 1
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
V20       | 20           | DMS     | granted | 2024-03-06 | 2024-03-06 |
V21       | 21           | DMS     | granted | 2024-03-06 | 2024-03-06 |
V22       | 22           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V23       | 23           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V24       | 24           | DMS     | granted | 2024-03-01 | 2024-03-05 |
V25       | 25           | DMS     | granted | 2024-03-01 | 2024-03-05 |
"""
DEVICES = "device_id | service\n" + "\n".join(
    f"D{n} | {'TA' if n == 7 else 'DMS'}" for n in range(1, 26)
)
ASSIGNED = """
device_id | recipient_id | role    | starts_on  | ends_on
D1        | 1            |         | 2024-03-11 |
D2        | 2            |         | 2024-01-01 |
D4        | 4            |         | 2024-12-01 |
D5        | 5            |         | 2024-03-20 |
D6        | 6            |         | 2024-04-01 |
D7        | 7            |         | 2024-03-11 |
D8        | 8            |         | 2024-03-11 |
D9        | 9            |         | 2021-03-11 |
D10       | 10           |         | 2024-03-08 |
D11       | 11           |         | 2024-03-08 |
D12       | 12           |         | 2024-03-11 |
D13       | 13           |         | 2023-12-04 |
D14       | 14           |         | 2023-12-04 |
D15       | 15           |         | 2024-03-09 |
D16       | 16           |         | 2024-03-11 |
D17       | 17           |         | 2024-03-13 |
D18       | 18           |         | 2024-03-21 |
D20       | 20           |         | 2024-01-01 |
D21       | 21           |         | 2024-01-01 |
D22       | 22           |         | 2024-03-11 |
D23       | 23           |         | 2024-03-11 |
D24       | 24           | shared  | 2024-03-11 |
D24       | 99           | primary | 2024-03-11 |
D25       | 25           |         | 2024-03-11 | 2024-03-15
"""
EVENTS = """
device_id | at               | vocabulary | code | test | technical
D1        | 2024-03-13 08:00 | dispense   | 1    |      |
D1        | 2024-03-14 08:00 | dispense   | 1    |      |
D2        | 2024-03-01 08:00 | dispense   | 1    |      |
D4        | 2024-12-02 08:00 | dispense   | 1    |      |
D5        | 2024-03-21 08:00 | alert      | 1.1  |      |
D6        | 2024-04-02 08:00 | dispense   | 1    |      |
D7        | 2024-03-13 08:00 | alert      | 3    |      |
D8        | 2024-03-21 08:00 | dispense   | 1    |      |
D10       | 2024-03-08 08:00 | dispense   | 1    |      |
D13       | 2023-12-04 08:00 | dispense   | 1    |      |
D15       | 2024-03-09 08:00 | dispense   | 1    |      |
D17       | 2024-03-13 08:00 | alert      | 1.1  |      |
D18       | 2024-03-21 08:00 | dispense   | 1    |      |
D20       | 2024-03-04 08:00 | dispense   | 1    |      |
D20       | 2024-03-20 08:00 | dispense   | 1    |      |
D21       | 2024-03-03 23:59 | dispense   | 1    |      |
D21       | 2024-03-20 08:00 | dispense   | 1    |      |
D22       | 2024-03-11 08:00 | alert      | 3    | true |
D23       | 2024-03-13 08:00 | alert      | 1.17 |      | true
D24       | 2024-03-13 08:00 | dispense   | 1    |      |
D25       | 2024-03-16 08:00 | dispense   | 1    |      |
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
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 26)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in (*range(1, 18), *range(20, 26))]
    + ["18 | 030118 | 2020-01-01 | 2024-03-02", "18 | 030119 | 2024-03-02 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    device_downtimes=DOWNTIMES,
    device_events=EVENTS,
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


MEASURES = [name for name in visible.rows(CASES)[0] if name not in {"district", "case"}]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_is_counted_from_when_to_when(figures, case):
    unit = f"0301{case['district']}"
    for measure in MEASURES:
        assert shown(figure(figures, measure, unit)) == case[measure], measure


#: Days, of those who have it; a plus: not started after so many days, when its course was over.
#: Worked:  0 0 0 3 4 7 10 10 10 10 10 12 15 18+ 20 30+ 274+ 274+ 274+
#: Signals: 0 0 3 4 7 10 12 12 12 14 18+ 20 20 30+ 274+ 274+ 274+ 274+ 274+
BY_HAND = """
measure               | value
vedtak                | 19
not_started           | 5
waiting               | 3
median_days           | 10
within_14_days        | 63.157895
within_28_days        | 74.736842
signal_vedtak         | 19
signal_vedtak_share   | 100
no_signal             | 7
signal_median_days    | 14
signal_within_28_days | 64.473684
"""


@pytest.mark.parametrize("row", visible.rows(BY_HAND), ids=lambda row: row["measure"])
def test_those_who_wait_are_counted_as_long_as_they_have_waited(figures, row):
    """By day 15 all but 6/19 work, and of the five left on day 20 one more: 6/19 x 4/5 wait.

    By day 14 all but 9/19 were heard from, and of the eight left on day 20 two more: 9/19 x 6/8.
    """
    assert shown(figure(figures, row["measure"])) == row["value"]


def test_a_vedtak_of_each_service_is_a_case_of_all_technology(figures):
    assert figure(figures, "vedtak", slice_=("total", "all")) == (19, "value")
    assert figure(figures, "vedtak", slice_=("service", "TA")) == (0, "value")


def test_vedtak_from_before_the_data_are_not_counted(figures_of):
    since = date(2023, 12, 2)
    found = figures_of(
        WORLD, months=["2024-11"], today=date(2024, 12, 31), indicator=INDICATOR, since=since
    )
    assert figure(found, "vedtak") == (18, "value")


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
    started = "Vedtak 01.03.2024, utstyret virket etter 10 dager, første signal etter 12 dager"
    waits = "Vedtak 01.03.2024, ikke i gang etter 274 dager, ikke noe signal etter 274 dager"
    died = "Vedtak 01.03.2024, ikke i gang etter 18 dager, ikke noe signal etter 18 dager"
    assert told == {
        ("vedtak", "V1"): started,
        ("signal_vedtak", "V1"): started,
        ("vedtak", "V3"): waits,
        ("not_started", "V3"): waits,
        ("waiting", "V3"): waits,
        ("signal_vedtak", "V3"): waits,
        ("no_signal", "V3"): waits,
        ("vedtak", "V5"): died,
        ("not_started", "V5"): died,
        ("signal_vedtak", "V5"): died,
        ("no_signal", "V5"): died,
    }


#: DMS is heard from all along, DT from 20 May on (a technical alert), GPS never.
HEARD = """
slice   | month   | vedtak | signal_vedtak | signal_vedtak_share | no_signal | signal_median_days
DMS     | 2024-11 | 2      | 2             | 100                 | 1         | 7
GPS     | 2024-11 | 1      | missing       | missing             | missing   | missing
DT      | 2024-11 | 2      | 1             | 50                  | 0         | 9
DT      | 2024-04 | 1      | missing       | missing             | missing   | missing
hjemme  | 2024-11 | 3      | 1             | 33.333333           | 0         | 9
all     | 2024-11 | 5      | 3             | 60                  | 1         | 9
all     | 2024-04 | 4      | 2             | 50                  | 1         | 7
"""
PARTLY_HEARD = visible.world(
    vedtak="""
    vedtak_id | recipient_id | service | status  | decided_on | starts_on  | ends_on
    V1        | 1            | DMS     | granted | 2024-03-01 | 2024-03-01 |
    V2        | 2            | DMS     | granted | 2024-03-01 | 2024-03-01 |
    V3        | 3            | GPS     | granted | 2024-03-01 | 2024-03-01 |
    V4        | 4            | DT      | granted | 2024-04-30 | 2024-04-30 |
    V5        | 5            | DT      | granted | 2024-05-01 | 2024-05-01 |
    """,
    devices="device_id | service\nD1 | DMS\nD3 | GPS\nD4 | DT\nD5 | DT",
    device_assignments="""
    device_id | recipient_id | starts_on  | ends_on
    D1        | 9            | 2021-01-01 | 2024-02-01
    D1        | 1            | 2024-03-05 |
    D3        | 3            | 2024-03-05 |
    D4        | 4            | 2024-05-01 |
    D5        | 5            | 2024-05-02 |
    """,
    device_events="""
    device_id | at               | vocabulary | code | technical
    D1        | 2023-11-05 08:00 | dispense   | 1    |
    D1        | 2024-03-08 08:00 | dispense   | 1    |
    D4        | 2024-05-20 08:00 | alert      | 1.17 | true
    D4        | 2024-06-01 08:00 | alert      | 3    |
    D5        | 2024-05-10 08:00 | alert      | 3    |
    """,
    reporting_groups="group | service\nhjemme | GPS\nhjemme | DT",
    units=UNITS,
    residences="recipient_id | unit | starts_on | ends_on\n"
    + "\n".join(f"{n} | 030101 | 2020-01-01 |" for n in range(1, 6)),
)
KINDS = {"hjemme": "group", "all": "total"}


@pytest.fixture(scope="module")
def partly(figures_of):
    return figures_of(
        PARTLY_HEARD,
        months=["2024-04", "2024-11"],
        today=date(2024, 12, 31),
        indicator=INDICATOR,
    )


@pytest.mark.parametrize(
    "row", visible.rows(HEARD), ids=lambda row: f"{row['slice']} {row['month']}"
)
def test_a_service_that_has_not_sent_yet_does_not_look_as_if_nobody_started(partly, row):
    slice_ = (KINDS.get(row["slice"], "service"), row["slice"])
    for unit in ("0301", "030101"):
        for measure in visible.rows(HEARD)[0].keys() - {"slice", "month"}:
            found = figure(partly, measure, unit, slice_, row["month"])
            assert _rounded(shown(found)) == row[measure], (unit, measure)


def _rounded(text):
    return text[: text.index(".") + 7] if "." in text else text


def test_a_service_that_no_register_knows_is_not_documented_there_either(partly):
    found = figure(partly, "no_signal", slice_=("service", "DHO"), month="2024-11")
    assert found == (None, "not_documented")


def test_the_rows_behind_say_who_cannot_be_followed():
    found = rows_behind(INDICATOR, PARTLY_HEARD, month="2024-11", today=date(2024, 12, 31))
    told = {
        (row["measure"], row["detail"])
        for row in found
        if row["slice"] == "all" and row["thing"] == "V3"
    }
    detail = "Vedtak 01.03.2024, utstyret virket etter 4 dager, kan ikke følges til signal"
    assert told == {("vedtak", detail)}


def test_only_what_is_counted_from_events_is_missing_without_them():
    needing = {m.code for m in INDICATOR.measures if "device_events" in m.needs}
    assert needing == {m.code for m in INDICATOR.measures if "signal" in m.code}
