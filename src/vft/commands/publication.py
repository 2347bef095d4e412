"""``vft publication``: what has been published, and what changed."""

from typing import Annotated

import typer

from vft.commands.bokmal import App

app = App(help="Publiseringer: hva som er publisert, og hva som ble rettet.")


@app.command("list")
def list_publications() -> None:
    """List publiseringene, den nyeste sist."""
    from vft.commands.terminal import moment, show_table
    from vft.pipeline.home import Home
    from vft.publication import shelf

    show_table(
        "Publiseringer",
        ("Nr.", "Tidspunkt", "Datalagerets tilstand", "Tall", "Rettelser"),
        (
            (p.number, moment(p.created_at), p.manifest, p.figures, p.corrections)
            for p in shelf.listed(Home.here().publications)
        ),
    )


@app.command()
def show(
    number: Annotated[
        int | None, typer.Argument(metavar="NR", help="Den nyeste om ikke oppgitt.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="Måned, for eksempel 2024-11.")] = None,
) -> None:
    """Vis samtidige brukere per tjeneste og enhet i en måned, og rettelsene."""
    from vft.commands.publication_report import show_publication
    from vft.pipeline.home import Home

    show_publication(Home.here(), number=number, month=month)
