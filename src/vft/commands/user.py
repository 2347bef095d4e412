"""``vft user``: who may log in, and what their roles open."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App
from vft.errors import VftError

if TYPE_CHECKING:
    from pathlib import Path

    from vft.access.models import Role, User

app = App(help="Brukere og rollene deres.")

NameArgument = Annotated[str, typer.Argument(metavar="NAVN", help="Brukernavnet.")]
RoleOption = Annotated[
    str,
    typer.Option(
        help="leder, koordinator, saksbehandler, controller, analytiker eller administrator."
    ),
]
UnitOption = Annotated[
    str, typer.Option("--unit", help="Kode for enheten rollen gjelder i, for eksempel en bydel.")
]
WholeOption = Annotated[bool, typer.Option("--whole", help="Rollen gjelder i hele kommunen.")]


@app.command()
def add(
    name: NameArgument,
    role: RoleOption,
    unit: UnitOption = "",
    whole: WholeOption = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Lag en bruker med én rolle. Spør om passordet; det er aldri et argument."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.access import actions
    from vft.access.models import User

    given, place = _role(role), _place(unit, whole=whole)
    _require_named(given, place)
    _require_known(home.publications, place)
    if User.objects.filter(username=name).exists():
        raise VftError(
            f"Brukeren {name} finnes fra før. Ingenting er endret. Gi flere roller med "
            "vft user role, nytt passord med vft user password."
        )
    actions.add_user(username=name, password=_password(name), role=given, unit=place)
    console().print(f"{name} er lagt til som {_said(given.value, place)}.")


@app.command("list")
def list_users() -> None:
    """List brukerne med roller, og når de sist logget inn."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console, moment, show_table

    ready()
    from vft.access.models import User

    users = list(User.objects.order_by("username").prefetch_related("roles"))
    if not users:
        console().print(NO_USERS, soft_wrap=True)
        return
    show_table(
        "Brukere",
        ("Bruker", "Roller", "Status", "Sist innlogget"),
        (
            (u.username, _roles(u), _STATUS[u.is_active], u.last_login and moment(u.last_login))
            for u in users
        ),
    )


@app.command("role")
def change_role(
    name: NameArgument,
    role: RoleOption,
    unit: UnitOption = "",
    whole: WholeOption = False,  # noqa: FBT002 - typer's way to a flag
    take: Annotated[bool, typer.Option("--take", help="Ta rollen bort.")] = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Gi en bruker en rolle til, eller ta den bort."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.access import actions

    user, changed, place = _user(name), _role(role), _place(unit, whole=whole)
    said = _said(changed.value, place)
    if take:
        if not actions.take_role(user=user, role=changed, unit=place):
            raise VftError(f"{name} er ikke {said}. Ingenting er endret. Se vft user list.")
        console().print(f"{name} er ikke lenger {said}.")
        return
    _require_named(changed, place)
    _require_known(home.publications, place)
    actions.give_role(user=user, role=changed, unit=place)
    console().print(f"{name} er {said}.")


@app.command()
def password(name: NameArgument) -> None:
    """Gi en bruker nytt passord. Hun logges ut der hun er logget inn."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    ready()
    from vft.access import actions

    user = _user(name)
    actions.change_password(user=user, password=_password(name))
    console().print(f"{name} har fått nytt passord.")


@app.command()
def close(name: NameArgument) -> None:
    """Steng en bruker. Hun kan ikke logge inn; navnet blir stående i loggene."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    ready()
    from vft.access import actions

    actions.close_user(user=_user(name))
    console().print(f"{name} er stengt og kan ikke logge inn. Åpne igjen med: vft user open {name}")


@app.command("open")
def reopen(name: NameArgument) -> None:
    """Åpne en stengt bruker igjen, med rollene og passordet hun hadde."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    ready()
    from vft.access import actions

    actions.reopen_user(user=_user(name))
    console().print(f"{name} kan logge inn igjen.")


#: What is said where there is nobody to log in as.
NO_USERS = (
    "Ingen kan logge inn ennå. Legg til en bruker med: "
    "vft user add NAVN --role administrator --whole"
)
_STATUS = {True: "åpen", False: "stengt"}


def _user(name: str) -> "User":
    from vft.access.models import User

    found = User.objects.filter(username=name).first()
    if found is None:
        raise VftError(f"Ingen bruker heter {name}. Se hvem som finnes med: vft user list")
    return found


def _role(role: str) -> "Role":
    from vft.access.models import Role

    if role not in Role.values:
        raise VftError(f"«{role}» er ingen rolle. Rollene er {', '.join(Role.values)}.")
    return Role(role)


def _place(unit: str, *, whole: bool) -> str:
    # a forgotten unit must never come to mean all of the municipality
    if whole == bool(unit):
        raise VftError(
            "Si hvor rollen gjelder: --unit KODE for én enhet, eller --whole for hele kommunen. "
            "Ingenting er endret."
        )
    return unit


def _require_named(role: "Role", unit: str) -> None:
    """Refuse a role for the whole municipality that opens something in a named unit only."""
    from vft.access import scope

    if not unit and role in scope.NEEDS_NAMED_UNIT:
        raise VftError(
            f"Rollen {role.value} må gjelde en enhet: bruk --unit KODE. Ingenting er endret."
        )


def _require_known(publications: "Path", unit: str) -> None:
    """Refuse a unit that the newest publication does not know; before the first, any will do."""
    from vft.publication import shelf
    from vft.publication.read import Publication

    newest = shelf.newest(publications)
    if not unit or newest is None:
        return
    found = Publication.open(newest)
    levels = [g.code for g in found.groupings() if g.kind == "level"]
    known = {u.code: u.name for level in levels for u in found.units(level, "now")}
    found.close()
    if unit not in known:
        some = ", ".join(f"{code} {name}" for code, name in list(known.items())[:_SHOWN])
        raise VftError(
            f"Ingen enhet har koden «{unit}». Ingenting er endret. Enheter som finnes: {some}"
            f"{' …' if len(known) > _SHOWN else '.'}"
        )


#: Units named in a message; all districts of the largest municipality.
_SHOWN = 18


def _password(name: str) -> str:
    """Ask twice without echo, or read a line of what is piped in.

    Raises:
        VftError: the password is too weak, and why.
    """
    from vft.access import passwords
    from vft.access.models import User

    if sys.stdin.isatty():
        given: str = typer.prompt("Passord", hide_input=True)
        if typer.prompt("Gjenta passordet", hide_input=True) != given:
            raise VftError("De to passordene er ikke like. Ingenting er endret. Prøv igjen.")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if why := passwords.complaints(given, user=User(username=name)):
        raise VftError(f"{' '.join(why)} Ingenting er endret.")
    return given


def _roles(user: "User") -> str:
    held = user.roles.all()
    return ", ".join(_said(r.role, r.unit) for r in held) or "ingen"


def _said(role: str, unit: str) -> str:
    return f"{role} i {unit or 'hele kommunen'}"
