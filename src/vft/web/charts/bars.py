"""Units side by side: one bar each, the longest first, the figure at its end.

A share has how many it is of beside it, and the interval that chance alone could move it within.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from vft.disclosure.cell import Cell
from vft.web.charts import style
from vft.web.charts.svg import Picture, picture
from vft.web.charts.vega import NOWHERE, Spec, at, drawing, haloed, layer, own_colour, pixel, text
from vft.web.wording import PERSONS, Wording

#: Before a heading's name: it is told by that among the names of the axis.
_HEAD = "\N{ZERO WIDTH NO-BREAK SPACE}"
_IS_HEAD = f"indexof(datum.label, '{_HEAD}') === 0"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A unit and its figure, as the reader may see it.

    ``chosen``: the unit looked at. ``beside``: words after the figure, as how many it is of.
    ``interval``: how far chance could move it. ``few``: so few that it says little.
    ``head``: no bar, but the heading of those under it.
    """

    name: str
    cell: Cell
    chosen: bool = False
    beside: str = ""
    interval: tuple[float, float] | None = None
    few: bool = False
    head: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that is drawn of it; from zero, where bars begin."""
        values = [0.0, self.cell.value or 0.0, *(self.interval or ())]
        return min(values), max(values)

    def cut(self, most: float) -> "Bar":
        """The same, with its interval no longer than to ``most``."""
        if self.interval is None:
            return self
        low, high = (min(end, max(most, self.cell.value or 0.0)) for end in self.interval)
        return replace(self, interval=(low, high))


@dataclass(frozen=True, kw_only=True)
class Level:
    """A figure to hold the bars against: that of all of them together."""

    name: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Everything that a bar chart shows. ``bars``: in the order they are drawn."""

    bars: Sequence[Bar]
    title: str
    says: str
    axis: str
    wording: Wording = PERSONS
    level: Level | None = None


def draw(chart: Bars) -> Picture:
    """Draw the bars, wide and narrow.

    The wide intervals of few are cut, or nothing would be seen of the others.
    """
    told = [end for b in chart.bars for end in (b.ends if not b.few else (b.cell.value or 0.0,))]
    if any(b.interval and not b.few for b in chart.bars):
        chart = replace(chart, bars=[b.cut(max(told)) for b in chart.bars])
    return picture(chart, spec=_spec, title=chart.title, says=chart.says)


def _spec(chart: Bars, *, wide: bool) -> Spec:
    size = style.size(wide=wide)
    names = max(style.text_width(bar.name, size) for bar in chart.bars) + 8
    x = at("value", *_ends(chart, names, wide=wide))
    where = {"x": x, "y": _names(names)}
    rows = _rows(chart)
    layers = [
        layer(rows, "bar", encoding=where | {"color": own_colour("colour")}, cornerRadiusEnd=2),
        *_intervals(rows, where),
        *_level(chart, x),
        *haloed(
            rows,
            encoding={
                "x": x | {"field": "end"},
                "y": where["y"],
                "text": text("label"),
                "color": own_colour("ink"),
            },
            align="left",
            dx=6,
        ),
        _axis(chart, names, wide=wide),
    ]
    return drawing(
        layers,
        width=style.WIDE if wide else style.NARROW,
        height=(30 if wide else 27) * len(chart.bars) + (44 if chart.level else 26),
        wide=wide,
        fit=True,
        top=3,
    )


def _axis(chart: Bars, names: float, *, wide: bool) -> Spec:
    where = {"x": pixel(0 if wide else -names), "y": pixel(-24 if chart.level else -6)}
    look = {"align": "left", "baseline": "bottom", "color": style.QUIET}
    return layer(NOWHERE, "text", encoding=where, text=chart.axis, **look)


def _intervals(rows: list[dict[str, Any]], where: Spec) -> list[Spec]:
    """A thin line from where chance could bring a share down to where it could bring it up."""
    known = [row for row in rows if row["low"] is not None]
    if not known:
        return []
    line = where | {"x": where["x"] | {"field": "low"}, "x2": {"field": "high"}}
    ends = [{"name": row["name"], "value": row[end]} for row in known for end in ("low", "high")]
    tick = {"size": 9, "thickness": 1.5, "orient": "vertical", "color": style.INK}
    return [
        layer(known, "rule", encoding=line, color=style.INK, strokeWidth=1.5),
        layer(ends, "tick", encoding=where, **tick),
    ]


def _level(chart: Bars, x: Spec) -> list[Spec]:
    if chart.level is None:
        return []
    rows = [{"value": chart.level.value}]
    words = f"{chart.level.name} {chart.wording.figure(chart.level.value)}"
    over = {"x": x, "y": pixel(-6)}
    look = {"align": "center", "baseline": "bottom", "color": style.INK}
    return [
        layer(rows, "rule", encoding={"x": x}, color=style.INK, strokeDash=[2, 3]),
        layer(rows, "text", encoding=over, text=words, **look),
    ]


def _names(room: float) -> Spec:
    axis = {
        "labelLimit": 0,
        "labelColor": style.INK,
        "labelPadding": 8,
        "minExtent": room,
        "labelFontWeight": {"condition": {"test": _IS_HEAD, "value": 600}, "value": 400},
    }
    scale = {"paddingInner": 0.3, "paddingOuter": 0.1}
    return {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": axis,
        "scale": scale,
    }


def _ends(chart: Bars, names: float, *, wide: bool) -> tuple[float, float]:
    """Both ends of the axis, with room after every bar for its words."""
    low, high = (end(b.ends[n] for b in chart.bars) for n, end in ((0, min), (1, max)))
    high = max(high, chart.level.value if chart.level else 0, low + 10.0**-chart.wording.places)
    room = (style.WIDE if wide else style.NARROW) - names - 16
    size = style.size(wide=wide)
    for bar in chart.bars:
        taken = (style.text_width(_label(bar, chart.wording), size) + 10) / room
        reach = (bar.ends[1] - low * taken) / max(1 - taken, 0.1)
        high = max(high, reach)
    return low, high


def _name(bar: Bar) -> str:
    return f"{_HEAD}{bar.name}" if bar.head else bar.name


def _label(bar: Bar, wording: Wording) -> str:
    if bar.head:
        return ""
    figure = wording.cell(bar.cell)
    return f"{figure} ({bar.beside})" if bar.beside else figure


def _rows(chart: Bars) -> list[dict[str, Any]]:
    anyone = any(bar.chosen for bar in chart.bars)
    return [
        {
            "name": _name(bar),
            "value": bar.cell.value or 0,
            "end": bar.ends[1],
            "low": bar.interval[0] if bar.interval else None,
            "high": bar.interval[1] if bar.interval else None,
            "label": _label(bar, chart.wording),
            "colour": _colour(bar, anyone=anyone),
            "ink": style.INK if bar.cell.value is not None and not bar.few else style.QUIET,
        }
        for bar in chart.bars
    ]


def _colour(bar: Bar, *, anyone: bool) -> str:
    """The unit looked at stands out, where it is among them; a figure of few is paler."""
    if bar.few:
        return style.FEW
    return style.MEASURED if bar.chosen or not anyone else style.BESIDE
