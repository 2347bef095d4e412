"""``vft person``: erasure of one person, and how long things are kept."""

import sys
from typing import Annotated

import typer

app = typer.Typer(help="Sletting av en person, og lagringstid.", no_args_is_help=True)


@app.command()
def erase() -> None:
    """Slett én person fra hvelv, lake, lakens historikk og identiteter. Spør om fødselsnummeret."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.pipeline import persons

    # asked for, never an argument: the shell keeps arguments in its history
    identity = typer.prompt("Fødselsnummer", hide_input=sys.stdin.isatty())
    typer.confirm("Slettingen kan ikke angres. Fortsette?", abort=True)
    console().print(persons.erase(home, identity=identity.strip()).sentence())


@app.command()
def retention(
    days: Annotated[
        int, typer.Option(help="Behold mottatte filer og karantene så mange dager.")
    ] = 365,
    history_days: Annotated[
        int, typer.Option(help="Behold lakens historikk så mange dager.")
    ] = 365,
) -> None:
    """Slett mottatte filer, karantene og historikk som er eldre enn lagringstiden."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.pipeline import persons

    kept = persons.retain(home, days=days, history_days=history_days)
    console().print(kept.sentence())
