"""``vft source``: look at an export before anything is stored."""

from pathlib import Path
from typing import Annotated

import typer

from vft.commands.bokmal import App
from vft.errors import FileRefused, VftError

app = App(help="Se på en eksport før noe lagres.")

FileArgument = Annotated[Path, typer.Argument(metavar="FIL", help="Eksporten.")]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping", "-m", help="Tilordningsfil (TOML). Ellers velges den etter filnavnet."
    ),
]


@app.command()
def check(file: FileArgument, mapping: MappingOption = None) -> None:
    """Forklar hva som ville blitt lest av en fil, og hva som er galt. Lagrer ingenting."""
    from vft.pipeline.mappings import mapping_for
    from vft.sources.check import check as check_file

    _require_file(file)
    report = check_file(file, mapping_for(file, mapping))
    typer.echo(f"{file.name} leses som «{report.mapping.source.title}».")
    for sentence in report.sentences():
        typer.echo(sentence)
    if report.refused:
        raise typer.Exit(FileRefused.exit_code)


@app.command()
def draft(file: FileArgument) -> None:
    """Foreslå en tilordningsfil til å rette på. Skriver den til skjermen."""
    from vft.sources.draft import draft as draft_mapping

    _require_file(file)
    typer.echo(draft_mapping(file))


@app.command()
def contracts(
    table: Annotated[
        str | None, typer.Argument(metavar="TABELL", help="Vis kolonnene i denne tabellen.")
    ] = None,
) -> None:
    """List tabellene som en tilordning kan fylle, eller kolonnene i en av dem."""
    from vft.commands.contracts import show_columns, show_tables

    if table is None:
        show_tables()
    else:
        show_columns(table)


@app.command("list")
def list_mappings() -> None:
    """List tilordningene som følger med."""
    from vft import tables
    from vft.commands.terminal import console, show_heading
    from vft.sources import mapping

    # blocks, not columns: names, patterns and tables are each too long to share a line
    for ready in mapping.ready().values():
        fed = ", ".join(dict.fromkeys(tables.ALL[t.name].title.lower() for t in ready.tables))
        show_heading(ready.source.title, f" ({ready.source.id})")
        console().print(f"  filer: {', '.join(ready.source.files)}", soft_wrap=True)
        console().print(f"  gir:   {fed}\n", soft_wrap=True)


def _require_file(file: Path) -> None:
    if not file.is_file():
        raise VftError(f"Filen {file} finnes ikke. Ingenting er lest.")
