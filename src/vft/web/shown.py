"""Figures as one reader may see them. Charts, tables and files all come through here."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from vft.access.scope import Scope
from vft.disclosure.cell import THRESHOLD, Cell, State
from vft.disclosure.homes import Bools
from vft.publication.read import Figure, Geography, Measure
from vft.web.book import Book, Line, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.living import Living, living
from vft.web.unseen import Unseen

_STATES = {state.value: state for state in State}
_HIDDEN = Cell(value=None, state=State.SUPPRESSED)


class Shown:
    """A publication through the eyes of one reader. Counts under ``threshold`` are small.

    ``within``: what the same person sees otherwise, beyond which nothing is shown. For other eyes
    other partners of a small count are hidden, and who sees both would be left with it alone.
    """

    def __init__(
        self,
        book: Book,
        scope: Scope,
        *,
        threshold: int = THRESHOLD,
        within: "Shown | None" = None,
    ) -> None:
        self.book = book
        self.scope = scope
        self.threshold = threshold
        self._within = within
        self._found: dict[tuple[Measure, Slice], Bools] = {}

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

        What one level, grouping, geography, slice or measure hides, no other gives away: see
        :mod:`vft.disclosure`.
        """
        whole = self._whole(units, measure=measure, of=of, geography=geography)
        for unit in units:
            if not self.is_own(unit):
                hides = self._hides(Line(measure, of, unit), geography).tolist()
                points = zip(whole[unit.code], hides, strict=True)
                whole[unit.code] = [_hide(point) if hide else point for point, hide in points]
        return whole

    def lines(
        self, asked: Sequence[Line], *, geography: Geography, months: Sequence[str]
    ) -> list[list[Point]]:
        """Some months of lines of one indicator, whatever their units: one question for all."""
        found = self.book.several(asked, geography=geography, months=months)
        numbers = [self.book.months.index(month) for month in months]
        lines = []
        for line in asked:
            points = [_point(month, found.get((*line.key, month))) for month in months]
            if not self.is_own(line.unit):
                hides = self._hides(line, geography)[numbers].tolist()
                points = [_hide(p) if hide else p for p, hide in zip(points, hides, strict=True)]
            lines.append(points)
        return lines

    def _hides(self, line: Line, geography: Geography) -> Bools:
        """The months in which a unit's figure may not be seen: all where we do not know it."""
        place = self._living.numbers.get((geography, line.unit.grouping, line.unit.code))
        if place is None:
            return np.ones(len(self.book.months), bool)
        found: Bools = self._unseen(line.measure, line.of)[place]
        return found

    def cells(
        self, indicator: str, *, geography: Geography
    ) -> Mapping[tuple[str, str, str, str], list[Point]]:
        """Every figure of an indicator: measure, slice's key, grouping and unit → its months."""
        groupings: dict[str, list[Unit]] = {}
        for (grouping, _code), unit in self.book.units[geography].items():
            groupings.setdefault(grouping, []).append(unit)
        return {
            (measure.code, of.key, grouping, code): points
            for measure in self.book.measures[indicator].values()
            for of in self.book.slices_of(indicator).values()
            for grouping, units in groupings.items()
            for code, points in self.beside(
                units, measure=measure, of=of, geography=geography
            ).items()
        }

    def hides(self, unit: Unit, month: str, *, measure: Measure, of: Slice) -> bool:
        """Whether a figure of a unit as it is now may not be seen, if there is one.

        What the publication does not know may not be seen either.
        """
        if self.is_own(unit):
            return False
        place = self._living.numbers.get(("now", unit.grouping, unit.code))
        if place is None or month not in self.book.months:
            return True
        return bool(self._unseen(measure, of)[place, self.book.months.index(month)])

    def settle(self, indicator: str) -> None:
        """Work out what is hidden of an indicator, so that no page has to wait for it."""
        for measure in self.book.measures[indicator].values():
            for of in list(self.book.slices_of(indicator).values())[:1]:
                self._unseen(measure, of)

    @property
    def _living(self) -> Living:
        return self.book.once("living", lambda: living(self.book.publication))

    def _unseen(self, measure: Measure, of: Slice) -> Bools:
        """Places × months: where the reader does not see a measure, here or otherwise."""
        here = self._unseen_here(measure, of)
        if self._within is None:
            return here
        otherwise = self._within._unseen(measure, of)  # noqa: SLF001 - another of the same
        return np.logical_or(here, otherwise)

    def _unseen_here(self, measure: Measure, of: Slice) -> Bools:
        """Where counts are hidden for the scope.

        Those are the measure's own, or those that it rests on. A measure that rests on no count is
        never seen, nor is one of a slice that its counts are not given for.
        """
        everything = np.ones((len(self._living.places), len(self.book.months)), bool)
        if self.scope.whole:
            return ~everything
        counts = self._rests_on(measure)
        if counts & self._reader.own_only(measure.indicator):
            return everything
        key = (measure, of)
        if key not in self._found:
            hidden = [self._hidden(code, measure, of) for code in counts]
            if hidden and measure.is_estimated_share:
                hidden.append(self._few(measure, of))
            hidden += self._reader.parts(measure, self.threshold) if hidden else []
            self._found[key] = np.logical_or.reduce(hidden) if hidden else everything
        return self._found[key]

    def _rests_on(self, measure: Measure) -> frozenset[str]:
        """The counts that a measure is, or is computed from."""
        if measure.kind == "count":
            return frozenset([measure.code])
        known = self.book.measures[measure.indicator]
        below = [known[code] for code in measure.rests_on if code in known]
        if len(below) < len(measure.rests_on):
            return frozenset()
        each = [self._rests_on(other) for other in below]
        return frozenset().union(*each) if all(each) else frozenset()

    def _hidden(self, count: str, measure: Measure, of: Slice) -> Bools:
        unseen = self._reader
        family = unseen.family(measure.indicator, count)
        slices = unseen.slices(family)
        if of.key not in slices:
            return np.ones((len(self._living.places), len(self.book.months)), bool)
        look = unseen.of_sums if unseen.is_of_sums(measure) else unseen.hidden
        masks = look(family, self.threshold)
        found: Bools = masks[family[1].index(count), slices.index(of.key)]
        return found

    def _few(self, measure: Measure, of: Slice) -> Bools:
        """Where others than those she follows up are few in a percentage."""
        return np.logical_and(self._reader.few(measure, of, self.threshold), ~self._own()[:, None])

    @cached_property
    def _reader(self) -> Unseen:
        return Unseen(self.book, self._living, own=self._own(), key=(self.scope.units,))

    def _own(self) -> Bools:
        units = ((g, (grouping, code)) for g, grouping, code in self._living.places)
        own = [self.is_own(self.book.units[geography][unit]) for geography, unit in units]
        return np.array(own, bool)

    def _whole(
        self, units: Iterable[Unit], *, measure: Measure, of: Slice, geography: Geography
    ) -> dict[str, list[Point]]:
        asked = list(units)
        found = self.book.figures(measure=measure, of=of, units=asked, geography=geography)
        by_place = {(f.unit, f.month): f for f in found}
        return {
            u.code: [_point(m, by_place.get((u.code, m))) for m in self.book.months] for u in asked
        }


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


def _hide(point: Point) -> Point:
    """A figure hidden; what is no figure stays what it is, unless that tells of a figure."""
    if point.cell.state in {State.VALUE, State.UNDEFINED}:
        return Point(month=point.month, cell=_HIDDEN, complete=point.complete)
    return point
