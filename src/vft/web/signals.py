"""Signals of change in a series, from what the reader may see of it.

See :mod:`vft.publication.change`. Limits are laid from all months published, whatever is displayed,
and only where months do not depend on each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from vft.tables.period import month_of

if TYPE_CHECKING:
    from vft.publication.change import Month
    from vft.publication.read import Annotation, Measure
    from vft.web.charts.trend import Point

_NOTHING = float("nan")
#: Kinds that limits are known for, and what they are judged as.
_JUDGED = {"count": "count", "amount": "count", "share": "share", "rate": "rate"}


def can_be_judged(measure: "Measure") -> bool:
    """Whether limits of change may be laid for the measure at all."""
    return measure.independent and measure.kind in _JUDGED


def judged(
    measure: "Measure",
    series: "Mapping[str, Sequence[Point]]",
    *,
    per: float,
    annotations: "Iterable[Annotation]",
) -> "list[Month]":
    """What is said of every month of a measure that can be judged.

    ``series``: the months of the measure and of those it is derived from, by code. ``per``: what
    shares and rates are multiplied by.
    """
    from vft.publication.change import judge

    is_derived = measure.kind in {"share", "rate"}
    points = series[measure.code]
    return judge(
        [_values(series[measure.numerator] if is_derived else points)],
        [_values(series[measure.denominator])] if is_derived else None,
        kind=cast('Literal["count", "share", "rate"]', _JUDGED[measure.kind]),
        months=[p.month for p in points],
        per=per if is_derived else 1.0,
        breaks=[_break(a) for a in annotations],
    ).series()


def per_of(definition: Mapping[str, Any], measure: "Measure") -> float:
    """What a share or a rate is multiplied by, as its definition says."""
    told = {m["code"]: m for m in definition.get("measures", ())}
    return float(told.get(measure.code, {}).get("per", 1))


def _values(points: "Sequence[Point]") -> list[float]:
    return [
        float(p.cell.value) if p.complete and p.cell.value is not None else _NOTHING for p in points
    ]


def _break(annotation: "Annotation") -> tuple[str, str]:
    """The months of a known break. One without an end is over at once, and the level another."""
    ends_on = annotation.ends_on or annotation.starts_on
    return month_of(annotation.starts_on), month_of(ends_on)
