"""The room Oversikt: the five questions for my unit, answered where there is an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vft.access import scope, thresholds
from vft.access.models import User
from vft.pipeline.holdings import Freshness
from vft.publication.read import Annotation, Measure
from vft.web import book, held, norwegian, saved_views
from vft.web.book import NOW, Slice, Unit
from vft.web.changes import Series, told
from vft.web.charts import spark
from vft.web.known_breaks import known_breaks
from vft.web.misread import Field, misread
from vft.web.models import Room
from vft.web.rooms import follow_up
from vft.web.sentences import Standing
from vft.web.shown import Shown
from vft.web.wording import Wording

_MONTHS_IN_LINE = 25
#: Sources told of: those furthest behind.
_SOURCES = 6
_REFERENCE = ("vft.", "published.")

#: What answers the question of scaling beside the users of each service: indicator and measure.
#: An indicator that is not published is left out.
ANSWERS = (
    ("flows", "new"),
    ("flows", "ended"),
    ("coverage", ""),
    ("technology_first", "share"),
    ("considered", "considered_share"),
    ("lead_time", "median_days"),
    ("invoiced_unused", "unused_amount"),
)
#: Kinds of slices that hold everyone, the widest first.
_WHOLE = ("total", "everyone")

#: The questions that no figure answers yet, and what has to be there first.
UNANSWERED = (
    (
        _("Frigjør vi tid med velferdsteknologi?"),
        _("Krever nullpunkt og besøk før og etter for hver tjenestemottaker."),
    ),
    (
        _("Unngår vi kostnader?"),
        _("Krever frigjort tid og enhetspriser med kilde og dato."),
    ),
    (
        _("Øker kvaliteten, og på hvilke områder?"),
        _("Krever kvalitetsmålinger fra mottakere, pårørende og ansatte."),
    ),
    (
        _("Hvem har størst nytte, og når?"),
        _("Krever målte virkninger for grupper av tjenestemottakere."),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One service, or all of them: its figure, what changed, and the way on."""

    of: Slice
    standing: Standing
    line: SafeString | None
    address: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of the other indicators, for everyone: its figure, when, what changed, and the way on."""

    title: str
    standing: Standing
    when: str
    address: str


def page(request: HttpRequest) -> HttpResponse:
    """The room's page for one unit."""
    scope.require(request.user, scope.FIGURES)
    here = book.current()
    visible = scope.visible_units(request.user)
    shown = Shown(here, visible, threshold=thresholds.small_cells())
    unit = _chosen(request, shown)
    context = {
        "unit": unit,
        "units": _units(here),
        "unanswered": UNANSWERED,
        "publication": here,
        "misread": misread(request.GET.dict(), {"enhet": _as_field(unit)}),
        "is_gone": (unit.grouping, unit.code) not in here.units[NOW],
        "then": urlencode({"enhet": unit.key, "geografi": "da"}),
        "saved": saved_views.saved_by(request.user) if isinstance(request.user, User) else [],
        "save_room": Room.OVERVIEW,
        "save_query": urlencode({"enhet": unit.key}),
        "tasks": follow_up.tasks(request.user, shown, unit),
        **drawn(shown, unit),
        **_data(shown, unit),
    }
    return render(request, "web/overview.html", context)


def drawn(shown: Shown, unit: Unit) -> dict[str, Any]:
    """The unit's figures in the newest publication, and what changed: held as long as it."""
    here = shown.book
    known = known_breaks(here, here.totals[0], unit) if here.totals else ()
    key = ("overview", shown.scope, shown.threshold, unit, known)
    return here.pages.once(key, lambda: _figures(shown, unit, known))


def _chosen(request: HttpRequest, shown: Shown) -> Unit:
    grouping, _sep, code = request.GET.get("enhet", "").partition(":")
    return shown.book.named(grouping, code, NOW) or shown.home(NOW)


def _as_field(unit: Unit) -> Field:
    return Field(label=_("Enhet"), key=unit.key, name=unit.name)


def _units(here: book.Book) -> list[tuple[str, list[Unit]]]:
    """Units by the name of their grouping, in the order the publication gives."""
    return [
        (name, [u for (g, _code), u in here.units[NOW].items() if g == grouping])
        for grouping, name in here.groupings.items()
        if grouping != "part_district"
    ]


def _figures(shown: Shown, unit: Unit, known: Sequence[Annotation]) -> dict[str, Any]:
    here = shown.book
    users = [_series(shown, here.concurrent, of, unit) for of in [*here.totals, *here.services]]
    others = [
        _series(shown, measure, of, unit)
        for measure in _measures(here)
        for of in _whole(measure, here)
    ]
    tiles = [_tile(series, unit) for series in users]
    return {
        "tiles": tiles,
        "answers": [_answer(series, unit) for series in others],
        "changes": told([*users, *others], known),
        "month": _month(tiles),
        "since": next(iter(here.months[-_MONTHS_IN_LINE:]), ""),
    }


def _measures(here: book.Book) -> list[Measure]:
    """The measures that answer, of those that are published."""
    found = []
    for indicator, code in ANSWERS:
        known = here.measures.get(indicator, {})
        measure = known.get(code) if code else next(iter(known.values()), None)
        if measure is not None:
            found.append(measure)
    return found


def _whole(measure: Measure, here: book.Book) -> list[Slice]:
    """The one slice of an indicator that holds everyone; none where there is no such."""
    slices = here.slices_of(measure.indicator).values()
    found = [of for kind in _WHOLE for of in slices if of.kind == kind]
    return found[:1]


def _series(shown: Shown, measure: Measure, of: Slice, unit: Unit) -> Series:
    points = shown.series(unit, measure=measure, of=of, geography=NOW)
    return Series(measure=measure, of=of, points=points)


def _address(series: Series, unit: Unit) -> str:
    asked = {
        "indikator": series.measure.indicator,
        "maal": series.measure.code,
        "utvalg": series.of.key,
        "enhet": unit.key,
    }
    return f"{reverse('scaling')}?{urlencode(asked)}"


def _tile(series: Series, unit: Unit) -> Tile:
    return Tile(
        of=series.of,
        standing=series.standing,
        line=spark.draw(series.points[-_MONTHS_IN_LINE:]),
        address=_address(series, unit),
    )


def _answer(series: Series, unit: Unit) -> Answer:
    now = series.standing.now
    title = Wording.of(series.measure).titled(series.measure.title)
    return Answer(
        title=series.measure.title if now and now.cell.value is not None else title,
        standing=series.standing,
        when=norwegian.month(now.month) if now else "",
        address=_address(series, unit),
    )


def _month(tiles: list[Tile]) -> str:
    months = [t.standing.now.month for t in tiles if t.standing.now]
    return norwegian.month(max(months)) if months else ""


def _behind() -> list[Freshness]:
    """The sources whose data ends first. Reference tables change seldom and are left out."""
    dated = [f for f in held.freshness() if f.last_date and not f.source.startswith(_REFERENCE)]
    return sorted(dated, key=lambda f: (f.last_date or date.max, f.source_title))[:_SOURCES]


def _data(shown: Shown, unit: Unit) -> dict[str, Any]:
    """How fresh and complete the data is, and what was corrected since last time.

    What was corrected is told of units that the reader follows up: of others it would tell that
    something is hidden there.
    """
    here = shown.book
    corrected = [
        c
        for c in here.corrections
        if c.geography == NOW and (c.grouping, c.unit) == (unit.grouping, unit.code)
    ]
    thin = [m for m in held.completeness() if m.is_thin and m.month in here.months[-3:]]
    return {
        "behind": _behind(),
        "thin": thin,
        "tells_corrected": shown.is_own(unit) or unit == here.municipality,
        "corrected": len(corrected),
        "corrected_months": len({c.month for c in corrected}),
        "corrected_titles": norwegian.listed(_titles(here, {c.indicator for c in corrected})),
    }


def _titles(here: book.Book, indicators: set[str]) -> list[str]:
    """What the indicators are called, in the order they are shown."""
    return [
        norwegian.in_sentence(i.title) for code, i in here.indicators.items() if code in indicators
    ]
