"""What a reader is told instead of a page: refused, not found, broken, nothing published yet."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vft.access import scope
from vft.errors import AccessDenied, NothingPublished, VftError


class RefusalsMiddleware:
    """Turns the errors that a person can act on into pages that say how."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Give the page of an error of ours; leave faults in the program to Django."""
        if isinstance(error, AccessDenied):
            return denied(request, error)
        if isinstance(error, NothingPublished):
            return render(request, "web/nothing_published.html")
        if isinstance(error, VftError):
            return render(request, "web/cannot.html", {"says": str(error)}, status=409)
        return None


def denied(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """The page for someone whose roles do not open this."""
    says = str(error) if isinstance(error, AccessDenied) else ""
    user = getattr(request, "user", None)
    without_role = user is not None and user.is_authenticated and not scope.roles_of(user)
    context = {"says": says, "without_role": without_role}
    return render(request, "web/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for an address that leads nowhere."""
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The page for a fault in the program. Uses no data, which may be what is broken."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
