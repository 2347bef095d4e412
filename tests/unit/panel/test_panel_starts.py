"""Visits before and after a start, on small visible tables. The start is on 1 March 2024."""

import pytest
import visible

from vft.panel import starts

MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05")
COLUMNS = "recipient_id started_on month visits_before visits_after minutes_before minutes_after"
VEDTAK = """
recipient_id | service | starts_on
1            | DMS     | 2024-03-01
"""
DEVICES = """
device_id | service
D1        | DMS
D2        | DMS
D3        | TA
"""
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-02-20 |
"""


def computed(columns=COLUMNS, *, months=MONTHS, **texts):
    given = {"vedtak": VEDTAK, "devices": DEVICES, "device_assignments": ASSIGNED} | texts
    engine = visible.InMemory(visible.world(**given))
    return engine.rows(starts.FACT.of(engine, list(months)), columns)


DAYS = """
day        | status    | before | after | why
2024-02-01 | executed  | 0      | 0     | 29 days before
2024-02-02 | executed  | 1      | 0     | 28 days before
2024-02-29 | executed  | 1      | 0     | the day before
2024-03-01 | executed  | 0      | 0     | the day of the start
2024-04-02 | executed  | 0      | 0     | day 32
2024-04-03 | executed  | 0      | 1     | day 33
2024-04-30 | executed  | 0      | 1     | day 60
2024-05-01 | executed  | 0      | 0     | day 61
2024-04-10 | cancelled | 0      | 0     | it was cancelled
"""


@pytest.mark.parametrize("row", visible.rows(DAYS), ids=lambda row: row["why"])
def test_which_days_are_before_and_after(row):
    visits = f"""
    recipient_id | at                 | status          | minutes
    1            | {row["day"]} 23:30 | {row["status"]} | 15
    2            | {row["day"]} 23:30 | {row["status"]} | 15
    """
    minutes = {name: str(15 * int(row[name])) for name in ("before", "after")}
    assert computed(visits=visits) == [
        ("1", "2024-03-01", "2024-04", row["before"], row["after"], *minutes.values())
    ]


STARTS = """
case                                | vedtak_from | assigned                                          | started
both from one day                   | 2024-03-01  | D1 1 2024-03-01 -                                 | 2024-03-01
the device came later               | 2024-02-01  | D1 1 2024-03-01 -                                 | 2024-03-01
a device was changed                | 2024-02-01  | D1 1 2024-02-10 2024-03-01, D2 1 2024-03-01 -     | 2024-02-10
a year without is enough to be new  | 2022-01-01  | D1 1 2022-02-01 2023-03-02, D2 1 2024-03-01 -     | 2024-03-01
a day less than that is not         | 2022-01-01  | D1 1 2022-02-01 2023-03-03, D2 1 2024-03-01 -     | -
another technology makes none new   | 2024-03-01  | D1 1 2024-03-01 -, D3 1 2020-01-01 -              | 2024-03-01
"""  # noqa: E501 - a table is read across


@pytest.mark.parametrize("row", visible.rows(STARTS), ids=lambda row: row["case"])
def test_what_is_a_start(row):
    """Of the starts that are judged in spring 2024; the year before has 366 days."""
    assigned = [line.replace("-  ", "").split() for line in row["assigned"].split(",")]
    found = computed(
        "started_on",
        vedtak=f"recipient_id | service | starts_on\n1 | DMS | {row['vedtak_from']}",
        device_assignments="device_id | recipient_id | starts_on | ends_on\n"
        + "\n".join(" | ".join(["" if c == "-" else c for c in line]) for line in assigned),
    )
    assert found == ([] if row["started"] == "-" else [(row["started"],)])


def test_a_start_belongs_to_the_month_in_which_it_is_judged():
    assert computed("started_on", months=["2024-03"]) == []
    assert computed("started_on month", months=["2024-04"]) == [("2024-03-01", "2024-04")]


def test_two_technologies_from_one_day_are_one_start():
    vedtak = VEDTAK + "1 | TA | 2024-03-01"
    assigned = ASSIGNED + "D3 | 1 | 2024-03-01 |"
    assert computed("started_on", vedtak=vedtak, device_assignments=assigned) == [("2024-03-01",)]
