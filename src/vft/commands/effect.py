"""``vft effect``: what technology changes, and how much of it may be said."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App

if TYPE_CHECKING:
    from pydantic import BaseModel

app = App(help="Effekter: hva tjenestene endrer, og hva som kan sies om det.")

Panel = Annotated[
    Path,
    typer.Option(
        metavar="FIL",
        help="PANEL: en rad per mottaker og periode på 28 dager (Parquet eller CSV).",
    ),
]
Adoptions = Annotated[
    Path,
    typer.Option(metavar="FIL", help="ADOPTIONS: mottaker og perioden hun tok tjenesten i bruk."),
]
Json = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")]


@app.command()
def estimate(panel: Panel, adoptions: Adoptions, *, json: Json = False) -> None:
    """Effekten av en tjeneste: før og etter, mot mottakere som ikke hadde begynt (design B)."""
    from vft.effects import controlled, files, report

    data = files.read(panel, adoptions)
    found = report.effect_b(data, controlled.controlled(data))
    if json:
        _print_json(found)
        return
    from vft.commands import effect_tables

    effect_tables.show_b(found)


@app.command()
def schema() -> None:
    """Skriv JSON Schema for det kommandoene svarer."""
    import json as text

    from vft.effects import report

    shapes = {"estimate": report.EffectB}
    typer.echo(
        text.dumps(
            {name: shape.model_json_schema() for name, shape in shapes.items()},
            ensure_ascii=False,
            indent=2,
        )
    )


def _print_json(found: "BaseModel") -> None:
    typer.echo(found.model_dump_json(indent=2))
