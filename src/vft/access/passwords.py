"""Which passwords are good enough, and the first one that someone new is given."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from vft.access.models import User

#: Django's own sentences are not all translated.
_TOO_WEAK = {
    "password_too_short": "Passordet er for kort: det må ha minst 12 tegn.",
    "password_too_similar": "Passordet ligner for mye på brukernavnet.",
    "password_too_common": "Passordet er for vanlig.",
}
#: No letters or digits that are mistaken for each other.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def complaints(password: str, *, user: User) -> list[str]:
    """What is wrong with a password for someone; nothing where it is good enough."""
    try:
        validate_password(password, user=user)
    except ValidationError as error:
        return [_TOO_WEAK.get(e.code or "", e.messages[0]) for e in error.error_list]
    return []


def first() -> str:
    """A password to hand over, of 79 random bits: she chooses her own as she logs in."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
