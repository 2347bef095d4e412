"""The måltavle: one unit's month as a page to hang on the wall."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vft.access import scope, thresholds
from vft.report import wallboard
from vft.report.states import MEANINGS, WORDS, State
from vft.report.wallboard import Board, Box, Panel
from vft.tables.period import first_day, last_day
from vft.web import assets, book, held, norwegian, sentences, shared
from vft.web.book import INDICATOR, MUNICIPALITY, NOW, Book, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.shown import Shown
from vft.web.wording import Wording

if TYPE_CHECKING:
    from vft.publication.read import Indicator, Measure
    from vft.web.sentences import Standing

_MONTHS_IN_LINE = 24
#: What there is room for: services, and lines of a box.
_MOST_PANELS, _MOST_LINES = 12, 4
#: What a unit looks at first, where it is published; then the others, in their order.
_FIRST = ("coverage", "technology_first", "lead_time")
#: Kinds of figures that say something alone, without another to compare with.
_TELLING = frozenset({"share", "rate", "quantity"})


def pdf(request: HttpRequest) -> HttpResponse:
    """The chosen unit's page: the newest complete month, or the one that is asked for.

    With ``til=deling`` no small counts are on it, not the unit's own either.
    """
    scope.require(request.user, scope.FIGURES)
    shown = Shown(
        book.current(), scope.visible_units(request.user), threshold=thresholds.small_cells()
    )
    complete = shown.book.publication.complete_months()
    unit = _unit(request.GET.get("enhet", ""), shown)
    month = request.GET.get("maaned") or next(iter(complete[-1:]), "")
    if unit is None or month not in complete:
        says = _("Måltavlen er ikke laget. Fant ikke enheten, eller måneden er ikke komplett.")
        return render(request, "web/cannot.html", {"says": says}, status=404)
    fonts = assets.ensure() / "fonts"
    seen = shared.asked(shown, request.GET)
    content = wallboard.write(board(seen, unit, month), fonts=fonts)
    answer = HttpResponse(content, content_type=wallboard.MEDIA_TYPE)
    name = slugify(f"maaltavle {unit.name} {month}")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _unit(asked: str, shown: Shown) -> Unit | None:
    if not asked:
        return shown.home(NOW)
    grouping, _sep, code = asked.partition(":")
    return shown.book.units[NOW].get((grouping, code))


def board(shown: Shown, unit: Unit, month: str) -> Board:
    """What the page says of a complete month, as the reader may see it."""
    here = shown.book
    series = {
        of: _until(month, shown.series(unit, measure=here.concurrent, of=of, geography=NOW))
        for of in [*here.totals, *here.services][:_MOST_PANELS]
    }
    others = list(_others(shown, unit, month))
    states = {points[-1].cell.state for points in series.values() if points}
    return Board(
        title=_("Velferdsteknologi i %(unit)s") % {"unit": unit.name},
        month=norwegian.month(month).capitalize(),
        municipality=here.publication.meta["municipality"],
        panels=[_panel(of, points) for of, points in series.items()],
        boxes=[
            *([Box(title=_("Andre tall"), lines=tuple(others))] if others else []),
            Box(title=_("Hva er endret"), lines=tuple(_changed(shown, unit, month))),
            Box(title=_("Om tallene"), lines=(*_about(month, states), *_warned(shown, series))),
        ],
        foot=_foot(here),
        published_at=here.created_at,
    )


def _until(month: str, points: Iterable[Point]) -> list[Point]:
    return [point for point in points if point.month <= month][-_MONTHS_IN_LINE:]


def _panel(of: Slice, points: Sequence[Point]) -> Panel:
    standing, now = sentences.standing(points), points[-1]
    values = tuple(p.cell.value if p.complete else None for p in points)
    return Panel(
        name=of.name,
        value=norwegian.cell(now.cell),
        is_figure=now.cell.state is State.VALUE,
        changes=_changes(standing, now),
        points=values,
        first=_end(points[0]),
        last=norwegian.short_month(now.month),
        says=_line_says(of, points),
    )


def _changes(standing: "Standing", now: Point) -> tuple[str, ...]:
    """Since last month and last year, where both ends can be seen."""
    if now.cell.value is None:
        return ()
    found = (standing.since_month, standing.since_year)
    return tuple(f"{clause[:1].upper()}{clause[1:]}" for clause in found if clause)


def _end(point: Point) -> str:
    """Where the line begins, which has no axis."""
    when = norwegian.short_month(point.month)
    return f"{when}: {norwegian.cell(point.cell)}" if point.cell.value is not None else when


def _line_says(of: Slice, points: Sequence[Point]) -> str:
    known = [point for point in points if point.complete and point.cell.value is not None]
    if not known:
        return _("Ingen tall å vise for %(what)s.") % {"what": of.short}
    return _(
        "Linje over samtidige brukere av %(what)s: %(first)s i %(first_month)s, %(last)s i "
        "%(last_month)s."
    ) % {
        "what": of.short,
        "first": norwegian.cell(known[0].cell),
        "first_month": norwegian.month(known[0].month),
        "last": norwegian.cell(known[-1].cell),
        "last_month": norwegian.month(known[-1].month),
    }


def _others(shown: Shown, unit: Unit, month: str) -> Iterator[str]:
    """Some indicators that have a share, a rate or a median for all of their services."""
    here = shown.book
    codes = dict.fromkeys([*(code for code in _FIRST if code in here.indicators), *here.indicators])
    found = (_headline(here, here.indicators[code]) for code in codes)
    for measure, of in [headline for headline in found if headline][: _MOST_LINES - 1]:
        points = shown.series(unit, measure=measure, of=of, geography=NOW)
        now = next(point for point in points if point.month == month)
        yield f"{measure.title}: {sentences.so_far(now, Wording.of(measure))}"


def _headline(here: Book, indicator: "Indicator") -> "tuple[Measure, Slice] | None":
    measures = here.measures[indicator.code].values()
    measure = next((m for m in measures if m.kind in _TELLING), None)
    slices = here.slices_of(indicator.code).values()
    of = next((s for s in slices if s.kind in {"total", "everyone"}), None)
    return (measure, of) if measure and of and indicator.code != INDICATOR else None


def _changed(shown: Shown, unit: Unit, month: str) -> Iterator[str]:
    """Figures corrected since the publication before, and known breaks of the last year."""
    here = shown.book
    if shown.is_own(unit) or unit.grouping == MUNICIPALITY:
        place = (INDICATOR, unit.grouping, unit.code, NOW)
        corrected = sum(
            (c.indicator, c.grouping, c.unit, c.geography) == place for c in here.corrections
        )
        count = norwegian.number(corrected) if corrected else _("Ingen")
        yield _("%(count)s tall er rettet siden forrige publisering.") % {"count": count}
    year = here.months[: here.months.index(month) + 1][-12:]
    breaks = (a for of in here.services for a in here.annotations(of, unit))
    told = (
        f"{norwegian.day(a.starts_on)}: {a.text}"
        for a in sorted(breaks, key=lambda a: a.starts_on, reverse=True)
        if first_day(year[0]) <= a.starts_on <= last_day(month)
    )
    yield from list(dict.fromkeys(told))[:_MOST_LINES]


def _about(month: str, states: set[State]) -> Iterator[str]:
    """How far the data reaches, and what the words in the place of a figure mean."""
    day = norwegian.day(last_day(month))
    yield _("Tallene er fra siste dag i måneden, %(day)s. Dataene når dit.") % {"day": day}
    thin = sorted({m.source_title for m in held.completeness() if m.is_thin and m.month == month})
    if thin:
        yield _("Færre rader enn vanlig fra %(sources)s.") % {"sources": norwegian.listed(thin)}
    for state in State:
        if state in states and state is not State.VALUE:
            yield f"{WORDS[state.value].capitalize()}: {MEANINGS[state.value]}"


def _warned(shown: Shown, series: Mapping[Slice, Sequence[Point]]) -> Iterator[str]:
    """Where small counts are shown as they are, the page is not for every wall."""
    small = (point.cell.value or 0 for points in series.values() for point in points)
    if any(0 < count < shown.threshold for count in small):
        yield _("Små tall er vist. Heng siden bare der de som følger dem opp, går.")


def _foot(here: Book) -> str:
    told = {"number": here.number, "when": norwegian.moment(here.created_at)}
    published = _("Publisering %(number)s, %(when)s.") % told
    measures = here.definitions[INDICATOR].get("measures", [])
    meaning = next((m["meaning"] for m in measures if m["code"] == here.concurrent.code), "")
    return f"{published} {here.concurrent.title}: {meaning}" if meaning else published
