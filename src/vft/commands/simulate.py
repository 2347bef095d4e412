"""``vft simulate``: what could happen, with how sure that is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App

if TYPE_CHECKING:
    from pydantic import BaseModel

app = App(help="Simulering: scenarier av beregningsnøkler, responssenter, låser og årsverk.")

Seed = Annotated[int | None, typer.Option(min=0, help="Frø: samme frø gir samme tall.")]
Json = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON, med alle tall.")]


@app.command()
def run(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Scenariet, som TOML eller JSON.")],
    draws: Annotated[
        int | None, typer.Option(min=1, help="Antall trekninger; 100 000 om ikke oppgitt.")
    ] = None,
    seed: Seed = None,
    *,
    json: Json = False,
) -> None:
    """Simuler et scenario: timer, kroner, nåverdi, og hva den henger på."""
    from vft.simulation.monte_carlo import DRAWS, SEED, simulated
    from vft.simulation.scenario_file import read_scenario

    found = simulated(
        read_scenario(file),
        draws=DRAWS if draws is None else draws,
        seed=SEED if seed is None else seed,
    )
    if json:
        _print_json(found)
        return
    from vft.commands.simulate_report import show_scenario

    show_scenario(found)


@app.command()
def schema() -> None:
    """Skriv JSON Schema for filene kommandoene leser, og for det de svarer."""
    import json

    from vft.simulation.schemas import SHAPES

    shapes = {name: shape.model_json_schema() for name, shape in SHAPES.items()}
    typer.echo(json.dumps(shapes, ensure_ascii=False, indent=2))


@app.command()
def example() -> None:
    """Skriv et helt scenario å begynne med, som TOML."""
    from vft.simulation.scenario_file import example_scenario

    typer.echo(example_scenario(), nl=False)


def _print_json(found: "BaseModel") -> None:
    typer.echo(found.model_dump_json(indent=2))
