"""The chosen unit over time: trend, published counts, known breaks, measures beside, table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vft.access.disclosure import State
from vft.tables import period
from vft.web import sentences
from vft.web.charts import trend
from vft.web.charts.trend import Annotation, Point, Reference, Trend
from vft.web.rooms.scaling.choice import Choice
from vft.web.sentences import Standing
from vft.web.shown import Shown


@dataclass(frozen=True, kw_only=True)
class Row:
    """A month in the table, with every measure."""

    month: str
    points: list[Point]
    complete: bool


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A measure beside the chosen one."""

    title: str
    standing: Standing


def measures(shown: Shown, choice: Choice) -> dict[str, list[Point]]:
    """Every measure of the chosen unit, in the chosen months."""
    return {
        code: choice.within(
            shown.series(choice.unit, measure=measure, of=choice.of, geography=choice.geography)
        )
        for code, measure in choice.measures.items()
    }


def context(choice: Choice, series: dict[str, list[Point]]) -> dict[str, Any]:
    """What the page shows of the unit's development."""
    points = series[choice.measure.code]
    standing = sentences.standing(points)
    drawn = _trend(choice, points, standing)
    return {
        "standing": standing,
        "title": drawn.title,
        "picture": trend.draw(drawn) if drawn.measured else None,
        "references": drawn.references,
        "notes": drawn.notes,
        "axis_starts": drawn.ticks[0],
        "hidden_months": sum(p.cell.state is State.SUPPRESSED for p in points),
        "incomplete": [p for p in points if not p.complete],
        "beside": [_beside(choice, m, series[m]) for m in series if m != choice.measure.code],
        "headings": [m.title for m in choice.measures.values()],
        "rows": _rows(series),
    }


def _trend(choice: Choice, points: list[Point], standing: Standing) -> Trend:
    what = _("%(measure)s, %(of)s, i %(unit)s") % {
        "measure": choice.measure_title.lower(),
        "of": choice.of.short,
        "unit": choice.unit.name,
    }
    return Trend(
        points=points,
        references=_references(choice),
        annotations=_annotations(choice),
        title=sentences.trend_title(choice.of.name, choice.unit.name, standing),
        says=sentences.trend_says(points, what),
        axis=choice.measure_title,
    )


def _beside(choice: Choice, measure: str, points: list[Point]) -> Beside:
    return Beside(title=choice.measures[measure].title, standing=sentences.standing(points))


def _rows(series: dict[str, list[Point]]) -> list[Row]:
    """The table: the newest month first."""
    rows = [
        Row(month=month[0].month, points=list(month), complete=month[0].complete)
        for month in zip(*series.values(), strict=True)
    ]
    return rows[::-1]


def _references(choice: Choice) -> list[Reference]:
    """Published counts in the chosen months; they count what the first measure counts."""
    if choice.measure != choice.book.concurrent or not choice.months:
        return []
    first = period.first_day(choice.months[0])
    found = choice.book.references(choice.of, choice.unit)
    return [
        Reference(counted_on=r.counted_on, value=r.value, origin=r.origin)
        for r in found
        if r.counted_on >= first
    ]


def _annotations(choice: Choice) -> list[Annotation]:
    if not choice.months:
        return []
    first, last = period.first_day(choice.months[0]), period.last_day(choice.months[-1])
    return [
        Annotation(starts_on=a.starts_on, ends_on=a.ends_on, text=a.text)
        for a in choice.book.annotations(choice.of, choice.unit)
        if first <= a.starts_on <= last
    ]
