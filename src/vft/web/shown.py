"""Figures as one reader may see them. Charts, tables and files all come through here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from vft.access.disclosure import Cell, State, protect, total_gives_away
from vft.access.scope import Scope
from vft.publication.read import Figure, Geography
from vft.web.book import LEVELS, NOW, THEN, Book, Slice, Unit
from vft.web.charts.trend import Point

#: Unit → its months.
_Series = Mapping[str, Sequence[Point]]


class _How(TypedDict):
    """Which figures, whatever the unit."""

    measure: str
    of: Slice
    geography: Geography


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
        """Every month of one unit; missing throughout where the geography has no such unit."""
        how = _How(measure=measure, of=of, geography=geography)
        if self.is_own(unit) or (unit.grouping, unit.code) not in self.book.units[geography]:
            return self._whole([unit], **how)[unit.code]
        siblings = self.book.siblings(unit, geography)
        return self.beside(siblings, **how)[unit.code]

    def beside(
        self, units: Sequence[Unit], *, measure: str, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        """Every month of units of one grouping, in the units' order.

        Units under different parents are protected parent by parent. What one grouping or
        geography hides, no other gives away: see :meth:`_closed`.
        """
        how = _How(measure=measure, of=of, geography=geography)
        whole = self._whole(units, **how)
        if self.scope.whole or not units:
            return whole
        if units[0] == self.book.municipality:
            return {units[0].code: self._total(units[0], **how)}
        seen: dict[str, list[Point]] = dict(whole)
        for parent in {u.parent for u in units}:
            family = [u for u in units if u.parent == parent]
            seen |= self._protected({u.code: whole[u.code] for u in family}, family)
        return self._closed(units, whole, seen, how)

    def _closed(
        self, units: Sequence[Unit], whole: _Series, seen: _Series, how: _How
    ) -> dict[str, list[Point]]:
        """Hide what could be subtracted from figures of another grouping or geography.

        Groups of others are hidden in months in which a district is hidden. Units of others as
        they were are hidden in months in which they are not as they are now.
        """
        today = _How(measure=how["measure"], of=how["of"], geography=NOW)
        closed: dict[str, set[str]] = {u.code: set() for u in units}
        if units[0].grouping not in LEVELS:
            hidden = _hidden_months(self.beside(self.book.children("district", NOW), **today))
            closed = {u.code: hidden for u in units}
        elif how["geography"] == THEN:
            now = self._whole(units, **today)
            closed = {u.code: _differing_months(whole[u.code], now[u.code]) for u in units}
        return {
            u.code: list(seen[u.code]) if self.is_own(u) else _without(seen[u.code], closed[u.code])
            for u in units
        }

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
        how = _How(measure=measure, of=of, geography=geography)
        total = self._whole([unit], **how)[unit.code]
        districts = self.book.children("district", geography, parent=unit.code)
        cells, seen = self._whole(districts, **how), self.beside(districts, **how)
        given = {
            point.month
            for n, point in enumerate(total)
            if total_gives_away(
                {code: points[n].cell for code, points in cells.items()},
                {code: points[n].cell for code, points in seen.items()},
            )
        }
        return _without(total, given)


def _point(month: str, figure: Figure | None) -> Point:
    if figure is None:
        missing = Cell(value=None, state=State.MISSING)
        return Point(month=month, cell=missing, complete=True)
    state = State(figure.state)
    value = figure.value if state is State.VALUE else None
    return Point(month=month, cell=Cell(value=value, state=state), complete=figure.complete)


def _seen(point: Point, cell: Cell) -> Point:
    return Point(month=point.month, cell=cell, complete=point.complete)


def _without(points: Sequence[Point], months: set[str]) -> list[Point]:
    hidden = Cell(value=None, state=State.SUPPRESSED)
    return [
        _seen(p, hidden) if p.month in months and p.cell.state is State.VALUE else p for p in points
    ]


def _hidden_months(series: _Series) -> set[str]:
    return {
        p.month for points in series.values() for p in points if p.cell.state is State.SUPPRESSED
    }


def _differing_months(then: Sequence[Point], now: Sequence[Point]) -> set[str]:
    return {was.month for was, is_now in zip(then, now, strict=True) if was.cell != is_now.cell}
