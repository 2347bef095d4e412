"""``vft keys``: change the keys without losing what they lock."""

from enum import StrEnum
from typing import Annotated

import typer

from vft.commands.bokmal import App

app = App(help="Bytte av nøkler.")


class Which(StrEnum):
    """The three keys of an installation."""

    VAULT = "vault"
    PSEUDONYM = "pseudonym"
    IDENTITIES = "identities"


_WHICH = (
    "Nøkkelen som skal byttes: vault (filene som er tatt imot), pseudonym (personene i "
    "datalageret) eller identities (hvem personene er)."
)


@app.callback()
def _about() -> None:
    """Keep ``rotate`` a command of its own, also while it is the only one."""


@app.command()
def rotate(
    which: Annotated[Which, typer.Argument(metavar="NØKKEL", help=_WHICH)],
) -> None:
    """Bytt én nøkkel. Avbrutt midtveis er ingenting tapt: kjør kommandoen igjen."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.pipeline import rotation

    console().print(rotation.rotate(home, which=which.value))
