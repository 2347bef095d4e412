"""Many small lines on one shared scale: one panel a unit.

All panels are laid out here, in pixels, in one drawing: they share scale, grid and margins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vft.web import norwegian
from vft.web.charts import months, scale, style
from vft.web.charts.svg import Picture, picture
from vft.web.charts.trend import Point, lone
from vft.web.charts.vega import BREAKS, Rows, Spec, at, drawing, layer, own_colour, text
from vft.web.wording import PERSONS, Wording

_TITLE = 26
_LINE = {True: 108, False: 84}
_LABELS = 22
_APART = 18


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A unit and its months, as the reader may see them."""

    name: str
    points: Sequence[Point]
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Multiples:
    """Everything that the panels show, in the order they are drawn."""

    panels: Sequence[Panel]
    title: str
    says: str
    wording: Wording = PERSONS


def draw(chart: Multiples) -> Picture:
    """Draw the panels, wide and narrow."""
    return picture(chart, spec=_spec, title=chart.title, says=chart.says)


def _spec(chart: Multiples, *, wide: bool) -> Spec:
    return _Drawing(chart, wide=wide).spec()


class _Drawing:
    """One variant: where each panel stands, and the marks in it."""

    def __init__(self, chart: Multiples, *, wide: bool) -> None:
        self.chart = chart
        self.wide = wide
        self.size = style.size(wide=wide) - 1
        self.whole = style.WIDE if wide else style.NARROW
        self.columns = _columns(len(chart.panels), most=5 if wide else 2)
        values = _values(chart)
        places = chart.wording.places
        marked = scale.ticks(values, wanted=4, from_zero=True, places=places)
        self.bottom = min([*values, 0])
        self.top = max([*values, 10.0**-places]) * 1.04
        self.ticks = [t for t in marked if self.bottom <= t <= self.top]
        self.places = scale.places(self.ticks)
        longest = max(style.text_width(self._tick(t), self.size) for t in self.ticks)
        self.gutter = longest + 6
        between = 34 if wide else 22
        self.width = (self.whole - self.gutter - between * (self.columns - 1) - 4) / self.columns
        self.pitch = self.width + between
        self.line = _LINE[wide]
        self.row = _TITLE + self.line + _LABELS + _APART
        self.high = self.row * -(-len(chart.panels) // self.columns) - _APART
        first, last = chart.panels[0].points[0], chart.panels[0].points[-1]
        self.first, self.last = months.place(first.month), months.place(last.month)

    def spec(self) -> Spec:
        """The whole drawing, back to front."""
        layers = [self._grid(), self._lines(), self._dots(), *self._texts()]
        return drawing(layers, width=self.whole, height=self.high, wide=self.wide, fit=False)

    def _corner(self, number: int) -> tuple[float, float]:
        """The left edge of a panel's plot, and the top of its line."""
        row, column = divmod(number, self.columns)
        return self.gutter + column * self.pitch, row * self.row + _TITLE

    def _across(self, number: int, position: int) -> float:
        left, _ = self._corner(number)
        return left + (position - self.first) / max(self.last - self.first, 1) * self.width

    def _down(self, number: int, value: float) -> float:
        _, top = self._corner(number)
        return top + self.line * (1 - (value - self.bottom) / (self.top - self.bottom))

    def _tick(self, value: float) -> str:
        return norwegian.decimal(value, self.places)

    def _panels(self) -> Iterator[tuple[int, Panel]]:
        return iter(enumerate(self.chart.panels))

    def _grid(self) -> Spec:
        rows = [
            {"x": self._corner(n)[0], "x2": self._corner(n)[0] + self.width, "y": self._down(n, t)}
            for n, _panel in self._panels()
            for t in self.ticks
        ]
        encoding = self._where() | {"x2": {"field": "x2"}}
        return layer(rows, "rule", encoding=encoding, color=style.GRID)

    def _lines(self) -> Spec:
        rows = [
            {
                "x": self._across(n, months.place(p.month)),
                "y": self._height(n, p),
                "panel": n,
                "colour": self._colour(panel),
            }
            for n, panel in self._panels()
            for p in panel.points
        ]
        look = {"strokeWidth": 2, "strokeJoin": "round"}
        encoding = self._where() | {"detail": text("panel"), "color": own_colour("colour")}
        return layer(rows, "line", encoding=encoding, invalid=BREAKS, **look)

    def _colour(self, panel: Panel) -> str:
        """As among the bars: the unit looked at stands out, where it is among them."""
        anyone = any(p.chosen for p in self.chart.panels)
        return style.MEASURED if panel.chosen or not anyone else style.BESIDE

    def _height(self, number: int, point: Point) -> float | None:
        if not point.complete or point.cell.value is None:
            return None
        return self._down(number, point.cell.value)

    def _ends(self) -> Iterator[tuple[int, Panel, Point]]:
        for number, panel in self._panels():
            newest = next((p for p in reversed(panel.points) if p.complete), None)
            # a hidden newest month is said to be hidden: an older figure would pass for it
            if newest is not None and newest.cell.value is not None:
                yield number, panel, newest

    def _newest(self, panel: Panel) -> str:
        """The figure of the newest complete month, or why there is none, in few words."""
        cell = next((p.cell for p in reversed(panel.points) if p.complete), None)
        if cell is None:
            return _("ingen måned")
        return norwegian.briefly(cell) or self.chart.wording.figure(cell.value or 0)

    def _dots(self) -> Spec:
        """The newest figures, and those that no line goes to."""
        alone = ((n, panel, point) for n, panel in self._panels() for point in lone(panel.points))
        rows = [
            {
                "x": self._across(n, months.place(point.month)),
                "y": self._height(n, point),
                "colour": self._colour(panel),
            }
            for n, panel, point in [*alone, *self._ends()]
        ]
        look = {"filled": True, "size": 28, "opacity": 1}
        encoding = self._where() | {"color": own_colour("colour")}
        return layer(rows, "point", encoding=encoding, **look)

    def _texts(self) -> list[Spec]:
        last = {n: self._newest(panel) for n, panel in self._panels()}
        titles, figures, sides, starts, stops = [], [], [], [], []
        for number, panel in self._panels():
            left, top = self._corner(number)
            right, bottom = left + self.width, top + self.line
            titles.append({"x": left, "y": top - 12, "text": panel.name})
            figures.append({"x": right, "y": top - 12, "text": last[number]})
            starts.append({"x": left, "y": bottom + 14, "text": months.code(self.first)[:4]})
            stops.append({"x": right, "y": bottom + 14, "text": months.code(self.last)[:4]})
            if number % self.columns == 0:
                sides += [
                    {"x": left - 6, "y": self._down(number, t), "text": self._tick(t)}
                    for t in self.ticks
                ]
        return [
            self._text(titles, align="left", fontWeight=600),
            self._text(figures, align="right", color=style.MEASURED, fontWeight=600),
            self._text(sides, align="right", color=style.QUIET),
            self._text(starts, align="left", color=style.QUIET),
            self._text(stops, align="right", color=style.QUIET),
        ]

    def _text(self, rows: Rows, **look: Any) -> Spec:
        encoding = self._where() | {"text": text("text")}
        return layer(rows, "text", encoding=encoding, fontSize=self.size, baseline="middle", **look)

    def _where(self) -> Spec:
        return {"x": at("x", 0, self.whole), "y": at("y", self.high, 0)}


def _columns(count: int, *, most: int) -> int:
    """As few rows as there is room for, and the panels spread evenly over them."""
    rows = -(-count // most)
    return -(-count // rows)


def _values(chart: Multiples) -> list[float]:
    return [
        point.cell.value
        for panel in chart.panels
        for point in panel.points
        if point.complete and point.cell.value is not None
    ]
