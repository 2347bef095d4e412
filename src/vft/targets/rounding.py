"""What a potential is rounded to: as its service is published, but never coarser than it can bear.

Rounding to 500 suits Oslo's published table, and would make every figure of a small municipality 0.
"""

from collections.abc import Iterable

#: Units that are tried in turn where the coarsest one is too coarse.
_STEPS = (500, 100, 50, 10, 5, 1)


#: A figure of the base year is at least so many times what it is rounded to.
_TIMES = 10


def suited(
    usual: int,
    *,
    level: float | None,
    figures: Iterable[float | None],
    published: Iterable[float] = (),
    asked: int | None = None,
) -> int | None:
    """The unit to round to, in users; None where there is no figure.

    Args:
        usual: the service's own.
        level: the base year's figure, of which the unit is at most a tenth; where it is not known,
            the least of the figures.
        figures: none of them that is over 0 may become 0.
        published: figures that the owner tells of the unit; where they are whole multiples of the
            usual unit, it is used if the level is at least twice as large.
        asked: used instead, however coarse, unless a figure would become 0.
    """
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    least = min((figure for figure in known if figure), default=0.0)
    if asked is not None and (not least or asked <= 2 * least):
        return asked
    told = list(published)
    as_told = bool(told) and not any(figure % usual for figure in told)
    # a level that should be 1000 may be a hair under, being a product
    base = round(least if level is None else level, 6)
    bearable = [base / _TIMES, *([base / 2] if as_told else [])]
    most = 2 * least if least else base
    units = [(usual, max(bearable)), *((step, bearable[0]) for step in _STEPS if step < usual)]
    return next((unit for unit, highest in units if unit <= min(highest, most)), 1)


def rounded(value: float | None, unit: int | None) -> float | None:
    """To the nearest unit, halves upwards; what is over 0 is at least one unit."""
    if value is None or unit is None:
        return None
    return float(max(int(value / unit + 0.5), int(value > 0)) * unit)
