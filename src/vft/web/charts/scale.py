"""Round axis ticks, chosen here so that charts beside each other can share them."""

from collections.abc import Sequence
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)
#: Steps are products of powers of ten: what is less than this is not there, but rounded.
_PLACES = 9


def ticks(
    values: Sequence[float], *, wanted: int = 5, from_zero: bool = False, places: int = 0
) -> list[float]:
    """Round, evenly spaced ticks that enclose the values, with no more than ``places`` decimals.

    Starts at zero unless the values stay in the upper part of the scale, where a chart from zero
    would show a straight line; below zero where values are. Nothing to enclose gives 0 and 1.
    """
    low, high = (min(values), max(values, default=0)) if values else (0.0, 1.0)
    bottom = min(low, 0.0) if from_zero or low < 0.6 * high else low
    high = max(high, 0.0) if low < 0 else high
    finest = 10.0**-places
    step = _step(max(high - bottom, finest) / wanted, finest)
    first = floor(round(bottom / step, _PLACES))
    last = max(ceil(round(high / step, _PLACES)), first + 1)
    return [_plain(round(n * step, places)) for n in range(first, last + 1)]


def places(marked: Sequence[float]) -> int:
    """How many decimals it takes to write the ticks."""
    return max(len(str(tick).partition(".")[2]) for tick in marked)


def _step(rough: float, finest: float) -> float:
    magnitude: float = 10.0 ** floor(log10(max(rough, finest)))
    fitting = (s * magnitude for s in _STEPS if s * magnitude >= rough)
    step = next(fitting, 10 * magnitude)
    return ceil(round(step / finest, _PLACES)) * finest


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
