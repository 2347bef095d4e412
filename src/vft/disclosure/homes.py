"""Where people live, as the finest places of which all others are sums.

A home is lived in by people who are counted in just the same places: the same units and groups,
then and now. What a reader can subtract, and who may be thought to live elsewhere, is decided
here and not by levels and trees.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
#: How homes follow from places, and which of them do. The first is homes × places: a home's count
#: is that sum of the places' counts.
_Recipe = tuple[Floats, Bools]


@dataclass(frozen=True, kw_only=True, eq=False)
class Homes:
    """``member``: places × homes, whether a home is in a place. ``lived``: homes × months.

    ``lived`` says in which months a home is one of those that places consist of.
    """

    member: Bools
    lived: Bools

    @cached_property
    def _eras(self) -> tuple[npt.NDArray[np.intp], ...]:
        """Months with the same homes."""
        _same, era = np.unique(self.lived, axis=1, return_inverse=True)
        return tuple(np.flatnonzero(era.ravel() == number) for number in range(era.max() + 1))

    @cached_property
    def _told(self) -> tuple[_Recipe, ...]:
        return tuple(_worked_out(self.member & self.lived[:, months[0]]) for months in self._eras)

    @cached_property
    def _supposed(self) -> tuple[tuple[_Recipe, ...], ...]:
        everyone = np.arange(len(self.lived))
        few_first = np.argsort(self.member.sum(axis=0), kind="stable")
        orders = [few_first, few_first[::-1], everyone, everyone[::-1]]
        lived = [self.member & self.lived[:, months[0]] for months in self._eras]
        return tuple(tuple(_worked_out(each, empty) for each in lived) for empty in orders)

    def counts(self, figures: Floats) -> tuple[Floats, Bools]:
        """How many of each home are counted, … × homes × months, and where that can be told.

        ``figures``: … × places × months, NaN where there is none. Where it cannot be told it is 0.
        """
        return self._followed(self._told, figures)

    def suppositions(self, figures: Floats) -> Iterator[tuple[Floats, Bools]]:
        """As :meth:`counts`, were some homes empty: ways to live that give the same figures.

        Of those, a count may be less than nobody: not each is one that could be.
        """
        for recipes in self._supposed:
            yield self._followed(recipes, figures)

    def _followed(self, recipes: tuple[_Recipe, ...], figures: Floats) -> tuple[Floats, Bools]:
        shape = (*figures.shape[:-2], *self.lived.shape)
        found, told = np.zeros(shape), np.zeros(shape, bool)
        for months, (recipe, known) in zip(self._eras, recipes, strict=True):
            there = figures[..., months]
            found[..., months] = recipe @ np.nan_to_num(there)
            lacking = (recipe != 0).astype(float) @ np.isnan(there)
            told[..., months] = known[:, None] & (lacking == 0)
        return np.where(told, found, 0.0), told & self.lived

    def unexplained(self, figures: Floats, counts: Floats, told: Bools) -> Floats:
        """By how many the places of a home differ from their homes' sum; homes × months.

        Who moved within a month is counted in several homes, and cannot be thought elsewhere.
        """
        sums = self.member.astype(float) @ np.maximum(counts, 0)
        whole = self.member.astype(float) @ (self.lived & ~told) == 0
        apart = np.where(whole & ~np.isnan(figures), np.abs(figures - sums), 0.0)
        widest = np.zeros(self.lived.shape)
        for place in np.flatnonzero(apart.any(axis=1)):
            widest[self.member[place]] = np.maximum(widest[self.member[place]], apart[place])
        return widest


def _worked_out(member: Bools, empty: npt.NDArray[np.intp] | None = None) -> _Recipe:
    """Homes from places: a place of which all homes but one are known tells that one.

    ``empty``: where no place does, the first of these that is not known is taken to be empty.
    """
    recipe, known = np.zeros(member.T.shape), np.zeros(member.shape[1], bool)
    unknown = member.sum(axis=1)
    while unknown.any():
        if (ready := np.flatnonzero(unknown == 1)).size:
            place = ready[0]
            home = np.flatnonzero(member[place] & ~known)[0]
            recipe[home] = -recipe[member[place] & known].sum(axis=0)
            recipe[home, place] += 1
        elif empty is None:
            break
        else:
            home = next(one for one in empty if member[:, one].any() and not known[one])
        known[home] = True
        unknown -= member[:, home]
    return recipe, known
