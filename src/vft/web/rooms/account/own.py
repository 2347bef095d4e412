"""Who is logged in, for pages about oneself."""

from django.http import HttpRequest

from vft.access.models import User
from vft.errors import AccessDenied


def me(request: HttpRequest) -> User:
    """The user who is logged in.

    Raises:
        AccessDenied: nobody is.
    """
    if not isinstance(request.user, User):
        raise AccessDenied("Du er ikke logget inn.")
    return request.user
