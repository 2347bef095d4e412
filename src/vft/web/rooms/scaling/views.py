"""The room's page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vft.access import scope, thresholds
from vft.access.models import User
from vft.publication.read import Annotation
from vft.report.formats import FORMATS
from vft.web import book, saved_views, sentences
from vft.web.frame import whole_or_part
from vft.web.known_breaks import known_breaks
from vft.web.misread import misread
from vft.web.models import Room
from vft.web.rooms.scaling import comparison, development, mix
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


def page(request: HttpRequest) -> HttpResponse:
    """The room's page, or only what is under its top where a filter was changed."""
    scope.require(request.user, scope.FIGURES)
    visible = scope.visible_units(request.user)
    shown = Shown(book.current(), visible, threshold=thresholds.small_cells())
    choice = Choice.read(request.GET, shown)
    context = {
        "choice": choice,
        "publication": shown.book,
        "misread": misread(choice.meant(request.GET.dict()), choice.fields),
        "saved": saved_views.saved_by(request.user) if isinstance(request.user, User) else [],
        "save_room": Room.SCALING,
        "save_query": choice.query,
        **drawn(shown, choice),
    }
    return whole_or_part(
        request, whole="web/scaling.html", part="web/scaling_room.html", context=context
    )


def drawn(shown: Shown, choice: Choice) -> dict[str, SafeString]:
    """What the page shows of the publication, by its parts: held as long as it."""
    known = known_breaks(shown.book, choice.of, choice.unit)
    key = ("scaling", shown.scope, shown.threshold, choice.query, known)
    return shown.book.pages.once(key, lambda: _rendered(_figures(shown, choice, known)))


def _figures(shown: Shown, choice: Choice, known: tuple[Annotation, ...]) -> dict[str, Any]:
    """Everything that the page shows of the publication."""
    series = development.measures(shown, choice)
    chosen = choice.within(series[choice.measure.code])
    return {
        "choice": choice,
        "formats": FORMATS.values(),
        "wallboard": urlencode({"enhet": choice.unit.key}),
        **development.context(shown, choice, series, known),
        **comparison.context(shown, choice, chosen),
        **mix.context(shown, choice, sentences.newest(chosen)),
    }


def _rendered(figures: dict[str, Any]) -> dict[str, SafeString]:
    """The page's parts that are alike for all who may see the same: held with the publication."""
    return {
        "filters": render_to_string("web/scaling_filters.html", figures),
        "figures": render_to_string("web/scaling_figures.html", figures),
    }
