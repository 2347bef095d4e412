"""Avklaringsgrad: which cases are clarified, on small visible tables. Each case has a district.

The month is November 2024, in which local time is an hour ahead of UTC. What a case of one
recipient may be followed by is specified with the panel's fact.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import clarification

CASES = """
district | case                                       | cases | clarified | repeated | undocumented | clarified_share
01       | Avklart, og ingen ny sak etterpå           | 1     | 1         | 0        | 0            | 100
02       | Avklart, men samme bruker varslet igjen    | 2     | 0         | 1        | 0            | 0
03       | Videreformidlet, utrykning og ikke svar    | 3     | 0         | 0        | 0            | 0
04       | Prøvealarm og teknisk sak                  | 0     | 0         | 0        | 0            | undefined
05       | Ingen skrev utfall                         | 0     | 0         | 0        | 1            | undefined
06       | Avklart før måneden, ny sak i måneden      | 1     | 1         | 0        | 0            | 100
07       | Avklart ved månedens slutt, ny sak etterpå | 1     | 0         | 1        | 0            | 0
08       | Avklart, men noen ble sendt ut             | 1     | 0         | 0        | 0            | 0
09       | To tjenester hos samme bruker              | 2     | 2         | 0        | 0            | 100
"""  # noqa: E501 - a table is read across
RESPONSES = """
recipient_id | device_id | at               | closed_at              | dispatched_at          | outcome
1            | D1        | 2024-11-05 10:00 | 2024-11-05T10:05+01:00 |                        | clarified
2            | D2        | 2024-11-05 10:00 | 2024-11-05T10:05+01:00 |                        | clarified
2            | D2        | 2024-11-05 11:00 | 2024-11-05T11:05+01:00 | 2024-11-05T11:03+01:00 | callout
3            | D3        | 2024-11-05 10:00 |                        |                        | forwarded
3            | D3        | 2024-11-15 10:00 |                        |                        | callout
3            | D3        | 2024-11-25 10:00 |                        |                        | no_answer
4            | D4        | 2024-11-05 10:00 |                        |                        | test
4            | D4        | 2024-11-15 10:00 |                        |                        | technical
5            | D5        | 2024-11-05 10:00 |                        |                        |
6            | D6        | 2024-10-31 23:50 | 2024-10-31T23:55+01:00 |                        | clarified
6            | D6        | 2024-11-01 00:10 | 2024-11-01T00:15+01:00 |                        | clarified
7            | D7        | 2024-11-30 23:50 | 2024-11-30T23:55+01:00 |                        | clarified
7            | D7        | 2024-12-01 00:10 | 2024-12-01T00:15+01:00 |                        | clarified
8            | D8        | 2024-11-05 10:00 | 2024-11-05T10:50+01:00 | 2024-11-05T10:03+01:00 | clarified
9            | D9        | 2024-11-05 10:00 | 2024-11-05T10:05+01:00 |                        | clarified
9            | D10       | 2024-11-05 18:00 | 2024-11-05T18:05+01:00 |                        | clarified
             | unknown   | 2024-11-05 10:00 | 2024-11-05T10:05+01:00 |                        | clarified
1            | unknown   | 2024-11-25 10:00 | 2024-11-25T10:05+01:00 |                        | forwarded
"""  # noqa: E501 - a table is read across
WORLD = visible.world(
    devices="device_id | service\n"
    + "\n".join([f"D{n} | TA" for n in range(1, 10)] + ["D10 | GPS"]),
    device_assignments="device_id | recipient_id | starts_on\n"
    + "\n".join([f"D{n} | {n} | 2024-01-01" for n in range(1, 10)] + ["D10 | 9 | 2024-01-01"]),
    responses=RESPONSES,
    units="code | name | level | parent | starts_on\n"
    + "\n".join(
        ["0301 | Byen | municipality | | 2000-01-01"]
        + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 10)]
    ),
    residences="recipient_id | unit | starts_on\n"
    + "\n".join(f"{n} | 0301{n:02d} | 2020-01-01" for n in range(1, 10)),
)
TODAY = date(2024, 12, 31)
MEASURES = ("cases", "clarified", "repeated", "undocumented", "clarified_share")


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD,
        months=["2024-10", "2024-11"],
        today=TODAY,
        indicator=clarification.INDICATOR,
    )


def figure(figures, measure, unit, slice_=("service", "TA"), month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    value, state = figures["then", grouping, unit, month, *slice_, measure]
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_which_cases_are_clarified(figures, case):
    of = ("total", "all") if case["district"] == "09" else ("service", "TA")
    for measure in MEASURES:
        assert figure(figures, measure, f"0301{case['district']}", of) == case[measure], measure


def test_a_repeat_in_the_next_month_is_the_first_month_s(figures):
    assert figure(figures, "repeated", "030106", month="2024-10") == "1"


def test_a_device_that_nobody_has_is_of_no_service_and_of_all(figures):
    """The forwarded case of number 1 is not a safety alarm's, but it is a case of hers."""
    assert figure(figures, "cases", "030101") == "1"
    assert figure(figures, "cases", "030101", ("total", "all")) == "2"
    assert figure(figures, "clarified_share", "030101", ("total", "all")) == "50"


IN_THE_CITY = """
kind    | slice | cases | with_case | clarified | with_clarified
service | TA    | 10    | 7         | 3         | 3
service | GPS   | 1     | 1         | 1         | 1
total   | all   | 12    | 7         | 4         | 3
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_cases_of_nobody_known_are_not_counted(figures, row):
    names = ("cases", "with_case", "clarified", "with_clarified")
    found = {name: figure(figures, name, "0301", (row["kind"], row["slice"])) for name in names}
    assert found == {name: row[name] for name in names}


def test_the_rows_behind_say_what_became_of_the_cases():
    found = rows_behind(clarification.INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["slice"] == "TA" and row["recipient_id"] in {1, 2, 5}
    }
    assert told == {
        ("with_case", 1): "1 sak, 1 avklart, 0 gjentatt",
        ("with_clarified", 1): "1 sak, 1 avklart, 0 gjentatt",
        ("with_case", 2): "2 saker, 0 avklart, 1 gjentatt",
        ("with_repeated", 2): "2 saker, 0 avklart, 1 gjentatt",
        ("with_undocumented", 5): "1 sak uten utfall",
    }
