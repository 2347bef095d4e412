"""What may be shown of units that lie in each other, so that nothing hidden can be subtracted out.

One month at a time, for a reader of a part of the municipality. A unit may be seen at three levels
and in two geographies; whatever of it one view hides, no sum or difference of the others gives.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from vft.access.disclosure import THRESHOLD, Cell, State, protect, total_gives_away

HIDDEN = Cell(value=None, state=State.SUPPRESSED)

#: Stands for what is to be protected as a small count is, whatever it is.
_FEW = Cell(value=THRESHOLD - 1, state=State.VALUE)

#: Unit → its figure.
Cells = Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Tree:
    """How units lie in each other in one geography.

    ``tops``: what lies in nothing. ``families``: a unit → the units it consists of, for units that
    consist of any; each before the unit it is itself a part of.
    """

    tops: Sequence[str]
    families: Mapping[str, Sequence[str]]


def tree(units: Mapping[str, str]) -> Tree:
    """The tree of units with the unit above each, or none.

    What lies in no unit that there is counts in the municipality, if there is only one.
    """
    wholes = [code for code, parent in units.items() if not parent]
    whole = wholes[0] if len(wholes) == 1 else ""
    families: dict[str, list[str]] = {}
    for code, parent in units.items():
        above = parent if parent in units else whole
        families.setdefault("" if code in wholes else above, []).append(code)
    tops = families.pop("", [])
    deepest_first = sorted(families, key=lambda code: -_depth(code, units))
    return Tree(tops=tops, families={code: families[code] for code in deepest_first})


def _depth(code: str, units: Mapping[str, str]) -> int:
    above = set()
    while (code := units.get(code, "")) and code not in above:
        above.add(code)
    return len(above)


def closed(
    now: Tree, cells: Cells, then: Tree, cells_then: Cells, own: frozenset[str]
) -> dict[str, Cell]:
    """The units as they are now, as the reader may see them.

    As they were, she may see what :func:`agreeing` leaves. So the one thing that the other
    geography can tell is the sum of the units that are not the same in it: where that tells a
    small count, or what is hidden now, one more unit is hidden in both.
    """
    strange, strange_then = _strangers(now, cells, own), _strangers(then, cells_then, own)
    forced: frozenset[str] = frozenset()
    while True:
        protected = _within(now, strange, own, forced)
        seen = {code: _seen(cells[code], strange[code], protected[code]) for code in cells}
        seen_then = agreeing(cells_then, seen, own)
        hidden = {c for c in _hidden(seen) if cells_then.get(c) == cells[c]}
        upwards = _upwards(then, strange_then, seen_then, own, hidden | forced)
        # What is not the same now is hidden already, and need not even be there now.
        more = _hidden(upwards) - _hidden(seen_then)
        if not more:
            return seen
        forced |= more


def all_or_none(groups: Cells, *, beside: Cells, own: frozenset[str]) -> dict[str, Cell]:
    """Groups of units, hidden together if one of them is small or a unit ``beside`` is hidden.

    Nor are they said to be small: the total is beside them.
    """
    hidden = any(cell.state is State.SUPPRESSED for cell in beside.values())
    few = any(_is_small(cell) for code, cell in groups.items() if code not in own)
    return {c: hide(cell) if hidden or few else cell for c, cell in groups.items()}


def agreeing(cells: Cells, shown: Cells, own: frozenset[str]) -> dict[str, Cell]:
    """Figures hidden wherever they are not just what is shown already of the same unit."""
    return {c: cell if c in own else agreed(cell, shown.get(c)) for c, cell in cells.items()}


def agreed(cell: Cell, shown: Cell | None) -> Cell:
    """A figure that is shown already, or hidden."""
    return cell if cell == shown else hide(cell)


def _strangers(tree: Tree, cells: Cells, own: frozenset[str]) -> dict[str, Cell]:
    """The figures without the reader's own people, whom she can subtract: these are protected."""
    known: dict[str, float] = {code: cells[code].value or 0 for code in own & cells.keys()}
    for parent, family in tree.families.items():
        if parent not in own:
            known[parent] = sum(known.get(code, 0) for code in family)
    return {code: _less(cell, known.get(code, 0)) for code, cell in cells.items()}


def _less(cell: Cell, known: float) -> Cell:
    if not known or cell.value is None:
        return cell
    return Cell(value=max(cell.value - known, 0), state=State.VALUE)


def _seen(cell: Cell, strange: Cell, protected: Cell) -> Cell:
    """The figure if those in it whom the reader does not know are not hidden.

    It is not said to be small if she knows some of them: that would tell the rest.
    """
    if protected.state is not State.SUPPRESSED:
        return cell
    return protected if strange == cell else HIDDEN


def _within(
    tree: Tree, cells: Cells, own: frozenset[str], forced: frozenset[str]
) -> dict[str, Cell]:
    """One geography: protected family by family, then closed upwards and downwards."""
    seen = dict(cells)
    for top in tree.tops:
        seen |= protect({top: cells[top]}, own=own)
    for parent, family in tree.families.items():
        siblings = {code: cells[code] for code in family}
        elsewhere = {} if parent in tree.tops else _elsewhere(cells[parent], siblings)
        seen |= {c: s for c, s in protect(siblings | elsewhere, own=own).items() if c in siblings}
    for code in forced:
        seen[code] = hide(cells[code])
    for top in forced.intersection(tree.tops):
        parts = tree.families.get(top, ())
        if not any(seen[code].state is State.SUPPRESSED for code in parts):
            seen |= {c: hide(cells[c]) for c in _beside({top, *parts}, cells, own, few={top})}
    seen = _upwards(tree, cells, seen, own, forced)
    for parent, family in reversed(list(tree.families.items())):
        if parent not in tree.tops and seen[parent].state is State.SUPPRESSED:
            seen |= {code: hide(cells[code]) for code in family if code not in own}
    return seen


def _upwards(
    tree: Tree, cells: Cells, seen: Cells, own: frozenset[str], delicate: AbstractSet[str]
) -> dict[str, Cell]:
    """One geography, closed upwards. ``delicate``: hidden, and not to be told, small or not.

    Where a unit would tell of a small or delicate count, beside what is shown of its parts, one
    more part is hidden. Is there none to hide, the unit is hidden and is delicate itself.
    """
    seen, untold = dict(seen), set(delicate)
    for parent, family in tree.families.items():
        hidden = {code for code in family if seen[code].state is State.SUPPRESSED}
        matters = any(code in untold or _is_small(cells[code]) for code in hidden)
        if parent in own or not matters or not _gives_away(parent, family, cells, seen):
            continue
        open_ = seen[parent].state is not State.SUPPRESSED
        others = _beside(family, cells, own, few=hidden) if open_ else set()
        untold |= others or {parent}
        seen |= {code: hide(cells[code]) for code in others or {parent}}
    return seen


def _beside(
    family: Collection[str], cells: Cells, own: frozenset[str], few: AbstractSet[str]
) -> set[str]:
    """The one of a family to hide, so that those who are ``few`` are not told; none if none is."""
    siblings = {code: _FEW if code in few else cells[code] for code in family}
    protected = protect(siblings, own=own)
    return {code for code in family if protected[code].state is State.SUPPRESSED} - few


def _hidden(seen: Cells) -> frozenset[str]:
    return frozenset(code for code, cell in seen.items() if cell.state is State.SUPPRESSED)


def _gives_away(parent: str, family: Sequence[str], cells: Cells, seen: Cells) -> bool:
    """Whether a unit gives a part away, or those of its people who are in no part, if any."""
    true, shown = ({c: from_[c] for c in family} for from_ in (cells, seen))
    rest = _rest(cells[parent], true)
    unnamed = {"": rest} if rest.value else {}
    return total_gives_away(true | unnamed, shown | dict.fromkeys(unnamed, HIDDEN))


def _elsewhere(above: Cell, parts: Cells) -> dict[str, Cell]:
    """The few of a unit who are in none of its parts: a part without a name, to be protected.

    A large remainder says nothing of anyone.
    """
    rest = _rest(above, parts)
    return {"": rest} if _is_small(rest) else {}


def _rest(above: Cell, parts: Cells) -> Cell:
    """Those of a unit who are in none of its parts; nobody where a figure is not there."""
    count = (above.value or 0) - sum(cell.value or 0 for cell in parts.values())
    return Cell(value=max(count, 0), state=State.VALUE)


def _is_small(cell: Cell) -> bool:
    return cell.value is not None and 0 < cell.value < THRESHOLD


def hide(cell: Cell) -> Cell:
    """A figure hidden; what is no figure stays what it is."""
    return HIDDEN if cell.state is State.VALUE else cell
