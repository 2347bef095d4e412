"""Logging in with a name and a password: how often one may fail, and what one is told."""

from time import time
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from vft.access import limits
from vft.errors import AccessDenied

#: Where a session keeps when it began, in seconds since 1970.
BEGAN = "vft_began"
#: So many seconds after logging in nobody is asked for the password again.
FRESH = 600
_SAYS = {
    "username_password_mismatch": (
        "Brukernavn og passord passer ikke sammen. Se etter skrivefeil og prøv igjen."
    ),
    "incorrect_password": "Passordet stemmer ikke. Se etter skrivefeil og prøv igjen.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    """What allauth asks of us about accounts. Nobody makes her own, and no mail is sent."""

    error_messages = DefaultAccountAdapter.error_messages | _SAYS

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never: an administrator makes users."""
        return False

    def send_mail(self, template_prefix: str, *_to: Any, **_more: Any) -> None:
        """Never: no mail server is assumed.

        Raises:
            RuntimeError: something was opened that must stay closed.
        """
        raise RuntimeError(f"no mail is sent: {template_prefix}")

    def add_message(self, *_told: Any, **_more: Any) -> None:
        """Nothing: the pages themselves say what has happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of someone who has just logged in."""
        began = context.request.session.get(BEGAN, 0)
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and time() - began >= FRESH

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before it is tried, so that many at once are counted too.

        Raises:
            ValidationError: there have been too many; it says when to try again.
        """
        require_within_limits(
            username=str(credentials.get("username", "")), address=self.get_client_ip(request)
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The user, if name and password are hers. What succeeds counts as no failure."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            limits.lift(limits.FAILURES_OF_USER, str(credentials.get("username", "")))
            limits.give_back(limits.FAILURES_FROM_ADDRESS, self.get_client_ip(request))
        return user

    def respond_user_inactive(self, *_who: Any) -> NoReturn:
        """Tell someone whose account is closed, who has shown that it is hers.

        Raises:
            AccessDenied: always; the page of it says what to do.
        """
        raise AccessDenied("Brukeren din er stengt. Be administratoren åpne den.")


def require_within_limits(*, username: str, address: str) -> None:
    """Count an attempt at one's name, and at all names from one address.

    Raises:
        ValidationError: there have been too many; it says when to try again.
    """
    now = timezone.now()
    closed = [
        limits.spend(limits.FAILURES_OF_USER, username, now=now),
        limits.spend(limits.FAILURES_FROM_ADDRESS, address, now=now),
    ]
    if until := max((time for time in closed if time), default=None):
        local = until.astimezone(ZoneInfo("Europe/Oslo"))
        raise ValidationError(
            f"For mange mislykkede forsøk. Prøv igjen kl. {local:%H.%M}, eller be administratoren "
            "oppheve sperren.",
            code="too_many_login_attempts",
        )
