"""``vft simulate``: what could happen, with how sure that is."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App

if TYPE_CHECKING:
    from pydantic import BaseModel

app = App(help="Simulering: scenarier av beregningsnøkler, responssenter, låser og årsverk.")


class Example(StrEnum):
    """The examples that can be written."""

    SCENARIO = "scenario"
    LOCKS = "locks"
    RESPONSE_LOAD = "response-load"
    WORKFORCE = "workforce"


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
    from vft.simulation import model_files
    from vft.simulation.monte_carlo import DRAWS, SEED, simulated

    found = simulated(
        model_files.SCENARIO.read(file),
        draws=DRAWS if draws is None else draws,
        seed=SEED if seed is None else seed,
    )
    if json:
        _print_json(found)
        return
    from vft.commands.simulate_report import show_scenario

    show_scenario(found)


@app.command("response-load")
def response_load(
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Responstjenesten, som TOML eller JSON.")
    ],
    seed: Seed = None,
    *,
    json: Json = False,
) -> None:
    """Simuler køen i responstjenesten, time for time, etter hvem alarmene rutes til."""
    from vft.commands.terminal import bars
    from vft.simulation import model_files
    from vft.simulation.routing import SEED
    from vft.simulation.routing import response_load as simulated

    told = model_files.RESPONSE_LOAD.read(file)
    with bars(passing=True) as tell:
        found = simulated(
            told,
            seed=SEED if seed is None else seed,
            tell=lambda done, total: tell("Kjører køen", done, total),
        )
    if json:
        _print_json(found)
        return
    from vft.commands.response_load_report import show_response_load

    show_response_load(found)


@app.command()
def workforce(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Årsverkene, som TOML eller JSON.")],
    seed: Seed = None,
    *,
    json: Json = False,
) -> None:
    """Regn ut gapet i årsverk år for år, og hva frigjort tid gjør med det."""
    from vft.simulation import model_files
    from vft.simulation.monte_carlo import SEED
    from vft.simulation.workforce import workforce_gap

    found = workforce_gap(model_files.WORKFORCE.read(file), seed=SEED if seed is None else seed)
    if json:
        _print_json(found)
        return
    from vft.commands.workforce_report import show_workforce

    show_workforce(found)


@app.command()
def schema() -> None:
    """Skriv JSON Schema for filene kommandoene leser, og for det de svarer."""
    import json

    from vft.simulation.schemas import SHAPES

    shapes = {name: shape.model_json_schema() for name, shape in SHAPES.items()}
    typer.echo(json.dumps(shapes, ensure_ascii=False, indent=2))


@app.command()
def example(
    name: Annotated[
        Example, typer.Argument(metavar="NAVN", help="scenario, locks, response-load, workforce.")
    ] = Example.SCENARIO,
) -> None:
    """Skriv en hel fil å begynne med, som TOML: et scenario om ikke annet er sagt."""
    from vft.simulation.examples import example as text

    typer.echo(text(name.value), nl=False)


def _print_json(found: "BaseModel") -> None:
    typer.echo(found.model_dump_json(indent=2))
