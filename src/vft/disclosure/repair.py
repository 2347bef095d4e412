"""Which further counts to hide, so that one that is hidden cannot be told.

A home is made like another by hiding the places that only one of the two is in. The cheapest other
home is chosen, and the same in as many months as will do: were it another each month, one month
would tell of the next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vft.disclosure.audit import Likeness, Need
from vft.disclosure.homes import Bools, Floats
from vft.disclosure.moves import Move
from vft.disclosure.stack import Ints, Stack

#: Dearer than anything that can be hidden, and not so dear that it drowns the rest.
_NEVER = 1e12
Months = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """A hidden count that others could come too close to. ``room``: down and up, as it is.

    ``home``: of those in the place, the one with most people in most of the months.
    """

    node: int
    place: int
    home: int
    months: Months
    room: tuple[Floats, Floats]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Way:
    """Making ``home`` like another by one move. ``cost`` and ``enough``: other homes × months."""

    move: Move
    home: int
    cost: Floats
    enough: Bools

    @property
    def is_free(self) -> bool:
        """Whether nothing need be hidden in any month: another count was mended by the same."""
        return bool((self.enough & (self.cost < 1)).any(axis=0).all())


def repair(
    stack: Stack,
    told: Told,
    moves: Iterable[Move],
    *,
    needed: Need,
    likeness: Likeness,
) -> None:
    """Hide more in ``likeness``, until the count cannot be told in any month."""
    ways = []
    for move in moves:
        ways.append(_way(stack, told, move, needed=needed, likeness=likeness))
        if ways[-1].is_free:
            break
    left = np.ones(len(told.months), bool)
    while left.any() and (best := _best(ways, left)):
        way, other, done = best
        _make_alike(stack, way, other, told.months[done], likeness=likeness)
        left &= ~done
    if left.any():
        _give_up(stack, told.place, told.months[left], likeness=likeness)


def _way(stack: Stack, told: Told, move: Move, *, needed: Need, likeness: Likeness) -> _Way:
    months = told.months
    inside = np.append(stack.homes.member[told.place] & ~stack.known, False)
    home = told.home
    alike = likeness.among(move.nodes, months)
    out, into = move.out[told.node][:, months], move.into[told.node][:, months]
    mine = (alike == alike[home]) & inside[:, None]
    could = (
        np.minimum((out * mine).sum(axis=0), _others(into, alike, inside, home)),
        np.minimum((into * mine).sum(axis=0), _others(out, alike, inside, home)),
    )
    at = (told.node, told.place, months)
    down, up = (np.maximum(now, then) for now, then in zip(told.room, could, strict=True))
    enough = needed.met(down, up, at)
    cost = likeness.cost(home, move.nodes, months)
    # one that is alike already costs nothing: another count may have been mended by the same
    usable = _usable(stack, months) & ~inside[:, None]
    size = stack.at_home[told.node][:, months]
    cost = np.where(usable, cost + size / (1.0 + size.max()), _NEVER)
    return _Way(move=move, home=home, cost=cost, enough=enough & usable)


def _others(most: Ints, alike: npt.NDArray[np.intp], inside: Bools, home: int) -> Floats:
    """Of homes outside a place, those like each and those like ``home`` together."""
    outside = np.where(inside[:, None], 0, most).ravel()
    each = np.bincount(alike.ravel(), weights=outside)
    found: Floats = each[alike[home]] + np.where(alike == alike[home], 0, each[alike])
    return found


def _usable(stack: Stack, months: Months) -> Bools:
    """Homes × months: where somebody unknown to the reader could live."""
    outside = np.ones((1, len(months)), bool)
    unknown = stack.homes.lived[:, months] & ~stack.known[:, None]
    return np.concatenate([unknown, outside])


def _best(ways: Iterable[_Way], left: Bools) -> tuple[_Way, int, Bools] | None:
    """The way and other home that are cheapest over the months left, and where that is enough."""
    found: tuple[float, _Way, int] | None = None
    for way in ways:
        enough = way.enough[:, left]
        price = np.where(enough, way.cost[:, left], _NEVER).sum(axis=1)
        other = int(np.argmin(price))
        if enough[other].any() and (found is None or price[other] < found[0]):
            found = (float(price[other]), way, other)
    if found is None:
        return None
    _price, way, other = found
    return way, other, way.enough[other] & left


def _make_alike(stack: Stack, way: _Way, other: int, months: Months, *, likeness: Likeness) -> None:
    member = np.append(stack.homes.member, np.zeros((len(stack.own), 1), bool), axis=1)
    places = np.flatnonzero(member[:, way.home] != member[:, other])
    for node in way.move.nodes:
        likeness.hide(node, places, months)


def _give_up(stack: Stack, place: int, months: Months, *, likeness: Likeness) -> None:
    """Hide all that has anyone of a place in it, whatever is counted."""
    homes = stack.homes.member[place] & ~stack.known
    places = np.flatnonzero(stack.homes.member[:, homes].any(axis=1))
    for node in range(stack.size):
        likeness.hide(node, places, months)


def kinds(stack: Stack, told: Told) -> Iterator[frozenset[int]]:
    """All that is counted of those in a home of the place: the sets of nodes that there are."""
    homes = np.flatnonzero(stack.homes.member[told.place] & ~stack.known)
    here = np.ix_(homes, told.months)
    number, sets = stack.kinds
    for kind in np.unique(number[here][stack.at_home[told.node][here] > 0]):
        yield sets[kind]
