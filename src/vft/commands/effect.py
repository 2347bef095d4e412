"""``vft effect``: what technology changes, and how much of it may be said."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from vft.commands.bokmal import App
from vft.commands.case import FromLake
from vft.errors import VftError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from vft.effects.panel import Panel as Matrices

Found = TypeVar("Found")

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


PriceHour = Annotated[str, typer.Option(metavar="KODE", help="Prisen på en time hjemmetjeneste.")]
PricePlace = Annotated[
    str, typer.Option("--price-institution", metavar="KODE", help="Prisen på en sykehjemsplass.")
]
OwnPrices = Annotated[
    Path | None,
    typer.Option(
        metavar="FIL", help="Egne priser (TOML eller JSON), i stedet for dem som følger med."
    ),
]
Day = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATO",
        formats=["%Y-%m-%d"],
        help="Dagen som velger når en pris har flere perioder, for eksempel 2024-01-01.",
    ),
]
Resources = Annotated[
    bool,
    typer.Option(
        "--resources",
        help="Totale kommunale ressurser i kroner: sykehjem prises, død er 0, ingen faller ut.",
    ),
]


@app.command()
def estimate(  # noqa: PLR0913 - one for each choice on the command line
    panel: Panel,
    adoptions: Adoptions,
    *,
    resources: Resources = False,
    price_hour: PriceHour = "",
    price_place: PricePlace = "",
    prices: OwnPrices = None,
    from_lake: FromLake = False,
    on: Day = None,
    json: Json = False,
) -> None:
    """Effekten av en tjeneste: før og etter, mot mottakere som ikke hadde begynt (design B)."""
    from vft.commands.effect_prices import known
    from vft.commands.effect_prices import prices as weekly
    from vft.effects import controlled, report
    from vft.effects import resources as total

    files = (panel, adoptions)
    if not resources:
        _none_without_resources(price_hour, price_place, prices, from_lake, on)
        _answer(files, controlled.controlled, report.effect_b, "show_b", json=json)
        return
    day = on.date() if on else None
    listed = known(file=prices, from_lake=from_lake)
    priced = weekly(hour=price_hour, institution=price_place, known=listed, on=day)
    _answer(
        files,
        lambda data: total.priced(data, priced),
        lambda _, whole: report.effect_b(whole, total.resources(whole), estimand="resources"),
        "show_b",
        json=json,
    )


def _none_without_resources(*given: object) -> None:
    """A price that would not be used is a misunderstanding, and is told."""
    if any(given):
        raise VftError("Priser og dag brukes bare sammen med --resources.")


@app.command()
def newcomers(panel: Panel, adoptions: Adoptions, *, json: Json = False) -> None:
    """Nye mottakere: vekst over 12 måneder, mot andre med lik første vurdering."""
    from vft.effects import report
    from vft.effects.newcomers import newcomers as design

    _answer((panel, adoptions), design, report.effect_newcomers, "show_newcomers", json=json)


@app.command()
def segments(
    panel: Panel,
    adoptions: Adoptions,
    *,
    by: Annotated[
        str,
        typer.Option(
            help="Inndeling: segment, need_group, sex, lives_alone eller time_since_first."
        ),
    ] = "segment",
    json: Json = False,
) -> None:
    """Effekten i hver gruppe, trukket mot snittet så langt tilfeldigheter rekker (design C)."""
    from vft.effects import files, report
    from vft.effects import segments as design

    data = files.read(panel, adoptions)
    found = report.effect_segments(data, design.segments(data, by=by), by=by)
    _show(found, "show_segments", json=json)


@app.command()
def compare(
    panel: Panel,
    adoptions: Adoptions,
    first: Annotated[str, typer.Option(help="Tjenesten som skal vurderes, som i ADOPTIONS.")],
    second: Annotated[str, typer.Option(help="Tjenesten den sammenlignes med.")],
    *,
    json: Json = False,
) -> None:
    """To tjenester mot hverandre, blant dem som kunne ha fått begge (design A)."""
    from vft.effects import compare as design
    from vft.effects import files, report

    data = files.read(panel, adoptions)
    found = report.effect_compare(data, design.compare(data, services=(first, second)))
    _show(found, "show_compare", json=json)


@app.command()
def admission(panel: Panel, adoptions: Adoptions, *, json: Json = False) -> None:
    """Utsatt innflytting på sykehjem: hasardrate og måneder hjemme."""
    from vft.effects import report
    from vft.effects.admission import admission as design

    _answer((panel, adoptions), design, report.effect_admission, "show_admission", json=json)


@app.command()
def series(
    table: Annotated[
        Path,
        typer.Option("--series", metavar="FIL", help="SERIES: enhet, måned (2024-11) og verdi."),
    ],
    starts: Annotated[
        Path, typer.Option(metavar="FIL", help="STARTS: enhet og måneden tjenesten begynte.")
    ],
    *,
    json: Json = False,
) -> None:
    """Brudd i enhetenes månedstall, mot enheter som ikke har begynt."""
    from vft.effects import report
    from vft.effects import series as design

    found = report.effect_series(design.breaks(design.read(table, starts)))
    _show(found, "show_series", json=json)


@app.command()
def schema() -> None:
    """Skriv JSON Schema for det kommandoene svarer."""
    import json as text

    from vft.effects import answers

    shapes: dict[str, type[answers.Shape]] = {
        "estimate": answers.EffectB,
        "newcomers": answers.EffectNewcomers,
        "segments": answers.EffectSegments,
        "compare": answers.EffectCompare,
        "admission": answers.EffectAdmission,
        "series": answers.EffectSeries,
    }
    found = {name: shape.model_json_schema() for name, shape in shapes.items()}
    typer.echo(text.dumps(found, ensure_ascii=False, indent=2))


def _answer(
    tables: tuple[Path, Path],
    design: "Callable[[Matrices], Found]",
    told: "Callable[[Matrices, Found], BaseModel]",
    table: str,
    *,
    json: bool,
) -> None:
    """The two files, estimated from, and what may be shown of it."""
    from vft.effects import files

    data = files.read(*tables)
    _show(told(data, design(data)), table, json=json)


def _show(found: "BaseModel", table: str, *, json: bool) -> None:
    if json:
        typer.echo(found.model_dump_json(indent=2))
        return
    from vft.commands import effect_tables

    getattr(effect_tables, table)(found)
