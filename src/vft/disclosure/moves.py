"""What could be otherwise without anything else: people who live in another home than they do.

A reader who cannot tell whether someone lives here or there cannot tell how many live here. Each
move is one kind of people of whom some are thought away from one home and into another; how many
at the most, so that every rule that counts keep is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vft.disclosure.stack import ANY, Ints, Stack


@dataclass(frozen=True, eq=False)
class Move:
    """``nodes`` are those that change. ``out`` and ``into``: how many could.

    Those are by node, homes × months; of rests too, where they change.
    """

    nodes: tuple[int, ...]
    out: Mapping[int, Ints]
    into: Mapping[int, Ints]


def single(stack: Stack, node: int) -> Iterator[Move]:
    """People counted in a node, and in more and more of the slices around it, but in no other.

    As they are in the denominator, if there is one, or moved together with it. Of several
    numerators of one denominator one is what the others are not: they change only with each other.
    Where it is not so, since they may lie in each other, only whole people move.
    """
    whole, line = stack.denominator(node), stack.line(node)
    if whole >= 0 and not _are_known(stack, whole):
        return
    for length in range(1, len(line) + 1):
        if whole < 0 or len(stack.numerators(whole)) == 1:
            yield _beside_shares(stack, line[:length])
        if whole >= 0:
            yield _with_whole(stack, line[:length], stack.line(whole)[:length])
    if whole >= 0 and len(stack.numerators(whole)) > 1:
        yield _exchanged(stack, line)


def _are_known(stack: Stack, whole: int) -> bool:
    """Whether a denominator has one numerator, or is everywhere just the sum of several."""
    numerators = stack.numerators(whole)
    return len(numerators) == 1 or bool((stack.summed(numerators) == stack.at_home[whole]).all())


def _with_whole(stack: Stack, line: tuple[int, ...], around: tuple[int, ...]) -> Move:
    """People who are in a numerator move with the denominator; other numerators are as they are."""
    ours, theirs = _within_numerator(stack, line), _within_slices(stack, around)
    out, into = (_most(stack, *both) for both in zip(ours, theirs, strict=True))
    rests = [stack.rest(n) for n, whole in stack.shares if whole in around and n not in line]
    nodes = (*line, *around)
    return Move(nodes, dict.fromkeys([*nodes, *rests], out), dict.fromkeys([*nodes, *rests], into))


def _within_numerator(stack: Stack, line: tuple[int, ...]) -> tuple[Ints, Ints]:
    """As :func:`_within_slices`, without those who are in one numerator here and another there."""
    out, into = _within_slices(stack, line)
    for outer in stack.line(line[0])[1:]:
        whole = stack.denominator(outer)
        if len(stack.numerators(whole)) > 1:
            in_several = sum(stack.repeated(n) for n in stack.numerators(whole))
            out = out - np.abs(stack.repeated(whole) - in_several)
    return out, into


def _exchanged(stack: Stack, line: tuple[int, ...]) -> Move:
    """People in one numerator are in another, and the denominator is as it is."""
    others = [n for n in stack.numerators(stack.denominator(line[0])) if n != line[0]]
    other = stack.line(max(others, key=lambda n: (stack.at_home[n].sum(), -n)))
    ours, theirs = _within_numerator(stack, line), _within_numerator(stack, other)
    out, into = _most(stack, ours[0], theirs[1]), _most(stack, ours[1], theirs[0])
    same = [*line, *(stack.rest(n) for n in other)]
    opposite = [*other, *(stack.rest(n) for n in line)]
    return Move(
        (*line, *other),
        dict.fromkeys(same, out) | dict.fromkeys(opposite, into),
        dict.fromkeys(same, into) | dict.fromkeys(opposite, out),
    )


def everything(stack: Stack, nodes: frozenset[int]) -> Move:
    """Whole people with all that they have, from homes in which nobody has anything but ``nodes``.

    They may be thought into any home, whatever is counted there.
    """
    others = [node for node in range(stack.size) if node not in nodes]
    nothing_else = (stack.summed(others) == 0) & stack.open
    into = np.where(stack.livable, ANY, 0)
    rests = [stack.rest(node) for node, whole in stack.shares if whole in nodes]
    counted = [*sorted(nodes), *rests]
    out = {node: np.where(nothing_else, stack.free[node], 0) for node in counted}
    for each in out.values():
        each[-1] = ANY
    return Move(tuple(sorted(nodes)), out, dict.fromkeys(counted, into))


def _most(stack: Stack, *limits: Ints) -> Ints:
    """The smallest of some limits, where anybody could be thought to live; outside any."""
    found: Ints = np.where(stack.open, np.maximum(np.minimum.reduce(limits), 0), 0)
    found[-1] = ANY
    return found


def _within_slices(stack: Stack, line: tuple[int, ...]) -> tuple[Ints, Ints]:
    """How many can leave and join a line of slices, by how those and their parts are nested."""
    first, last = line[0], line[-1]
    out, into = stack.free[first].copy(), np.full_like(stack.free[first], ANY)
    parts = stack.parts(first)
    if parts:
        out = np.minimum(out, stack.at_home[first] - stack.largest(parts))
        into = np.minimum(into, stack.repeated(first))
    for inner, outer in pairwise(line):
        beside = [part for part in stack.parts(outer) if part != inner]
        out = np.minimum(out, stack.at_home[outer] - stack.largest(beside))
    beyond = stack.line(last)[1:2]
    for outer in beyond:
        out = np.minimum(out, stack.repeated(outer))
        into = np.minimum(into, stack.at_home[outer] - stack.at_home[last])
    return out, into


def _beside_shares(stack: Stack, line: tuple[int, ...]) -> Move:
    """People who change a line of slices of one measure, with its shares and wholes as they are."""
    out, into = _within_slices(stack, line)
    for node in line:
        out, into = _beside_whole(stack, node, out, into)
    for outer in stack.line(line[-1])[1:2]:
        out, into = _beside_repeated(stack, outer, out, into)
    out, into = _most(stack, out), _most(stack, into)
    outs, intos = dict.fromkeys(line, out), dict.fromkeys(line, into)
    for numerator, whole in stack.shares:
        if numerator in line:  # one more in the numerator is one less in the rest
            outs[stack.rest(numerator)], intos[stack.rest(numerator)] = into, out
        elif whole in line:
            outs[stack.rest(numerator)], intos[stack.rest(numerator)] = out, into
    return Move(line, outs, intos)


def _beside_whole(stack: Stack, node: int, out: Ints, into: Ints) -> tuple[Ints, Ints]:
    whole, numerators = stack.denominator(node), stack.numerators(node)
    if whole >= 0:
        into = np.minimum(into, stack.at_home[whole] - stack.at_home[node])
    if numerators:
        out = np.minimum(out, stack.at_home[node] - stack.summed(numerators))
    if len(numerators) > 1:  # they may be all there is of it
        into = np.zeros_like(into)
    return out, into


def _beside_repeated(stack: Stack, outer: int, out: Ints, into: Ints) -> tuple[Ints, Ints]:
    """No more can be in several slices of a numerator than of its denominator."""
    whole, numerators = stack.denominator(outer), stack.numerators(outer)
    if whole >= 0:
        into = np.minimum(into, stack.repeated(whole) - stack.repeated(outer))
    for numerator in numerators:
        out = np.minimum(out, stack.repeated(outer) - stack.repeated(numerator))
    return out, into
