"""The room's page and its file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vft.access import scope
from vft.web import book
from vft.web.frame import whole_or_part
from vft.web.misread import misread
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
        "misread": misread(request.GET.dict(), choice.fields),
        **development.context(choice, series),
        **comparison.context(shown, choice, series[choice.measure.code]),
    }
    return whole_or_part(
        request, whole="web/scaling.html", part="web/scaling_results.html", context=context
    )


def download(request: HttpRequest) -> HttpResponse:
    """The same figures as a file. It has no room to say what was not understood: then none."""
    shown, choice = _asked(request)
    if wrong := misread(request.GET.dict(), choice.fields):
        says = _("Filen er ikke laget. %(first)s") % {"first": wrong[0].not_found}
        return render(request, "web/cannot.html", {"says": says}, status=404)
    answer = HttpResponse(file.content(shown, choice), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file.name(choice)}"'
    return answer


def _asked(request: HttpRequest) -> tuple[Shown, Choice]:
    scope.require(request.user, scope.FIGURES)
    shown = Shown(book.current(), scope.visible_units(request.user))
    return shown, Choice.read(request.GET, shown)
