"""Where a role can hold, and what a note can be about: the units of the newest publication."""

from typing import Any

from django.utils.translation import gettext as _

from vft.web import book
from vft.web.book import LEVELS, NOW, Unit

#: What stands for the whole municipality in a form: a forgotten choice must never come to mean it.
WHOLE = "hele"


def choices() -> list[tuple[str, Any]]:
    """What a form offers: nothing chosen, the whole municipality, and units by level."""
    here = book.newest()
    levels = {} if here is None else {c: n for c, n in here.groupings.items() if c in LEVELS}
    units = [(name, _at(level)) for level, name in levels.items() if level != book.MUNICIPALITY]
    return [("", _("Velg hvor")), (WHOLE, _("Hele kommunen")), *units]


def _at(level: str) -> list[tuple[str, str]]:
    here = book.newest()
    found = here.units[NOW].values() if here else ()
    return [(unit.code, unit.name) for unit in found if unit.grouping == level]


def lineage(code: str) -> tuple[str, ...]:
    """The unit's code and those above it; none for a unit that there is not."""
    unit = _unit(code)
    here = book.newest()
    return here.lineage(unit) if here and unit else ()


def _unit(code: str) -> Unit | None:
    here = book.newest()
    found = here.units[NOW].values() if here else ()
    return next((u for u in found if u.code == code and u.grouping in LEVELS), None)
