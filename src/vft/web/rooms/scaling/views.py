"""The room's page and its file."""

from django.http import HttpRequest, HttpResponse

from vft.access import scope
from vft.web import book
from vft.web.frame import whole_or_part
from vft.web.rooms.scaling import comparison, development, file
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


def page(request: HttpRequest) -> HttpResponse:
    """The room's page, or only its results where a filter was changed."""
    shown, choice = _asked(request)
    series = development.measures(shown, choice)
    context = {
        "choice": choice,
        "publication": shown.book,
        "query": request.GET.urlencode(),
        **development.context(choice, series),
        **comparison.context(shown, choice, series[choice.measure]),
    }
    return whole_or_part(
        request, whole="web/scaling.html", part="web/scaling_results.html", context=context
    )


def download(request: HttpRequest) -> HttpResponse:
    """The same figures as a file."""
    shown, choice = _asked(request)
    answer = HttpResponse(file.content(shown, choice), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file.name(choice)}"'
    return answer


def _asked(request: HttpRequest) -> tuple[Shown, Choice]:
    scope.require(request.user, scope.FIGURES)
    shown = Shown(book.current(), scope.visible_units(request.user))
    return shown, Choice.read(request.GET, shown)
