"""The room Oversikt: the five questions for my unit, answered where there is an answer."""

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
from vft.pipeline.holdings import Freshness
from vft.web import book, held, norwegian, sentences
from vft.web.book import INDICATOR, MEASURE, NOW, Slice, Unit
from vft.web.charts import spark
from vft.web.misread import Field, misread
from vft.web.sentences import Standing
from vft.web.shown import Shown

_MONTHS_IN_LINE = 25
#: Sources told of: those furthest behind.
_SOURCES = 6
_REFERENCE = ("vft.", "published.")

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


def page(request: HttpRequest) -> HttpResponse:
    """The room's page for one unit."""
    scope.require(request.user, scope.FIGURES)
    here = book.current()
    shown = Shown(here, scope.visible_units(request.user), threshold=thresholds.small_cells())
    unit = _chosen(request, shown)
    tiles = [_tile(shown, of, unit) for of in [*here.totals, *here.services]]
    context = {
        "unit": unit,
        "units": _units(here),
        "tiles": tiles,
        "month": _month(tiles),
        "since": next(iter(here.months[-_MONTHS_IN_LINE:]), ""),
        "unanswered": UNANSWERED,
        "publication": here,
        "misread": misread(request.GET.dict(), {"enhet": _as_field(unit)}),
        "is_gone": (unit.grouping, unit.code) not in here.units[NOW],
        "then": urlencode({"enhet": _key(unit), "geografi": "da"}),
        **_data(here, unit),
    }
    return render(request, "web/overview.html", context)


def _chosen(request: HttpRequest, shown: Shown) -> Unit:
    grouping, _sep, code = request.GET.get("enhet", "").partition(":")
    return shown.book.named(grouping, code, NOW) or shown.home(NOW)


def _key(unit: Unit) -> str:
    return f"{unit.grouping}:{unit.code}"


def _as_field(unit: Unit) -> Field:
    return Field(label=_("Enhet"), key=_key(unit), name=unit.name)


def _units(here: book.Book) -> list[tuple[str, list[Unit]]]:
    """Units by the name of their grouping, in the order the publication gives."""
    return [
        (name, [u for (g, _code), u in here.units[NOW].items() if g == grouping])
        for grouping, name in here.groupings.items()
        if grouping != "part_district"
    ]


def _tile(shown: Shown, of: Slice, unit: Unit) -> Tile:
    points = shown.series(unit, measure=shown.book.concurrent, of=of, geography=NOW)
    query = urlencode({"utvalg": of.key, "enhet": _key(unit)})
    return Tile(
        of=of,
        standing=sentences.standing(points),
        line=spark.draw(points[-_MONTHS_IN_LINE:]),
        address=f"{reverse('scaling')}?{query}",
    )


def _month(tiles: list[Tile]) -> str:
    months = [t.standing.now.month for t in tiles if t.standing.now]
    return norwegian.month(max(months)) if months else ""


def _behind() -> list[Freshness]:
    """The sources whose data ends first. Reference tables change seldom and are left out."""
    dated = [f for f in held.freshness() if f.last_date and not f.source.startswith(_REFERENCE)]
    return sorted(dated, key=lambda f: (f.last_date or date.max, f.source_title))[:_SOURCES]


def _data(here: book.Book, unit: Unit) -> dict[str, Any]:
    """How fresh and complete the data is, and what was corrected since last time."""
    corrected = [
        c
        for c in here.corrections
        if (c.indicator, c.measure, c.geography) == (INDICATOR, MEASURE, NOW)
        and (c.grouping, c.unit) == (unit.grouping, unit.code)
    ]
    thin = [m for m in held.completeness() if m.is_thin and m.month in here.months[-3:]]
    return {
        "behind": _behind(),
        "thin": thin,
        "corrected": len(corrected),
        "corrected_months": len({c.month for c in corrected}),
    }
