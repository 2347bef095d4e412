"""``vft publication``: what has been published, and what changed."""

from typing import Annotated

import typer

from vft.commands.bokmal import App

app = App(help="Publiseringer: hva som er publisert, og hva som ble rettet.")
_INDICATOR = "concurrent_users"


@app.command("list")
def list_publications() -> None:
    """List publiseringene, den nyeste sist."""
    from vft.commands.terminal import console, moment, show_table
    from vft.pipeline.home import Home
    from vft.publication import shelf

    found = shelf.listed(Home.here().publications)
    if not found:
        console().print("Ingen tall er publisert ennå.")
        return
    show_table(
        "Publiseringer",
        ("Nr.", "Tidspunkt", "Datalagerets tilstand", "Tall", "Rettelser"),
        ((p.number, moment(p.created_at), p.manifest, p.figures, p.corrections) for p in found),
    )


@app.command()
def show(
    number: Annotated[
        int | None, typer.Argument(metavar="NR", help="Den nyeste om ikke oppgitt.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="Måned, for eksempel 2024-11.")] = None,
    indicator: Annotated[
        str, typer.Option(help="Indikator, for eksempel flows; de som finnes, står nederst.")
    ] = _INDICATOR,
    measure: Annotated[
        str | None, typer.Option(help="Hvilket av indikatorens tall; det første om ikke oppgitt.")
    ] = None,
) -> None:
    """Vis en indikator per tjeneste og enhet i en måned, hva den bygger på, og rettelsene."""
    from vft.commands.publication_report import Asked, show_publication
    from vft.pipeline.home import Home

    asked = Asked(indicator=indicator, measure=measure, month=month)
    show_publication(Home.here(), number=number, asked=asked)


@app.command()
def diff(
    earlier: Annotated[int, typer.Argument(metavar="FRA", help="Den eldste publiseringen.")],
    later: Annotated[int, typer.Argument(metavar="TIL", help="Den nyeste publiseringen.")],
    indicator: Annotated[
        str | None, typer.Option(help="Bare denne indikatoren; alle om ikke oppgitt.")
    ] = None,
) -> None:
    """Vis hvilke tall som er ulike i to publiseringer, og hva som er endret i grunnlaget."""
    from vft.commands.publication_report import show_difference
    from vft.pipeline.home import Home

    show_difference(Home.here(), earlier=earlier, later=later, indicator=indicator)
