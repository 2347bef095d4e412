"""Users of the demo, one for each way of looking at the same figures."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from vft.access import actions
from vft.access.models import Role

_WORDS = (
    *("fjord", "lykt", "bjerk", "sti", "bekk", "seter", "nype", "havn", "gran", "lyng", "vidde"),
    *("skjell", "brygge", "tinde", "furu", "rogn", "kveld", "morgen", "elv", "strand", "vinter"),
    *("sommer", "linje", "kart", "penn", "stein", "sol", "rim", "hage", "bru", "vik", "lund"),
)


@dataclass(frozen=True, kw_only=True)
class DemoUser:
    """Whom to log in as. ``unit`` is empty for the whole municipality."""

    username: str
    password: str
    role: str
    unit: str


def create(*, districts: Sequence[tuple[str, str]]) -> list[DemoUser]:
    """Make the demo's users, with new passwords each time, so that none is known beforehand.

    ``districts``: (code, name), the first of which gets a leader and a coordinator.
    """
    city = [
        ("byleder", Role.LEADER, "", "Byleder"),
        ("analytiker", Role.ANALYST, "", "Analytiker"),
        ("administrator", Role.ADMINISTRATOR, "", "Administrator"),
    ]
    local = [
        (f"{role.value}.bydel", role, code, f"{role.label} i {name}")
        for code, name in districts[:1]
        for role in (Role.LEADER, Role.COORDINATOR)
    ]
    return [_create(*user) for user in city + local]


def _create(username: str, role: Role, unit: str, name: str) -> DemoUser:
    password = _password()
    user = actions.create_user(username=username, password=password, given_name=name)
    actions.give_role(user=user, role=role, unit=unit)
    return DemoUser(username=username, password=password, role=role.value, unit=unit)


def _password() -> str:
    words = (secrets.choice(_WORDS) for _ in range(2))
    return "-".join([*words, str(1000 + secrets.randbelow(9000))])
