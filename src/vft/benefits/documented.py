"""Arithmetic where what is not documented is ``None``, and stays so.

Nothing of something is nothing whatever it costs: ``times(0, None)`` is 0.
"""

from collections.abc import Iterable
from math import fsum

Number = float | None


def times(first: Number, second: Number) -> Number:
    """The product; 0 if either is 0, else None if either is not documented."""
    if first == 0 or second == 0:
        return 0.0
    return None if first is None or second is None else first * second


def less(first: Number, second: Number) -> Number:
    """The difference; None if either is not documented."""
    return None if first is None or second is None else first - second


def ratio(part: Number, whole: Number) -> Number:
    """The quotient; None if either is not documented, or the whole is 0."""
    return None if part is None or not whole else part / whole


def added(values: Iterable[Number]) -> Number:
    """The sum, the same in any order; None if one of them is not documented."""
    found = list(values)
    known = [value for value in found if value is not None]
    return fsum(known) if len(known) == len(found) else None


def added_known(values: Iterable[Number]) -> Number:
    """The sum of those that are documented; None if none is, though there are some."""
    found = list(values)
    known = [value for value in found if value is not None]
    return fsum(known) if known or not found else None
