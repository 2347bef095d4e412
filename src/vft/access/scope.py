"""Which units and acts a user's roles open. Everything not opened here is closed.

Ask :func:`may`, never ``user.has_perm``: that says yes to a superuser, and being able to
administer a database is no professional need to see a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules

from vft.access.models import Role, User
from vft.errors import AccessDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

FIGURES = "figures.see"
DELIVERIES = "deliveries.see"
UPLOAD = "deliveries.upload"
PERSONS = "persons.see"

_MAY_UPLOAD = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
_MAY_SEE_PERSONS = frozenset({Role.COORDINATOR})


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The units that a user's roles cover. ``whole``: all of the municipality."""

    whole: bool
    units: frozenset[str]

    def covers(self, lineage: Iterable[str]) -> bool:
        """Whether a unit is covered. ``lineage``: its own code and those of all above it."""
        return self.whole or not self.units.isdisjoint(lineage)


def roles_of(user: "User | AnonymousUser") -> tuple[tuple[str, str], ...]:
    """The user's (role, unit) pairs; none for who is not logged in or not active."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    # One query a request: the request's user object carries the answer.
    held: tuple[tuple[str, str], ...] | None = getattr(user, "_vft_roles", None)
    if held is None:
        held = tuple(user.roles.order_by("id").values_list("role", "unit"))
        user._vft_roles = held  # type: ignore[attr-defined] # noqa: SLF001 - our own note on it
    return held


def visible_units(
    user: "User | AnonymousUser", *, roles: Iterable[str] = tuple(Role.values)
) -> Scope:
    """The units in which the user has one of ``roles`` (any role unless told)."""
    wanted = set(roles)
    units = frozenset(unit for role, unit in roles_of(user) if role in wanted)
    return Scope(whole="" in units, units=units - {""})


@rules.predicate  # type: ignore[untyped-decorator] # rules publishes no types
def has_role(user: Any) -> bool:
    """Has any role at all."""
    return bool(roles_of(user))


@rules.predicate  # type: ignore[untyped-decorator] # rules publishes no types
def may_upload(user: Any) -> bool:
    """Handles the municipality's data."""
    return any(role in _MAY_UPLOAD for role, _ in roles_of(user))


@rules.predicate  # type: ignore[untyped-decorator] # rules publishes no types
def follows_up(user: Any, lineage: Iterable[str] | None) -> bool:
    """Follows up recipients in the unit. Without a unit to judge the answer is no."""
    return lineage is not None and visible_units(user, roles=_MAY_SEE_PERSONS).covers(lineage)


def register() -> None:
    """Give each act its predicate. Called once, when Django is ready."""
    acts = {FIGURES: has_role, DELIVERIES: has_role, UPLOAD: may_upload, PERSONS: follows_up}
    for act, predicate in acts.items():
        rules.set_perm(act, predicate)


def may(user: "User | AnonymousUser", act: str, lineage: Iterable[str] | None = None) -> bool:
    """Whether the user may do the act, in the unit where the act has one."""
    return bool(rules.has_perm(act, user, lineage))


def require(user: "User | AnonymousUser", act: str, lineage: Iterable[str] | None = None) -> None:
    """Stop unless the user may.

    Raises:
        AccessDenied: she may not.
    """
    if not may(user, act, lineage):
        raise AccessDenied("Du har ikke en rolle som gir tilgang til dette.")


def role_used(user: "User | AnonymousUser", lineage: Iterable[str]) -> str:
    """The role by which the user sees persons of a unit, for the log.

    Raises:
        AccessDenied: none of her roles opens it.
    """
    above = set(lineage)
    for role, unit in roles_of(user):
        if role in _MAY_SEE_PERSONS and (unit == "" or unit in above):
            return role
    raise AccessDenied("Du har ikke en rolle som gir tilgang til personer i denne enheten.")
