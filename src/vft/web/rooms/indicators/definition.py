"""An indicator's definition as it was published, in the words of the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.tables import ALL
from vft.web.book import Book

_BETTER: dict[str, Promise] = {
    "higher": gettext_lazy("Høyere er bedre"),
    "lower": gettext_lazy("Lavere er bedre"),
    "neither": gettext_lazy("Verken høyere eller lavere er bedre i seg selv"),
}
#: Columns of the specs that say where a case lives.
_PLACES = frozenset({"district", "unit"})
_HEADINGS: dict[str, Promise] = {"case": gettext_lazy("Eksempel")}
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
        """The specification's visible rows, where it has any."""
        text = self.told.get("examples") or ""
        titles = {m["code"]: m["title"] for m in self.told["measures"]}
        return Examples.read(text, titles) if text else None


@dataclass(frozen=True)
class Examples:
    """A table of cases: what happened, and what is counted of it."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    @classmethod
    def read(cls, text: str, titles: Mapping[str, str]) -> "Examples":
        """From text with a line a row and a bar between cells. ``titles``: of measures, by code.

        Where a case lives is left out: each has a unit of hers, to be told apart by.
        """
        lines = [line for line in text.strip().splitlines() if line.strip()]
        cells = [[cell.strip() for cell in line.split("|")] for line in lines]
        shown = [place for place, name in enumerate(cells[0]) if name not in _PLACES]
        headings = [_HEADINGS.get(name) or titles.get(name, name) for name in cells[0]]
        return cls(
            headings=[str(headings[place]) for place in shown],
            rows=[[row[place] for place in shown] for row in cells[1:]],
        )
