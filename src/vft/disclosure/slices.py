"""How slices lie in each other: products in services, those in reporting groups, all in the total.

Of people who have anything of a whole each counts once, so it is at least its largest part and at
most the sum of its parts.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vft.disclosure.homes import Floats


@dataclass(frozen=True, kw_only=True)
class Slices:
    """``codes`` in order, each with the ``above`` it is a part of, by place in the order, or -1.

    ``covered``: those whose parts are all there is of them, so that they are no more than these.
    ``crossing``: slices that overlap others without lying in them. Nobody knows a simple rule of
    what they tell, so others' figures of them are never shown.
    """

    codes: tuple[Hashable, ...]
    above: tuple[int, ...]
    covered: frozenset[int]
    crossing: frozenset[int]

    def parts(self, place: int) -> tuple[int, ...]:
        """The slices that are parts of one."""
        return tuple(n for n, above in enumerate(self.above) if above == place)

    def line(self, place: int) -> tuple[int, ...]:
        """A slice, the one it is a part of, and so on."""
        return (place, *self.line(self.above[place])) if self.above[place] >= 0 else (place,)

    def as_counted(self, figures: Floats) -> "Slices":
        """What of this is true of figures: measures × slices × places × months.

        Of people without a technology more are without one of its kinds: a rule that does not hold
        is none that a reader can reckon with.
        """
        outer = [n for n in range(len(self.above)) if self.parts(n)]
        parts = {n: np.nan_to_num(figures[:, list(self.parts(n))]) for n in outer}
        within = {n for n in outer if not np.any(figures[:, n] < parts[n].max(axis=1))}
        covered = {n for n in outer if not np.any(figures[:, n] > parts[n].sum(axis=1))}
        above = tuple(above if above in within else -1 for above in self.above)
        return replace(self, above=above, covered=frozenset(covered))


def nested(holds: Mapping[Hashable, frozenset[str]]) -> Slices:
    """How slices lie in each other. ``holds``: the finest things that each counts, by its code."""
    codes = tuple(holds)
    sets = [holds[code] for code in codes]
    crossing = _crossing(sets)
    within = range(len(sets))
    above = [-1 if n in crossing else _smallest_around(n, sets, crossing) for n in within]
    covered = frozenset(range(len(codes)))
    return Slices(codes=codes, above=tuple(above), covered=covered, crossing=crossing)


def _crossing(sets: Sequence[frozenset[str]]) -> frozenset[int]:
    found: set[int] = set()
    for n in sorted(range(len(sets)), key=lambda n: (len(sets[n]), n)):
        kept = [sets[m] for m in range(len(sets)) if m not in found and len(sets[m]) < len(sets[n])]
        kept += [sets[m] for m in range(n) if m not in found and len(sets[m]) == len(sets[n])]
        if any(sets[n] & other and not other <= sets[n] for other in kept):
            found.add(n)
    return frozenset(found)


def _smallest_around(n: int, sets: Sequence[frozenset[str]], crossing: frozenset[int]) -> int:
    """The smallest slice around one; of two that hold the same the later is around the earlier."""
    around = [
        (len(sets[m]), m)
        for m in range(len(sets))
        if m not in crossing and sets[n] and (sets[n] < sets[m] or (sets[n] == sets[m] and n < m))
    ]
    return min(around)[1] if around else -1
