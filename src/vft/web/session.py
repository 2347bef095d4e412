"""How long one stays logged in, and what must be done first.

Ended sessions and unfinished accounts open nothing: both are judged before any page is.
"""

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from vft.access import second_factor
from vft.access.login import BEGAN
from vft.access.models import User

_SEEN, ENDED = "vft_seen", "vft_ended"
#: Seconds between two notes that someone is there: reading must not cost a write each time.
_NOTED_EVERY = 60
#: What can be opened before the account is in order.
_ALWAYS_OPEN = frozenset({"logout", "login", "accessibility"})
_SETTING_UP = frozenset({"mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate"})


class LimitsMiddleware:
    """Ends a session that has rested too long, or lasted too long, whatever it has been used for.

    A part of a page that a script asks for is not swapped for the login page: the whole page is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that it is used; then pass the request on."""
        if request.user.is_authenticated:
            _judge(request, now=time())
        answer = self.get_response(request)
        to_login = answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if to_login and getattr(request, "htmx", False):
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return answer


def _judge(request: HttpRequest, *, now: float) -> None:
    session = request.session
    began, seen = session.setdefault(BEGAN, now), session.setdefault(_SEEN, now)
    if now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.VFT_IDLE_SECONDS:
        logout(request)
        request.session[ENDED] = True
    elif now - seen >= _NOTED_EVERY:
        session[_SEEN] = now


class FirstThingsMiddleware:
    """Leads whoever has a password that others know, or lacks a second factor, to mend that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Give the way to what must be done first, for all addresses but those of doing it."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or match is None or match.url_name in _ALWAYS_OPEN:
            return None
        if user.password_is_first:
            return None if match.url_name == "password" else redirect("password")
        if match.url_name not in _SETTING_UP and second_factor.is_missing(user):
            return redirect("mfa_activate_totp")
        return None
