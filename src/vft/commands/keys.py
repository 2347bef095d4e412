"""``vft keys``: change the keys without losing what they lock."""

from enum import StrEnum

import typer

app = typer.Typer(help="Bytte av nøkler.", no_args_is_help=True)


class Which(StrEnum):
    """The three keys of an installation."""

    VAULT = "vault"
    PSEUDONYM = "pseudonym"
    IDENTITIES = "identities"


@app.callback()
def _about() -> None:
    """Keep ``rotate`` a command of its own, also while it is the only one."""


@app.command()
def rotate(which: Which) -> None:
    """Bytt én nøkkel. Avbrutt midtveis er ingenting tapt: kjør kommandoen igjen."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.pipeline import rotation

    console().print(rotation.rotate(home, which=which.value))
