"""Figures as anyone may see them: for what leaves the house.

A reader sees the small counts of her own units, and may take them along for her own work. What is
to be handed on is asked for with ``til=deling``: then nobody's small counts are in it.
"""

from collections.abc import Mapping

from vft.access.scope import NOWHERE
from vft.web.shown import Shown

#: In an address: whom the figures are for.
FOR, SHARING = "til", "deling"


def asked(shown: Shown, query: Mapping[str, str]) -> Shown:
    """The reader's figures, or those that anyone may see where the address asks for that."""
    return as_anyone(shown) if query.get(FOR) == SHARING else shown


def as_anyone(shown: Shown) -> Shown:
    """The same publication through the eyes of somebody without any unit.

    It shows no more than the reader sees, who could else hold the two against each other.
    """
    return Shown(shown.book, NOWHERE, threshold=shown.threshold, within=shown)


def is_for_sharing(shown: Shown) -> bool:
    """Whether no unit's small counts are shown as they are."""
    return shown.scope.is_empty
