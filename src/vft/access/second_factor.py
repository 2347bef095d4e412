"""Codes from an app on the telephone, beside the password: who must have them."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from vft.access import audit, crypt, scope
from vft.access.models import User
from vft.access.writes import writing

_SAYS = {
    "incorrect_code": (
        "Koden stemmer ikke, eller den er brukt. Vent til appen viser en ny kode, og prøv igjen."
    ),
    "cannot_generate_recovery_codes": (
        "Du har ikke slått på totrinnsinnlogging, og trenger ingen reservekoder."
    ),
    "cannot_delete_authenticator": (
        "Rollen din krever totrinnsinnlogging. Den kan ikke slås av. Har du ny telefon, be "
        "administratoren nullstille den."
    ),
}
#: What of an authenticator is secret.
_SECRETS = frozenset({"secret", "seed"})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth publishes no types
    """What allauth asks of us about second factors. Their secrets are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | _SAYS

    def get_totp_issuer(self) -> str:
        """What the app on the telephone calls us."""
        return f"VFT {settings.VFT_ORGANISATION}"

    def encrypt(self, text: str) -> str:
        """With the keys that lie apart from the database."""
        return crypt.encrypt(text).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The opposite."""
        return crypt.decrypt(encrypted_text.encode("ascii"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where her role demands one."""
        return not is_required(authenticator.user)


def is_required(user: User) -> bool:
    """Whether one of her roles demands a second factor."""
    return any(role in settings.VFT_REQUIRE_MFA for role, _ in scope.roles_of(user))


def is_set_up(user: User) -> bool:
    """Whether she has one."""
    found: bool = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return found


def logs_in_elsewhere(user: User) -> bool:
    """Whether the municipality's own login knows her, and she has no password here.

    That login then answers for the second factor.
    """
    return not user.has_usable_password() and SocialAccount.objects.filter(user=user).exists()


def is_missing(user: User) -> bool:
    """Whether she must set one up before anything is opened."""
    return is_required(user) and not is_set_up(user) and not logs_in_elsewhere(user)


def remove(*, user: User, by: User) -> bool:
    """Take her second factor away, when the telephone is lost; whether she had one.

    Her sessions end; where her role demands one she sets up another as she logs in.

    Raises:
        AccessDenied: only an administrator does this.
    """
    scope.require(by, scope.ADMINISTER)
    with writing():
        gone, _ = Authenticator.objects.filter(user=user).delete()
        if gone:
            user.session_round += 1
            user.save(update_fields=["session_round"])
            audit.changed(user, what="totrinnsinnlogging", before="satt opp", after="nullstilt")
    return bool(gone)


def renew() -> int:
    """Encrypt every secret with the newest key; gives how many people have one."""
    rows = list(Authenticator.objects.all())
    for row in rows:
        row.data = _renewed(row.data)
    Authenticator.objects.bulk_update(rows, ["data"])
    return len(rows)


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    adapter = SecondFactorAdapter()
    secret = {name: adapter.encrypt(adapter.decrypt(data[name])) for name in _SECRETS & data.keys()}
    return data | secret
