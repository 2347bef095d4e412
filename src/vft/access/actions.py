"""Users and roles are made, changed and ended here and nowhere else; auditlog follows."""

from vft.access.models import Role, RoleAssignment, User
from vft.access.writes import writing


def create_user(
    *, username: str, password: str, given_name: str = "", family_name: str = ""
) -> User:
    """Make a user, or give an existing one this password and name and make her active."""
    with writing():
        user, _ = User.objects.get_or_create(username=username)
        user.first_name, user.last_name = given_name, family_name
        user.is_active = True
        user.set_password(password)
        user.save()
    return user


def add_user(*, username: str, password: str, role: Role, unit: str) -> User:
    """Make a user with a role in a unit (empty: the whole municipality), both or neither."""
    with writing():
        user = create_user(username=username, password=password)
        give_role(user=user, role=role, unit=unit)
    return user


def change_password(*, user: User, password: str) -> None:
    """Give a user another password. Her open sessions end, for they are signed with the old."""
    with writing():
        user.set_password(password)
        user.save(update_fields=["password"])


def choose_password(*, user: User, password: str) -> None:
    """Give a user the password that she has chosen herself."""
    with writing():
        change_password(user=user, password=password)
        user.password_is_first = False
        user.save(update_fields=["password_is_first"])


def give_role(*, user: User, role: Role, unit: str) -> RoleAssignment:
    """Give a role in a unit (empty: the whole municipality). Given already, nothing changes.

    Her open sessions end, so that she sees the new as she logs in, and nobody else does.
    """
    with writing():
        given, is_new = RoleAssignment.objects.get_or_create(user=user, role=role, unit=unit)
        if is_new:
            _end_sessions(user)
    return given


def take_role(*, user: User, role: Role, unit: str = "") -> bool:
    """Take a role away; whether she had it. Her open sessions end."""
    with writing():
        held = RoleAssignment.objects.filter(user=user, role=role, unit=unit).first()
        if held is not None:
            held.delete()
            _end_sessions(user)
    return held is not None


def _end_sessions(user: User) -> None:
    """Let every session that is open be signed with a round that is over."""
    user.session_round += 1
    user.save(update_fields=["session_round"])


def close_user(*, user: User) -> None:
    """Close a user: she cannot log in, her name stays in the logs."""
    with writing():
        user.is_active = False
        user.save(update_fields=["is_active"])
        _end_sessions(user)


def reopen_user(*, user: User) -> None:
    """Let a closed user log in again, with the roles and the password that she had."""
    with writing():
        user.is_active = True
        user.save(update_fields=["is_active"])
