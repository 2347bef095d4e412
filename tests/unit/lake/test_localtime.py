from datetime import date, datetime

import pyarrow as pa
import pytest

from vft import tables
from vft.lake.localtime import add_local_time

# UTC                    local day            minute of it         month
PLACED = """
2023-12-31 22:59:59.9  | 2023-12-31 | 1439 | 2023-12
2023-12-31 23:00:00    | 2024-01-01 | 0    | 2024-01
2024-03-31 00:59:59    | 2024-03-31 | 119  | 2024-03
2024-03-31 01:00:00    | 2024-03-31 | 180  | 2024-03
2024-07-01 22:30:00    | 2024-07-02 | 30   | 2024-07
2024-10-27 00:30:00    | 2024-10-27 | 150  | 2024-10
2024-10-27 01:30:00    | 2024-10-27 | 150  | 2024-10
1969-12-31 23:30:00    | 1970-01-01 | 30   | 1970-01
"""


@pytest.mark.parametrize("line", PLACED.strip().splitlines())
def test_an_instant_falls_in_a_day_a_minute_and_a_month_of_oslo(line):
    utc, day, minute, month = (part.strip() for part in line.split("|"))
    instants = pa.array([datetime.fromisoformat(f"{utc}+00:00")], pa.timestamp("us", tz="UTC"))
    found = add_local_time(pa.table({"occurred_at": instants}), tables.ALL["device_events"])
    assert found.drop_columns("occurred_at").to_pylist() == [
        {
            "local_date": date.fromisoformat(day),
            "local_minute": int(minute),
            "month": month,
        }
    ]


def test_without_an_instant_there_is_no_time():
    rows = pa.table({"occurred_at": pa.nulls(1, pa.timestamp("us", tz="UTC"))})
    (found,) = add_local_time(rows, tables.ALL["device_events"]).to_pylist()
    assert (found["local_date"], found["local_minute"], found["month"]) == (None, None, None)
