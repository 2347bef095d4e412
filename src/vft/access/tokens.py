"""Keys for programs that read on behalf of someone: made and shown once, revoked, and read with.

A key opens no more than its owner may at the moment it is used: a role taken, an account closed, or
a key revoked or expired closes it at once. It never opens persons or rows about them.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from vft.access import scope
from vft.access.models import ApiToken, User
from vft.access.scope import Reader
from vft.access.writes import writing
from vft.errors import AccessDenied

#: What a key can open. Never persons, nor rows about them: those are read by people, on screen.
#: All that there is to ask rests on the first, which every key must open.
ACTS = (scope.FIGURES, scope.DELIVERIES)
LONGEST = timedelta(days=366)
_PREFIX = "vft_"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a key opens, and for how long.

    ``units``: some of those in which the owner has roles; none for all of hers.
    """

    acts: frozenset[str]
    units: frozenset[str]
    expires_at: datetime


def make(*, owner: User, name: str, opens: Opening, now: datetime) -> tuple[ApiToken, str]:
    """Make a key; gives it and its secret, which is not kept and cannot be shown again.

    Raises:
        AccessDenied: the owner may not do this herself, or not for so long, or the key would
            open nothing.
    """
    scope.require(owner, scope.TOKENS)
    _require_own(owner, opens)
    if not now < opens.expires_at <= now + LONGEST:
        raise AccessDenied("En nøkkel kan vare i høyst ett år. Ingen nøkkel er laget.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name,
        owner=owner,
        digest=_digest(secret),
        acts=sorted(opens.acts),
        units=sorted(opens.units),
        expires_at=opens.expires_at,
    )
    with writing():
        token.save()
    return token, secret


def _require_own(owner: User, opens: Opening) -> None:
    """Refuse a key that would open nothing, or more than its owner."""
    held = scope.visible_units(owner)
    if scope.FIGURES not in opens.acts:
        raise AccessDenied(
            "En nøkkel som ikke åpner tall og indikatorer, åpner ingenting. Ingen nøkkel er laget."
        )
    known = opens.acts <= set(ACTS)
    if not known or not all(scope.may_somewhere(owner, act) for act in opens.acts):
        raise AccessDenied("Nøkkelen kan ikke åpne mer enn du selv kan. Ingen nøkkel er laget.")
    if not held.whole and not opens.units <= held.units:
        raise AccessDenied(
            "Nøkkelen kan bare gjelde enheter der du selv har en rolle. Ingen nøkkel er laget."
        )


def revoke(*, token: ApiToken, by: User, now: datetime) -> None:
    """Close a key for good: one's own, or as an administrator anyone's. Closed stays closed.

    Raises:
        AccessDenied: it is someone else's.
    """
    if token.owner_id != by.pk:
        scope.require(by, scope.ADMINISTER)
    if token.revoked_at is None:
        with writing():
            token.revoked_at = now
            token.save(update_fields=["revoked_at"])


def reader(secret: str, *, now: datetime) -> Reader | None:
    """Who reads with this key, and how much it opens; None for a key that opens nothing.

    The owner and her roles are asked for anew each time. Notes the day on which it was used.
    """
    token = ApiToken.objects.select_related("owner").filter(digest=_digest(secret)).first()
    if token is None or not is_open(token, now=now):
        return None
    _note_use(token, now)
    return Reader(
        user=token.owner,
        acts=frozenset(token.acts) & set(ACTS),
        units=frozenset(token.units) or None,
        token=token.pk,
    )


def is_open(token: ApiToken, *, now: datetime) -> bool:
    """Whether the key can be used; what it opens is the owner's, and may be nothing."""
    return token.revoked_at is None and now < token.expires_at and token.owner.is_active


def _note_use(token: ApiToken, now: datetime) -> None:
    """Once a day at the most: reading must not cost a write."""
    if token.last_used_on != now.date():
        with writing():
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())


def _digest(secret: str) -> str:
    # The secret is 256 random bits: nothing is gained by a slow or salted digest.
    return sha256(secret.encode()).hexdigest()
