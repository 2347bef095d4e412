"""Counts that belong together: an indicator's measures in slices, by place and by home.

A measure in a slice is a *node*. Of a share the denominator's node is the whole of the numerator's,
and those who are in the first and not in the second are a node too, though nobody publishes it:
the *rest*. Rests come after the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from vft.disclosure.homes import Bools, Floats, Homes
from vft.disclosure.slices import Slices
from vft.disclosure.supposed import supposed

Ints = npt.NDArray[np.int64]
Numbers = TypeVar("Numbers", Ints, Floats)
#: As many as one likes: of people who may be thought to live outside the municipality.
ANY = 10**9


@dataclass(frozen=True, kw_only=True, eq=False)
class Stack:
    """``figures``: nodes × places × months, NaN where there is none; all measures in all slices.

    ``own``: the places that the reader follows up. ``whole``: numerator → denominator, by the
    measure's place in the order.
    """

    homes: Homes
    slices: Slices
    figures: Floats
    own: Bools
    whole: Mapping[int, int]

    @property
    def size(self) -> int:
        """How many nodes there are but for rests."""
        return len(self.figures)

    @cached_property
    def shares(self) -> tuple[tuple[int, int], ...]:
        """Numerator and denominator of each rest, as nodes."""
        found = ((node, self.denominator(node)) for node in range(self.size))
        return tuple((node, whole) for node, whole in found if whole >= 0)

    def rest(self, numerator: int) -> int:
        """The node of those in the denominator and not in the numerator."""
        return self.size + [node for node, _whole in self.shares].index(numerator)

    def with_rests(self, each: Numbers) -> Numbers:
        """Numbers of nodes, and then of rests."""
        rests = [each[whole] - each[node] for node, whole in self.shares]
        return np.concatenate([each, np.stack(rests)]) if rests else each

    def node(self, measure: int, slice_: int) -> int:
        """The node of a measure in a slice."""
        return measure * len(self.slices.codes) + slice_

    def split(self, node: int) -> tuple[int, int]:
        """The measure and the slice of a node."""
        return divmod(node, len(self.slices.codes))

    @cached_property
    def there(self) -> Bools:
        """Where there is a figure."""
        return ~np.isnan(self.figures)

    @cached_property
    def known(self) -> Bools:
        """The homes that the reader knows, since they are in a place of hers."""
        return np.asarray(self.homes.member[self.own].any(axis=0))

    @cached_property
    def clear(self) -> Bools:
        """Places × months: what is the reader's own, or holds nobody but people of hers."""
        lived = self.homes.lived.astype(float)
        unknown = (self.homes.member & np.logical_not(self.known)).astype(float) @ lived
        found: Bools = (unknown == 0) & (self.homes.member.astype(float) @ lived > 0)
        return np.logical_or(self.own[:, None], found)

    @cached_property
    def _told(self) -> tuple[Floats, Bools, Floats]:
        counts, told = supposed(self.homes, self.figures, known=self.known, keeps=self._keeps)
        each = zip(self.figures, counts, told, strict=True)
        return counts, told, np.stack([self.homes.unexplained(*one) for one in each])

    def _keeps(self, counts: Floats) -> Bools:
        """Homes × months: whether every rule between counts of a home is kept.

        ``counts``: nodes × homes × months, NaN where there is none.
        """
        kept: Bools = np.all(~(counts < 0), axis=0)  # nothing is said of what is not there
        for node in range(self.size):
            if parts := list(self.parts(node)):
                kept &= np.all(~(counts[node] < counts[parts]), axis=0)
            if len(beside := list(self.numerators(node))) > 1:
                kept &= ~(np.abs(counts[beside].sum(axis=0) - counts[node]) > 0)
        for node in self._covered:
            kept &= ~(self._repeats(counts, node) < 0)
        for node, whole in self.shares:
            kept &= ~(counts[whole] < counts[node])
            if node in self._covered:
                kept &= ~(self._repeats(counts, whole) < self._repeats(counts, node))
        return kept

    @cached_property
    def _covered(self) -> tuple[int, ...]:
        """The nodes that are no more than their parts."""
        covered = self.slices.covered
        return tuple(n for n in range(self.size) if self.parts(n) and self.split(n)[1] in covered)

    def _repeats(self, counts: Floats, node: int) -> Floats:
        found: Floats = counts[list(self.parts(node))].sum(axis=0) - counts[node]
        return found

    @cached_property
    def at_home(self) -> Ints:
        """Counts by home: nodes × homes × months. The last home is outside the municipality."""
        counts = self.with_rests(np.maximum(self._told[0], 0).astype(np.int64))
        return np.concatenate([counts, np.zeros_like(counts[:, :1])], axis=1)

    @cached_property
    def kinds(self) -> tuple[npt.NDArray[np.intp], tuple[frozenset[int], ...]]:
        """Sets of nodes that there is anyone of: homes × months the set's number, and the sets."""
        anyone = self.at_home[: self.size] > 0
        each, number = np.unique(anyone.reshape(self.size, -1), axis=1, return_inverse=True)
        sets = tuple(frozenset(np.flatnonzero(column).tolist()) for column in each.T)
        return number.reshape(anyone.shape[1:]), sets

    @cached_property
    def free(self) -> Ints:
        """Of :attr:`at_home`, those who could live elsewhere for all that others know."""
        counts, told, beyond = self._told
        least = np.where(told & ~self.known[:, None], counts - beyond, 0)
        free = self.with_rests(np.maximum(least, 0).astype(np.int64))
        return np.concatenate([free, np.full_like(free[:, :1], ANY)], axis=1)

    @cached_property
    def livable(self) -> Bools:
        """Homes × months: where someone could be thought to live who does not. All are, outside."""
        lived = self.homes.lived & ~self.known[:, None]
        return np.append(lived, np.ones((1, lived.shape[1]), bool), axis=0)

    @cached_property
    def open(self) -> Bools:
        """Of :attr:`livable`, those of which it can be told how many are counted as what."""
        empty = np.asarray(~self.there.any(axis=1))
        told = np.all(np.logical_or(self._told[1], empty[:, None]), axis=0)
        outside = np.ones((1, told.shape[1]), bool)
        found: Bools = np.append(told, outside, axis=0) & self.livable
        return found

    @cached_property
    def strangers(self) -> Floats:
        """Figures less the people whom the reader knows; NaN where that cannot be told."""
        counts, told, _beyond = self._told
        mine = self.homes.member & self.known
        lacking = np.einsum("ph,nht->npt", mine.astype(float), (self.homes.lived & ~told) * 1.0)
        less = np.einsum("ph,nht->npt", mine.astype(float), counts)
        left = np.where(lacking > 0, np.nan, np.maximum(self.figures - less, 0))
        return self.with_rests(left)

    @cached_property
    def pairs(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Places and homes in them that the reader does not know."""
        places, homes = np.nonzero(self.homes.member & ~self.known)
        return places, homes

    @cached_property
    def weight(self) -> Floats:
        """What it costs to hide a place: the more homes in it, the more, and the whole the most."""
        found: Floats = self.homes.member.sum(axis=1).astype(float)
        weight: Floats = 1 + found + 4 * found**2 / max(self.homes.member.shape[1], 1)
        return weight

    def parts(self, node: int) -> tuple[int, ...]:
        """The nodes of the same measure in the slices that this one's consists of."""
        measure, slice_ = self.split(node)
        return tuple(self.node(measure, part) for part in self.slices.parts(slice_))

    def line(self, node: int) -> tuple[int, ...]:
        """The node and those of the same measure in the slices around its own."""
        measure, slice_ = self.split(node)
        return tuple(self.node(measure, above) for above in self.slices.line(slice_))

    def denominator(self, node: int) -> int:
        """The node of the denominator, or -1."""
        measure, slice_ = self.split(node)
        return self.node(self.whole[measure], slice_) if measure in self.whole else -1

    def numerators(self, node: int) -> tuple[int, ...]:
        """The nodes of the numerators of a denominator."""
        measure, slice_ = self.split(node)
        found = [numerator for numerator, whole in self.whole.items() if whole == measure]
        return tuple(self.node(numerator, slice_) for numerator in found)

    def repeated(self, node: int) -> Ints:
        """By how many the parts of a node are together more than it: who is in several.

        Anybody, where there may be others than in the parts.
        """
        if self.split(node)[1] not in self.slices.covered:
            return np.full_like(self.at_home[node], ANY)
        found: Ints = self.summed(self.parts(node)) - self.at_home[node]
        return found

    def summed(self, nodes: Sequence[int]) -> Ints:
        """Counts of some nodes together, by home and month."""
        found: Ints = self.at_home[list(nodes)].sum(axis=0)
        return found

    def largest(self, nodes: Sequence[int]) -> Ints:
        """The largest of some nodes, by home and month; 0 of none."""
        nothing = np.zeros_like(self.at_home[0])
        found: Ints = np.maximum.reduce([nothing, *self.at_home[list(nodes)]])
        return found
