"""Nye og avsluttede brukere: who came and who left in November 2024, on small visible tables.

Every case lives in a district of hers, unless she moves. A rest is shorter than 28 days.
"""

from datetime import date

import pytest
import visible

from vft.indicators import flows

CASES = """
district | case                                                   | new | ended | users | resting | moved_in | moved_out
01       | Bruker gjennom lang tid                                | 0   | 0     | 1     | 0       | 0        | 0
02       | Begynte i november                                     | 1   | 0     | 1     | 0       | 0        | 0
03       | Begynte siste dag i oktober                            | 0   | 0     | 1     | 0       | 0        | 0
04       | Siste dag i november er den første                     | 1   | 0     | 1     | 0       | 0        | 0
05       | Sluttet i november, årsaken er oppgitt                 | 0   | 1     | 0     | 0       | 0        | 0
06       | Siste dag i november er den siste                      | 0   | 0     | 1     | 0       | 0        | 0
07       | Byttet utstyr, tre uker uten                           | 0   | 0     | 1     | 0       | 0        | 0
08       | Bortreist over månedsskiftet, tilbake etter 27 dager   | 0   | 0     | 1     | 1       | 0        | 0
09       | Borte fra oktober til november, tilbake etter 27 dager | 0   | 0     | 1     | 0       | 0        | 0
10       | Borte i 28 dager ved utgangen av november              | 0   | 1     | 0     | 0       | 0        | 0
11       | Borte i 28 dager ved utgangen av oktober               | 1   | 0     | 1     | 0       | 0        | 0
12       | Begynte og sluttet i november                          | 0   | 0     | 0     | 0       | 0        | 0
13       | Hadde vedtak, fikk utstyret i november                 | 1   | 0     | 1     | 0       | 0        | 0
14       | Flyttet til en annen bydel i november                  | 0   | 0     | 0     | 0       | 0        | 1
15       | Bydelen den flyttede bor i nå                          | 0   | 0     | 1     | 0       | 1        | 0
16       | Flyttet til en annen bydel og sluttet der i november   | 0   | 1     | 0     | 0       | 0        | 0
17       | Bydelen hun flyttet til før hun sluttet                | 0   | 0     | 0     | 0       | 0        | 0
18       | Døde i november                                        | 0   | 1     | 0     | 0       | 0        | 0
19       | Utstyret ble levert tilbake, vedtaket løper videre     | 0   | 1     | 0     | 0       | 0        | 0
20       | Flyttet under et opphold i bruken ved månedsslutt      | 0   | 0     | 0     | 0       | 0        | 1
21       | Bydelen hun flyttet til under oppholdet                | 0   | 0     | 1     | 1       | 1        | 0
"""  # noqa: E501 - a table is read across
VEDTAK = """
vedtak_id | recipient_id | service | starts_on  | ends_on    | end_reason
V1        | 1            | TA      | 2023-01-01 |            |
V2        | 2            | TA      | 2024-11-12 |            |
V3        | 3            | TA      | 2024-10-31 |            |
V4        | 4            | TA      | 2024-11-30 |            |
V5        | 5            | TA      | 2023-01-01 | 2024-11-20 | own_wish
V6        | 6            | TA      | 2023-01-01 | 2024-12-01 |
V7        | 7            | TA      | 2023-01-01 |            |
V8        | 8            | TA      | 2023-01-01 |            |
V9        | 9            | TA      | 2023-01-01 |            |
V10       | 10           | TA      | 2023-01-01 |            |
V11       | 11           | TA      | 2023-01-01 |            |
V12       | 12           | TA      | 2024-11-05 | 2024-11-15 | not_suitable
V13       | 13           | TA      | 2023-01-01 |            |
V14       | 14           | TA      | 2023-01-01 |            |
V16       | 16           | TA      | 2023-01-01 | 2024-11-20 | not_needed
V18       | 18           | TA      | 2023-01-01 |            |
V19       | 19           | TA      | 2023-01-01 |            |
V20       | 20           | TA      | 2023-01-01 |            |
V22       | 22           | GPS     | 2023-01-01 | 2024-11-10 | replaced
V22       | 22           | TA      | 2024-11-10 |            |
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V8        | 2024-11-10 | 2024-12-07
V9        | 2024-10-10 | 2024-11-06
V10       | 2024-11-10 | 2024-12-08
V11       | 2024-10-10 | 2024-11-07
V20       | 2024-11-20 | 2024-12-10
"""
DEVICES = "device_id | service\n" + "\n".join(
    f"D{n} | {'GPS' if n == 23 else 'TA'}" for n in range(1, 24)
)
ASSIGNED = "device_id | recipient_id | starts_on | ends_on\n" + "\n".join(
    [f"D{n} | {n} | 2023-01-01 |" for n in range(1, 23) if n not in {7, 13, 19}]
    + [
        "D7  | 7  | 2023-01-01 | 2024-11-02",
        "D17 | 7  | 2024-11-23 |",
        "D13 | 13 | 2024-11-20 |",
        "D19 | 19 | 2023-01-01 | 2024-11-20",
        "D23 | 22 | 2023-01-01 |",
    ]
)
RECIPIENTS = """
recipient_id | died_on
18           | 2024-11-20
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 23)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 23) if n not in {14, 16, 20}]
    + [
        "14 | 030114 | 2020-01-01 | 2024-11-15",
        "14 | 030115 | 2024-11-15 |",
        "16 | 030116 | 2020-01-01 | 2024-11-10",
        "16 | 030117 | 2024-11-10 |",
        "20 | 030120 | 2020-01-01 | 2024-11-25",
        "20 | 030121 | 2024-11-25 |",
    ]
)
GROUPS = """
group  | group_name | service
alarms | Alarmer    | TA
alarms | Alarmer    | GPS
"""
MEASURES = ("new", "ended", "users", "resting", "moved_in", "moved_out")
MONTHS = ("2024-11", "2024-12")


@pytest.fixture(scope="module")
def figures(figures_of):
    tables = visible.world(
        vedtak=VEDTAK,
        vedtak_pauses=PAUSES,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        recipients=RECIPIENTS,
        units=UNITS,
        residences=RESIDENCES,
        reporting_groups=GROUPS,
    )
    return figures_of(
        tables, months=list(MONTHS), today=date(2024, 12, 31), indicator=flows.INDICATOR
    )


def figure(figures, measure, unit, slice_=("service", "TA"), month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_who_came_and_who_left(figures, case):
    unit = f"0301{case['district']}"
    found = {measure: figure(figures, measure, unit) for measure in MEASURES}
    assert found == {measure: (int(case[measure]), "value") for measure in MEASURES}


#: Number 22 went over from GPS to an alarm the same day: neither new nor ended among alarms.
IN_THE_CITY = """
kind    | slice  | new | ended | net | users | resting | moved_in | moved_out
service | TA     | 5   | 5     | 0   | 13    | 2       | 0        | 0
service | GPS    | 0   | 1     | -1  | 0     | 0       | 0        | 0
group   | alarms | 4   | 5     | -1  | 13    | 2       | 0        | 0
total   | all    | 4   | 5     | -1  | 13    | 2       | 0        | 0
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_going_over_from_one_technology_to_another_is_neither_new_nor_ended(figures, row):
    measures = (*MEASURES, "net")
    slice_ = (row["kind"], row["slice"])
    found = {m: figure(figures, m, "0301", slice_)[0] for m in measures}
    assert found == {measure: int(row[measure]) for measure in measures}


WHY = """
district | reason
05       | own_wish
10       | not_told
16       | not_needed
18       | dead
19       | not_told
"""


@pytest.mark.parametrize("row", visible.rows(WHY), ids=lambda row: row["district"])
def test_each_who_ended_has_one_reason(figures, row):
    reasons = [m.code for m in flows.INDICATOR.measures if m.code.startswith("ended_")]
    found = {r: figure(figures, r, f"0301{row['district']}")[0] for r in reasons}
    assert found == {r: int(r == f"ended_{row['reason']}") for r in reasons}


def test_she_who_rested_over_the_end_of_november_is_not_new_in_december(figures):
    assert figure(figures, "new", "030108", month="2024-12") == (0, "value")
    assert figure(figures, "resting", "030108", month="2024-12") == (0, "value")


def test_a_month_of_its_own_says_the_same_as_among_others(figures, figures_of):
    tables = visible.world(
        vedtak=VEDTAK,
        vedtak_pauses=PAUSES,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        recipients=RECIPIENTS,
        units=UNITS,
        residences=RESIDENCES,
        reporting_groups=GROUPS,
    )
    alone = figures_of(
        tables, months=["2024-12"], today=date(2024, 12, 31), indicator=flows.INDICATOR
    )
    assert alone == {key: value for key, value in figures.items() if key[3] == "2024-12"}
