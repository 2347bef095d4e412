"""Round axis ticks, chosen here so that charts beside each other can share them."""

from collections.abc import Sequence
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)


def ticks(values: Sequence[float], *, wanted: int = 5, from_zero: bool = False) -> list[int]:
    """Round, evenly spaced whole ticks that enclose the values.

    Starts at zero unless the values stay in the upper part of the scale, where a chart from zero
    would show a straight line. Nothing to enclose gives 0 and 1.
    """
    low, high = (min(values), max(values)) if values else (0, 1)
    bottom = 0.0 if from_zero or low < 0.6 * high else low
    step = _step(max(high - bottom, 1) / wanted)
    first = floor(bottom / step) * step
    last = max(ceil(high / step) * step, first + step)
    return [round(first + i * step) for i in range(round((last - first) / step) + 1)]


def _step(rough: float) -> float:
    magnitude: float = 10 ** floor(log10(max(rough, 1)))
    fitting = (s * magnitude for s in _STEPS if s * magnitude >= rough)
    step = next(fitting, 10 * magnitude)
    return step if step == round(step) else ceil(step)
