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
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_LAWFUL_REMAINDERS = 4
_D_NUMBER = 40
_MONTH_SERIES = (0, 40, 65, 80)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_valid(numbers: pa.Array) -> pa.Array:
    """Whether each string is an identity number that could have been issued; null for null."""
    fits = pc.fill_null(pc.equal(pc.binary_length(numbers), _DIGITS), fill_value=False)
    valid = fits.to_numpy(zero_copy_only=False).copy()
    digits = _digits(numbers.filter(fits))
    valid[valid] = (
        _are_digits(digits)
        & _have_control_digits(digits.astype(np.int32))
        & _have_birthday(digits.astype(np.int32))
    )
    return pa.array(valid, mask=numbers.is_null().to_numpy(zero_copy_only=False))


def _digits(numbers: pa.Array) -> npt.NDArray[np.uint8]:
    """One row a place, one column a number; a byte that is no digit is above nine."""
    if len(numbers) == 0:
        return np.zeros((_DIGITS, 0), np.uint8)
    numbers = numbers.cast(pa.string())
    first = np.frombuffer(numbers.buffers()[1], np.int32)[numbers.offset]
    letters = np.frombuffer(numbers.buffers()[2], np.uint8)
    letters = letters[first : first + _DIGITS * len(numbers)]
    return np.ascontiguousarray((letters - ord("0")).reshape(-1, _DIGITS).T)


def _are_digits(digits: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return np.logical_and.reduce(digits <= 9, axis=0)  # type: ignore[no-any-return] # noqa: PLR2004 -- numpy's reduce is untyped; nine is the last digit


def _have_control_digits(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    first, second = (
        sum(weight * row for weight, row in zip(weights, digits, strict=True)) % _DIGITS
        for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )
    lawful: npt.NDArray[np.bool_] = np.logical_and(first < _LAWFUL_REMAINDERS, second == 0)
    return lawful


def _have_birthday(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    day, month, year = (digits[i] * 10 + digits[i + 1] for i in (0, 2, 4))
    day = np.where(day > _D_NUMBER, day - _D_NUMBER, day)
    birthday = _last_day()[np.minimum(month, 99)]
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
