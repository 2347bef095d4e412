"""Counts of persons: under five are told as few, and no sum with the others gives them away."""

from collections.abc import Sequence

from vft.tables.norwegian import number

SHOWN = 5  #: fewest persons that are counted aloud
_FEW = "færre enn fem"  # the same number in words


def told(count: int) -> int | None:
    """The count where it may be told; None for one to four."""
    return None if 0 < count < SHOWN else count


def spelt(count: int) -> str:
    """«12», «færre enn fem», and «ingen», which points at nobody."""
    if count == 0:
        return "ingen"
    return _FEW if told(count) is None else number(count)


def withheld(counts: Sequence[int], *, beside: Sequence[int] = ()) -> list[bool]:
    """Which parts of a known total may not be told: the few, and others until the few are open.

    The smallest others first, so many that each of the few may be anything from one to four for
    all that is told, or until none is left. ``beside``: parts that are no groups, and are told by
    themselves: they have few as well, but are never the others.
    """
    few = [count for count in (*counts, *beside) if told(count) is None]
    hidden = [told(count) is None for count in counts]
    others = [place for place, count in enumerate(counts) if count >= SHOWN]
    others.sort(key=counts.__getitem__)
    away: list[int] = []
    while others and few and not _open(few, away, counts[others[0]]):
        place = others.pop(0)
        hidden[place] = True
        away.append(counts[place])
    return hidden


def _open(few: Sequence[int], away: Sequence[int], smallest: int) -> bool:
    """Whether the hidden total holds for all of one and for all of four of each of the few.

    The others hidden are known to be at least five, and no more than the ``smallest`` that is told.
    """
    total = sum(few) + sum(away)
    fewest, most = len(few), len(few) * (SHOWN - 1)
    return SHOWN * len(away) <= total - most and total - fewest <= smallest * len(away)
