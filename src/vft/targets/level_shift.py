"""Sudden lasting changes of level in a monthly series: a new contract, a merged unit.

A month-to-month change is a shift when it is beyond what the series' own changes are like and the
level stays: the median of the months after lies there too.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
#: A change of so many robust standard deviations is none of the usual ones.
_BEYOND = 6.0
#: Part of the change that must last.
_LASTS = 0.6
#: Months that the level before and after is taken over, at most and at least.
_WINDOW, _FEWEST = 6, 3
_MOST_SHIFTS = 3
#: A last month lower by this share looks not complete.
_FALLEN = 0.25


def shifts(values: Array) -> list[int]:
    """Places where a new level begins, in order. Missing months are NaN."""
    rest, found = values.copy(), list[int]()
    for _ in range(_MOST_SHIFTS):
        place = _largest(rest)
        if place is None:
            break
        found.append(place)
        rest[place:] -= _lasting(rest, place)
    return sorted(found)


def fallen_at_end(values: Array) -> int:
    """How many of the last two months lie far under the rest, as months half delivered do."""
    for count in (2, 1):
        before, last = values[:-count], values[-count:]
        known = before[~np.isnan(before)]
        if known.size <= _WINDOW or np.isnan(last).any():
            continue
        level, scale = float(np.median(known[-_FEWEST:])), spread(before)
        if (last < level - _BEYOND * scale).all() and (last < (1 - _FALLEN) * level).all():
            return count
    return 0


def spread(values: Array) -> float:
    """Robust standard deviation of the usual month-to-month changes; at least one user."""
    changes = np.diff(values[~np.isnan(values)])
    if not changes.size:
        return 1.0
    return max(1.0, 1.4826 * float(np.median(np.abs(changes - np.median(changes)))))


def _largest(values: Array) -> int | None:
    """The place of the largest change that lasts, if it is beyond the usual ones."""
    known = np.flatnonzero(~np.isnan(values))
    if known.size < 2 * _FEWEST:
        return None
    changes = np.diff(values[known])
    # enough months on both sides to see that it lasts
    inner = np.arange(_FEWEST - 1, changes.size - _FEWEST + 1)
    unusual = np.abs(changes - np.median(changes))
    place = int(inner[np.argmax(unusual[inner])])
    at = int(known[place + 1])
    is_beyond = unusual[place] > _BEYOND * spread(values)
    lasting = _lasting(values, at) / changes[place] if changes[place] else 0.0
    return at if is_beyond and lasting >= _LASTS else None


def _lasting(values: Array, place: int) -> float:
    """How much higher the months after are than those before."""
    before, after = values[:place], values[place:]
    return float(
        np.median(after[~np.isnan(after)][:_WINDOW])
        - np.median(before[~np.isnan(before)][-_WINDOW:])
    )
