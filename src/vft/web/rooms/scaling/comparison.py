"""Units beside each other: sorted bars of the newest complete month, and a small line each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vft.access.disclosure import State
from vft.web import norwegian, sentences
from vft.web.book import Unit
from vft.web.charts import bars, multiples
from vft.web.charts.bars import Bar, Bars
from vft.web.charts.multiples import Multiples, Panel
from vft.web.charts.svg import Picture
from vft.web.charts.trend import Point
from vft.web.rooms.scaling.choice import Choice
from vft.web.sentences import Standing
from vft.web.shown import Shown

#: More panels than this is a wall, not a comparison.
_PANELS = 24


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A unit of the comparison, its months, and the month that the bars show."""

    unit: Unit
    points: list[Point]
    now: Point
    chosen: bool

    @property
    def standing(self) -> Standing:
        """Where the unit stands."""
        return sentences.standing(self.points)


def context(shown: Shown, choice: Choice, chosen: list[Point]) -> dict[str, Any]:
    """What the page shows of the comparison, in the newest complete month of the chosen unit."""
    month = sentences.newest(chosen)
    compared = _in_order(_compared(shown, choice, month))
    if not compared:
        return {"compared": []}
    values = [(c.unit.name, c.now.cell.value) for c in compared if c.now.cell.value is not None]
    hidden = any(c.now.cell.state is State.SUPPRESSED for c in compared)
    title = sentences.bars_title(values, choice.of.short, hidden=hidden)
    return {
        "compared": compared,
        "compared_month": month,
        "compared_title": title,
        "compared_name": choice.book.groupings[choice.comparison],
        "bars": _bars(choice, compared, title, month) if values else None,
        "panels": _panels(choice, compared) if values and 1 < len(compared) <= _PANELS else None,
        "unplaced": _unplaced(choice, compared, chosen),
        "hidden_units": hidden,
    }


def _unplaced(choice: Choice, compared: list[Compared], chosen: list[Point]) -> float:
    """How many of the chosen unit are in none of the units compared, where that can be told.

    As of now, someone may have lived in a unit that is split, and have no home in what came of it.
    """
    counts = [c.now.cell.value for c in compared]
    total = sentences.standing(chosen).now
    inside = all(c.unit.parent == choice.unit.code for c in compared)
    # beside a hidden count the difference would say what it is
    if not inside or total is None or total.cell.value is None or None in counts:
        return 0
    return max(total.cell.value - sum(count or 0 for count in counts), 0)


def _compared(shown: Shown, choice: Choice, month: str) -> list[Compared]:
    units = choice.compared_units
    beside = shown.beside(units, measure=choice.measure, of=choice.of, geography=choice.geography)
    found = []
    for unit in units:
        points = choice.within(beside[unit.code])
        now = next((p for p in points if p.month == month), None)
        # a unit that is not there in the month, before its making or after its end, has no bar
        if now and now.cell.state is not State.MISSING:
            chosen = unit == choice.unit
            found.append(Compared(unit=unit, points=points, now=now, chosen=chosen))
    return found


def _in_order(compared: list[Compared]) -> list[Compared]:
    """The largest first; after them, by name, those without a figure to show."""
    return sorted(
        compared,
        key=lambda c: (
            c.now.cell.value is None,
            -(c.now.cell.value or 0),
            norwegian.alphabetical(c.unit.name),
        ),
    )


def _bars(choice: Choice, compared: list[Compared], title: str, month: str) -> Picture:
    drawn = [Bar(name=c.unit.name, cell=c.now.cell, chosen=c.chosen) for c in compared]
    said = ", ".join(f"{b.name} {norwegian.cell(b.cell)}" for b in drawn)
    what = choice.measure_title
    return bars.draw(
        Bars(
            bars=drawn,
            title=title,
            says=_("Stolpediagram over %(what)s i %(month)s: %(said)s.")
            % {"what": what.lower(), "month": norwegian.month(month), "said": said},
            axis=f"{what}, {norwegian.month(month)}",
        )
    )


def _panels(choice: Choice, compared: list[Compared]) -> Picture:
    panels = [Panel(name=c.unit.name, points=c.points, chosen=c.chosen) for c in compared]
    return multiples.draw(
        Multiples(
            panels=panels,
            title=_("%(what)s i hver enhet") % {"what": choice.of.name},
            says=_(
                "%(count)s små linjediagrammer med felles skala, ett for hver enhet: %(what)s per "
                "måned. Tallene kan lastes ned som fil."
            )
            % {"count": len(panels), "what": choice.measure_title.lower()},
        )
    )
