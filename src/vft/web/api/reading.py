"""Who asks: a program with a key, or someone who is logged in. And how often she may."""

from datetime import datetime
from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import Throttled
from ninja.security import APIKeyCookie, HttpBearer

from vft.access import limits, scope, thresholds, tokens
from vft.access.models import User
from vft.access.scope import Reader
from vft.errors import AccessDenied
from vft.web import book
from vft.web.shown import Shown

#: What a key opens, in a sentence.
_OPENED: dict[str, Promise] = {
    scope.FIGURES: gettext_lazy("tall og indikatorer"),
    scope.DELIVERIES: gettext_lazy("rettelser"),
}


class Key(HttpBearer):
    """``Authorization: Bearer vft_…``. Made on the page *Min bruker*."""

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:  # noqa: ARG002 - ninja's signature
        """Who reads with the key; None for one that opens nothing."""
        now = timezone.now()
        found = tokens.reader(token, now=now)
        if found is not None:
            _count(f"key:{found.token}", now=now)
        return found


class Session(APIKeyCookie):
    """Whoever is logged in on the screens."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Reader | None:  # noqa: ARG002 - the session is read already
        """The one who is logged in, if any."""
        if not isinstance(request.user, User):
            return None
        _count(f"user:{request.user.pk}", now=timezone.now())
        return Reader(user=request.user)


def count_stranger(request: HttpRequest) -> None:
    """Count a question without a key that opens anything, by where it comes from.

    Raises:
        Throttled: there are too many.
    """
    _count(f"address:{get_adapter(request).get_client_ip(request)}", now=timezone.now())


def _count(who: str, *, now: datetime) -> None:
    until = limits.spend(limits.API, who, now=now)
    if until is not None:
        raise Throttled(wait=ceil((until - now).total_seconds()))


def reader(request: HttpRequest) -> Reader:
    """Who asks. Only for operations, which nobody reaches without."""
    found: Reader = request.auth  # type: ignore[attr-defined] # ninja puts there what Key gives
    return found


def require(request: HttpRequest, act: str) -> Reader:
    """Who asks, if she may do the act. A key that was not made for it is told so.

    Raises:
        AccessDenied: the key or her roles do not open it.
    """
    who = reader(request)
    if who.acts is not None and act not in who.acts:
        told = {"what": _OPENED[act]}
        raise AccessDenied(
            _("Nøkkelen åpner ikke %(what)s. Lag en ny som gjør det på Min bruker.") % told
        )
    scope.require(who, act)
    return who


def shown(request: HttpRequest) -> Shown:
    """The newest publication as the one who asks may see it.

    A key for some of her units shows no more than she sees herself: she can read with both.

    Raises:
        AccessDenied: the key or her roles do not open figures.
        NothingPublished: there is none.
    """
    who = require(request, scope.FIGURES)
    here, threshold = book.current(), thresholds.small_cells()
    visible, herself = scope.visible_units(who), scope.visible_units(who.user)
    own = Shown(here, herself, threshold=threshold)
    return own if visible == herself else Shown(here, visible, threshold=threshold, within=own)
