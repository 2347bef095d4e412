"""Units side by side: one bar each, the longest first, the figure at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vft.access.disclosure import Cell
from vft.web import norwegian
from vft.web.charts import style
from vft.web.charts.svg import Picture, picture


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


def in_order(bars: Sequence[Bar]) -> list[Bar]:
    """The largest first; after them, by name, those without a figure to show."""
    return sorted(
        bars,
        key=lambda b: (b.cell.value is None, -(b.cell.value or 0), norwegian.alphabetical(b.name)),
    )


def draw(chart: Bars) -> Picture:
    """Draw the bars, wide and narrow."""
    return picture(
        wide=_spec(chart, wide=True),
        narrow=_spec(chart, wide=False),
        title=chart.title,
        says=chart.says,
    )


def _spec(chart: Bars, *, wide: bool) -> dict[str, Any]:
    import altair as alt

    step = 30 if wide else 27
    whole = style.WIDE if wide else style.NARROW
    names = max(style.text_width(bar.name, style.size(wide=wide)) for bar in chart.bars) + 8
    data = alt.Chart(alt.InlineData(values=_rows(chart)))
    y = alt.Y(
        "name:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=0, labelColor=style.INK, labelPadding=8, minExtent=names),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1),
    )
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, _longest(chart)], nice=False))
    bars = data.mark_bar(cornerRadiusEnd=2).encode(
        x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None)
    )
    labels = data.mark_text(align="left", dx=6).encode(
        x=alt.X("value:Q", axis=None),
        y=y,
        text="label:N",
        color=alt.Color("ink:N", scale=None, legend=None),
    )
    axis = alt.Chart(alt.InlineData(values=[{}])).mark_text(
        text=chart.axis, align="left", baseline="bottom", color=style.QUIET
    )
    layered = alt.layer(
        bars, labels, axis.encode(x=alt.value(0 if wide else -names), y=alt.value(-6))
    ).properties(
        width=whole,
        height=step * len(chart.bars) + 26,
        padding={"left": 0, "top": 3, "right": 2, "bottom": 0},
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    specification: dict[str, Any] = layered.configure(**style.config(wide=wide)).to_dict()
    return specification


def _longest(chart: Bars) -> int:
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
