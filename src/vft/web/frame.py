"""What surrounds every page: the rooms this user may enter, and who she is logged in as."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from vft.access import scope
from vft.access.models import Role
from vft.web import norwegian

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


@dataclass(frozen=True, kw_only=True)
class Door:
    """A link in the top of the page."""

    title: str
    address: str
    here: bool


def whole_or_part(
    request: HttpRequest, *, whole: str, part: str, context: dict[str, Any]
) -> HttpResponse:
    """The page, or only the part of it that a script asks for to put in its place."""
    asks: HtmxDetails | None = getattr(request, "htmx", None)
    # going back in history asks for the page by script too, and wants it whole
    in_part = asks is not None and bool(asks) and not asks.history_restore_request
    answer = render(request, part if in_part else whole, context)
    patch_vary_headers(answer, ["HX-Request", "HX-History-Restore-Request"])
    return answer


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"doors": [], "reader": ""}
    return {"doors": _doors(request), "reader": _reader(request)}


def _doors(request: HttpRequest) -> list[Door]:
    rooms = [
        ("overview", _("Oversikt"), scope.FIGURES),
        ("scaling", _("Skalering"), scope.FIGURES),
        ("indicators", _("Indikatorer"), scope.FIGURES),
        ("holdings", _("Datagrunnlag"), scope.DELIVERIES),
        ("upload", _("Last opp"), scope.UPLOAD),
        # whoever may do anything there may write annotations
        ("administration", _("Administrasjon"), scope.ANNOTATE),
    ]
    return [
        Door(
            title=title,
            address=reverse(name),
            here=request.path == reverse(name)
            or (name != "overview" and request.path.startswith(reverse(name))),
        )
        for name, title, act in rooms
        if scope.may_somewhere(request.user, act)
    ]


def _reader(request: HttpRequest) -> str:
    user = request.user
    name = user.get_full_name() or user.get_username()  # type: ignore[union-attr] # logged in
    held = dict.fromkeys(str(Role(role).label) for role, _ in scope.roles_of(user))
    roles = ", ".join(norwegian.in_sentence(role) for role in held)
    return f"{name} ({roles})" if roles and not user.get_full_name() else name  # type: ignore[union-attr] # logged in
