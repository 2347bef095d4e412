"""How targets are shown: tables in bokmål, or JSON."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import typer
from pydantic import BaseModel

from vft.commands.terminal import say, show_table
from vft.sources import short_table
from vft.sources.short_table import Column
from vft.sources.ssb import population
from vft.tables.norwegian import counted, decimal, number
from vft.targets import age_shares, calibration, scaling, series, unit_values, uptake
from vft.targets.backtest import Backtest
from vft.targets.best_practice import BestPractice
from vft.targets.flags import Flag
from vft.targets.forecast import Forecast, Forecasts
from vft.targets.planted_series import TITLES
from vft.targets.potential import Potential, UnitPotential
from vft.targets.scaling import Scaling
from vft.targets.unit_values import Value

#: Units and years that a sentence names.
_MOST_NAMED = 8


class Backtests(BaseModel):
    """What ``vft target backtest`` gives: one back-test a file or kind of series."""

    backtests: dict[str, Backtest]


#: Option → columns of the table that it names.
_TABLES: dict[str, Sequence[Column]] = {
    "--key": (unit_values.UNIT, unit_values.SHARE),
    "--actual": (unit_values.UNIT, unit_values.VALUE),
    "--potential": (unit_values.UNIT, unit_values.VALUE),
    "--table": scaling.COLUMNS,
    "--population": population.TABLE,
    "--home-living": age_shares.HOME_LIVING,
    "--prevalence": age_shares.PREVALENCE,
    "--uptake": uptake.COLUMNS,
    "--published": calibration.COLUMNS,
    "--series": series.COLUMNS,
}
#: Command → what it gives with --json.
_RESULTS: dict[str, type[BaseModel]] = {
    "best-practice": BestPractice,
    "compare": Scaling,
    "potential": Potential,
    "forecast": Forecasts,
    "backtest": Backtests,
}


def show_best_practice(found: BestPractice, *, actual: Mapping[str, Value], as_json: bool) -> None:
    """Targets by unit, and the flags."""
    if as_json:
        _show_json(found)
        return
    why = {unit: _why(actual.get(unit)) for unit in found.targets}
    has_reasons = any(why.values())
    show_table(
        f"Beste praksis: {found.rule.spoken}, {decimal(found.k, 2)} brukere per prosentpoeng",
        ("Enhet", "Faktisk bruk", "Måltall", "Uten bruk fordi")[: 3 + has_reasons],
        (
            (unit, _users(actual.get(unit)), target, why[unit])[: 3 + has_reasons]
            for unit, target in found.targets.items()
        ),
    )
    total = sum(target for target in found.targets.values() if target is not None)
    say(f"Sum av måltallene: {number(total)}")
    _show_flags(found.flags)


def show_scaling(found: Scaling, *, as_json: bool) -> None:
    """Services with use, best practice and potential, and the flags."""
    if as_json:
        _show_json(found)
        return
    show_table(
        "Skalering",
        ("Tjeneste", "År", "Faktisk bruk", "Beste praksis", "Teoretisk potensial", "For år"),
        (
            (
                s.service,
                str(s.year),
                _whole(s.actual),
                _whole(s.best_practice),
                _whole(s.potential),
                str(s.potential_year or "–"),
            )
            for s in found.services
        ),
    )
    _show_flags(found.flags)
    for note in found.notes:
        say(f"Merk: {note}")


def show_potential(found: Potential, *, as_json: bool) -> None:
    """Potential by unit, service and year, rounded, with what must be said of it."""
    if as_json:
        _show_json(found)
        return
    if shown := [row for row in found.rows if row.rounded_to or row.published is not None]:
        _show_potentials(f"Teoretisk potensial ({found.label})", shown)
    for reason, rows in _by_reason(found.rows).items():
        units = dict.fromkeys(row.unit for row in rows if row.unit)
        years = dict.fromkeys(str(row.year) for row in rows)
        where = f": {_some(units)}" if units else ""
        say(f"Uten tall{where} ({_some(years)}): {reason}.")
    for note in found.notes:
        say(f"Merk: {note}")


def _show_potentials(title: str, rows: Iterable[UnitPotential]) -> None:
    show_table(
        title,
        ("Enhet", "Tjeneste", "År", "Lav", "Midtre", "Høy", "Avrundet til", "Publisert", "Anslått"),
        (
            (
                row.unit or "–",
                row.service,
                str(row.year),
                _whole(row.rounded.low),
                _whole(row.rounded.mid),
                _whole(row.rounded.high),
                row.rounded_to,
                _as_told(row.published),
                row.estimated,
            )
            for row in rows
        ),
    )


def _by_reason(rows: Iterable[UnitPotential]) -> dict[str, list[UnitPotential]]:
    found: dict[str, list[UnitPotential]] = {}
    for row in rows:
        if row.reason:
            found.setdefault(row.reason, []).append(row)
    return found


def _some(names: Collection[str]) -> str:
    """The first few; the rest are counted."""
    told = ", ".join(list(names)[:_MOST_NAMED])
    rest = len(names) - _MOST_NAMED
    return f"{told} og {number(rest)} til" if rest > 0 else told


def show_forecasts(found: Forecasts, *, as_json: bool) -> None:
    """Months to year-end with their intervals, what was held out, and what could not be done."""
    if as_json:
        _show_json(found)
        return
    for one in found.forecasts:
        _show_forecast(one)
        say("")
    if found.forecasts:
        in_hundred = round(100 * found.forecasts[0].coverage)
        say(f"Intervallet er ment å holde i {in_hundred} av 100 tilfeller.")
    for note, units in _by_note(found.forecasts).items():
        of_all = len(units) == len(found.forecasts)
        say(f"Merk{'' if of_all else f' ({_some(units)})'}: {note}")
    for refusal in found.refused:
        say(f"Ingen prognose: {refusal.reason}")


def _show_forecast(one: Forecast) -> None:
    title = f"Prognose for {one.year}{f', {one.unit}' if one.unit else ''}"
    if one.months:
        show_table(
            title,
            ("Måned", "Anslag", "Lavt", "Høyt"),
            ((m.month, _whole(m.value), _whole(m.low), _whole(m.high)) for m in one.months),
        )
    else:
        say(title)
    say(f"Bygger på {counted(one.known, 'måned', 'måneder')} til og med {one.last_known}.")


def _by_note(forecasts: Iterable[Forecast]) -> dict[str, list[str]]:
    """Each note once, and the units it is of."""
    found: dict[str, list[str]] = {}
    for one in forecasts:
        for note in one.notes:
            found.setdefault(note, []).append(one.unit or "–")
    return found


def show_backtests(found: Mapping[str, Backtest], *, as_json: bool) -> None:
    """How often what came lay within the intervals."""
    if as_json:
        _show_json(Backtests(backtests=dict(found)))
        return
    show_table(
        "Etterprøving av 80-prosentintervallet",
        ("Serier", "Prognoser", "Måneder", "Dekning", "Ved årsslutt", "Snittfeil", "Godtatt"),
        (
            (
                TITLES.get(name, name),
                one.origins,
                one.months,
                _percent(one.coverage),
                _percent(one.year_end),
                one.mean_error,
                one.accepted,
            )
            for name, one in found.items()
        ),
    )
    for name, one in found.items():
        if name not in TITLES and len(one.units) > 1:
            _show_units(one)
    low, high = (round(100 * limit) for limit in next(iter(found.values())).limits)
    say(f"Godtatt er en dekning fra {low} til {high} prosent. Snittfeil er i seriens enhet.")


def _show_units(found: Backtest) -> None:
    """Each series of a file: one that is far off hides among the others."""
    tried = [unit for unit in found.units if unit.months]
    show_table(
        "Hver serie",
        ("Serie", "Prognoser", "Måneder", "Dekning", "Snittfeil"),
        (
            (one.unit or "–", one.origins, one.months, _percent(one.coverage), one.mean_error)
            for one in tried
        ),
    )
    if untried := [one.unit or "–" for one in found.units if not one.months]:
        say(f"Ikke prøvd, for korte: {_some(untried)}.")


def show_schemas() -> None:
    """JSON Schemas: of a row of every table that is read, and of every command's result."""
    reads = {option: short_table.schema(columns) for option, columns in _TABLES.items()}
    writes = {name: m.model_json_schema(mode="serialization") for name, m in _RESULTS.items()}
    typer.echo(_written({"reads": reads, "writes": writes}))


def _show_json(found: BaseModel) -> None:
    typer.echo(_written(found.model_dump(mode="json")))


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)


def _show_flags(flags: Iterable[Flag]) -> None:
    for flag in flags:
        say(f"Merk: {flag.message}")


def _percent(share: float | None) -> str | None:
    return f"{decimal(100 * share)} %" if share is not None else None


def _users(value: Value | None) -> int | None:
    return _whole(float(value.exact)) if value and value.exact is not None else None


def _why(value: Value | None) -> str:
    """Why a unit has no figure, where it has none."""
    if value is None:
        return "enheten står ikke i filen"
    spoken = unit_values.SPOKEN.get(value.state)
    return f"tallet {spoken}" if spoken else ""


def _as_told(value: float | None) -> float | None:
    """12,5 is not 12: a published figure is not rounded."""
    return int(value) if value is not None and value.is_integer() else value


def _whole(value: float | None) -> int | None:
    return round(value) if value is not None else None
