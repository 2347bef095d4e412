"""Figures as one reader may see them. Charts, tables and files all come through here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from vft.access.disclosure import Cell, State
from vft.access.scope import Scope
from vft.publication.read import Figure, Geography, Measure
from vft.web import closure
from vft.web.book import LEVELS, NOW, THEN, Book, Slice, Unit
from vft.web.charts.trend import Point

_STATES = {state.value: state for state in State}
#: Unit → its months.
_Series = Mapping[str, Sequence[Point]]
#: Month → the units' figures.
_Months = dict[str, dict[str, Cell]]


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

    def series(
        self, unit: Unit, *, measure: Measure, of: Slice, geography: Geography
    ) -> list[Point]:
        """Every month of one unit; missing throughout where the geography has no such unit."""
        return self.beside([unit], measure=measure, of=of, geography=geography)[unit.code]

    def beside(
        self, units: Sequence[Unit], *, measure: Measure, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        """Every month of units of one grouping, in the units' order.

        What one level, grouping or geography hides, no other gives away: see
        :mod:`vft.web.closure`. Of others' units as they were, only that is shown which is shown
        of them as they are now.
        """
        whole = self._whole(units, measure=measure, of=of, geography=geography)
        others = {u.code for u in units if not self.is_own(u)}
        if not others:
            return whole
        now = self._now(units[0].grouping, measure, of)
        see = _as_shown if geography == NOW else closure.agreed
        return {
            code: [_seen(p, see(p.cell, now.get(p.month, {}).get(code))) for p in points]
            if code in others
            else points
            for code, points in whole.items()
        }

    def _now(self, grouping: str, measure: Measure, of: Slice) -> _Months:
        """Every unit of a grouping as it is now, as the reader may see it."""
        key = (self.scope, measure, of)
        levels = self.book.once(key, lambda: self.closed(measure, of))
        return levels if grouping in LEVELS else self._groups(grouping, levels, measure, of)

    def closed(self, measure: Measure, of: Slice) -> _Months:
        """The units of every level as they are now, as the reader may see them.

        Takes a few tenths of a second for a large city: ask the book, which holds it.
        """
        now, then = (self._levels_in(g) for g in (NOW, THEN))
        trees = [closure.tree({u.code: u.parent for u in units}) for units in (now, then)]
        cells = [
            _by_month(self._whole_levels(units, measure, of, geography))
            for units, geography in ((now, NOW), (then, THEN))
        ]
        own = frozenset(u.code for u in [*now, *then] if self.is_own(u))
        return {
            month: closure.closed(trees[0], cells_now, trees[1], cells_then, own)
            for (month, cells_now), (_month, cells_then) in zip(*cells, strict=True)
        }

    def _groups(self, grouping: str, levels: _Months, measure: Measure, of: Slice) -> _Months:
        """Groups, which are other sums of the same units: all of them in a month, or none."""
        groups = self.book.children(grouping, NOW)
        own = frozenset(u.code for u in groups if self.is_own(u))
        whole = _by_month(self._whole(groups, measure=measure, of=of, geography=NOW))
        return {
            month: closure.all_or_none(cells, beside=levels[month], own=own)
            for month, cells in whole
        }

    def _levels_in(self, geography: Geography) -> list[Unit]:
        return [u for u in self.book.units[geography].values() if u.grouping in LEVELS]

    def _whole_levels(
        self, units: Sequence[Unit], measure: Measure, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = {}
        for level in LEVELS:
            of_level = [u for u in units if u.grouping == level]
            found |= self._whole(of_level, measure=measure, of=of, geography=geography)
        return found

    def _whole(
        self, units: Iterable[Unit], *, measure: Measure, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        asked = list(units)
        found = self.book.figures(measure=measure, of=of, units=asked, geography=geography)
        by_place = {(f.unit, f.month): f for f in found}
        return {
            u.code: [_point(m, by_place.get((u.code, m))) for m in self.book.months] for u in asked
        }


def _by_month(series: _Series) -> Iterator[tuple[str, dict[str, Cell]]]:
    for month in zip(*series.values(), strict=True):
        cells = (point.cell for point in month)
        yield month[0].month, dict(zip(series, cells, strict=True))


def _as_shown(cell: Cell, shown: Cell | None) -> Cell:
    return shown or closure.hide(cell)


def _point(month: str, figure: Figure | None) -> Point:
    if figure is None:
        return Point(month=month, cell=_cell(None, "missing"), complete=True)
    cell = _cell(figure.value, figure.state)
    return Point(month=month, cell=cell, complete=figure.complete)


@lru_cache(maxsize=20_000)
def _cell(value: float | None, state: str) -> Cell:
    """Made once for each count: a city has the same small counts in many units and months."""
    known = _STATES[state]
    if known is not State.VALUE or value is None:
        return Cell(value=None, state=known)
    return Cell(value=int(value) if value.is_integer() else value, state=known)


def _seen(point: Point, cell: Cell) -> Point:
    return Point(month=point.month, cell=cell, complete=point.complete)
