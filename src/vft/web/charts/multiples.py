"""Many small lines on one shared scale: one panel a unit.

All panels are laid out here, in pixels, in one drawing: they share scale, grid and margins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vft.web import norwegian
from vft.web.charts import months, scale, style
from vft.web.charts.svg import Picture, picture
from vft.web.charts.trend import Point

_TITLE = 26
_LINE = {True: 92, False: 80}
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


def draw(chart: Multiples) -> Picture:
    """Draw the panels, wide and narrow."""
    return picture(
        wide=_Drawing(chart, wide=True).spec(),
        narrow=_Drawing(chart, wide=False).spec(),
        title=chart.title,
        says=chart.says,
    )


class _Drawing:
    """One variant: where each panel stands, and the marks in it."""

    def __init__(self, chart: Multiples, *, wide: bool) -> None:
        self.chart = chart
        self.wide = wide
        self.size = style.size(wide=wide) - 1
        self.whole = style.WIDE if wide else style.NARROW
        self.columns = 5 if wide else 2
        self.top = max([*_values(chart), 1]) * 1.04
        self.ticks = [
            t for t in scale.ticks(_values(chart), wanted=3, from_zero=True) if t <= self.top
        ]
        self.gutter = style.text_width(norwegian.number(self.ticks[-1]), self.size) + 6
        between = 34 if wide else 22
        self.width = (self.whole - self.gutter - between * (self.columns - 1) - 4) / self.columns
        self.pitch = self.width + between
        self.line = _LINE[wide]
        self.row = _TITLE + self.line + _LABELS + _APART
        first, last = chart.panels[0].points[0], chart.panels[0].points[-1]
        self.first, self.last = months.place(first.month), months.place(last.month)

    def spec(self) -> dict[str, Any]:
        import altair as alt

        high = self.row * -(-len(self.chart.panels) // self.columns) - _APART
        layers = [self._grid(), self._lines(), self._dots(), *self._texts()]
        drawn = alt.layer(*layers).properties(
            width=self.whole,
            height=high,
            padding=0,
            autosize=alt.AutoSizeParams(type="none", contains="padding"),
        )
        specification: dict[str, Any] = drawn.configure(**style.config(wide=self.wide)).to_dict()
        return specification

    def _corner(self, number: int) -> tuple[float, float]:
        """The left edge of a panel's plot, and the top of its line."""
        row, column = divmod(number, self.columns)
        return self.gutter + column * self.pitch, row * self.row + _TITLE

    def _across(self, number: int, position: int) -> float:
        left, _ = self._corner(number)
        return left + (position - self.first) / max(self.last - self.first, 1) * self.width

    def _down(self, number: int, value: int) -> float:
        _, top = self._corner(number)
        return top + self.line * (1 - value / self.top)

    def _panels(self) -> Iterator[tuple[int, Panel]]:
        return iter(enumerate(self.chart.panels))

    def _grid(self) -> Any:
        rows = [
            {"x": self._corner(n)[0], "x2": self._corner(n)[0] + self.width, "y": self._down(n, t)}
            for n, _ in self._panels()
            for t in self.ticks
        ]
        return _marks(rows).mark_rule(color=style.GRID).encode(**self._xy(), x2="x2:Q")

    def _lines(self) -> Any:
        rows = [
            {
                "x": self._across(n, months.place(point.month)),
                "y": self._down(n, point.cell.value)
                if point.complete and point.cell.value is not None
                else None,
                "panel": n,
                "colour": style.MEASURED,
            }
            for n, panel in self._panels()
            for point in panel.points
        ]
        line = _marks(rows).mark_line(
            strokeWidth=2, strokeJoin="round", invalid="break-paths-show-path-domains"
        )
        return line.encode(**self._xy(), detail="panel:N", color=_own("colour"))

    def _ends(self) -> Iterator[tuple[int, Panel, Point]]:
        for number, panel in self._panels():
            measured = [p for p in panel.points if p.complete and p.cell.value is not None]
            if measured:
                yield number, panel, measured[-1]

    def _dots(self) -> Any:
        rows = [
            {
                "x": self._across(n, months.place(end.month)),
                "y": self._down(n, end.cell.value or 0),
            }
            for n, _, end in self._ends()
        ]
        mark = _marks(rows).mark_point(filled=True, size=28, color=style.MEASURED, opacity=1)
        return mark.encode(**self._xy())

    def _texts(self) -> list[Any]:
        last = {n: norwegian.number(end.cell.value or 0) for n, _, end in self._ends()}
        titles, figures, sides, starts, stops = [], [], [], [], []
        for number, panel in self._panels():
            left, top = self._corner(number)
            right, bottom = left + self.width, top + self.line
            titles.append({"x": left, "y": top - 12, "text": panel.name})
            figures.append({"x": right, "y": top - 12, "text": last.get(number, "skjult")})
            starts.append({"x": left, "y": bottom + 14, "text": months.code(self.first)[:4]})
            stops.append({"x": right, "y": bottom + 14, "text": months.code(self.last)[:4]})
            if number % self.columns == 0:
                sides += [
                    {"x": left - 6, "y": self._down(number, t), "text": norwegian.number(t)}
                    for t in self.ticks
                ]
        return [
            self._text(titles, align="left", fontWeight=600),
            self._text(figures, align="right", color=style.MEASURED, fontWeight=600),
            self._text(sides, align="right", color=style.QUIET),
            self._text(starts, align="left", color=style.QUIET),
            self._text(stops, align="right", color=style.QUIET),
        ]

    def _text(self, rows: list[dict[str, Any]], **how: Any) -> Any:
        mark = _marks(rows).mark_text(fontSize=self.size, baseline="middle", **how)
        return mark.encode(**self._xy(), text="text:N")

    def _xy(self) -> dict[str, Any]:
        import altair as alt

        high = self.row * -(-len(self.chart.panels) // self.columns) - _APART
        return {
            "x": alt.X("x:Q", axis=None, scale=_plain(0, self.whole)),
            "y": alt.Y("y:Q", axis=None, scale=_plain(high, 0)),
        }


def _marks(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.InlineData(values=rows))


def _plain(first: float, last: float) -> Any:
    import altair as alt

    return alt.Scale(domain=[first, last], nice=False, zero=False)


def _own(field: str) -> Any:
    import altair as alt

    return alt.Color(f"{field}:N", scale=None, legend=None)


def _values(chart: Multiples) -> list[float]:
    return [
        point.cell.value
        for panel in chart.panels
        for point in panel.points
        if point.complete and point.cell.value is not None
    ]
