"""Where people live, as the finest places of which all others are sums.

A home is lived in by people who are counted in just the same places: the same units and groups,
then and now. What a reader can subtract, and who may be thought to live elsewhere, is decided
here and not by levels and trees.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Homes:
    """``member``: places × homes, whether a home is in a place. ``lived``: homes × months.

    ``lived`` says in which months a home is one of those that places consist of.
    """

    member: Bools
    lived: Bools

    @cached_property
    def eras(self) -> tuple[tuple[npt.NDArray[np.intp], Floats, Bools], ...]:
        """Months with the same homes; how homes follow from places, and which of them do.

        The second is homes × places: a home's count is that sum of the places' counts.
        """
        _same, first, era = np.unique(self.lived, axis=1, return_index=True, return_inverse=True)
        numbered = [np.flatnonzero(era.ravel() == number) for number in range(len(first))]
        recipes = [_worked_out(self.member & self.lived[:, month]) for month in first]
        return tuple((months, *recipe) for months, recipe in zip(numbered, recipes, strict=True))

    def counts(self, figures: Floats) -> tuple[Floats, Bools]:
        """How many of each home are counted, homes × months, and where that can be told.

        ``figures``: places × months, NaN where there is none. Where it cannot be told it is 0.
        """
        found, told = np.zeros(self.lived.shape), np.zeros(self.lived.shape, bool)
        for months, recipe, known in self.eras:
            there = figures[:, months]
            found[:, months] = recipe @ np.nan_to_num(there)
            lacking = (recipe != 0).astype(float) @ np.isnan(there)
            told[:, months] = known[:, None] & (lacking == 0)
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


def _worked_out(member: Bools) -> tuple[Floats, Bools]:
    """Homes from places: a place of which all homes but one are known tells that one."""
    recipe, known = np.zeros(member.T.shape), np.zeros(member.shape[1], bool)
    unknown = member.sum(axis=1)
    while (ready := np.flatnonzero(unknown == 1)).size:
        place = ready[0]
        home = np.flatnonzero(member[place] & ~known)[0]
        recipe[home] = -recipe[member[place] & known].sum(axis=0)
        recipe[home, place] += 1
        known[home] = True
        unknown -= member[:, home]
    return recipe, known
