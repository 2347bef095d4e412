"""Figures as one reader may see them. Charts, tables and files all come through here."""

from collections.abc import Iterable, Mapping, Sequence

from vft.access.disclosure import Cell, State, protect, total_gives_away
from vft.access.scope import Scope
from vft.publication.read import Figure, Geography
from vft.web.book import Book, Slice, Unit
from vft.web.charts.trend import Point

#: A month of a unit before anything is hidden: never handed to a page.
_Months = dict[str, dict[str, Figure]]


class Shown:
    """A publication through the eyes of one reader."""

    def __init__(self, book: Book, scope: Scope) -> None:
        self.book = book
        self.scope = scope

    def is_own(self, unit: Unit) -> bool:
        """Whether the reader's roles cover the unit."""
        return self.scope.covers(self.book.lineage(unit))

    def home(self, geography: Geography) -> Unit:
        """The unit the reader is met with: the municipality, or her own."""
        if self.scope.whole:
            return self.book.municipality
        own = (u for u in self.book.units[geography].values() if u.code in self.scope.units)
        return next(own, self.book.municipality)

    def series(self, unit: Unit, *, measure: str, of: Slice, geography: Geography) -> list[Point]:
        """Every month of one unit."""
        if self.is_own(unit):
            return self._whole([unit], measure=measure, of=of, geography=geography)[unit.code]
        if unit == self.book.municipality:
            return self._total(unit, measure=measure, of=of, geography=geography)
        siblings = self.book.siblings(unit, geography)
        return self.beside(siblings, measure=measure, of=of, geography=geography)[unit.code]

    def beside(
        self, units: Sequence[Unit], *, measure: str, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        """Every month of units of one grouping, in the units' order.

        Units under different parents are protected parent by parent.
        """
        whole = self._whole(units, measure=measure, of=of, geography=geography)
        if self.scope.whole:
            return whole
        for parent in {u.parent for u in units}:
            family = [u for u in units if u.parent == parent]
            whole |= self._protected({u.code: whole[u.code] for u in family}, family)
        return whole

    def _whole(
        self, units: Iterable[Unit], *, measure: str, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        asked = list(units)
        found = self.book.figures(measure=measure, of=of, units=asked, geography=geography)
        by_place = {(f.unit, f.month): f for f in found}
        return {
            u.code: [_point(m, by_place.get((u.code, m))) for m in self.book.months] for u in asked
        }

    def _protected(
        self, family: Mapping[str, Sequence[Point]], units: Sequence[Unit]
    ) -> dict[str, list[Point]]:
        own = [u.code for u in units if self.is_own(u)]
        months = zip(*family.values(), strict=True)
        seen = [
            protect(dict(zip(family, (p.cell for p in month), strict=True)), own=own)
            for month in months
        ]
        return {
            code: [_seen(point, cells[code]) for point, cells in zip(points, seen, strict=True)]
            for code, points in family.items()
        }

    def _total(self, unit: Unit, *, measure: str, of: Slice, geography: Geography) -> list[Point]:
        """The municipality for a reader of a part of it, without what gives a unit away."""
        whole = self._whole([unit], measure=measure, of=of, geography=geography)[unit.code]
        districts = self.book.children("district", geography, parent=unit.code)
        parts = self.beside(districts, measure=measure, of=of, geography=geography)
        columns = zip(*parts.values(), strict=True) if parts else ([] for _ in whole)
        given = [
            total_gives_away({str(n): p.cell for n, p in enumerate(column)}) for column in columns
        ]
        hidden = Cell(value=None, state=State.SUPPRESSED)
        return [
            _seen(point, hidden if gives else point.cell)
            for point, gives in zip(whole, given, strict=True)
        ]


def _point(month: str, figure: Figure | None) -> Point:
    if figure is None:
        missing = Cell(value=None, state=State.MISSING)
        return Point(month=month, cell=missing, complete=True)
    state = State(figure.state)
    value = figure.value if state is State.VALUE else None
    return Point(month=month, cell=Cell(value=value, state=state), complete=figure.complete)


def _seen(point: Point, cell: Cell) -> Point:
    return Point(month=point.month, cell=cell, complete=point.complete)
