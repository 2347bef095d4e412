"""National identity numbers: ordinary, D-numbers and the synthetic series, also those from 2032.

Rules: Skatteetaten (control digits; from 2032 four remainders of the first control digit are
lawful, and century and sex can no longer be read from the number); synthetic series by
Skatteetaten (month + 80), NHN (+ 65) and NAV (+ 40).
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_DIGITS = 11
_FIRST_WEIGHTS = np.array([3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0], np.int32)
_SECOND_WEIGHTS = np.array([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], np.int32)
_LAWFUL_REMAINDERS = 4
_D_NUMBER = 40
_MONTH_SERIES = (0, 40, 65, 80)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_valid(numbers: pa.Array) -> pa.Array:
    """Whether each string is an identity number that could have been issued; null for null."""
    fits = pc.fill_null(pc.match_substring_regex(numbers, r"^\d{11}$"), fill_value=False)
    valid = fits.to_numpy(zero_copy_only=False).copy()
    digits = _matrix(numbers.filter(fits))
    valid[valid] = _has_control_digits(digits) & _has_birthday(digits)
    return pa.array(valid, mask=numbers.is_null().to_numpy(zero_copy_only=False))


def _matrix(numbers: pa.Array) -> npt.NDArray[np.int32]:
    if len(numbers) == 0:
        return np.zeros((0, _DIGITS), np.int32)
    numbers = numbers.cast(pa.string())
    first = np.frombuffer(numbers.buffers()[1], np.int32)[numbers.offset]
    letters = np.frombuffer(numbers.buffers()[2], np.uint8)
    letters = letters[first : first + _DIGITS * len(numbers)]
    return (letters - ord("0")).astype(np.int32).reshape(-1, _DIGITS)


def _has_control_digits(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    first = (digits @ _FIRST_WEIGHTS) % _DIGITS < _LAWFUL_REMAINDERS
    second = (digits @ _SECOND_WEIGHTS) % _DIGITS == 0
    lawful: npt.NDArray[np.bool_] = first & second
    return lawful


def _has_birthday(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    day = digits[:, 0] * 10 + digits[:, 1]
    day = np.where(day > _D_NUMBER, day - _D_NUMBER, day)
    month = digits[:, 2] * 10 + digits[:, 3]
    year = digits[:, 4] * 10 + digits[:, 5]
    birthday = _last_day()[month]
    # 1900 is the one year ending in 00 without a leap day; the century is unknown, so 00 passes
    is_leap_day = (birthday == _DAYS_IN_MONTH[1]) & (day == _DAYS_IN_MONTH[1])
    found: npt.NDArray[np.bool_] = (day >= 1) & (day <= birthday) & (~is_leap_day | (year % 4 == 0))
    return found


@lru_cache
def _last_day() -> npt.NDArray[np.int32]:
    """The last day of each month by the number's two month digits; 0 where there is no month."""
    last = np.zeros(100, np.int32)
    for series in _MONTH_SERIES:
        last[series + 1 : series + 13] = _DAYS_IN_MONTH
    return last
