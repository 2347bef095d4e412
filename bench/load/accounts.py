"""Makes a user of each role in the installation that VFT_HOME names, and prints them.

Run as a program: ``python -m bench.load.accounts``.
"""

import json
import secrets
from dataclasses import asdict

from bench.load.installation import Account
from vft.commands.installation import ready


def main() -> None:
    """Leaders, those of the first two districts beside those of the whole municipality."""
    home = ready()
    from vft.access.models import Role
    from vft.pipeline.run import newest

    first, second = [u.code for u in newest(home).units("district", "now")][:2]
    wanted = [
        (Role.LEADER, ""),
        (Role.ANALYST, ""),
        (Role.CONTROLLER, ""),
        (Role.LEADER, first),
        (Role.COORDINATOR, first),
        (Role.CASE_WORKER, second),
        (Role.ADMINISTRATOR, ""),
    ]
    print(json.dumps([asdict(_made(role, unit)) for role, unit in wanted]))


def _made(role: str, unit: str) -> Account:
    from vft.access import actions

    account = Account(
        username=f"last.{role}.{unit or 'alt'}".lower(),
        password=secrets.token_urlsafe(16),
        role=str(role),
        unit=unit,
    )
    user = actions.create_user(username=account.username, password=account.password)
    actions.give_role(user=user, role=account.role, unit=unit)
    return account


if __name__ == "__main__":
    main()
