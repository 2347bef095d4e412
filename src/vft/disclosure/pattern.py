"""Which counts a reader is not shown. The one door to this package, with :mod:`.indicator`."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vft.disclosure.audit import Likeness, is_small, need, room
from vft.disclosure.homes import Bools
from vft.disclosure.moves import Move, everything, single
from vft.disclosure.repair import Told, kinds, repair
from vft.disclosure.stack import ANY, Stack

#: Rounds of hiding and looking again; after them everything that could be told is hidden whole.
_ROUNDS = 60


class Pattern:
    """Hides counts of a stack, and looks whether they could be told, until none can.

    ``hidden``: nodes × places × months. ``first``: those that are hidden for what they are.
    """

    def __init__(self, stack: Stack, *, threshold: int, forced: Bools | None = None) -> None:
        self._stack = stack
        self._need = need(stack, threshold)
        self.first = _first(stack, threshold)
        if forced is not None:
            self.first |= forced & stack.there & ~stack.clear
        self._room = np.zeros((2, *stack.strangers.shape))
        self._likeness = Likeness(stack, stack.there & ~self.first)
        self._together()
        self._moves = [m for node in range(len(self.first)) for m in single(stack, node)]
        self._whole: dict[frozenset[int], Move] = {}

    @property
    def hidden(self) -> Bools:
        """What is not shown of what there is."""
        return self._stack.there & ~self._likeness.shown

    def close(self) -> None:
        """Hide until nothing hidden can be told."""
        for _round in range(_ROUNDS):
            untold = self._told()
            if not untold:
                return
            before = self._likeness.shown.sum()
            smallest = min(self._stack.weight[t.place] for t in untold)
            for told in untold:
                if self._stack.weight[told.place] == smallest:
                    self._mend(told)
            self._together()
            if self._likeness.shown.sum() == before:
                break
        months = np.unique(np.concatenate([t.months for t in self._told()]))
        for node in range(len(self.first)):
            self._likeness.hide(node, np.arange(len(self._stack.own)), months)

    def _told(self) -> list[Told]:
        """Hidden counts that could be told, after looking at every move."""
        self._room[1] = np.maximum(self._room[1], np.where(self._has_unseen(), ANY, 0))
        asked = self._asked() & ~self._need.met(*self._room)
        for move in self._moves:
            self._try(move, asked)
        for nodes in {nodes: None for told in self._list(asked) for nodes in self._kinds(told)}:
            self._try(self._everything(nodes), asked)
        return self._list(asked)

    def _try(self, move: Move, asked: Bools) -> None:
        nodes = list(move.out)
        wanted = np.asarray(asked[nodes].any(axis=0))
        if not wanted.any():
            return
        found = room(self._stack, move, self._likeness.among(move.nodes), wanted)
        for node, both in found.items():
            self._room[:, node] = np.maximum(self._room[:, node], np.stack(both))
        asked[nodes] &= ~self._need.met(*self._room)[nodes]

    def _asked(self) -> Bools:
        """What must not be told: what is hidden, and rests of what is."""
        hidden = self.hidden & ~self._stack.clear & self._within(self._likeness.seen)
        rests = [hidden[node] | hidden[whole] for node, whole in self._stack.shares]
        return np.concatenate([hidden, np.stack(rests)]) if rests else hidden

    def _within(self, those: Bools) -> Bools:
        """Places × months: which have any of those homes, lived in by others than the reader's."""
        homes = self._stack.homes
        there = homes.lived & ~self._stack.known[:, None] & those
        found: Bools = (homes.member.astype(float) @ there) > 0
        return found

    def _has_unseen(self) -> Bools:
        """Places with a home that nothing is shown of: any number may be thought to live there.

        Where all homes of a place are such, nothing is told of it and nothing need be asked.
        """
        return self._within(~self._likeness.seen)

    def _list(self, asked: Bools) -> list[Told]:
        rows = zip(*np.nonzero(asked.any(axis=2)), strict=True)
        return [one for node, place in rows for one in self._each(int(node), int(place), asked)]

    def _each(self, node: int, place: int, asked: Bools) -> Iterator[Told]:
        """By the home that most live in: a place may consist of others in one era than the next."""
        stack, months = self._stack, np.flatnonzero(asked[node, place])
        inside = stack.homes.lived[:, months] & (stack.homes.member[place] & ~stack.known)[:, None]
        homes = np.where(inside, stack.at_home[node][:-1, months], -1).argmax(axis=0)
        for home in np.unique(homes):
            here = months[homes == home]
            down, up = self._room[:, node, place][:, here]
            yield Told(node=node, place=place, home=int(home), months=here, room=(down, up))

    def _kinds(self, told: Told) -> list[frozenset[int]]:
        return list(kinds(self._stack, told))

    def _everything(self, nodes: frozenset[int]) -> Move:
        if nodes not in self._whole:
            self._whole[nodes] = everything(self._stack, nodes)
        return self._whole[nodes]

    def _mend(self, told: Told) -> None:
        moves = [move for move in self._moves if told.node in move.out]
        moves += [self._everything(nodes) for nodes in self._kinds(told)]
        repair(
            self._stack,
            told,
            moves,
            needed=self._need,
            likeness=self._likeness,
        )

    def _together(self) -> None:
        """Numerators of one denominator may be all there is of it: hidden together."""
        hidden = self.hidden
        for node in range(len(hidden)):
            beside = list(self._stack.numerators(node))
            if len(beside) > 1:
                places, months = np.nonzero(hidden[beside].any(axis=0))
                for one in beside:
                    self._hide(one, places, months)

    def _hide(self, node: int, places: npt.NDArray[np.intp], months: npt.NDArray[np.intp]) -> None:
        for month in np.unique(months):
            self._likeness.hide(node, places[months == month], np.array([month]))


def _first(stack: Stack, threshold: int) -> Bools:
    """What is hidden for what it is: small, unknown, of a crossing slice or in no known home.

    And numerators that all but a few of the denominator are in.
    """
    few = is_small(stack.strangers, threshold)
    hidden = few[: stack.size] | np.isnan(stack.strangers[: stack.size])
    for node, _whole in stack.shares:
        hidden[node] |= few[stack.rest(node)] & (stack.strangers[node] > 0)
    for node in range(stack.size):
        if stack.split(node)[1] in stack.slices.crossing:
            hidden[node] = True
    homeless = stack.homes.member.astype(float) @ stack.homes.lived == 0
    hidden |= homeless & (stack.figures > 0)
    return hidden & stack.there & ~stack.clear
