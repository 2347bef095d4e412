"""An indicator's definition as it was published, in the words of the catalogue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.disclosure.cell import Cell, State
from vft.tables import ALL
from vft.web import norwegian
from vft.web.book import Book

_BETTER: dict[str, Promise] = {
    "higher": gettext_lazy("Høyere er bedre"),
    "lower": gettext_lazy("Lavere er bedre"),
    "neither": gettext_lazy("Verken høyere eller lavere er bedre i seg selv"),
}
#: How the cells of examples are written, beside plain text.
_WITHOUT_FIGURE = frozenset({State.MISSING, State.NOT_DOCUMENTED, State.UNDEFINED})
_NUMBER = re.compile(r"-?\d+\.\d+")
_MONTH = re.compile(r"\d{4}-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_YES, _NO = gettext_lazy("ja"), gettext_lazy("nei")


@dataclass(frozen=True)
class Definition:
    """What the publication says of an indicator. ``told``: see ``Indicator.described``."""

    told: Mapping[str, Any]

    @classmethod
    def of(cls, here: Book, indicator: str) -> "Definition":
        """The definition of one of the publication's indicators."""
        return cls(here.definitions[indicator])

    def __getattr__(self, name: str) -> Any:
        """Any other of the definition's fields."""
        try:
            return self.told[name]
        except KeyError as unknown:
            raise AttributeError(name) from unknown

    @property
    def better_says(self) -> Promise:
        """Which way is progress."""
        return _BETTER[self.told["better"]]

    @property
    def review_on(self) -> date:
        """When it is to be reviewed next."""
        return date.fromisoformat(self.told["next_review"])

    @property
    def tables(self) -> list[str]:
        """What it is computed from, in bokmål."""
        return [ALL[name].title for name in self.told["needs"] if name in ALL]

    @property
    def facts(self) -> list[tuple[Promise | str, Any]]:
        """What a reader should know of it, in order; what says nothing is left out."""
        told = self.told
        window = _("de %(n)s månedene til og med måneden") % {"n": told.get("window", 1)}
        settles = _("%(n)s dager etter månedens slutt") % {"n": told.get("settles_after", 0)}
        rows: list[tuple[Promise | str, Any]] = [
            (_("Spørsmål"), told["question"]),
            (_("Hvorfor"), told["why"]),
            (_("Hva som telles (teller)"), told["numerator"]),
            (_("Av hva (nevner)"), told["denominator"]),
            (_("Retning"), self.better_says),
            (_("Regnes over"), window if told.get("window", 1) > 1 else ""),
            (_("Ferdig"), settles if told.get("settles_after") else ""),
            (_("Enheter kan legges sammen"), _YES if told["adds_over_units"] else _NO),
            (_("Måneder kan legges sammen"), _YES if told["adds_over_time"] else _NO),
            (_("Kilder"), "; ".join(told["sources"])),
            (_("Eier"), told["owner"]),
            (_("Kontrolleres av"), told["checker"]),
        ]
        return [(label, said) for label, said in rows if said]

    @cached_property
    def examples(self) -> "Examples | None":
        """The specification's visible rows, where it has any.

        Older publications have them as text with codes, which is not shown.
        """
        told = self.told.get("examples")
        return Examples.read(told) if isinstance(told, Mapping) and told else None


@dataclass(frozen=True)
class Examples:
    """A table of cases: what happened, and what is counted of it."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Examples":
        """As it was published. See ``vft.indicators.examples.of``."""
        rows = [[_said(cell) for cell in row] for row in told["rows"]]
        return cls(headings=told["headings"], rows=rows)


def _said(cell: str) -> str:
    """A number, a month, a time or a state the way a reader meets it; other text as it is."""
    if cell in _WITHOUT_FIGURE:
        return norwegian.cell(Cell(value=None, state=State(cell)))
    if _NUMBER.fullmatch(cell):
        return cell.replace(".", ",")
    if _MONTH.fullmatch(cell):
        return norwegian.month(cell)
    if _TIME.fullmatch(cell):
        return f"{datetime.fromisoformat(cell):%d.%m.%Y kl. %H.%M}"
    return cell
