"""Figures that differ from the publication before, as far as the reader may see them."""

from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vft.access import scope, thresholds
from vft.disclosure.cell import State
from vft.publication import shelf
from vft.publication.read import Correction, Publication
from vft.web import book
from vft.web.book import NOW, Book, Unit
from vft.web.listed import configured
from vft.web.rooms.holdings.tables import Corrections
from vft.web.shown import Shown


@dataclass(frozen=True, kw_only=True)
class Line:
    """A corrected figure. None: there was no figure."""

    month: str
    slice_name: str
    unit_name: str
    measure_title: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """After less before, where both are there."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def page(request: HttpRequest) -> HttpResponse:
    """What was corrected in the reader's own units and in the municipality.

    Other units' corrections are counted and not shown: before and after together could say
    what is hidden elsewhere.
    """
    scope.require(request.user, scope.DELIVERIES)
    shown = Shown(
        book.current(), scope.visible_units(request.user), threshold=thresholds.small_cells()
    )
    everything = [c for c in shown.book.corrections if c.geography == NOW]
    own = seen(shown)
    table = configured(request, Corrections([_line(shown.book, c) for c in own], order_by="-month"))
    context = {
        "table": table,
        "own": len(own),
        "others": len(everything) - len(own),
        "publication": shown.book,
    }
    return render(request, "web/holdings_corrections.html", context)


def seen(shown: Shown) -> list[Correction]:
    """The corrections that the reader may see, of units as they are now."""
    is_open = _Open(shown)
    return [c for c in shown.book.corrections if c.geography == NOW and is_open(c)]


class _Open:
    """Whether a correction is shown. Each unit and each series is looked up once."""

    def __init__(self, shown: Shown) -> None:
        self._top = shown.book.municipality
        self._unit = cache(partial(_own_or_top, shown))
        self._months = cache(partial(_shown_months, shown))
        earlier = _earlier(shown)
        self._earlier = cache(partial(_shown_months, earlier)) if earlier else None

    def __call__(self, correction: Correction) -> bool:
        unit, is_own = self._unit(correction.grouping, correction.unit)
        if is_own or unit != self._top:
            return is_own
        of = f"{correction.slice_kind}:{correction.slice}"
        figure = (correction.indicator, correction.measure, of)
        return correction.month in self._months(*figure) and self._was_open(correction, figure)

    def _was_open(self, correction: Correction, figure: tuple[str, str, str]) -> bool:
        """Whether what it was before was shown too; where that is not known it was not."""
        if correction.before is None:
            return True
        return self._earlier is not None and correction.month in self._earlier(*figure)


def _earlier(shown: Shown) -> Shown | None:
    """The publication before through the same eyes; None where it is not kept."""
    here = shown.book.publication
    number = here.meta["previous"]
    file = shelf.path(here.path.parent, int(number)) if number else None
    if file is None or not file.exists():
        return None
    return Shown(_opened(file), shown.scope, threshold=shown.threshold)


@lru_cache(maxsize=1)
def _opened(path: Path) -> Book:
    """Held, since what it hides takes long to work out."""
    return Book(Publication.open(path))


def _own_or_top(shown: Shown, grouping: str, code: str) -> tuple[Unit | None, bool]:
    unit = shown.book.named(grouping, code, NOW)
    return unit, unit is not None and shown.is_own(unit)


def _shown_months(shown: Shown, indicator: str, code: str, of: str) -> set[str]:
    top, sliced = shown.book.municipality, shown.book.slices.get(of)
    measure = shown.book.measures.get(indicator, {}).get(code)
    if sliced is None or measure is None:
        return set()
    points = shown.series(top, measure=measure, of=sliced, geography=NOW)
    return {p.month for p in points if p.cell.state is State.VALUE}


def _line(here: Book, correction: Correction) -> Line:
    unit = here.named(correction.grouping, correction.unit, NOW)
    of = here.slices.get(f"{correction.slice_kind}:{correction.slice}")
    measure = here.measures.get(correction.indicator, {}).get(correction.measure)
    return Line(
        month=correction.month,
        slice_name=of.name if of else correction.slice,
        unit_name=unit.name if unit else correction.unit,
        measure_title=measure.title if measure else correction.measure,
        before=correction.before,
        after=correction.after,
    )
