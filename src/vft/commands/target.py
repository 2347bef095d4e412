"""``vft target``: best practice, theoretical potential and forecast."""

from pathlib import Path
from typing import Annotated

import typer

from vft.commands.bokmal import App
from vft.targets.rule import Rule

app = App(help="Måltall: beste praksis, teoretisk potensial og prognose.")

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


@app.command("best-practice")
def best_practice(  # noqa: PLR0913, PLR0917 - one a choice of the reader
    key: Annotated[Path, typer.Option(help="Fordelingsnøkkel: CSV eller Excel med unit og share.")],
    actual: Annotated[Path, typer.Option(help="Faktisk bruk: CSV eller Excel med unit og value.")],
    rule: Annotated[Rule, typer.Option(help="Hva som er beste praksis.")] = Rule.MAX,
    min_n: Annotated[
        int, typer.Option(min=0, help="Enheter med færre brukere setter ikke måltallet.")
    ] = 0,
    potential: Annotated[
        Path | None, typer.Option(help="Teoretisk potensial: CSV eller Excel med unit og value.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Regn ut måltall etter beste praksis fra en fordelingsnøkkel og faktisk bruk."""
    from vft.commands import target_report
    from vft.targets import key as keys
    from vft.targets import unit_values
    from vft.targets.best_practice import best_practice as computed

    users = unit_values.read(actual)
    found = computed(
        key=keys.read(key),
        actual=users,
        rule=rule,
        min_n=min_n,
        potential=unit_values.read(potential) if potential else None,
    )
    target_report.show_best_practice(found, actual=users, as_json=as_json)


@app.command()
def compare(
    table: Annotated[
        Path, typer.Option(help="CSV eller Excel med service, measure, year og value.")
    ],
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Sammenlign faktisk bruk, beste praksis og teoretisk potensial for flere tjenester."""
    from vft.commands import target_report
    from vft.targets import scaling

    target_report.show_scaling(scaling.compare(scaling.read(table)), as_json=as_json)


@app.command()
def schema() -> None:
    """Skriv JSON-skjemaene for det kommandoene gir med --json."""
    from vft.commands import target_report

    target_report.show_schemas()
