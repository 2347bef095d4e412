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
    """Which parts of a known total may not be told: the few, and with them the smallest other.

    Without the other, the few would be the total less what is told. ``beside``: parts that are no
    groups, and are told by themselves: they have few as well, but are never the other.
    """
    few = [told(count) is None for count in counts]
    others = [count for count, hidden in zip(counts, few, strict=True) if count and not hidden]
    if not (any(few) or any(told(count) is None for count in beside)) or not others:
        return few
    also = counts.index(min(others))
    return [hidden or place == also for place, hidden in enumerate(few)]
