"""Small counts are hidden from those who do not follow up the unit. Tiny, and fails closed.

One function decides for charts, tables and files alike. It is handed whole sets of siblings:
units that add up to a total that the reader can see.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

#: Counts from 1 up to but not including this are small.
THRESHOLD = 5


class State(StrEnum):
    """What stands in a cell. States that are never mixed up with a zero, nor with each other.

    UNDEFINED: nothing to compute it from, as for the share of nobody.
    """

    VALUE = "value"
    MISSING = "missing"
    NOT_DOCUMENTED = "not_documented"
    SUPPRESSED = "suppressed"
    UNDEFINED = "undefined"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A count as a reader may see it. ``value`` is None in every state but VALUE.

    ``small``: a hidden count is said to be under the threshold. Not said where a larger one had
    to be hidden with it, since that would be untrue of one and point out the other.
    """

    value: float | None
    state: State
    small: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) == (self.state is State.VALUE):
            raise ValueError("A cell has a value exactly when its state says so.")


def protect(
    siblings: Mapping[str, Cell], *, own: Iterable[str], threshold: int = THRESHOLD
) -> dict[str, Cell]:
    """The siblings of one total as a reader sees them who follows up the units ``own``.

    Other units' counts under the threshold, and not 0, are hidden. Would the total give them away,
    since only one is hidden, all must be as small or as large as small ones can be, or together
    they are few, another is hidden too. Is there no other, the caller must not show the total:
    :func:`total_gives_away`.
    """
    mine = frozenset(own)
    small = {c for c, cell in siblings.items() if c not in mine and _is_small(cell, threshold)}
    given = _is_given(siblings, small, threshold)
    partner = _partner(siblings, taken=mine | small, threshold=threshold) if given else set()
    hidden = Cell(value=None, state=State.SUPPRESSED, small=not partner)
    return {c: hidden if c in small | partner else cell for c, cell in siblings.items()}


def total_gives_away(
    siblings: Mapping[str, Cell], shown: Mapping[str, Cell], *, threshold: int = THRESHOLD
) -> bool:
    """Whether the total of ``siblings``, beside what is ``shown`` of them, gives a count away."""
    hidden = {c for c, cell in shown.items() if cell.state is State.SUPPRESSED}
    return _is_given(siblings, hidden, threshold)


def _is_given(siblings: Mapping[str, Cell], hidden: set[str], threshold: int) -> bool:
    """Whether the sum of hidden counts tells what each is, or is itself a small count."""
    values = [siblings[c].value or 0 for c in hidden]
    all_small = all(_is_small(siblings[c], threshold) for c in hidden)
    extremes = {len(values), len(values) * (threshold - 1)}
    tells = sum(values) in extremes or sum(values) < threshold
    return len(values) == 1 or (bool(values) and all_small and tells)


def _is_small(cell: Cell, threshold: int) -> bool:
    return cell.value is not None and 0 < cell.value < threshold


def _partner(siblings: Mapping[str, Cell], *, taken: frozenset[str], threshold: int) -> set[str]:
    """The smallest count that still leaves every small value possible; else the largest."""
    others = {c: cell.value for c, cell in siblings.items() if c not in taken and cell.value}
    ample = {c: n for c, n in others.items() if n >= 2 * (threshold - 1)}
    if ample:
        return {min(ample, key=lambda c: (ample[c], c))}
    return {max(others, key=lambda c: (others[c], c))} if others else set()
