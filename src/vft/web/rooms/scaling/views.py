"""The room's page."""

from django.http import HttpRequest, HttpResponse

from vft.access import scope
from vft.report.formats import FORMATS
from vft.web import book
from vft.web.frame import whole_or_part
from vft.web.misread import misread
from vft.web.rooms.scaling import comparison, development
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


def page(request: HttpRequest) -> HttpResponse:
    """The room's page, or only its results where a filter was changed."""
    shown, choice = _asked(request)
    series = development.measures(shown, choice)
    context = {
        "choice": choice,
        "formats": FORMATS.values(),
        "publication": shown.book,
        "misread": misread(request.GET.dict(), choice.fields),
        **development.context(choice, series),
        **comparison.context(shown, choice, series[choice.measure.code]),
    }
    return whole_or_part(
        request, whole="web/scaling.html", part="web/scaling_results.html", context=context
    )


def _asked(request: HttpRequest) -> tuple[Shown, Choice]:
    scope.require(request.user, scope.FIGURES)
    shown = Shown(book.current(), scope.visible_units(request.user))
    return shown, Choice.read(request.GET, shown)
