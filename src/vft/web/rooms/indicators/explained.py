"""Forklar dette tallet: one figure, how it came about, from what, and by whose word."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from vft.access import scope, thresholds
from vft.disclosure.cell import Cell, State
from vft.publication.read import Correction, Measure
from vft.tables import ALL
from vft.web import book, norwegian, sentences
from vft.web.charts.trend import Point
from vft.web.misread import Field, misread
from vft.web.purpose import PurposeForm
from vft.web.rooms.indicators.definition import Definition
from vft.web.rooms.indicators.rows import Opening, opening
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


@dataclass(frozen=True, kw_only=True)
class Part:
    """A measure that a figure is computed from, and its figure, as the reader may see it."""

    title: str
    meaning: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One figure. ``month``: the one asked for, or the newest that is complete, or the newest."""

    shown: Shown
    choice: Choice
    month: str

    @classmethod
    def read(cls, query: Mapping[str, str], shown: Shown, indicator: str) -> "Explained":
        """The figure that an address names.

        Raises:
            Http404: there is no such indicator.
        """
        if indicator not in shown.book.indicators:
            raise Http404
        choice = Choice.read({**query, "indikator": indicator}, shown)
        series = _series(shown, choice, choice.measure)
        months = [point.month for point in series]
        asked = query.get("maaned", "")
        month = asked if asked in months else sentences.newest_of_all(series)
        return cls(shown=shown, choice=choice, month=month)

    @cached_property
    def definition(self) -> Definition:
        """What the indicator is."""
        return Definition.of(self.choice.book, self.choice.indicator.code)

    @cached_property
    def point(self) -> Point:
        """The figure."""
        return self._at(self.choice.measure)

    @property
    def says(self) -> str:
        """The figure in words."""
        return self.choice.wording.cell(self.point.cell)

    @property
    def meaning(self) -> str:
        """What the measure is."""
        return self._meaning(self.choice.measure)

    @cached_property
    def parts(self) -> list[Part]:
        """What it is computed from: the numerator and the denominator, or those it rests on."""
        measures = self.choice.measures
        found = [measures[c] for c in self.choice.measure.rests_on if c in measures]
        return [
            Part(title=m.title, meaning=self._meaning(m), says=norwegian.cell(self._at(m).cell, 0))
            for m in found
        ]

    @property
    def formula(self) -> str:
        """How the parts become the figure."""
        per = next(
            m["per"] for m in self.definition.measures if m["code"] == self.choice.measure.code
        )
        if self.choice.measure.kind not in {"share", "rate"}:
            return ""
        over, under = (part.says for part in self.parts)
        times = f" × {norwegian.number(per)}" if per != 1 else ""
        return f"{over} / {under}{times} = {self.says}"

    @cached_property
    def correction(self) -> Correction | None:
        """What the figure was in the publication before, if it was corrected and she may see it."""
        key = (self.choice.indicator.code, self.choice.measure.code, self.choice.of.kind)
        place = (self.choice.of.code, self.choice.unit.grouping, self.choice.unit.code)
        when = (self.choice.geography, self.month)
        if self.point.cell.state is not State.VALUE or not self.shown.is_own(self.choice.unit):
            return None
        return next(
            (
                c
                for c in self.choice.book.corrections
                if (c.indicator, c.measure, c.slice_kind) == key
                and (c.slice, c.grouping, c.unit) == place
                and (c.geography, c.month) == when
            ),
            None,
        )

    @property
    def inputs(self) -> list[tuple[str, int]]:
        """The tables that it is computed from, with their versions."""
        versions = self.choice.book.publication.inputs
        needs = self.definition.needs
        return [(ALL[t].title, versions[t]) for t in needs if t in versions and t in ALL]

    @property
    def query(self) -> str:
        """The figure as an address."""
        asked = QueryDict(self.choice.query, mutable=True)
        asked["maaned"] = self.month
        return asked.urlencode()

    @property
    def fields(self) -> dict[str, Field]:
        """The choices as they stand, by the name each has in an address."""
        month = Field(label=_("Måned"), key=self.month, name=norwegian.month(self.month))
        return {**self.choice.fields, "maaned": month}

    def _at(self, measure: Measure) -> Point:
        series = _series(self.shown, self.choice, measure)
        missing = Point(month=self.month, cell=Cell(value=None, state=State.MISSING), complete=True)
        return next((p for p in series if p.month == self.month), missing)

    def _meaning(self, measure: Measure) -> str:
        found: str = next(
            m["meaning"] for m in self.definition.measures if m["code"] == measure.code
        )
        return found


def page(request: HttpRequest, indicator: str) -> HttpResponse:
    """What an indicator means, and how the figure that the address names came about."""
    scope.require(request.user, scope.FIGURES)
    visible = scope.visible_units(request.user)
    shown = Shown(book.current(), visible, threshold=thresholds.small_cells())
    figure = Explained.read(request.GET.dict(), shown, indicator)
    return render(request, "web/explained.html", context(request, figure))


def context(request: HttpRequest, figure: Explained) -> dict[str, Any]:
    """What the page shows."""
    way: Opening = opening(request.user, figure.choice)
    return {
        "figure": figure,
        "choice": figure.choice,
        "definition": figure.definition,
        "publication": figure.choice.book,
        "misread": misread(request.GET.dict(), figure.fields),
        "opening": way,
        "form": PurposeForm() if way.asks_purpose else None,
    }


def _series(shown: Shown, choice: Choice, measure: Measure) -> list[Point]:
    """Every month of a measure, asked of the publication once for all who may see the same."""
    of, geography = choice.of, choice.geography
    key = ("explained", shown.scope, shown.threshold, choice.unit, measure, of, geography)
    found: list[Point] = shown.book.pages.once(
        key, lambda: shown.series(choice.unit, measure=measure, of=of, geography=geography)
    )
    return found
