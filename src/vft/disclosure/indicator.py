"""Which figures of an indicator a reader is not shown: its counts, and all that rests on them."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vft.disclosure.homes import Bools, Floats, Homes
from vft.disclosure.pattern import Pattern
from vft.disclosure.slices import nested
from vft.disclosure.stack import Stack


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Counts of measures that are numerators and denominators of each other, of one indicator.

    ``figures``: measures × slices × places × months, NaN where there is none. ``measures`` and
    ``slices``: their codes; ``parts``: what each slice counts. ``wholes``: numerator →
    denominator.
    """

    measures: tuple[str, ...]
    slices: tuple[str, ...]
    parts: Mapping[str, frozenset[str]]
    wholes: Mapping[str, str]
    figures: Floats


def families(counts: Sequence[str], wholes: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Counts that can tell of each other, since one is the denominator of the other."""
    found: list[tuple[str, ...]] = []
    for code in counts:
        linked = {code, wholes.get(code, code)}
        touching = [family for family in found if linked & {*family, *_wholes(family, wholes)}]
        merged = tuple(c for family in touching for c in family)
        found = [family for family in found if family not in touching]
        found.append((*merged, code))
    return [tuple(sorted(family, key=list(counts).index)) for family in found]


def _wholes(family: Collection[str], wholes: Mapping[str, str]) -> set[str]:
    return {wholes[code] for code in family if code in wholes}


def hidden(
    counts: Counts, *, homes: Homes, own: Bools, threshold: int, forced: Bools | None = None
) -> Bools:
    """What of some counts a reader is not shown: measures × slices × places × months.

    ``own``: the places that she follows up. Counts from 1 up to but not including ``threshold``
    are small. ``forced``: what is hidden anyhow. A slice that nobody has said what counts is
    hidden all through.
    """
    known = [place for place, code in enumerate(counts.slices) if counts.parts.get(code)]
    found = ~np.isnan(counts.figures) & ~own[:, None]
    if known:
        stack = _stack(counts, known, homes=homes, own=own)
        anyhow = None if forced is None else forced[:, known].reshape(stack.figures.shape)
        pattern = Pattern(stack, threshold=threshold, forced=anyhow)
        pattern.close()
        found[:, known] = pattern.hidden.reshape(found[:, known].shape)
    return found


def _stack(counts: Counts, known: Sequence[int], *, homes: Homes, own: Bools) -> Stack:
    figures = counts.figures[:, known]
    numbered = {code: place for place, code in enumerate(counts.measures)}
    codes = [counts.slices[place] for place in known]
    parts: dict[Hashable, frozenset[str]] = {code: counts.parts[code] for code in codes}
    return Stack(
        homes=homes,
        slices=nested(parts).as_counted(figures),
        figures=figures.reshape(-1, *figures.shape[2:]),
        own=own,
        whole={numbered[n]: numbered[d] for n, d in counts.wholes.items() if n in numbered},
    )
