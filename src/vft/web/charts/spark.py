"""A line without words, beside a sentence that says the same. For the eye only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from vft.web.charts import style
from vft.web.charts.svg import decoration
from vft.web.charts.trend import Point
from vft.web.charts.vega import BREAKS, Spec, at, drawing, layer

_WIDTH, _HEIGHT = 220, 48


@dataclass(frozen=True, kw_only=True)
class Spark:
    """The values of the line; None breaks it."""

    values: tuple[float | None, ...]


def draw(points: Sequence[Point]) -> SafeString | None:
    """The complete months of a series, or nothing where there are not two to join."""
    values = tuple(p.cell.value if p.complete else None for p in points)
    if sum(v is not None for v in values) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return decoration(Spark(values=values), spec=_spec)


def _spec(spark: Spark) -> Spec:
    known = [value for value in spark.values if value is not None]
    room = max((max(known) - min(known)) * 0.12, 0.5)
    where = {
        "x": at("x", -0.6, len(spark.values)),
        "y": at("y", min(known) - room, max(known) + room),
    }
    rows = [{"x": n, "y": value} for n, value in enumerate(spark.values)]
    last = max(n for n, value in enumerate(spark.values) if value is not None)
    look = {"color": style.MEASURED, "strokeWidth": 2, "strokeJoin": "round"}
    dot = {"color": style.MEASURED, "filled": True, "size": 36, "opacity": 1}
    layers = [
        layer(rows, "line", encoding=where, invalid=BREAKS, **look),
        layer(rows[last : last + 1], "point", encoding=where, **dot),
    ]
    return drawing(layers, width=_WIDTH, height=_HEIGHT, wide=True, fit=False)
