"""What a page shows, as files: the same address, and the same figures."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vft.access import scope, thresholds
from vft.report.formats import FORMATS
from vft.web import book, cube, shared
from vft.web.cube import Asked
from vft.web.misread import misread
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown

if TYPE_CHECKING:
    from vft.report.dataset import Dataset
    from vft.report.formats import Format


def scaling(request: HttpRequest, ending: str) -> HttpResponse:
    """The figures that the room Skalering shows: every measure, the unit and those beside it.

    A file has no room to say what was not understood of the address: then there is none. With
    ``til=deling`` no unit's small counts are in it.
    """
    scope.require(request.user, scope.FIGURES)
    if ending not in FORMATS:
        raise Http404(ending)
    shown = Shown(
        book.current(), scope.visible_units(request.user), threshold=thresholds.small_cells()
    )
    choice = Choice.read(request.GET, shown)
    if wrong := misread(request.GET.dict(), choice.fields):
        says = _("Filen er ikke laget. %(first)s") % {"first": wrong[0].not_found}
        return render(request, "web/cannot.html", {"says": says}, status=404)
    seen = shared.asked(shown, request.GET)
    return attached(cube.dataset(seen, _asked(choice)), FORMATS[ending])


def attached(dataset: "Dataset", as_: "Format") -> HttpResponse:
    """The figures as a file that a browser saves."""
    answer = HttpResponse(as_.write(dataset), content_type=as_.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{dataset.name}.{as_.ending}"'
    return answer


def _asked(choice: Choice) -> Asked:
    """The chosen unit first, then those it is compared with."""
    units = {(unit.grouping, unit.code): unit for unit in [choice.unit, *choice.compared_units]}
    return Asked(
        indicator=choice.indicator,
        measures=tuple(choice.measures.values()),
        slices=(choice.of,),
        units=tuple(units.values()),
        geographies=(choice.geography,),
        months=tuple(choice.months),
    )
