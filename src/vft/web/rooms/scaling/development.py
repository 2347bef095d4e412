"""The chosen unit over time: trend, published counts, known breaks, measures beside, table."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vft.tables import period
from vft.web import chance, norwegian, sentences, signals
from vft.web.charts import trend
from vft.web.charts.trend import MARKS, Annotation, Limit, Line, Point, Reference, Trend
from vft.web.rooms.scaling.choice import Choice
from vft.web.sentences import Standing
from vft.web.shown import Shown
from vft.web.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vft.publication.change import Month
    from vft.publication.read import Annotation as Noted


@dataclass(frozen=True, kw_only=True)
class Row:
    """A month in the table, with every measure as it is written."""

    month: str
    cells: list[str]
    complete: bool


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A measure of the indicator, as it stands. ``chosen``: the one that the chart is of."""

    title: str
    value: str
    address: str
    chosen: bool


def measures(shown: Shown, choice: Choice) -> dict[str, list[Point]]:
    """Every measure of the chosen unit, in every month."""
    return {
        code: shown.series(choice.unit, measure=measure, of=choice.of, geography=choice.geography)
        for code, measure in choice.measures.items()
    }


def context(
    shown: Shown,
    choice: Choice,
    every: dict[str, list[Point]],
    known: "Sequence[Noted]",
) -> dict[str, Any]:
    """What the page shows of the unit's development.

    ``every``: its measures in every month. ``known``: breaks that a reader must know of.
    """
    series = {code: choice.within(points) for code, points in every.items()}
    points = series[choice.measure.code]
    standing = sentences.standing(points, choice.wording)
    judged = _judged(choice, every, known)
    drawn = replace(
        _trend(choice, points, standing, judged),
        other=_other(shown, choice),
        annotations=_annotations(choice, known),
    )
    return {
        "standing": standing,
        "measured": choice.measured(choice.measure_title, standing.now.month)
        if standing.now
        else "",
        "title": drawn.title,
        "picture": trend.draw(drawn) if drawn.measured else None,
        "rests_on": _rests_on(choice, series, standing),
        "beside": [_beside(choice, code, series[code], standing) for code in series],
        "headings": _headings(choice),
        "rows": _rows(choice, series, drawn.other),
        **_under(choice, drawn, judged),
    }


def _under(choice: Choice, drawn: Trend, judged: "list[Month]") -> dict[str, Any]:
    """What is said under the chart of what it shows, and of what it does not."""
    return {
        "signals": [(norwegian.month(m.month), m.reason) for m in judged if m.is_signal][::-1],
        "usual": _usual(judged),
        "has_limits": bool(drawn.limits),
        "references": drawn.references,
        "notes": drawn.notes,
        "axis_starts": choice.wording.figure(drawn.ticks[0]) if drawn.ticks[0] > 0 else "",
        "without": [(MARKS[state], says) for state, says in sentences.without(drawn.points)],
        "incomplete": sentences.incomplete(drawn.points, choice.wording),
        "other": _other_says(drawn, choice.wording),
    }


def _judged(
    choice: Choice, every: dict[str, list[Point]], known: "Sequence[Noted]"
) -> "list[Month]":
    """What is said of each of the chosen months, where anything can be."""
    if not signals.can_be_judged(choice.measure):
        return []
    per = signals.per_of(choice.book.definitions[choice.indicator.code], choice.measure)
    found = signals.judged(choice.measure, every, per=per, annotations=known)
    return found[-int(choice.span) :]


def _usual(judged: "list[Month]") -> str:
    """Why there is no signal in the newest complete month, or why none is looked for."""
    if not judged:
        return _(
            "Signaler om endring vises ikke: månedene henger sammen, og signalene ville bli falske."
        )
    newest = next((m for m in reversed(judged) if m.verdict != "nothing"), None)
    if newest is None or newest.is_signal:
        return ""
    told = {"month": norwegian.month(newest.month), "reason": newest.reason}
    return _("Signaler om endring, %(month)s: %(reason)s") % told


def _limits(judged: "list[Month]") -> list[Limit]:
    return [
        Limit(month=m.month, centre=m.centre, lower=m.lower, upper=m.upper, is_signal=m.is_signal)
        for m in judged
        if m.centre is not None and m.lower is not None and m.upper is not None
    ]


def _trend(
    choice: Choice,
    points: list[Point],
    standing: Standing,
    judged: "list[Month]",
) -> Trend:
    what = _("%(measure)s, %(of)s, i %(unit)s") % {
        "measure": norwegian.in_sentence(choice.measure_title),
        "of": choice.of.short,
        "unit": choice.unit.name,
    }
    return Trend(
        points=points,
        references=_references(choice),
        annotations=(),
        title=sentences.trend_title(choice.subject, choice.unit.name, standing),
        says=sentences.trend_says(points, what, choice.wording),
        axis=choice.wording.titled(choice.measure_title),
        wording=choice.wording,
        name=choice.unit.name,
        limits=_limits(judged),
    )


def _other(shown: Shown, choice: Choice) -> Line | None:
    """The unit that is shown together with the chosen one."""
    if choice.other is None:
        return None
    how = {"measure": choice.measure, "of": choice.of, "geography": choice.geography}
    points = choice.within(shown.series(choice.other, **how))  # type: ignore[arg-type] # one of each
    return Line(name=choice.other.name, points=points)


def _other_says(drawn: Trend, wording: Wording) -> str:
    """How the other unit stands, in words: on a narrow screen its line has no name."""
    if drawn.other is None:
        return ""
    standing = sentences.standing(drawn.other.points, wording)
    return sentences.trend_title(_("Stiplet linje"), drawn.other.name, standing)


def _beside(choice: Choice, code: str, points: list[Point], standing: Standing) -> Beside:
    """A measure in the month that the chosen one stands in."""
    measure = choice.measures[code]
    at = standing.now or standing.so_far
    now = next((p for p in points if at and p.month == at.month), None)
    return Beside(
        title=measure.title,
        value=sentences.so_far(now, Wording.of(measure)) if now else _("mangler"),
        address=choice.with_(maal=code),
        chosen=code == choice.measure.code,
    )


def _rests_on(choice: Choice, series: dict[str, list[Point]], standing: Standing) -> str:
    """How many the newest figure is of, and how sure that makes it."""
    measure = choice.measure
    of = measure.denominator or measure.basis
    if standing.now is None or standing.now.cell.value is None or measure.kind == "amount":
        return ""
    how_many = _at(series.get(of, []), standing.now.month)
    if how_many is None or how_many == 0:
        return ""
    few = _("Det er få: les heller flere måneder sammen.") if how_many < chance.FEW else ""
    part = _at(series.get(measure.numerator, []), standing.now.month)
    if measure.kind == "share" and part is not None and 0 <= part <= how_many:
        return f"{_sure(choice.wording, part, how_many)} {few}".strip()
    told = {"n": norwegian.number(how_many), "unit": choice.measures[of].unit}
    return f"{_('Tallet hviler på %(n)s %(unit)s.') % told} {few}".strip()


def _sure(wording: Wording, part: float, whole: float) -> str:
    interval = chance.wilson(part, whole)
    scale = 100 if wording.is_percent else 1
    return _(
        "%(part)s av %(whole)s. Med så mange kan tilfeldigheter alene gi fra %(low)s til %(high)s."
    ) % {
        "part": norwegian.number(part),
        "whole": norwegian.number(whole),
        "low": wording.figure(interval.low * scale),
        "high": wording.figure(interval.high * scale),
    }


def _at(points: list[Point], month: str) -> float | None:
    return next((p.cell.value for p in points if p.month == month), None)


def _headings(choice: Choice) -> list[str]:
    titles = [Wording.of(m).titled(m.title) for m in choice.measures.values()]
    return [*titles, choice.other.name] if choice.other else titles


def _rows(choice: Choice, series: dict[str, list[Point]], other: Line | None) -> list[Row]:
    """The table: the newest month first. The unit beside has the chosen measure only."""
    wordings = [Wording.of(m) for m in choice.measures.values()]
    columns = [*series.values(), *([other.points] if other else [])]
    wordings += [choice.wording] if other else []
    rows = [
        Row(
            month=month[0].month,
            cells=[w.cell(p.cell) for w, p in zip(wordings, month, strict=True)],
            complete=month[0].complete,
        )
        for month in zip(*columns, strict=True)
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


def _annotations(choice: Choice, known: "Sequence[Noted]") -> list[Annotation]:
    """The known breaks that the chosen months show anything of."""
    if not choice.months:
        return []
    first, last = period.first_day(choice.months[0]), period.last_day(choice.months[-1])
    return [
        Annotation(starts_on=a.starts_on, ends_on=a.ends_on, text=a.text)
        for a in known
        if a.starts_on <= last and (a.ends_on or a.starts_on) >= first
    ]
