"""The pages of the room, and which of them are open to whom."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vft.access import scope
from vft.errors import AccessDenied

#: name of the address → what the page is called, and the act that opens it
PAGES: dict[str, tuple[str | Promise, str]] = {
    "users": (_("Brukere"), scope.ADMINISTER),
    "roles": (_("Roller"), scope.ADMINISTER),
    "access-log": (_("Innsynslogg"), scope.ACCESS_LOG),
    "changes": (_("Endringer"), scope.ADMINISTER),
    "small-cells": (_("Små tall"), scope.ADMINISTER),
    "annotations": (_("Merknader"), scope.ANNOTATE),
    "mappings": (_("Tilordninger"), scope.MAPPINGS),
}


@dataclass(frozen=True, kw_only=True)
class Subdoor:
    """A link to a page of the room."""

    title: str
    address: str
    here: bool


def subdoors(request: HttpRequest, here: str) -> list[Subdoor]:
    """The pages that are open to the reader; ``here``: the one she is on."""
    return [
        Subdoor(title=str(title), address=reverse(name), here=name == here)
        for name, (title, act) in PAGES.items()
        if scope.may_somewhere(request.user, act)
    ]


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the first page that is open to the reader."""
    found = subdoors(request, "")
    if not found:
        raise AccessDenied("Du har ikke en rolle som gir tilgang til dette.")
    return redirect(found[0].address)


def shown(
    request: HttpRequest, here: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the room, with the ways to the others."""
    template = f"web/administration_{here.replace('-', '_')}.html"
    told = {"subdoors": subdoors(request, here), **context}
    return render(request, template, told, status=status)
