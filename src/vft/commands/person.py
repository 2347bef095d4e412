"""``vft person``: erasure of one person, how long things are kept, and who has seen whom."""

import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from vft.commands.bokmal import App

app = App(help="Sletting av en person, lagringstid og innsynslogg.")


@app.command()
def erase() -> None:
    """Slett én person fra hvelv, datalager, historikk og identiteter. Spør om fødselsnummeret."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console, require_agreed

    home = ready()
    from vft.pipeline import persons

    # asked for, never an argument: the shell keeps arguments in its history
    identity = typer.prompt("Fødselsnummer", hide_input=sys.stdin.isatty())
    require_agreed("Slettingen kan ikke angres. Fortsette?")
    console().print(persons.erase(home, identity=identity.strip()).sentence())


@app.command()
def retention(
    days: Annotated[
        int, typer.Option(min=1, help="Behold mottatte filer og karantene så mange dager.")
    ] = 365,
    history_days: Annotated[
        int, typer.Option(min=1, help="Behold datalagerets historikk så mange dager.")
    ] = 365,
    publications: Annotated[
        int,
        typer.Option(
            min=1,
            help="Behold så mange av de nyeste publiseringene; den siste i hver måned står alltid.",
        ),
    ] = 30,
) -> None:
    """Slett filer, karantene, historikk og publiseringer som er eldre enn lagringstiden."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console

    home = ready()
    from vft.pipeline import persons

    kept = persons.retain(home, days=days, history_days=history_days, publications=publications)
    console().print(kept.sentence())


@app.command()
def log(
    days: Annotated[int, typer.Option(min=1, help="Så mange dager tilbake.")] = 30,
    user: Annotated[str | None, typer.Option(help="Bare denne brukeren; «vft» er jobber.")] = None,
) -> None:
    """Vis innsynsloggen. Krever tilgang til maskinen: ingen rolle i nettleseren åpner den."""
    from vft.commands.installation import ready
    from vft.commands.terminal import console, moment, show_table

    ready()
    from vft.access import audit

    found = audit.looked(since=datetime.now(UTC) - timedelta(days=days), user=user)
    if not found:
        console().print(f"Ingen innsyn de siste {days} dagene.")
        return
    show_table(
        f"Innsyn de siste {days} dagene",
        ("Tid", "Bruker", "Rolle", "Formål", "Hva", "Personer"),
        ((moment(r.time), r.user, r.role or None, r.purpose, r.what, r.persons) for r in found),
    )
