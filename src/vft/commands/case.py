"""``vft case``: what a case comes to, before and after technology."""

from pathlib import Path
from typing import Annotated

import typer

from vft.commands.bokmal import App

app = App(help="Brukercaser: før og etter, i timer, kilometer og kroner.")

AsJson = Annotated[bool, typer.Option("--json", help="Skriv som JSON, med alle tall.")]


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Saken, som JSON eller TOML.")],
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Regn ut en brukercase: spart tid og kjøring, kroner, kostnader og nåverdi."""
    from vft.benefits.evaluation import evaluate as evaluated
    from vft.benefits.reading import read
    from vft.commands.case_report import show_case

    result = evaluated(read(file))
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
def prices(as_json: AsJson = False) -> None:  # noqa: FBT002 - typer's way to a flag
    """List enhetsprisene som følger med, med dato, prisår, kilde og eier."""
    import json

    from vft.benefits.price_list import packaged
    from vft.commands.case_report import show_prices

    if as_json:
        rows = [price.model_dump(mode="json") for price in packaged()]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        show_prices(packaged())
