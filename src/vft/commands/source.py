"""``vft source``: look at an export before anything is stored."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Se på en eksport før noe lagres.", no_args_is_help=True)

MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping", "-m", help="Tilordningsfil (TOML). Ellers velges den etter filnavnet."
    ),
]


@app.command()
def check(file: Path, mapping: MappingOption = None) -> None:
    """Forklar hva som ville blitt lest av en fil, og hva som er galt. Lagrer ingenting."""
    from vft.errors import FileRefused
    from vft.pipeline.mappings import mapping_for
    from vft.sources.check import check as check_file

    report = check_file(file, mapping_for(file, mapping))
    typer.echo(f"{file.name} leses som «{report.mapping.source.title}».")
    for sentence in report.sentences():
        typer.echo(sentence)
    if report.refused:
        raise typer.Exit(FileRefused.exit_code)


@app.command()
def draft(file: Path) -> None:
    """Foreslå en tilordningsfil til å rette på. Skriver den til skjermen."""
    from vft.sources.draft import draft as draft_mapping

    typer.echo(draft_mapping(file))


@app.command("list")
def list_mappings() -> None:
    """List tilordningene som følger med."""
    from vft.commands.terminal import show_table
    from vft.sources import mapping

    ready = mapping.ready().values()
    show_table(
        "Ferdige tilordninger",
        ("Kilde", "Navn", "Filer", "Tabeller"),
        (
            (
                m.source.id,
                m.source.title,
                " ".join(m.source.files),
                " ".join(t.name for t in m.tables),
            )
            for m in ready
        ),
    )
