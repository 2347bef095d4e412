"""The catalogue: every indicator, by family, with the question that it answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vft.access import scope
from vft.web import book
from vft.web.book import Book
from vft.web.rooms.indicators.definition import Definition


def page(request: HttpRequest) -> HttpResponse:
    """The room's page."""
    scope.require(request.user, scope.FIGURES)
    here = book.current()
    context = {"families": _families(here), "publication": here}
    return render(request, "web/indicators.html", context)


def _families(here: Book) -> list[tuple[str, list[tuple[str, Definition]]]]:
    families = dict.fromkeys(i.family for i in here.indicators.values())
    return [
        (
            family,
            [
                (code, Definition.of(here, code))
                for code, i in here.indicators.items()
                if i.family == family
            ],
        )
        for family in families
    ]
