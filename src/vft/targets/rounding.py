"""What a potential is rounded to: as its service is published, but never coarser than it can bear.

Rounding to 500 suits Oslo's published table, and would make every figure of a small municipality 0.
"""

from collections.abc import Iterable

#: Units that are tried in turn where the coarsest one is too coarse.
_STEPS = (500, 100, 50, 10, 5, 1)


def suited(
    usual: int,
    *,
    level: float | None,
    figures: Iterable[float | None],
    asked: int | None = None,
) -> int | None:
    """The unit to round to, in users; None where there is no figure.

    Args:
        usual: the service's own.
        level: what the usual unit, or the finer one used instead, must go into at least twice;
            where it is not known, the least of the figures.
        figures: none of them that is over 0 may become 0.
        asked: used instead, however coarse, unless a figure would become 0.
    """
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    least = min((figure for figure in known if figure), default=None)
    if least is None or (asked is not None and asked <= 2 * least):
        return asked or usual
    # a level that should be 1000 may be a hair under, being a product
    highest = min(2 * least, round(least if level is None else level, 6) / 2)
    units = (usual, *(step for step in _STEPS if step < usual))
    return next((unit for unit in units if unit <= highest), 1)


def rounded(value: float | None, unit: int | None) -> float | None:
    """To the nearest unit, halves upwards; what is over 0 is at least one unit."""
    if value is None or unit is None:
        return None
    return float(max(int(value / unit + 0.5), int(value > 0)) * unit)
