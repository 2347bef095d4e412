"""Which hidden counts others could come close to, from all that is shown.

Homes that are in just the same shown places are alike to a reader: people in one may as well live
in the other. So a hidden count may be anything from what it is less those who could live outside it
to what it is and those who could live inside. That holds whatever the reader reckons with, since
each of these municipalities would have been shown to her just as the true one is.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vft.disclosure.homes import Bools, Floats
from vft.disclosure.moves import Move
from vft.disclosure.stack import Ints, Stack

_SEED = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class Need:
    """How far hidden counts must be able to be otherwise: nodes × places × months.

    ``width``: down and up together.
    """

    down: Ints
    up: Ints
    width: Ints

    def met(self, down: Floats, up: Floats, at: Any = ...) -> Bools:
        """Whether they are. ``at``: of which nodes, places and months, as arrays are indexed."""
        wide = down + up >= self.width[at]
        return np.asarray((down >= self.down[at]) & (up >= self.up[at]) & wide)


def need(stack: Stack, threshold: int) -> Need:
    """Every small count could be another small one, and as many as small counts are, or more.

    So too of those in a denominator and not in its numerator. Any other could be another.
    """
    count = stack.strangers
    few = is_small(count, threshold)
    width = np.where(few, max(threshold - 2, 1), 1)
    width[stack.size :] *= few[stack.size :]  # a rest that is not small is no figure
    return Need(
        down=(few & (count == threshold - 1)).astype(np.int64),
        up=(few & (count < threshold - 1)).astype(np.int64),
        width=width.astype(np.int64),
    )


def is_small(count: Floats, threshold: int) -> Bools:
    """Whether counts are small, or cannot be told."""
    found: Bools = (count > 0) & (count < threshold)
    return found


class Likeness:
    """What is shown of each node, which homes are alike by it, and what it costs to make them so.

    ``shown``: nodes × places × months.
    """

    def __init__(self, stack: Stack, shown: Bools) -> None:
        chance = np.random.default_rng(_SEED)
        nodes, places, months = stack.figures.shape
        # two halves of 36 bits, each summed exactly in doubles: much faster than in integers
        halves = chance.integers(2**36, size=(2, nodes, places)).astype(float)
        self._each = np.concatenate([halves, np.broadcast_to(stack.weight, (1, nodes, places))])
        self._weight = stack.weight
        outside = np.zeros((places, 1))
        self._member = np.concatenate([stack.homes.member * 1.0, outside], axis=1).T
        self._month = chance.integers(2**62, size=months, dtype=np.uint64)
        self.shown, self._clear = shown, stack.clear
        weighed = (self._each[..., None] * shown).transpose(2, 0, 1, 3)
        of = self._member @ weighed.reshape(places, -1)  # at once: many small products are slow
        self._of = np.ascontiguousarray(of.reshape(-1, 3, nodes, months).transpose(1, 2, 0, 3))

    def hide(self, node: int, places: npt.NDArray[np.intp], months: npt.NDArray[np.intp]) -> None:
        """Show no more of a node in some places and months, but for what is the reader's own."""
        gone = np.ix_(places, months)
        was = self.shown[node][gone] & ~self._clear[gone]
        for part, of in zip(self._each, self._of, strict=True):
            of[node][:, months] -= self._member[:, places] @ (part[node, places, None] * was)
        self.shown[node][gone] &= self._clear[gone]

    @property
    def seen(self) -> Bools:
        """Homes × months: whether anything is shown that a home is in; but for the one outside."""
        found: Bools = self._member[:-1] @ self.shown.any(axis=0) > 0
        return found

    def among(self, nodes: tuple[int, ...], months: Any = slice(None)) -> npt.NDArray[np.intp]:
        """Homes × months: numbers from 0 of homes alike in all the nodes, in that month."""
        high, low = (_summed(half, nodes, months).astype(np.uint64) for half in self._of[:2])
        mixed = high * np.uint64(0x9E3779B97F4A7C15) + low + np.asarray(self._month)[months]
        _found, alike = np.unique(mixed, return_inverse=True)
        return alike.reshape(mixed.shape)

    def cost(self, home: int, nodes: tuple[int, ...], months: npt.NDArray[np.intp]) -> Floats:
        """What must be hidden to make each home like one: homes × months."""
        around = np.flatnonzero(self._member[home])
        each = _summed(self._of[2], nodes, months)
        shown = self.shown[np.ix_(np.array(nodes), around, months)].sum(axis=0)
        both = self._member[:, around] @ (self._weight[around, None] * shown)
        found: Floats = each + each[home] - 2 * both
        return found


def _summed(of: Floats, nodes: tuple[int, ...], months: Any) -> Floats:
    """Of some nodes together: homes × months."""
    found: Floats = of[nodes[0]][:, months]
    for node in nodes[1:]:
        found = found + of[node][:, months]
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class _Groups:
    """Homes of places that are alike in a month, each place and likeness one group.

    ``row``: home and month of each row; ``group``: which group it is in; ``cell``: the place and
    month of each group; ``likeness``: which likeness each group is of.
    """

    row: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
    group: npt.NDArray[np.intp]
    cell: npt.NDArray[np.intp]
    likeness: npt.NDArray[np.intp]

    def around(self, most: Ints, alike: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Of those alike: how many inside each place, and how many outside it."""
        inside = np.bincount(self.group, weights=most[self.row], minlength=len(self.cell))
        every = np.bincount(alike.ravel(), weights=most.ravel())
        return inside.astype(float), (every[self.likeness] - inside).astype(float)

    def summed(self, each: Floats, shape: tuple[int, ...]) -> Floats:
        """Of the groups of each place and month together."""
        size = shape[0] * shape[1]
        return np.bincount(self.cell, weights=each, minlength=size).reshape(shape).astype(float)


def _groups(stack: Stack, alike: npt.NDArray[np.intp], asked: Bools) -> _Groups:
    places, homes = stack.pairs
    pair, month = np.nonzero(asked[places] & stack.homes.lived[homes])
    place, home = places[pair], homes[pair]
    likeness = alike[home, month]
    where = place * (alike.max() + 1) + likeness
    _found, first, group = np.unique(where, return_index=True, return_inverse=True)
    cell = place[first] * asked.shape[1] + month[first]
    return _Groups(row=(home, month), group=group, cell=cell, likeness=likeness[first])


def room(
    stack: Stack, move: Move, alike: npt.NDArray[np.intp], asked: Bools
) -> dict[int, tuple[Floats, Floats]]:
    """How far a move lets counts be otherwise: for each node down and up, places × months.

    ``asked``: of which places and months; elsewhere 0.
    """
    groups = _groups(stack, alike, asked)
    found = {}
    for node in move.out:
        out = groups.around(move.out[node], alike)
        into = groups.around(move.into[node], alike)
        found[node] = (
            groups.summed(np.minimum(out[0], into[1]), asked.shape),
            groups.summed(np.minimum(into[0], out[1]), asked.shape),
        )
    return found
