"""Who may do what, and in which units: the one gate. Everything not opened here is closed.

Screens, files, the API, background jobs and the way down to rows all ask here, with a user or with
what :func:`vft.access.tokens.reader` gives for a token. Ask :func:`may`, never ``user.has_perm``:
that says yes to a superuser, and being able to administer a database is no professional need to
see a person.

============= ===== =========== ============= ========== ========== =============
act           leder koordinator saksbehandler controller analytiker administrator
============= ===== =========== ============= ========== ========== =============
FIGURES       x     x           x             x          x          x
DELIVERIES    x     x           x             x          x          x
UPLOAD        .     .           .             .          x          x
MAPPINGS      .     .           .             .          x          x
TOKENS        x     x           x             x          x          .
ANNOTATE      .     unit        .             .          unit       unit
DISCREPANCIES .     unit        .             unit       .          .
ROWS          .     unit        named unit    .          unit       .
PERSONS       .     unit        named unit    .          .          .
ADMINISTER    .     .           .             .          .          x
ACCESS_LOG    .     .           .             .          .          x
============= ===== =========== ============= ========== ========== =============

``unit``: in the units where the role is held, the whole municipality where it is held for the
whole. ``named unit``: never by a role for the whole municipality. Figures are for every role; whose
small counts are shown as they are, :func:`visible_units` says, and an administrator's are not.
DISCREPANCIES opens equipment and money; the names beside them take PERSONS too. ROWS opens the
rows behind a figure by pseudonym, with a purpose; names take PERSONS.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import rules

from vft.access.models import Role, User
from vft.errors import AccessDenied

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

FIGURES = "figures.see"
DELIVERIES = "deliveries.see"
UPLOAD = "deliveries.upload"
MAPPINGS = "mappings.see"
TOKENS = "tokens.make"
ANNOTATE = "annotations.write"
DISCREPANCIES = "discrepancies.see"
ROWS = "rows.see"
PERSONS = "persons.see"
ADMINISTER = "users.administer"
ACCESS_LOG = "access-log.see"

_EVERYONE = frozenset(Role)
_SEES_REAL_FIGURES = _EVERYONE - {Role.ADMINISTRATOR}
#: What these roles open with ``named unit`` they open nowhere when held for the whole.
NEEDS_NAMED_UNIT = frozenset({Role.CASE_WORKER})


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """The roles that open an act, and whether only in the units where they are held."""

    by: frozenset[Role]
    in_unit: bool = False


_ACTS: Mapping[str, _Opened] = MappingProxyType(
    {
        FIGURES: _Opened(by=_EVERYONE),
        DELIVERIES: _Opened(by=_EVERYONE),
        UPLOAD: _Opened(by=frozenset({Role.ANALYST, Role.ADMINISTRATOR})),
        MAPPINGS: _Opened(by=frozenset({Role.ANALYST, Role.ADMINISTRATOR})),
        TOKENS: _Opened(by=_SEES_REAL_FIGURES),
        ANNOTATE: _Opened(
            by=frozenset({Role.COORDINATOR, Role.ANALYST, Role.ADMINISTRATOR}), in_unit=True
        ),
        DISCREPANCIES: _Opened(by=frozenset({Role.COORDINATOR, Role.CONTROLLER}), in_unit=True),
        ROWS: _Opened(
            by=frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.ANALYST}), in_unit=True
        ),
        PERSONS: _Opened(by=frozenset({Role.COORDINATOR, Role.CASE_WORKER}), in_unit=True),
        ADMINISTER: _Opened(by=frozenset({Role.ADMINISTRATOR})),
        ACCESS_LOG: _Opened(by=frozenset({Role.ADMINISTRATOR})),
    }
)


ALL = tuple(_ACTS)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The units that a user's roles cover. ``whole``: all of the municipality."""

    whole: bool
    units: frozenset[str]

    def covers(self, lineage: Iterable[str]) -> bool:
        """Whether a unit is covered. ``lineage``: its own code and those of all above it."""
        return self.whole or not self.units.isdisjoint(lineage)

    @property
    def is_empty(self) -> bool:
        """Whether it covers no unit at all."""
        return not self.whole and not self.units

    def within(self, units: frozenset[str] | None) -> "Scope":
        """No more than these units; None: as it is. A unit that is not held is not gained."""
        if units is None:
            return self
        return Scope(whole=False, units=units if self.whole else self.units & units)


#: No unit at all: of who may not, and of what is for everyone.
NOWHERE = Scope(whole=False, units=frozenset())


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Someone who asks: a user, by herself or through a token that opens less than she may.

    ``acts`` and ``units``: all that the token opens of what is hers; None where she is herself.
    ``token``: which one, for limits and logs.
    """

    user: "User | AnonymousUser"
    acts: frozenset[str] | None = None
    units: frozenset[str] | None = None
    token: int | None = None


class Reach(StrEnum):
    """How far a role opens an act."""

    NOWHERE = "."
    EVERYWHERE = "x"
    OWN_UNITS = "unit"
    NAMED_UNITS = "named unit"


def reach(role: Role, act: str) -> Reach:
    """What the table above says of a role and an act."""
    opened = _ACTS[act]
    if role not in opened.by:
        return Reach.NOWHERE
    if not opened.in_unit:
        return Reach.EVERYWHERE
    return Reach.NAMED_UNITS if role in NEEDS_NAMED_UNIT else Reach.OWN_UNITS


def as_reader(who: "User | AnonymousUser | Reader") -> Reader:
    """The reader that every question here is about. Who is a reader already stays the same."""
    return who if isinstance(who, Reader) else Reader(user=who)


def roles_of(who: "User | AnonymousUser | Reader") -> tuple[tuple[str, str], ...]:
    """The user's (role, unit) pairs; none for who is not logged in or not active."""
    user = as_reader(who).user
    if not isinstance(user, User) or not user.is_active:
        return ()
    # One query a request: the request's user object carries the answer.
    held: tuple[tuple[str, str], ...] | None = getattr(user, "_vft_roles", None)
    if held is None:
        held = tuple(user.roles.order_by("id").values_list("role", "unit"))
        user._vft_roles = held  # type: ignore[attr-defined] # noqa: SLF001 - our own note on it
    return held


def visible_units(
    who: "User | AnonymousUser | Reader", *, roles: Iterable[str] = _SEES_REAL_FIGURES
) -> Scope:
    """The units in which the reader has one of ``roles``.

    Unless told: any role that is there to see figures, so the units whose small counts she sees
    as they are.
    """
    wanted = frozenset(roles)
    return _covered(who, [(role, unit) for role, unit in roles_of(who) if role in wanted])


def units_for(who: "User | AnonymousUser | Reader", act: str) -> Scope:
    """The units in which the reader may do the act. Empty for an act that there is not."""
    opened = _ACTS.get(act)
    acts = as_reader(who).acts
    if opened is None or (acts is not None and act not in acts):
        return NOWHERE
    held = [(role, unit) for role, unit in roles_of(who) if role in opened.by]
    if opened.in_unit:
        held = [(role, unit) for role, unit in held if unit or role not in NEEDS_NAMED_UNIT]
    return _covered(who, held)


def _covered(who: "User | AnonymousUser | Reader", held: Iterable[tuple[str, str]]) -> Scope:
    units = frozenset(unit for _, unit in held)
    own = Scope(whole="" in units, units=units - {""})
    return own.within(as_reader(who).units)


def _predicate(act: str) -> Any:
    @rules.predicate  # type: ignore[untyped-decorator] # rules publishes no types
    def opens(who: Any, lineage: Iterable[str] | None) -> bool:
        covered = units_for(who, act)
        if not _ACTS[act].in_unit:
            return not covered.is_empty
        # Without a unit to judge the answer is no.
        return lineage is not None and covered.covers(lineage)

    return opens


def register() -> None:
    """Give each act its predicate. Called once, when Django is ready."""
    for act in _ACTS:
        rules.set_perm(act, _predicate(act))


def may(
    who: "User | AnonymousUser | Reader", act: str, lineage: Iterable[str] | None = None
) -> bool:
    """Whether the reader may do the act, in the unit where the act has one."""
    return bool(rules.has_perm(act, who, lineage))


def require(
    who: "User | AnonymousUser | Reader", act: str, lineage: Iterable[str] | None = None
) -> None:
    """Stop unless the reader may.

    Raises:
        AccessDenied: she may not.
    """
    if not may(who, act, lineage):
        raise AccessDenied("Du har ikke en rolle som gir tilgang til dette.")


def may_somewhere(who: "User | AnonymousUser | Reader", act: str) -> bool:
    """Whether there is any unit in which the reader may do the act: whether to show the way in."""
    return not units_for(who, act).is_empty


def require_somewhere(who: "User | AnonymousUser | Reader", act: str) -> Scope:
    """The units in which the reader may do the act; stop where there is none.

    Raises:
        AccessDenied: she may do it nowhere.
    """
    found = units_for(who, act)
    if found.is_empty:
        raise AccessDenied("Du har ikke en rolle som gir tilgang til dette.")
    return found


def require_whole(who: "User | AnonymousUser | Reader", act: str) -> None:
    """Stop unless the reader may do the act in the whole municipality.

    Raises:
        AccessDenied: she may not.
    """
    if not units_for(who, act).whole:
        raise AccessDenied("Dette gjelder hele kommunen, og rollen din gjelder en del av den.")


def role_used(
    who: "User | AnonymousUser | Reader", lineage: Iterable[str], *, act: str = PERSONS
) -> str:
    """The role by which the reader does the act in a unit, for the log.

    Raises:
        AccessDenied: none of her roles opens it.
    """
    above = tuple(lineage)
    require(who, act, above)
    for role, unit in roles_of(who):
        named = unit or role not in NEEDS_NAMED_UNIT
        if role in _ACTS[act].by and named and (unit == "" or unit in above):
            return role
    raise AccessDenied("Du har ikke en rolle som gir tilgang til personer i denne enheten.")
