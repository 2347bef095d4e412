"""Loading, refreshing and looking at what was loaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.errors import FileRefused, VftError

if TYPE_CHECKING:
    from vft.pipeline.home import Home

MappingsOption = Annotated[
    Path | None,
    typer.Option(
        "--mappings",
        help="Mappe med kommunens egne tilordningsfiler. Ellers MAPPE/tilordninger og de ferdige.",
    ),
]


def ingest(
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen med eksporter.")],
    mappings: MappingsOption = None,
    publish: Annotated[bool, typer.Option(help="Beregn og publiser etterpå.")] = True,  # noqa: FBT002 - typer's way to a flag
    into_demo: Annotated[  # noqa: FBT002 - typer's way to a flag
        bool, typer.Option("--into-demo", help="Les inn selv om installasjonen er en demo.")
    ] = False,
) -> None:
    """Les alle eksporter i MAPPE inn i datalageret, beregn panelet og publiser."""
    from vft.commands.deliveries import show_deliveries, show_unknown
    from vft.commands.installation import ready
    from vft.commands.terminal import bars, console

    home = ready()
    if not into_demo:
        _require_apart(home, folder)
    console().print(f"Leser inn i {home.root}", soft_wrap=True)
    from vft.pipeline.ingest import ingest as ingest_folder
    from vft.pipeline.run import refresh_and_publish

    with bars() as progress:
        ingested = ingest_folder(home, folder, mappings=mappings, progress=progress)
        published = refresh_and_publish(home, progress=progress) if publish else None
    show_deliveries(ingested.deliveries)
    show_unknown(ingested.unknown)
    if published:
        console().print(published.sentence())
    if not ingested.is_whole:
        raise typer.Exit(FileRefused.exit_code)


def _require_apart(home: "Home", folder: Path) -> None:
    demo = home.demo.resolve()
    if demo.is_dir() and not folder.resolve().is_relative_to(demo):
        raise VftError(
            f"Installasjonen {home.root} holder den oppdiktede kommunen. Oppdiktede og virkelige "
            "personer må ikke blandes. Ingenting er lest. Sett VFT_HOME til en annen mappe, eller "
            "bruk --into-demo om eksportene også er oppdiktede."
        )


def refresh() -> None:
    """Beregn panelet for månedene som er endret siden sist."""
    from vft.commands.installation import ready
    from vft.commands.terminal import bars, console
    from vft.pipeline.run import refresh as refresh_panel

    with bars() as progress:
        refreshed = refresh_panel(ready(), progress=progress)
    console().print(refreshed.sentence())


def publish() -> None:
    """Beregn indikatorene og publiser dem, om noe er endret siden forrige publisering."""
    from vft.commands.installation import ready
    from vft.commands.terminal import bars, console
    from vft.pipeline.run import publish as publish_figures

    with bars() as progress:
        published = publish_figures(ready(), progress=progress)
    console().print(published.sentence())


def deliveries() -> None:
    """List leveransene: hva som kom, hva som ble lest, og hva som ikke ble det."""
    from vft.commands.deliveries import show_deliveries
    from vft.commands.installation import ready
    from vft.pipeline import holdings

    show_deliveries(holdings.deliveries(ready()))


def quarantine(
    delivery: Annotated[
        int | None, typer.Option("--delivery", help="Bare denne leveransen.")
    ] = None,
    examples: Annotated[
        int, typer.Option("--examples", help="Vis så mange eksempler per regel, med radnummer.")
    ] = 2,
) -> None:
    """List radene i karantene etter regel, med forklaring."""
    from vft.commands.deliveries import show_quarantine
    from vft.commands.installation import ready
    from vft.pipeline import holdings

    show_quarantine(holdings.quarantine_by_rule(ready(), delivery=delivery, examples=examples))


COMMANDS = (ingest, refresh, publish, deliveries, quarantine)
