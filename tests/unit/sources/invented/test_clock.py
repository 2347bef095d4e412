"""Local time, UTC, and the hours that summer time takes and gives."""

import numpy as np
import pytest

from vft.sources.invented.clock import Clock
from vft.sources.invented.config import NEVER

CLOCK = Clock(np.datetime64("2024-01-01"), 366)


def _day(date: str) -> np.ndarray:
    return np.array([(np.datetime64(date) - np.datetime64("2024-01-01")).astype(int)])


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2024-01-15 08:00", "2024-01-15T07:00:00Z"),
        ("2024-07-15 08:00", "2024-07-15T06:00:00Z"),
        ("2024-03-31 01:59", "2024-03-31T00:59:00Z"),
        ("2024-03-31 03:00", "2024-03-31T01:00:00Z"),
        ("2024-10-27 01:30", "2024-10-26T23:30:00Z"),
        ("2024-10-27 03:00", "2024-10-27T02:00:00Z"),
        ("2024-06-01 00:30", "2024-05-31T22:30:00Z"),
    ],
)
def test_local_time_becomes_utc(local, utc):
    hour, minute = local[11:].split(":")
    second = np.array([int(hour) * 3600 + int(minute) * 60])

    assert CLOCK.utc(_day(local[:10]), second).to_pylist() == [utc]


def test_the_hour_that_spring_skips_never_happens():
    two, three = np.array([2 * 3600 + 60]), np.array([3 * 3600 + 60])

    assert CLOCK.existing(_day("2024-03-31"), two) == three
    assert CLOCK.existing(_day("2024-03-30"), two) == two


def test_what_never_happens_and_what_is_still_to_come_is_empty():
    days = np.array([0, 365, 366, NEVER])

    assert CLOCK.dates(days).to_pylist() == ["01.01.2024", "31.12.2024", None, None]


def test_a_second_past_midnight_is_the_next_day():
    assert CLOCK.seconds(np.array([0]), np.array([86_401])).to_pylist() == ["02.01.2024 00:00:01"]
