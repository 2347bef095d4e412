"""The room's page."""

from django.http import HttpRequest, HttpResponse

from vft.access import scope, thresholds
from vft.report.formats import FORMATS
from vft.web import book, sentences
from vft.web.frame import whole_or_part
from vft.web.misread import misread
from vft.web.rooms.scaling import comparison, development, mix
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


def page(request: HttpRequest) -> HttpResponse:
    """The room's page, or only its results where a filter was changed."""
    shown, choice = _asked(request)
    series = development.measures(shown, choice)
    chosen = choice.within(series[choice.measure.code])
    context = {
        "choice": choice,
        "formats": FORMATS.values(),
        "publication": shown.book,
        "misread": misread(choice.meant(request.GET.dict()), choice.fields),
        **development.context(shown, choice, series),
        **comparison.context(shown, choice, chosen),
        **mix.context(shown, choice, sentences.newest(chosen)),
    }
    return whole_or_part(
        request, whole="web/scaling.html", part="web/scaling_room.html", context=context
    )


def _asked(request: HttpRequest) -> tuple[Shown, Choice]:
    scope.require(request.user, scope.FIGURES)
    shown = Shown(
        book.current(), scope.visible_units(request.user), threshold=thresholds.small_cells()
    )
    return shown, Choice.read(request.GET, shown)
