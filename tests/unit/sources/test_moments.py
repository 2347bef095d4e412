from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.sources import moments

DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 12, 31))
TIMES = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2150, 1, 1))  # noqa: DTZ001 -- wall clock


@pytest.mark.parametrize(
    ("pattern", "text", "day"),
    [
        ("dd.mm.yyyy", "31.12.2024", date(2024, 12, 31)),
        ("dd.mm.yyyy", "1.3.2024", date(2024, 3, 1)),
        ("dd.mm.yyyy", "29.02.2024", date(2024, 2, 29)),
        ("dd.mm.yyyy", "29.02.2023", None),
        ("dd.mm.yyyy", "30.02.2024", None),
        ("dd.mm.yyyy", "00.01.2024", None),
        ("dd.mm.yyyy", "01.13.2024", None),
        ("dd.mm.yyyy", "01.03.24", None),
        ("dd.mm.yyyy", "2024-03-01", None),
        ("dd.mm.yyyy", "31.12.2024 ", None),
        ("dd.mm.yyyy", "snarest", None),
        ("yyyy-mm-dd", "2024-03-01", date(2024, 3, 1)),
        ("yyyymmdd", "20240301", date(2024, 3, 1)),
        ("yyyymmdd", None, None),
    ],
)
def test_dates_are_read_by_their_pattern(pattern, text, day):
    assert moments.dates(pa.array([text], pa.string()), pattern).to_pylist() == [day]


@pytest.mark.parametrize(
    ("wall_clock", "utc"),
    [
        ("15.01.2024 12:00:00", datetime(2024, 1, 15, 11, 0, tzinfo=UTC)),
        ("15.07.2024 12:00:00", datetime(2024, 7, 15, 10, 0, tzinfo=UTC)),
        ("31.03.2024 01:59:59", datetime(2024, 3, 31, 0, 59, 59, tzinfo=UTC)),
        ("31.03.2024 02:30:00", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),  # never was
        ("31.03.2024 03:00:00", datetime(2024, 3, 31, 1, 0, tzinfo=UTC)),
        ("27.10.2024 02:30:00", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),  # the first of two
        ("27.10.2024 03:00:00", datetime(2024, 10, 27, 2, 0, tzinfo=UTC)),
        ("1.3.2024 6:05:09,25", datetime(2024, 3, 1, 5, 5, 9, 250_000, tzinfo=UTC)),
        ("15.01.2024 24:00:00", None),
        ("15.01.2024 12:60:00", None),
        ("15.01.2024", None),
    ],
)
def test_wall_clock_time_in_norway_becomes_utc(wall_clock, utc):
    text = pa.array([wall_clock, "01.01.2024 00:00:00"])
    found = moments.instants(text, "dd.mm.yyyy HH:MM:SS", "Europe/Oslo").to_pylist()
    assert found == [utc, datetime(2023, 12, 31, 23, 0, tzinfo=UTC)]


def test_utc_is_left_as_it_is():
    found = moments.instants(pa.array(["2024-03-31T02:30"]), "yyyy-mm-ddTHH:MM", "UTC")
    assert found.to_pylist() == [datetime(2024, 3, 31, 2, 30, tzinfo=UTC)]


@given(st.lists(DAYS | st.none(), max_size=20), st.sampled_from(["dd.mm.yyyy", "yyyy-mm-dd"]))
def test_every_date_comes_back(days, pattern):
    how = {"dd.mm.yyyy": "%d.%m.%Y", "yyyy-mm-dd": "%Y-%m-%d"}[pattern]
    text = pa.array([d and d.strftime(how) for d in days], pa.string())
    assert moments.dates(text, pattern).to_pylist() == days


@given(st.lists(TIMES | st.none(), min_size=1, max_size=20))
def test_every_moment_comes_back_to_the_second(times):
    text = [t and t.strftime("%d.%m.%Y %H:%M:%S") for t in times]
    found = moments.instants(pa.array(text, pa.string()), "dd.mm.yyyy HH:MM:SS", "UTC")
    assert found.to_pylist() == [t and t.replace(microsecond=0, tzinfo=UTC) for t in times]


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_reading_by_position_and_leniently_agree(days):
    full = pa.array([d.strftime("%d.%m.%Y") for d in days])
    short = pa.array([f"{d.day}.{d.month}.{d.year}" for d in days])
    assert moments.dates(full, "dd.mm.yyyy") == moments.dates(short, "dd.mm.yyyy")
