"""Indicators that hide with each other, round a ring, hide nothing: each would wait for the next.

Two that name each other hold the same counts, and are hidden alike. Along any other way what is
hidden must follow from one end to the other.
"""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter


def refuse(hides_with: Mapping[str, Collection[str]]) -> None:
    """Check what indicators hide with: id → ids.

    Raises:
        ValueError: it goes round a ring.
    """
    group = {one: min(_both_ways(one, hides_with)) for one in hides_with}
    above: dict[str, set[str]] = {name: set() for name in group.values()}
    for one, others in hides_with.items():
        above[group[one]] |= {group[o] for o in others if o in group} - {group[one]}
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        raise ValueError(f"hides_with goes round a ring: {' → '.join(error.args[1])}.") from None


def _both_ways(one: str, hides_with: Mapping[str, Collection[str]]) -> set[str]:
    """It and those that name it and that it names, and theirs, and so on."""
    found, left = {one}, [one]
    while left:
        here = left.pop()
        new = {o for o in hides_with[here] if here in hides_with.get(o, ())} - found
        found |= new
        left.extend(new)
    return found
