"""Units side by side: one bar each, the longest first, the figure at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vft.access.disclosure import Cell
from vft.web import norwegian
from vft.web.charts import style
from vft.web.charts.svg import Picture, picture
from vft.web.charts.vega import NOWHERE, Spec, at, drawing, layer, own_colour, pixel, text


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A unit and its figure, as the reader may see it. ``chosen``: the unit looked at."""

    name: str
    cell: Cell
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Everything that a bar chart shows. ``bars``: in the order they are drawn."""

    bars: Sequence[Bar]
    title: str
    says: str
    axis: str


def draw(chart: Bars) -> Picture:
    """Draw the bars, wide and narrow."""
    return picture(chart, spec=_spec, title=chart.title, says=chart.says)


def _spec(chart: Bars, *, wide: bool) -> Spec:
    size = style.size(wide=wide)
    names = max(style.text_width(bar.name, size) for bar in chart.bars) + 8
    y = _names(names)
    x = at("value", 0, _longest(chart))
    rows = _rows(chart)
    title = {"x": pixel(0 if wide else -names), "y": pixel(-6)}
    layers = [
        layer(
            rows, "bar", encoding={"x": x, "y": y, "color": own_colour("colour")}, cornerRadiusEnd=2
        ),
        layer(
            rows,
            "text",
            encoding={"x": x, "y": y, "text": text("label"), "color": own_colour("ink")},
            align="left",
            dx=6,
        ),
        layer(
            NOWHERE,
            "text",
            encoding=title,
            text=chart.axis,
            align="left",
            baseline="bottom",
            color=style.QUIET,
        ),
    ]
    return drawing(
        layers,
        width=style.WIDE if wide else style.NARROW,
        height=(30 if wide else 27) * len(chart.bars) + 26,
        wide=wide,
        fit=True,
        top=3,
    )


def _names(room: float) -> Spec:
    axis = {"labelLimit": 0, "labelColor": style.INK, "labelPadding": 8, "minExtent": room}
    scale = {"paddingInner": 0.3, "paddingOuter": 0.1}
    return {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": axis,
        "scale": scale,
    }


def _longest(chart: Bars) -> float:
    return max([bar.cell.value or 0 for bar in chart.bars] + [1])


def _rows(chart: Bars) -> list[dict[str, Any]]:
    anyone = any(bar.chosen for bar in chart.bars)
    return [
        {
            "name": bar.name,
            "value": bar.cell.value or 0,
            "label": norwegian.cell(bar.cell),
            "colour": style.MEASURED if bar.chosen or not anyone else style.BESIDE,
            "ink": style.INK if bar.cell.value is not None else style.QUIET,
        }
        for bar in chart.bars
    ]
