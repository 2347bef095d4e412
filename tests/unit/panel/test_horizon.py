"""Which months the data speaks of, and which registers reach them."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
import visible

from vft.lake import deliveries
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.lake.writing import writing
from vft.panel.horizon import Horizon, horizon

VEDTAK = """
recipient_id | service | decided_on | starts_on  | ends_on
1            | TA      | 2023-05-01 | 2023-06-01 |
2            | TA      | 2024-02-01 | 2024-02-10 | 2026-01-01
"""
ASSIGNED = """
device_id | recipient_id | starts_on
D1        | 1            | 2024-01-20
"""
VISITS = """
recipient_id | at
1            | 2024-01-05 08:00
1            | 2024-03-29 23:30
"""


def read(folder, received=None, later=None, **texts):
    lake = Lake(folder)
    with writing(lake, reason="test") as change:
        for name, text in texts.items():
            change.append(name, visible.table(name, text))
        if received:
            receipts = [("test", received), ("visits", later or received)]
            rows = [{"source": s, "status": "loaded", "received_at": at} for s, at in receipts]
            change.append("deliveries", pa.Table.from_pylist(rows, schema=deliveries.schema()))
    engine = DuckDB(lake)
    try:
        return horizon(engine)
    finally:
        engine.close()


def test_daily_registrations_say_which_days_are_covered(tmp_path):
    found = read(tmp_path, visits=VISITS, vedtak=VEDTAK, device_assignments=ASSIGNED)
    assert (found.first_month, found.last_day) == ("2024-01", date(2024, 3, 29))
    assert found.months == ["2024-01", "2024-02", "2024-03"]
    assert [found.is_complete(month) for month in found.months] == [True, True, False]


def test_without_them_vedtak_and_devices_do(tmp_path):
    found = read(tmp_path, vedtak=VEDTAK, device_assignments=ASSIGNED)
    assert (found.first_month, found.last_day) == ("2023-06", date(2024, 2, 1))


def test_a_lake_without_any_has_no_horizon(tmp_path):
    assert read(tmp_path) is None


def test_a_register_speaks_of_every_day_until_it_was_received(tmp_path):
    received, later = datetime(2024, 2, 15, 12, tzinfo=UTC), datetime(2024, 4, 2, tzinfo=UTC)
    found = read(
        tmp_path, received, later, visits=VISITS, vedtak=VEDTAK, device_assignments=ASSIGNED
    )
    assert found.unreached(["vedtak"]) == ["2024-03"]
    assert found.unreached(["device_assignments"]) == ["2024-03"]


def test_received_shortly_after_midnight_is_received_that_day(tmp_path):
    """In Oslo the last of February is over when it is 23:30 in UTC."""
    received = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
    assert read(tmp_path, received, visits=VISITS, vedtak=VEDTAK).unreached(["vedtak"]) == []


def test_an_empty_register_reaches_nothing(tmp_path):
    found = read(tmp_path, visits=VISITS, vedtak=VEDTAK)
    assert found.unreached(["vedtak", "device_assignments"]) == found.months


@pytest.mark.parametrize(
    ("reached", "unreached"),
    [
        ({}, []),
        ({"vedtak": None}, ["2024-01", "2024-02"]),
        ({"vedtak": (date(2024, 2, 20), date(2024, 2, 29))}, ["2024-01"]),
        ({"vedtak": (date(2020, 1, 1), date(2024, 1, 1))}, ["2024-02"]),
    ],
)
def test_months_that_a_register_says_nothing_of(reached, unreached):
    made = Horizon(first_month="2024-01", last_day=date(2024, 2, 29), reached=reached)
    assert made.unreached(["vedtak"]) == unreached


REACHING_BACK = """
month   | window | history | whole | reached
2024-01 | 1      | 0       | yes   | yes
2024-02 | 2      | 0       | yes   | yes
2024-02 | 3      | 0       | no    | yes
2024-02 | 1      | 31      | yes   | yes
2024-02 | 1      | 32      | no    | yes
2024-02 | 1      | 59      | no    | yes
2024-02 | 1      | 60      | no    | no
"""


@pytest.mark.parametrize("row", visible.rows(REACHING_BACK), ids=lambda row: " ".join(row.values()))
def test_how_far_back_the_data_reaches(row):
    """Of 60 days of data, the last has 59 before it."""
    found = Horizon(first_month="2024-01", last_day=date(2024, 2, 29), reached={})
    month, window, history = row["month"], int(row["window"]), int(row["history"])
    assert found.is_whole(month, window=window, history=history) == (row["whole"] == "yes")
    assert (month not in found.unreached([], history=history)) == (row["reached"] == "yes")


def test_a_planned_visit_and_a_mistyped_year_cover_no_day(tmp_path):
    visits = (
        VISITS
        + """
1            | 2024-04-12 08:00
1            | 2099-03-29 08:00
"""
    )
    visits = "\n".join(line for line in visits.splitlines() if line.strip())
    received = datetime(2024, 4, 1, 21, 30, tzinfo=UTC)  # half past eleven that evening in Oslo
    found = read(tmp_path, received=received, visits=visits)
    assert found.months == ["2024-01", "2024-02", "2024-03"]
    assert found.last_day == date(2024, 3, 29)
