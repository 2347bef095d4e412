"""Arithmetic on draws by years, shape (draws, years), where what is not documented is ``None``."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Yearly = NDArray[np.float64] | None


def product(*parts: Yearly) -> Yearly:
    """The product; nothing of something is nothing, else None if a part is not documented."""
    if any(part is not None and not part.any() for part in parts):
        return next(part for part in parts if part is not None and not part.any())
    found: Yearly = None
    for part in parts:
        if part is None:
            return None
        found = part if found is None else found * part
    return found


def total(parts: Iterable[Yearly]) -> Yearly:
    """The sum; None if a part is not documented, or there is none."""
    found: Yearly = None
    for part in parts:
        if part is None:
            return None
        found = part if found is None else found + part
    return found


def difference(first: Yearly, second: Yearly) -> Yearly:
    """The difference; None if either is not documented."""
    return None if first is None or second is None else first - second


def least(parts: Iterable[Yearly]) -> Yearly:
    """The least of them in each draw and year; None if one is not documented."""
    found: Yearly = None
    for part in parts:
        if part is None:
            return None
        found = part if found is None else np.minimum(found, part)
    return found
