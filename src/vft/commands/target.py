"""``vft target``: best practice, theoretical potential and forecast."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vft.commands.bokmal import App
from vft.errors import VftError
from vft.targets.rule import Rule

if TYPE_CHECKING:
    from vft.sources.ssb.population import Population

app = App(help="Måltall: beste praksis, teoretisk potensial og prognose.")

_RULE = (
    "Hvilken dekning som er beste praksis: høyeste (max), nest høyeste (second), 80-persentilen "
    "(p80) eller høyeste krympede (shrunk)."
)

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


@app.command("best-practice")
def best_practice(  # noqa: PLR0913, PLR0917 - one a choice of the reader
    key: Annotated[Path, typer.Option(help="Fordelingsnøkkel: CSV eller Excel med unit og share.")],
    actual: Annotated[Path, typer.Option(help="Faktisk bruk: CSV eller Excel med unit og value.")],
    rule: Annotated[Rule, typer.Option(help=_RULE)] = Rule.MAX,
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

    shares, users = keys.read(key), unit_values.read(actual)
    found = computed(
        key=shares,
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
def potential(  # noqa: PLR0913, PLR0917 - one a choice of the reader
    population: Annotated[
        Path | None,
        typer.Option(
            help="Befolkning: json-stat2, eller CSV eller Excel med unit, age, year og "
            "persons. Ellers anslag for Oslo."
        ),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Befolkning rett fra PxWeb (json-stat2).")] = None,
    query: Annotated[
        Path | None, typer.Option(help="Spørringen som skal sendes til --url, som JSON.")
    ] = None,
    home_living: Annotated[
        Path | None, typer.Option(help="Andel hjemmeboende etter alder: age, share og kilde.")
    ] = None,
    prevalence: Annotated[
        Path | None, typer.Option(help="Forekomst etter alder: indication, age, share og kilde.")
    ] = None,
    uptake: Annotated[
        Path | None, typer.Option(help="Tjenestenes opptak: kolonnene står i vft target schema.")
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(help="Potensialer som setter nivået: unit, service, year, value og kilde."),
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option(help="Bare denne tjenesten; kan gjentas.")
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Bare dette året; kan gjentas.")] = None,
    rounding: Annotated[
        int | None,
        typer.Option(min=1, help="Brukere å avrunde til. Ellers tjenestens, finere for små tall."),
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Regn ut teoretisk potensial per enhet, tjeneste og år: en regneøvelse."""
    from vft.commands import target_report
    from vft.targets import inputs
    from vft.targets.potential import potential as computed

    gathered = inputs.gather(
        population=_population(population, url=url, query=query),
        home_living=home_living,
        prevalence=prevalence,
        uptake_file=uptake,
        published=published,
    )
    found = computed(gathered, services=service or (), years=year or (), rounding=rounding)
    target_report.show_potential(found, as_json=as_json)


@app.command()
def forecast(
    series: Annotated[
        Path,
        typer.Option(help="CSV eller Excel med month (2024-11) og value; gjerne unit og complete."),
    ],
    year: Annotated[int, typer.Option(min=1900, max=2199, help="Året som skal anslås ut.")],
    complete_through: Annotated[
        str | None,
        typer.Option(help="Siste komplette måned, for eksempel 2024-10. Ellers den før denne."),
    ] = None,
    keep_last: Annotated[  # noqa: FBT002 - typer's way to a flag
        bool, typer.Option("--keep-last", help="Bruk siste måned selv om den ser ufullstendig ut.")
    ] = False,
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Anslå en månedsserie ut året, med 80-prosentintervall."""
    from datetime import datetime

    from vft.commands import target_report
    from vft.tables.period import LOCAL_ZONE
    from vft.targets import series as months
    from vft.targets.forecast import forecasts

    if complete_through and (fault := months.month_fault(complete_through)):
        raise VftError(f"Valget --complete-through: {fault}.")
    ended = complete_through or months.last_complete(datetime.now(LOCAL_ZONE).date())
    told = months.read(series, complete_through=ended)
    found = forecasts(told, year=year, keep_last=keep_last)
    target_report.show_forecasts(found, as_json=as_json)


@app.command()
def backtest(
    series: Annotated[
        Path | None,
        typer.Option(
            help="CSV eller Excel med month og value, gjerne unit. Ellers plantede serier."
        ),
    ] = None,
    origins: Annotated[int, typer.Option(min=1, help="Måneder å anslå fra, de siste.")] = 24,
    units: Annotated[int, typer.Option(min=1, help="Plantede serier av hvert slag.")] = 15,
    seed: Annotated[int, typer.Option(min=0, help="Frø for plantede serier.")] = 1,
    as_json: AsJson = False,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Etterprøv prognosen: hvor ofte det som kom, lå innenfor 80-prosentintervallet."""
    from datetime import datetime

    from vft.commands import target_report
    from vft.tables.period import LOCAL_ZONE
    from vft.targets import backtest as backtests
    from vft.targets import planted_series
    from vft.targets import series as months

    if series:
        ended = months.last_complete(datetime.now(LOCAL_ZONE).date())
        tried = {series.name: months.read(series, complete_through=ended)}
    else:
        tried = {
            kind: [planted_series.planted(kind=kind, unit=u, seed=seed) for u in range(units)]
            for kind in planted_series.KINDS
        }
    found = {name: backtests.backtest(those, origins=origins) for name, those in tried.items()}
    target_report.show_backtests(found, as_json=as_json)


@app.command()
def schema() -> None:
    """Skriv JSON-skjemaene for tabellene som leses, og for det kommandoene gir med --json."""
    from vft.commands import target_report

    target_report.show_schemas()


def _population(path: Path | None, *, url: str | None, query: Path | None) -> "Population | None":
    """From the file or the address that was given, if one was."""
    from vft.sources.ssb import population

    if url is not None and not url.strip():
        raise VftError("Valget --url er tomt. Oppgi adressen til tabellen, eller ta valget bort.")
    if path and url:
        raise VftError("Oppgi befolkningen enten som fil (--population) eller adresse (--url).")
    if query and not url:
        raise VftError("Spørringen (--query) må ha en adresse å sendes til (--url).")
    if url:
        return _fetched(url, query)
    return population.read(path) if path else None


def _fetched(url: str, query: Path | None) -> "Population":
    from vft.pipeline.home import Home
    from vft.sources.ssb import population, pxweb

    answer = pxweb.fetch(
        url, cache=Home.here().root / "cache", query=pxweb.read_query(query) if query else None
    )
    found = population.of_jsonstat(answer.content, path=Path("svaret fra PxWeb"))
    source = f"{found.source}, {url}, hentet {answer.retrieved_at:%Y-%m-%d}"
    return replace(found, source=source)
