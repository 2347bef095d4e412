"""One line over months: what was measured, where others published a count, and known breaks.

A month that is not complete is a grey field and no point: it must not look like a fall.
A month without a value breaks the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vft.access.disclosure import Cell
from vft.tables.period import month_of
from vft.web import norwegian
from vft.web.charts import months, scale, style
from vft.web.charts.svg import Picture, picture

#: Above the plot: a row for what the axis and the fields mean, one for the annotations' numbers.
_TOP = 40
_MARK = 9
#: Months within which a published count is beside the last point.
_NEAR = 8


@dataclass(frozen=True, kw_only=True)
class Point:
    """A month of a series, as the reader may see it."""

    month: str
    cell: Cell
    complete: bool


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A count that others have published."""

    counted_on: date
    value: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """Something that happened and that a reader of the line must know."""

    starts_on: date
    ends_on: date | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Everything that a trend chart shows. ``points``: every month, in order, at least one."""

    points: Sequence[Point]
    references: Sequence[Reference]
    annotations: Sequence[Annotation]
    title: str
    says: str
    axis: str

    @property
    def measured(self) -> list[Point]:
        """The months that the line goes through."""
        return [p for p in self.points if p.complete and p.cell.value is not None]

    @property
    def notes(self) -> list[Annotation]:
        """The annotations in the order that they are numbered."""
        return sorted(self.annotations, key=lambda note: note.starts_on)


def draw(trend: Trend) -> Picture:
    """Draw the trend, wide and narrow."""
    wide, narrow = _Drawing(trend, wide=True), _Drawing(trend, wide=False)
    return picture(wide=wide.spec(), narrow=narrow.spec(), title=trend.title, says=trend.says)


class _Drawing:
    """One variant: the scales that its layers share, and the layers."""

    def __init__(self, trend: Trend, *, wide: bool) -> None:
        self.trend = trend
        self.wide = wide
        self.size = style.size(wide=wide)
        values = [p.cell.value for p in trend.measured if p.cell.value is not None]
        self.ticks = scale.ticks([*values, *(r.value for r in trend.references)])
        self.first = months.place(trend.points[0].month)
        self.last = months.place(trend.points[-1].month)
        longest = max(style.text_width(norwegian.number(t), self.size) for t in self.ticks)
        self.whole = style.WIDE if wide else style.NARROW
        self.plot = self.whole - longest - 8 - (self._room_for_last() if wide else 0)

    def spec(self) -> dict[str, Any]:
        import altair as alt

        layers = [
            *self._incomplete(),
            *self._annotations(),
            self._line(),
            *self._references(),
            *self._end(),
        ]
        chart = alt.layer(*layers).properties(
            width=self.whole,
            height=380 if self.wide else 280,
            padding={"left": 0, "top": 3, "right": 2, "bottom": 2},
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        specification: dict[str, Any] = chart.configure(**style.config(wide=self.wide)).to_dict()
        return specification

    def _room_for_last(self) -> float:
        texts = [norwegian.number(p.cell.value) for p in self.trend.measured[-1:] if p.cell.value]
        return max([style.text_width(text, self.size + 3) for text in texts], default=0) + 14

    def _pixels(self, position: float) -> float:
        return (position - self.first) / max(self.last - self.first, 1) * self.plot

    def _x(self, field: str = "month") -> Any:
        import altair as alt

        span = [p.month for p in self.trend.points]
        labels = months.ticks(span, width=self.plot, size=self.size)
        return alt.X(
            f"{field}:Q",
            title=None,
            scale=alt.Scale(domain=[self.first - 0.5, self.last + 0.5], nice=False, zero=False),
            axis=alt.Axis(
                values=list(labels),
                labelExpr=months.label_expression(labels),
                grid=False,
                ticks=True,
                tickColor=style.GRID,
                tickSize=6,
                domain=True,
                domainColor="#AEB5BD",
            ),
        )

    def _y(self, field: str = "value") -> Any:
        import altair as alt

        return alt.Y(
            f"{field}:Q",
            title=None,
            scale=alt.Scale(domain=[self.ticks[0], self.ticks[-1]], nice=False, zero=False),
            axis=alt.Axis(values=self.ticks, format=",d"),
        )

    def _line(self) -> Any:
        import altair as alt

        drawn = {p.month for p in self.trend.measured}
        rows = [
            {"month": months.place(p.month), "value": p.cell.value if p.month in drawn else None}
            for p in self.trend.points
        ]
        line = alt.Chart(alt.InlineData(values=rows)).mark_line(
            color=style.MEASURED,
            strokeWidth=2.5,
            strokeJoin="round",
            invalid="break-paths-show-path-domains",
        )
        return line.encode(x=self._x(), y=self._y())

    def _end(self) -> list[Any]:
        import altair as alt

        if not self.trend.measured:
            return [self._axis()]
        end = self.trend.measured[-1]
        row = {"month": months.place(end.month), "value": end.cell.value}
        chart = alt.Chart(alt.InlineData(values=[row])).encode(x=self._x(), y=self._y())
        dot = chart.mark_point(
            color=style.MEASURED, filled=True, size=64, opacity=1, stroke="white", strokeWidth=1.5
        )
        text = norwegian.number(end.cell.value or 0)
        where = {"align": "left", "dx": 10} if self.wide else self._beside_end(end, text)
        return [
            self._axis(),
            dot,
            *_haloed(
                chart, text, fontSize=self.size + 3, fontWeight=600, color=style.MEASURED, **where
            ),
        ]

    def _beside_end(self, end: Point, text: str) -> dict[str, Any]:
        """Above the end of the line or under it: where neither line nor published count is."""
        value = end.cell.value or 0
        near = [r.value for r in self.trend.references if self._is_near(r, end)]
        before = [p.cell.value or 0 for p in self.trend.measured[-4:-1]]
        above = max(near) < value if near else sum(before) <= value * len(before)
        half = style.text_width(text, self.size + 3) / 2
        room = self.plot - self._pixels(months.place(end.month))
        shift = min(0.0, room - half)
        return {"align": "center", "dx": shift, "dy": -16 if above else 17}

    @staticmethod
    def _is_near(reference: Reference, end: Point) -> bool:
        apart = months.place(end.month) - months.place(month_of(reference.counted_on))
        return abs(apart) <= _NEAR

    def _incomplete(self) -> list[Any]:
        import altair as alt

        open_months = [p.month for p in self.trend.points if not p.complete]
        if not open_months:
            return []
        rows = [
            {"month": months.place(m) - 0.5, "until": months.place(m) + 0.5} for m in open_months
        ]
        field = alt.Chart(alt.InlineData(values=rows)).mark_rect(color=style.BAND)
        name = alt.Chart(alt.InlineData(values=rows[-1:])).mark_text(
            text="ikke komplett", align="right", color=style.QUIET, baseline="top"
        )
        return [
            field.encode(x=self._x(), x2="until:Q"),
            name.encode(x=self._x("until"), y=alt.value(-_TOP + 4)),
        ]

    def _axis(self) -> Any:
        import altair as alt

        chart = alt.Chart(alt.InlineData(values=[{}]))
        return chart.mark_text(
            text=self.trend.axis, align="left", color=style.QUIET, baseline="top"
        ).encode(x=alt.value(0), y=alt.value(-_TOP + 4))

    def _annotations(self) -> list[Any]:
        import altair as alt

        rows = [
            {"month": at, "number": str(number)}
            for number, note in enumerate(self.trend.notes, start=1)
            if self.first <= (at := months.place(month_of(note.starts_on))) <= self.last
        ]
        if not rows:
            return []
        chart = alt.Chart(alt.InlineData(values=rows)).encode(x=self._x())
        rule = chart.mark_rule(color=style.QUIET, strokeWidth=1, strokeDash=[2, 3])
        ring = chart.mark_point(
            shape="circle", size=260, filled=True, color="white", stroke=style.QUIET, opacity=1
        ).encode(y=alt.value(-_MARK))
        number = chart.mark_text(fontSize=11, fontWeight=600, color=style.INK).encode(
            text="number:N", y=alt.value(-_MARK)
        )
        return [rule, ring, number]

    def _references(self) -> list[Any]:
        import altair as alt

        layers: list[Any] = []
        for reference in self.trend.references:
            at = months.place(month_of(reference.counted_on))
            if not self.first <= at <= self.last:
                continue
            row = {"month": at, "value": reference.value}
            chart = alt.Chart(alt.InlineData(values=[row])).encode(x=self._x(), y=self._y())
            layers.append(
                chart.mark_point(
                    shape="diamond",
                    size=90,
                    filled=True,
                    color="white",
                    stroke=style.INK,
                    strokeWidth=1.75,
                    opacity=1,
                )
            )
            text = f"publisert {norwegian.number(reference.value)}"
            if self.wide:  # there is no room on the narrow one: the list below the chart says it
                layers += _haloed(chart, text, color=style.INK, **self._beside(reference, at, text))
        return layers

    def _beside(self, reference: Reference, at: int, text: str) -> dict[str, Any]:
        """Over the mark when it lies over the line, else under, and clear of edges and end."""
        line = [p.cell.value for p in self.trend.measured if months.place(p.month) == at]
        above = not line or reference.value >= (line[0] or 0)
        if not above and reference.value - self.ticks[0] < 0.1 * (self.ticks[-1] - self.ticks[0]):
            return {"align": "left", "dx": 10, "dy": 0}
        if self._is_near(reference, self.trend.measured[-1]):
            return {"align": "right", "dx": 6, "dy": -15 if above else 16}
        half = style.text_width(text, self.size) / 2
        x = self._pixels(at)
        shift = max(half - x, 0) + min(self.plot - x - half, 0)
        return {"align": "center", "dx": shift, "dy": -15 if above else 16}


def _haloed(chart: Any, text: str, **how: Any) -> list[Any]:
    """A text with a white edge, readable where a line crosses it."""
    edge = how | {"color": "white", "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [chart.mark_text(text=text, **edge), chart.mark_text(text=text, **how)]
