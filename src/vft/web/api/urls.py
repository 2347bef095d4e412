"""The addresses of the API. All of them answer strangers, by saying that they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from vft.web.api import figures, lists, problem, publications
from vft.web.api.interface import api

View = Callable[..., HttpResponse]


def unknown(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """An address that leads nowhere."""
    return problem.answer(404, _("Adressen finnes ikke. Se openapi.json."))


def _answering(view: View) -> View:
    """The view, for strangers too: each operation asks for a key itself. Errors are problems."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *told: Any, **named: Any) -> HttpResponse:
        try:
            answer = view(request, *told, **named)
        except Http404:
            return unknown(request, "")
        if answer.status_code == 405:  # noqa: PLR2004 - the method is not allowed
            return problem.answer(405, headers={"Allow": answer["Allow"]})
        return answer

    return answered


def _opened(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _answering(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("v1/", include((_opened(_patterns), _app), namespace=_namespace)),
    path("<path:rest>", _answering(unknown)),
]

__all__ = ["figures", "lists", "publications", "urlpatterns"]
