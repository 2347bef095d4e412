"""One line over months: what was measured, where others published a count, and known breaks.

A month that is not complete is a grey field and no point: it must not look like a fall.
A month without a value breaks the line, and a mark at its foot says why there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vft.disclosure.cell import Cell, State
from vft.tables.period import month_of
from vft.web import norwegian
from vft.web.charts import months, scale, style
from vft.web.charts.svg import Picture, picture
from vft.web.charts.vega import BREAKS, NOWHERE, Spec, at, drawing, haloed, layer, pixel, text
from vft.web.wording import PERSONS, Wording

#: Above the plot: a row for what the axis and the fields mean, one for the annotations' numbers.
_TOP = 40
_MARK = 9
#: Below this one person more or less is no trend, and must not look like a cliff.
_FEW = 30
#: Months within which a published count is beside the last point.
_NEAR = 8
#: Months within which its words stand in the margin, under or over the last figure.
_BESIDE_END = 1
#: Between two lines of words in the margin, and the share of the height that the plot takes.
_LINE, _PLOT = 19, 0.8


#: What stands where a month has no figure, in the chart and in the list under it.
MARKS = {
    State.SUPPRESSED: "■",
    State.MISSING: "?",
    State.NOT_DOCUMENTED: "…",
    State.UNDEFINED: "÷",
}


@dataclass(frozen=True, kw_only=True)
class Point:
    """A month of a series, as the reader may see it."""

    month: str
    cell: Cell
    complete: bool


def measured(points: Sequence[Point]) -> list[Point]:
    """The months with a figure to draw a line through."""
    return [p for p in points if p.complete and p.cell.value is not None]


def lone(points: Sequence[Point]) -> list[Point]:
    """Months with a figure between two without: no line goes there, so they need a mark."""
    there = [p.complete and p.cell.value is not None for p in points]
    beside = zip([False, *there[:-1]], [*there[1:], False], strict=True)
    alone = [here and not any(sides) for here, sides in zip(there, beside, strict=True)]
    return [point for point, is_lone in zip(points, alone, strict=True) if is_lone]


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
class Limit:
    """What is usual in a month: from ``lower`` to ``upper``, where limits can be laid.

    ``is_signal``: the month is further off than chance explains, or one of many on one side.
    """

    month: str
    centre: float
    lower: float
    upper: float
    is_signal: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """Another unit's months, drawn beside those that the chart is of."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Everything that a trend chart shows. ``points``: every month, in order, at least one."""

    points: Sequence[Point]
    references: Sequence[Reference]
    annotations: Sequence[Annotation]
    title: str
    says: str
    axis: str
    wording: Wording = PERSONS
    name: str = ""
    other: Line | None = None
    limits: Sequence[Limit] = ()

    @property
    def measured(self) -> list[Point]:
        """The months that the line goes through."""
        return measured(self.points)

    @property
    def ticks(self) -> list[float]:
        """Where the figures' axis is marked, its two ends among them.

        Shares and the like are measured from zero: a reader compares them with other shares.
        """
        values = [p.cell.value for p in self.measured if p.cell.value is not None]
        values += [r.value for r in self.references]
        beside = measured(self.other.points) if self.other else []
        values += [p.cell.value for p in beside if p.cell.value is not None]
        values += [end for limit in self.limits for end in (limit.lower, limit.upper)]
        from_zero = not self.wording.is_count or max(values, default=0) < _FEW
        return scale.ticks(values, from_zero=from_zero, places=self.wording.places)

    @property
    def notes(self) -> list[Annotation]:
        """The annotations in the order that they are numbered."""
        return sorted(self.annotations, key=lambda note: note.starts_on)


def draw(trend: Trend) -> Picture:
    """Draw the trend, wide and narrow."""
    return picture(trend, spec=_spec, title=trend.title, says=trend.says)


def _spec(trend: Trend, *, wide: bool) -> Spec:
    return _Drawing(trend, wide=wide).spec()


class _Drawing:
    """One variant: the scales that its layers share, and the layers."""

    def __init__(self, trend: Trend, *, wide: bool) -> None:
        self.trend = trend
        self.wide = wide
        self.size = style.size(wide=wide)
        self.ticks = trend.ticks
        self.first = months.place(trend.points[0].month)
        self.last = months.place(trend.points[-1].month)
        longest = max(style.text_width(self._tick(t), self.size) for t in self.ticks)
        self.whole = style.WIDE if wide else style.NARROW
        height = 380 if wide else 280
        self.height = height
        self.plot = self.whole - longest - 16
        self.low = self.first - 0.5
        self.high = self._high()

    def spec(self) -> Spec:
        """The whole drawing, back to front."""
        layers = [
            *self._incomplete(),
            *self._annotations(),
            *self._limits(),
            *self._without(),
            *self._other(),
            self._line(),
            self._lone(),
            *self._references(),
            self._axis_title(),
            *self._end(),
        ]
        size = {"width": self.whole, "height": self.height}
        return drawing(layers, **size, wide=self.wide, fit=True, top=3)

    def _high(self) -> float:
        """The right end of the axis: on the wide one with room for the words beside the end."""
        if not (self.wide and self.trend.measured):
            return self.last + 0.5
        end = self.trend.measured[-1]
        taken = self._room_for_end(end) / self.plot
        at_end = months.place(end.month)
        return max(self.last + 0.5, (at_end - taken * self.low) / (1 - taken))

    def _room_for_end(self, end: Point) -> float:
        words = [style.text_width(self._end_words(end), self.size + 3)]
        if other := self._other_end():
            words.append(style.text_width(self._other_words(other), self.size))
        words += [
            style.text_width(_published(r), self.size)
            for r in self.trend.references
            if self._apart(r, end) <= _BESIDE_END
        ]
        return max(words) + 16

    def _tick(self, value: float) -> str:
        return norwegian.decimal(value, scale.places(self.ticks))

    def _pixels(self, position: float) -> float:
        return (position - self.low) / (self.high - self.low) * self.plot

    def _x(self, field: str = "month") -> Spec:
        span = [p.month for p in self.trend.points]
        labels = months.ticks(span, width=self.plot, size=self.size)
        axis = {
            "values": list(labels),
            "labelExpr": months.label_expression(labels),
            "grid": False,
            "ticks": True,
            "tickColor": style.GRID,
            "tickSize": 6,
            "domain": True,
            "domainColor": style.BASE,
        }
        return at(field, self.low, self.high, axis=axis)

    def _y(self) -> Spec:
        axis = {"values": self.ticks, "format": f",.{scale.places(self.ticks)}f"}
        return at("value", self.ticks[0], self.ticks[-1], axis=axis)

    def _line(self) -> Spec:
        return self._through(self.trend.points, color=style.MEASURED, strokeWidth=2.5)

    def _through(self, points: Sequence[Point], **look: Any) -> Spec:
        drawn = {p.month for p in measured(points)}
        rows = [
            {"month": months.place(p.month), "value": p.cell.value if p.month in drawn else None}
            for p in points
        ]
        encoding = {"x": self._x(), "y": self._y()}
        return layer(rows, "line", encoding=encoding, invalid=BREAKS, strokeJoin="round", **look)

    def _limits(self) -> list[Spec]:
        """What is usual as a band, its centre, and a ring around each signal."""
        if not self.trend.limits:
            return []
        rows = [
            {"month": months.place(x.month), "value": x.upper, "low": x.lower, "mid": x.centre}
            for x in self.trend.limits
        ]
        where = {"x": self._x(), "y": self._y()}
        band = where | {"y2": {"field": "low"}}
        centre = where | {"y": self._y() | {"field": "mid"}}
        look = {"color": style.QUIET, "strokeWidth": 1, "strokeDash": [2, 3]}
        layers = [
            layer(rows, "area", encoding=band, color=style.USUAL, opacity=1, interpolate="step"),
            layer(rows, "line", encoding=centre, interpolate="step", **look),
        ]
        marked = {x.month for x in self.trend.limits if x.is_signal}
        found = [p for p in self.trend.measured if p.month in marked]
        rings = [{"month": months.place(p.month), "value": p.cell.value} for p in found]
        ring = {"size": 150, "filled": False, "stroke": style.INK, "strokeWidth": 1.75}
        return [*layers, *([layer(rings, "point", encoding=where, **ring)] if rings else [])]

    def _without(self) -> list[Spec]:
        """At the foot of each month without a figure, a mark that says which kind of none."""
        rows = [
            {"month": months.place(p.month), "mark": MARKS[p.cell.state]}
            for p in self.trend.points
            if p.complete and p.cell.state in MARKS
        ]
        if not rows:
            return []
        where = {"x": self._x(), "y": pixel(self.height * _PLOT), "text": text("mark")}
        return [layer(rows, "text", encoding=where, color=style.QUIET, dy=-6, fontSize=11)]

    def _other(self) -> list[Spec]:
        """The other unit's line, thinner and without colour, and on the wide one its name."""
        if self.trend.other is None:
            return []
        look = {"color": style.QUIET, "strokeWidth": 1.75, "strokeDash": [6, 3]}
        layers = [self._through(self.trend.other.points, **look)]
        end = self._other_end()
        if end is None:
            return layers
        rows = [{"month": months.place(end.month), "value": end.cell.value}]
        where = {"x": self._x(), "y": self._y()}
        dot = {"filled": True, "size": 40, "opacity": 1, "color": style.QUIET}
        layers.append(layer(rows, "point", encoding=where, **dot))
        beside = {"align": "left", "dx": 10, "dy": self._clear_of_end(end), "color": style.QUIET}
        return layers + (
            haloed(rows, encoding=where, text=self._other_words(end), **beside) if self.wide else []
        )

    def _other_end(self) -> Point | None:
        found = measured(self.trend.other.points) if self.trend.other else []
        return found[-1] if found else None

    def _other_words(self, end: Point) -> str:
        return f"{self.trend.other.name if self.trend.other else ''} {self._figure(end)}"

    def _end_words(self, end: Point) -> str:
        """The last figure: on the narrow one alone, since the axis says what it is of."""
        if not self.wide and not self.trend.wording.is_percent and end.cell.value is not None:
            return self.trend.wording.bare(end.cell.value)
        named = self.trend.other is not None and self.wide
        return f"{self.trend.name} {self._figure(end)}" if named else self._figure(end)

    def _figure(self, point: Point) -> str:
        return self.trend.wording.cell(point.cell)

    def _clear_of_end(self, other: Point) -> float:
        """How far down its words are moved, so that they are a line from the chosen unit's."""
        if not self.trend.measured:
            return 0
        pixels = self.height * _PLOT / (self.ticks[-1] - self.ticks[0])
        under = ((self.trend.measured[-1].cell.value or 0) - (other.cell.value or 0)) * pixels
        return max(_LINE - under, 0) if under >= 0 else min(-_LINE - under, 0)

    def _lone(self) -> Spec:
        end = self.trend.measured[-1:]  # has a mark of its own
        alone = [p for p in lone(self.trend.points) if p not in end]
        rows = [{"month": months.place(p.month), "value": p.cell.value} for p in alone]
        look = {"filled": True, "size": 28, "opacity": 1, "color": style.MEASURED}
        return layer(rows, "point", encoding={"x": self._x(), "y": self._y()}, **look)

    def _axis_title(self) -> Spec:
        where = {"x": pixel(0), "y": pixel(-_TOP + 4)}
        look = {"align": "left", "color": style.QUIET, "baseline": "top"}
        return layer(NOWHERE, "text", encoding=where, text=self.trend.axis, **look)

    def _end(self) -> list[Spec]:
        """The newest complete month: its point and, set large, its figure."""
        if not self.trend.measured:
            return []
        end = self.trend.measured[-1]
        rows = [{"month": months.place(end.month), "value": end.cell.value}]
        where = {"x": self._x(), "y": self._y()}
        words = self._end_words(end)
        beside = {"align": "left", "dx": 10} if self.wide else self._beside_end(end, words)
        look = {"fontSize": self.size + 3, "fontWeight": 600, "color": style.MEASURED, **beside}
        dot = {"filled": True, "size": 64, "opacity": 1, "stroke": "white", "strokeWidth": 1.5}
        return [
            layer(rows, "point", encoding=where, color=style.MEASURED, **dot),
            *haloed(rows, encoding=where, text=words, **look),
        ]

    def _beside_end(self, end: Point, words: str) -> Spec:
        """Above the end of the line or under it: where neither line nor published count is."""
        value = end.cell.value or 0
        near = [r.value for r in self.trend.references if self._apart(r, end) <= _NEAR]
        earlier = (p.cell.value or 0 for p in reversed(self.trend.measured[-4:-1]))
        came_from = next((v for v in earlier if v != value), value)
        above = max(near) < value if near else came_from <= value
        half = style.text_width(words, self.size + 3) / 2
        room = self.plot - self._pixels(months.place(end.month))
        return {"align": "center", "dx": min(0.0, room - half), "dy": -16 if above else 17}

    @staticmethod
    def _apart(reference: Reference, end: Point) -> int:
        return abs(months.place(end.month) - months.place(month_of(reference.counted_on)))

    def _incomplete(self) -> list[Spec]:
        open_months = [months.place(p.month) for p in self.trend.points if not p.complete]
        if not open_months:
            return []
        rows = [{"month": place - 0.5, "until": place + 0.5} for place in open_months]
        name = {"x": self._x("until"), "y": pixel(-_TOP + 4)}
        look = {"align": "right", "color": style.QUIET, "baseline": "top"}
        return [
            layer(
                rows, "rect", encoding={"x": self._x(), "x2": {"field": "until"}}, color=style.BAND
            ),
            layer(rows[-1:], "text", encoding=name, text=_("ikke komplett"), **look),
        ]

    def _annotations(self) -> list[Spec]:
        """A line where something happened, a field over what lasted, and the number of each."""
        found = [
            self._extent(note) | {"number": str(number)}
            for number, note in enumerate(self.trend.notes, start=1)
        ]
        rows = [row for row in found if self.first <= row["month"] <= self.last]
        if not rows:
            return []
        spans = [row for row in rows if row["begins"] < row["until"]]
        across, over = {"x": self._x("edge")}, {"x": self._x(), "y": pixel(-_MARK)}
        edges = [{"edge": edge} for row in rows for edge in sorted({row["begins"], row["until"]})]
        ring = {"shape": "circle", "size": 260, "filled": True, "color": "white", "opacity": 1}
        field = {"x": self._x("begins"), "x2": {"field": "until"}}
        return [
            *([layer(spans, "rect", encoding=field, color=style.PERIOD)] if spans else []),
            layer(edges, "rule", encoding=across, color=style.QUIET, strokeDash=[2, 3]),
            layer(rows, "point", encoding=over, stroke=style.QUIET, **ring),
            layer(
                rows, "text", encoding=over | {"text": text("number")}, fontSize=11, fontWeight=600
            ),
        ]

    def _extent(self, note: Annotation) -> dict[str, Any]:
        """Where an annotation begins and ends, within the axis, and where its number goes."""
        begins = months.place(month_of(note.starts_on))
        if note.ends_on is None:
            return {"begins": begins, "until": begins, "month": begins}
        ends = months.place(month_of(note.ends_on))
        if ends < self.first or begins > self.last:
            return {"begins": begins, "until": ends, "month": begins}
        low, high = max(begins, self.first) - 0.5, min(ends, self.last) + 0.5
        return {"begins": low, "until": high, "month": (low + high) / 2}

    def _references(self) -> list[Spec]:
        layers: list[Spec] = []
        where = {"x": self._x(), "y": self._y()}
        mark = {"shape": "diamond", "size": 90, "filled": True, "color": "white", "opacity": 1}
        for reference in self.trend.references:
            place = months.place(month_of(reference.counted_on))
            if not self.first <= place <= self.last:
                continue
            rows = [{"month": place, "value": reference.value}]
            layers.append(
                layer(rows, "point", encoding=where, stroke=style.INK, strokeWidth=1.75, **mark)
            )
            words = _published(reference)
            if self.wide:  # there is no room on the narrow one: the list below the chart says it
                beside = self._beside(reference, place, words)
                look = {"color": style.INK, **beside}
                layers += haloed(rows, encoding=where, text=words, **look)
        return layers

    def _beside(self, reference: Reference, place: int, words: str) -> Spec:
        """Over the mark when it lies over the line, else under, and clear of edges and end."""
        end = self.trend.measured[-1] if self.trend.measured else None
        if end and self._apart(reference, end) <= _BESIDE_END:
            return self._right_of_end(reference, end, place)
        line = [p.cell.value for p in self.trend.measured if months.place(p.month) == place]
        above = not line or reference.value >= (line[0] or 0)
        if not above and reference.value - self.ticks[0] < 0.1 * (self.ticks[-1] - self.ticks[0]):
            return {"align": "left", "dx": 10, "dy": 0}
        if end and self._apart(reference, end) <= _NEAR:
            return {"align": "right", "dx": 6, "dy": -15 if above else 16}
        return self._centred(place, words, above=above)

    def _right_of_end(self, reference: Reference, end: Point, place: int) -> Spec:
        """In the margin, at least a line away from the last figure."""
        pixels = self.height * _PLOT / (self.ticks[-1] - self.ticks[0])
        over = (reference.value - (end.cell.value or 0)) * pixels
        clear = max(over, _LINE) if over >= 0 else min(over, -_LINE)
        shift = self._pixels(months.place(end.month)) - self._pixels(place)
        return {"align": "left", "dx": 10 + shift, "dy": over - clear}

    def _centred(self, place: int, words: str, *, above: bool) -> Spec:
        half = style.text_width(words, self.size) / 2
        x = self._pixels(place)
        shift = max(half - x, 0) + min(self.plot - x - half, 0)
        return {"align": "center", "dx": shift, "dy": -15 if above else 16}


def _published(reference: Reference) -> str:
    return _("publisert %(count)s") % {"count": norwegian.number(reference.value)}
