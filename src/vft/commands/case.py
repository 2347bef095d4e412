"""``vft case``: what a case comes to, before and after technology."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App

if TYPE_CHECKING:
    from vft.benefits.unit_price import UnitPrice

app = App(help="Brukercaser: før og etter, i timer, kilometer og kroner.")

FromLake = Annotated[
    bool,
    typer.Option(
        "--prices-from-lake",
        help="Bruk kommunens egne enhetspriser, de nyeste i datalageret i VFT_HOME.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv som JSON, med alle tall.")]


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Saken, som JSON eller TOML.")],
    from_lake: FromLake = False,  # noqa: FBT002 - typer's way to a flag
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Regn ut en brukercase: spart tid og kjøring, kroner, kostnader og nåverdi."""
    from vft.benefits.evaluation import evaluate as evaluated
    from vft.benefits.reading import read
    from vft.commands.case_report import show_case

    result = evaluated(read(file), own=_own() if from_lake else ())
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        show_case(result)


@app.command()
def schema() -> None:
    """Skriv JSON Schema for saken; $defs/CaseResult er det som kommer ut."""
    import json

    from vft.benefits.case_schema import case_schema

    typer.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))


@app.command()
def prices(
    from_lake: FromLake = False,  # noqa: FBT002 - typer's way to a flag
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """List enhetsprisene som følger med, eller kommunens egne, med dato, prisår, kilde og eier."""
    import json

    from vft.benefits.price_list import packaged
    from vft.commands.case_report import show_prices

    listed = _own() if from_lake else packaged()
    if as_json:
        rows = [price.model_dump(mode="json") for price in listed]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        title = "Kommunens enhetspriser" if from_lake else "Enhetspriser som følger med"
        show_prices(listed, title=title)


def _own() -> "tuple[UnitPrice, ...]":
    from vft.benefits.own_prices import own_prices
    from vft.pipeline.home import Home

    return own_prices(Home.here().lake)
