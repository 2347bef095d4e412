"""Dates and instants as people write them, read in whole columns.

A pattern (``dd.mm.yyyy HH:MM:SS``) is read in two ways: strictly by position, which is fast, and
what that leaves by a lenient expression (one-digit days, fractions of a second).
"""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_TOKEN = re.compile(r"yyyy|dd|mm|HH|MM|SS")
_ZERO, _NINE = ord("0"), ord("9")
_Numbers = dict[str, npt.NDArray[np.int64]]

#: Outside these years a date is a slip of the pen, or a system's word for "never".
FIRST_YEAR, LAST_YEAR = 1850, 2200


def dates(text: pa.Array, pattern: str) -> pa.Array:
    """Dates (date32) from strings; null where a string is no date of the pattern."""
    moment, ok = _read(text, pattern)
    return pa.array(moment.astype("datetime64[D]"), mask=~ok)


def instants(text: pa.Array, pattern: str, zone: str) -> pa.Array:
    """Instants (timestamp, us, UTC) from strings of wall-clock time in ``zone``.

    Null where a string is no instant of the pattern. Summer time as in :func:`to_utc`.
    """
    moment, ok = _read(text, pattern)
    return to_utc(pa.array(moment, mask=~ok), zone)


def to_utc(local: pa.Array, zone: str) -> pa.Array:
    """Wall-clock time (timestamp without zone) to UTC.

    The hour that comes twice in autumn is taken as the first, the hour that never was in spring
    as if summer time had not begun: 02:30 is one hour after 01:30.
    """
    local = local.cast(pa.timestamp("us"), safe=False)
    try:
        found = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="raise")
    except pa.ArrowInvalid:
        found = _over_the_gap(local, zone)
    return found.cast(pa.timestamp("us", tz="UTC"))


def _over_the_gap(local: pa.Array, zone: str) -> pa.Array:
    """As if the clock had not been put forward: the gap is one hour in every zone we know."""
    hour = pa.scalar(np.timedelta64(1, "h").astype("timedelta64[us]"))
    before, after = (
        pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent=side)
        for side in ("earliest", "latest")
    )
    hour_earlier = pc.subtract(local, hour)
    moved = pc.assume_timezone(hour_earlier, zone, ambiguous="earliest", nonexistent="latest")
    return pc.if_else(pc.equal(before, after), after, pc.add(moved, hour))


def _read(text: pa.Array, pattern: str) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Moments (us) and where they could be read."""
    n = len(text)
    moment = np.zeros(n, "datetime64[us]")
    ok = np.zeros(n, bool)
    for reader in (_by_position, _leniently):
        left = np.flatnonzero(~ok & text.is_valid().to_numpy(zero_copy_only=False))
        if len(left) == 0:
            break
        some = text if len(left) == n else text.take(pa.array(left))
        where, numbers = reader(some, pattern)
        found, is_real = _moment(numbers)
        moment[left[where]] = found
        ok[left[where]] = is_real
    return moment, ok


def _by_position(text: pa.Array, pattern: str) -> tuple[npt.NDArray[np.int64], _Numbers]:
    """Numbers of the strings that are as long as the pattern, with digits where it has letters."""
    letters = pattern.encode()
    fits = np.flatnonzero(pc.equal(pc.binary_length(text), len(letters)).to_numpy(False))
    same = text if len(fits) == len(text) else text.take(pa.array(fits))
    matrix = _bytes(same, width=len(letters))
    slots = {m[0].decode(): range(*m.span()) for m in re.finditer(_TOKEN.pattern.encode(), letters)}
    digits = [i for slot in slots.values() for i in slot]
    fixed = [i for i in range(len(letters)) if i not in digits]
    ok = ((matrix[:, digits] >= _ZERO) & (matrix[:, digits] <= _NINE)).all(axis=1)
    ok &= (matrix[:, fixed] == np.frombuffer(letters, np.uint8)[fixed]).all(axis=1)
    matrix = matrix[ok]
    return fits[ok], {token: _number(matrix, slot) for token, slot in slots.items()}


def _bytes(text: pa.Array, *, width: int) -> npt.NDArray[np.uint8]:
    """Strings of one length as a matrix, a row each."""
    text = text.cast(pa.string())
    _, offsets, data = text.buffers()
    if len(text) == 0 or data is None:
        return np.zeros((0, width), np.uint8)
    first = np.frombuffer(offsets, np.int32)[text.offset]
    letters: npt.NDArray[np.uint8] = np.frombuffer(data, np.uint8)
    return letters[first : first + len(text) * width].reshape(len(text), width)


def _number(matrix: npt.NDArray[np.uint8], slot: range) -> npt.NDArray[np.int64]:
    found = np.zeros(len(matrix), np.int64)
    for place in slot:
        found = found * 10 + (matrix[:, place] - _ZERO)
    return found


@lru_cache
def _expression(pattern: str) -> str:
    """A regular expression for the pattern: one digit will do, and seconds may have a fraction."""
    parts, end = [], 0
    for token in _TOKEN.finditer(pattern):
        digits = r"\d{4}" if token[0] == "yyyy" else r"\d{1,2}"
        fraction = r"(?:[.,](?P<fraction>\d{1,9}))?" if token[0] == "SS" else ""
        parts += [re.escape(pattern[end : token.start()]), f"(?P<{token[0]}>{digits})", fraction]
        end = token.end()
    return f"^{''.join(parts)}{re.escape(pattern[end:])}$"


def _leniently(text: pa.Array, pattern: str) -> tuple[npt.NDArray[np.int64], _Numbers]:
    """Numbers of the strings that fit the lenient expression."""
    found = pc.extract_regex(text, _expression(pattern))
    where = np.flatnonzero(found.is_valid().to_numpy(False))
    found = found.take(pa.array(where))
    parts = {field.name: found.field(i) for i, field in enumerate(found.type)}
    if "fraction" in parts:
        micro = pc.utf8_rpad(parts["fraction"], width=9, padding="0")
        parts["fraction"] = pc.utf8_slice_codeunits(micro, 0, 6)
    return where, {name: part.cast(pa.int64()).to_numpy(False) for name, part in parts.items()}


def _moment(part: _Numbers) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Calendar numbers to moments, and whether there is such a day and time."""
    zero = np.zeros_like(part["yyyy"])
    month, day = part["mm"], part["dd"]
    hour, minute, second = (part.get(token, zero) for token in ("HH", "MM", "SS"))
    ok = (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 -- a calendar's own numbers
    months = (part["yyyy"] - 1970).astype("datetime64[Y]").astype("datetime64[M]") + (month - 1)
    first = months.astype("datetime64[D]")
    ok &= (day >= 1) & (first + (day - 1) < (months + 1).astype("datetime64[D]"))
    micro = ((hour * 60 + minute) * 60 + second) * 1_000_000 + part.get("fraction", zero)
    moment = (first + (day - 1)).astype("datetime64[us]") + micro.astype("timedelta64[us]")
    return moment, ok
