"""What an administrator does with other people's accounts. Each act asks the gate, and is kept."""

from vft.access import actions, audit, limits, passwords, scope
from vft.access.models import Role, RoleAssignment, User
from vft.access.writes import writing
from vft.errors import VftError


def invite(*, username: str, given_name: str, family_name: str, by: User) -> tuple[User, str]:
    """Make a user; gives her and a password to hand over, which she must change as she logs in.

    Raises:
        AccessDenied: only an administrator does this.
        VftError: there is a user of that name.
    """
    scope.require(by, scope.ADMINISTER)
    if User.objects.filter(username__iexact=username).exists():
        raise VftError(f"Det finnes allerede en bruker som heter {username}.")
    password = passwords.first()
    with writing():
        user = actions.create_user(
            username=username, password=password, given_name=given_name, family_name=family_name
        )
        _must_change(user)
    return user, password


def new_password(*, user: User, by: User) -> str:
    """Give a user another password to hand over. Her sessions end, and a lockout is lifted.

    Raises:
        AccessDenied: only an administrator does this.
        VftError: she logs in elsewhere, and has no password here.
    """
    scope.require(by, scope.ADMINISTER)
    if not user.has_usable_password():
        raise VftError("Brukeren logger inn med kommunens innlogging og har ikke passord her.")
    password = passwords.first()
    with writing():
        actions.change_password(user=user, password=password)
        _must_change(user)
        _lift(user)
        audit.changed(user, what="passord", before="", after="nytt å overlevere")
    return password


def _must_change(user: User) -> None:
    user.password_is_first = True
    user.save(update_fields=["password_is_first"])


def close(*, user: User, by: User) -> None:
    """Close a user. Her sessions and keys stop working at once.

    Raises:
        AccessDenied: only an administrator does this.
        VftError: it is oneself, or the last administrator.
    """
    scope.require(by, scope.ADMINISTER)
    _require_someone_left(user, by)
    actions.close_user(user=user)


def reopen(*, user: User, by: User) -> None:
    """Let a closed user in again, with the roles she had.

    Raises:
        AccessDenied: only an administrator does this.
    """
    scope.require(by, scope.ADMINISTER)
    actions.reopen_user(user=user)


def give(*, user: User, role: Role, unit: str, by: User) -> None:
    """Give a role in a unit; empty: the whole municipality.

    Raises:
        AccessDenied: only an administrator does this.
        VftError: the role is one that must name a unit.
    """
    scope.require(by, scope.ADMINISTER)
    if not unit and role in scope.NEEDS_NAMED_UNIT:
        raise VftError(f"Rollen {role.label.lower()} må gjelde en enhet, ikke hele kommunen.")
    actions.give_role(user=user, role=role, unit=unit)


def take(*, assignment: RoleAssignment, by: User) -> None:
    """Take a role away.

    Raises:
        AccessDenied: only an administrator does this.
        VftError: it is one's own, or the last administrator's.
    """
    scope.require(by, scope.ADMINISTER)
    if assignment.role == Role.ADMINISTRATOR:
        _require_someone_left(assignment.user, by)
    actions.take_role(user=assignment.user, role=Role(assignment.role), unit=assignment.unit)


def _require_someone_left(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise VftError(
            "Du kan ikke stenge deg selv ute. Be en annen administrator, eller bruk vft user."
        )
    others = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if not others.exclude(user=user).exists():
        raise VftError("Det må være minst én administrator. Gi rollen til en annen først.")


def lift_lockout(*, user: User, by: User) -> bool:
    """Let a user try to log in again; whether she was kept from it.

    Raises:
        AccessDenied: only an administrator does this.
    """
    scope.require(by, scope.ADMINISTER)
    with writing():
        lifted = _lift(user)
        if lifted:
            audit.changed(user, what="sperre etter mislykkede forsøk", before="ja", after="nei")
    return lifted


def _lift(user: User) -> bool:
    keys = lockout_keys(user)
    return sum(limits.lift(limits.FAILURES_OF_USER, key) for key in keys) > 0


def lockout_keys(user: User) -> list[str]:
    """Under what names a user's failed passwords and failed codes are counted."""
    return [user.get_username(), f"code:{user.pk}"]
