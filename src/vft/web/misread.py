"""Choices in an address that name nothing there is.

The page opens all the same, since a link sent a year ago must open, with the nearest there is, and
says so. What is part of the address's path must be there, or the page is not found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

#: No more of what was asked for is repeated on the page.
_LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A choice that was not understood, and what is shown instead."""

    field: str | Promise
    asked: str
    shown: str | Promise

    @property
    def not_found(self) -> str:
        """What was not understood."""
        told = {"asked": self.asked[:_LONGEST], "field": self.field}
        return _("Fant ikke «%(asked)s» under %(field)s.") % told

    @property
    def sentence(self) -> str:
        """What was not understood, and what the page shows."""
        instead = _("Viser %(shown)s i stedet.") % {"shown": self.shown}
        return f"{self.not_found} {instead}"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A choice of the page: its label, and what it stands at, by key and by name."""

    label: str | Promise
    key: str
    name: str | Promise


def misread(query: Mapping[str, str], fields: Mapping[str, Field]) -> list[Misread]:
    """What the address asks for that the page does not show. An empty choice asks for nothing."""
    return [
        Misread(field=field.label, asked=asked, shown=field.name)
        for name, field in fields.items()
        if (asked := query.get(name, "")) not in {"", field.key}
    ]
