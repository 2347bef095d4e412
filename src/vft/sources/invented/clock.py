"""Days and times of the course as text: each distinct day and second is written once."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vft.sources.invented.arrays import Numbers
from vft.sources.invented.config import NEVER

_DAY = 86_400
_HOUR = 3600


@dataclass(frozen=True)
class Clock:
    """Counts from ``origin``, the course's first day. All times are local unless said."""

    origin: np.datetime64
    last_day: int

    def date(self, day: Numbers) -> NDArray[np.datetime64]:
        """Calendar dates; ``NEVER`` becomes not-a-time."""
        known = np.abs(day) < NEVER // 2
        return np.where(known, self.origin + np.where(known, day, 0), np.datetime64("NaT"))

    def dates(self, day: Numbers, pattern: str = "%d.%m.%Y") -> pa.Array:
        """Dates as text; null for ``NEVER`` and for what nobody knows yet."""
        known = (np.abs(day) < NEVER // 2) & (day < self.last_day)
        return self.any_dates(np.where(known, day, NEVER), pattern)

    def any_dates(self, day: Numbers, pattern: str = "%d.%m.%Y") -> pa.Array:
        """Dates as text, those to come among them; null for ``NEVER``."""
        days, place = np.unique(day, return_inverse=True)
        written = pc.strftime(pa.array(self.date(days).astype("datetime64[s]")), format=pattern)
        return written.take(pa.array(place.reshape(-1)))

    def minutes(self, day: Numbers, minute: Numbers) -> pa.Array:
        """``dd.mm.yyyy HH:MM``; null where the day is ``NEVER``."""
        times = _minutes().take(pa.array(np.clip(minute, 0, 1439)))
        return pc.binary_join_element_wise(self.any_dates(day), times, " ")

    def seconds(self, day: Numbers, second: Numbers) -> pa.Array:
        """``dd.mm.yyyy HH:MM:SS``; a second past midnight belongs to the next day."""
        day, second = _carried(day, second)
        times = _seconds().take(pa.array(second))
        return pc.binary_join_element_wise(self.any_dates(day), times, " ")

    def utc(self, day: Numbers, second: Numbers) -> pa.Array:
        """The instant in UTC, ``yyyy-mm-ddTHH:MM:SSZ``."""
        day, second = _carried(day, second - self._offset(day, second))
        written = self.any_dates(day, "%Y-%m-%d")
        times = pc.binary_join_element_wise(_seconds(), pa.scalar("Z"), "")
        return pc.binary_join_element_wise(written, times.take(pa.array(second)), "T")

    def instants(self, day: Numbers, second: Numbers) -> pa.Array:
        """The instant in UTC, typed."""
        local = self.date(day).astype("datetime64[us]") + second.astype("timedelta64[s]")
        moved = local - self._offset(day, second).astype("timedelta64[s]")
        return pa.array(moved, pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"))

    def existing(self, day: Numbers, second: Numbers) -> Numbers:
        """Seconds, those in the hour that summer time skips put one hour on."""
        gap = np.isin(day, self._changes[0]) & (second >= 2 * _HOUR) & (second < 3 * _HOUR)
        return np.where(gap, second + _HOUR, second)

    @cached_property
    def _changes(self) -> tuple[Numbers, Numbers]:
        """Days on which summer time begins, and ends: last Sundays of March and October."""
        first = int(self.origin.astype("datetime64[Y]").astype(int)) + 1970
        years = [str(y) for y in range(first - 1, first + 20)]
        days = [_last_sundays([f"{y}-{m}" for y in years]) for m in ("04", "11")]
        begins, ends = ((d - self.origin).astype(int) for d in days)
        return begins, ends

    def _offset(self, day: Numbers, second: Numbers) -> Numbers:
        """Seconds that local time is ahead of UTC; of the hour that comes twice, the first."""
        begins, ends = self._changes
        at = day.astype(np.int64) * _DAY + second
        summer = np.searchsorted(begins * _DAY + 2 * _HOUR, at, side="right") > np.searchsorted(
            ends * _DAY + 3 * _HOUR, at, side="right"
        )
        # the list of changes begins in March, so summers begun outnumber summers ended by one
        return np.where(summer, 2 * _HOUR, _HOUR)


def _last_sundays(months_after: list[str]) -> NDArray[np.datetime64]:
    last = np.array(months_after, "datetime64[M]").astype("datetime64[D]") - 1
    weekday = (last.astype(int) + 3) % 7  # Monday is 0
    return np.asarray(last - (weekday + 1) % 7)


def _carried(day: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    return np.asarray(day + second // _DAY), np.asarray(second % _DAY)


@lru_cache(1)
def _minutes() -> pa.Array:
    return pa.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(1440)])


@lru_cache(1)
def _seconds() -> pa.Array:
    return pa.array([f"{s // _HOUR:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(_DAY)])
