"""A case and its prices as tables in the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from math import floor

from vft.benefits.case import KINDS, Kind
from vft.benefits.documented import Number
from vft.benefits.line_titles import told_apart
from vft.benefits.result import (
    CaseResult,
    Economy,
    LineResult,
    PriceUsed,
    Quantities,
    Totals,
)
from vft.benefits.unit_price import HOURS, UNITS, UnitPrice
from vft.commands.terminal import say, show_heading, show_table
from vft.tables.norwegian import SPACE, decimal, listed, plain

_UNKNOWN = "ikke dokumentert"
#: A shorter payback is told in months.
_TOLD_IN_MONTHS = 2
_QUANTITIES = {
    # of lines that are counted by the piece, and never together: they may be of different things
    "count": "stykk",
    "visits": "besøk",
    "alarms": "alarmer",
    "hours": "timer",
    "km": "kilometer",
    "institution_days": "døgn",
    "nok": "kroner",
}
_PERSPECTIVES = {
    "capacity": "frigjort kapasitet",
    "own_budget": "kommunens budsjett",
    "elsewhere": "andre deler av det offentlige",
}
_STEPS = {
    "potential": "Potensial",
    "planned": "Planlagt",
    "measured": "Målt brutto",
    "net_of_costs": "Netto etter kostnader",
    "redeployed": "Omsatt",
    "budgeted": "Budsjettert",
}
#: Warnings that say why a line has no kroner.
_WITHOUT_KRONER = {"price_not_usable", "mixed_hours"}
_FOUND_IN = {
    "line": "fra linjen",
    "case": "fra saken",
    "lake": "fra datalageret",
    "packaged": "følger med",
}
_TIMES = {
    "any": "uten tidspunkt",
    "day": "dag",
    "evening": "kveld",
    "night": "natt",
    "weekend": "helg",
}


def show_case(result: CaseResult) -> None:
    """Print lines, totals, money and warnings; a dash is what is not documented."""
    show_heading(result.title or "Brukercase", f" · {_assumptions(result)}")
    if _is_empty(result):
        _show_warnings(result)
        return
    if result.lines:
        _show_lines(result)
        _show_missing(result)
        _show_prices_used(result)
    _show_times(result.total)
    _show_economy(result)
    _show_ladder(result)
    _show_beside(result)
    _show_warnings(result)


def _is_empty(result: CaseResult) -> bool:
    """Whether neither activity nor cost is told of, and no table has anything to show."""
    money = (result.economy.gross_per_year, result.economy.running_costs_per_year)
    return not result.lines and {*money, result.economy.start_up_costs} == {None}


def show_prices(prices: Iterable[UnitPrice], *, title: str) -> None:
    """Print prices with what makes each one of them usable, and what to beware of."""
    every = list(prices)
    show_table(
        title,
        ("Kode", "Navn", "Kroner", "Prisår", "Gjelder", "Kilde (eier)"),
        (
            (
                price.price,
                price.title,
                f"{_told(price.value, 2)} per {_unit(price)}",
                str(price.price_year or "–"),
                _holds(price),
                # one column: with two, codes that are to be copied are broken at 120 characters
                f"{price.origin or '–'} ({price.owner or '–'})",
            )
            for price in every
        ),
    )
    for price in every:
        if price.note:
            say(f"{price.price}: {price.note.rstrip('.')}.")


def _unit(price: UnitPrice | PriceUsed) -> str:
    return HOURS.get(str(price.hour_definition)) or UNITS.get(str(price.per), _UNKNOWN)


def _holds(price: UnitPrice | PriceUsed) -> str:
    """From and with its first day, to and with its last; a dash where it is not dated."""
    if price.starts_on is None:
        return "–"
    last = "" if price.ends_on is None else f" {price.ends_on - timedelta(days=1):%d.%m.%Y}"
    return f"{price.starts_on:%d.%m.%Y}{SPACE}–{last}"


def _assumptions(result: CaseResult) -> str:
    recipients = _UNKNOWN if result.recipients is None else plain(result.recipients)
    return (
        f"mottakere: {recipients}, {result.days_per_year} dager i året, "
        f"{plain(result.hours_per_fte)} timer i et årsverk, {_PERSPECTIVES[result.perspective]}"
    )


def _show_lines(result: CaseResult) -> None:
    shown = _told_of(result)
    rows: list[Sequence[object]] = [row for line in result.lines for row in _rows(line, shown)]
    rows.append(("", "I alt", *_cells(result.total.avoided, shown)))
    for perspective, total in result.other_perspectives.items():
        told = f"Ved siden av: {_PERSPECTIVES[perspective]}"
        rows.append(("", told, *_cells(total.avoided, shown)))
    headings = ("Linje", "Hva", *(_QUANTITIES[name].capitalize() for name in shown))
    show_table("Spart per år (– er ikke dokumentert)", headings, rows)
    say(f"Årsverk: {_told(result.total.fte, 2)}")


def _rows(line: LineResult, shown: Sequence[str]) -> Iterator[Sequence[object]]:
    """A line, and under it what another reading of it would come to."""
    name = line.title or KINDS[line.kind].capitalize()
    yield (line.id, name, *_cells(line.avoided, shown, kind=line.kind))
    if line.other_reading is not None:
        other = _cells(line.other_reading, shown, kind=line.kind)
        yield ("", f"{name}, lest på den andre måten", *other)


def _told_of(result: CaseResult) -> list[str]:
    """The quantities that some line tells of: hours and kroner always, the rest when any has it."""
    found = {name for name in _QUANTITIES if any(getattr(x.avoided, name) for x in result.lines)}
    found -= {"count"}
    found |= {"hours", "nok"} | {"count" for line in result.lines if line.kind == "items"}
    return [name for name in _QUANTITIES if name in found]


def _cells(
    avoided: Quantities, shown: Sequence[str], *, kind: Kind | None = None
) -> tuple[object, ...]:
    return tuple(
        "" if name == "count" and kind != "items" else _whole(getattr(avoided, name))
        for name in shown
    )


def _whole(value: Number) -> int | None:
    """The nearest whole number, a half upwards as people round."""
    return None if value is None else floor(value + 0.5)


def _show_missing(result: CaseResult) -> None:
    """What lines lack, a sentence once for all that lack it, and the known part of their sums."""
    lacking: dict[str, list[str]] = {}
    each = told_apart(result.lines)
    for line in each:
        for sentence in line.undocumented:
            lacking.setdefault(sentence, []).append(_named(line))
    for sentence, lines in lacking.items():
        say(f"{listed(lines)}: {sentence}")
    shown = _told_of(result)
    names = {line.id: _named(line) for line in each}
    for missing in result.total.undocumented:
        known = getattr(result.total.documented, missing.quantity)
        # a case that tells of no driving needs no sentence about it
        if known is not None and missing.quantity in shown:
            say(
                f"Summen av {_QUANTITIES[missing.quantity]} mangler noe fra "
                f"{listed([names[one] for one in missing.lines])}; det som er dokumentert, er "
                f"{_told(known, 0)}."
            )


def _named(line: LineResult) -> str:
    return line.title or line.id


def _show_warnings(result: CaseResult) -> None:
    """Each warning once; why a line has no kroner is told with what the line lacks."""
    told = {line.id for line in result.lines if line.avoided.nok is None}
    said = (w for w in result.warnings if w.code not in _WITHOUT_KRONER or not told & {*w.lines})
    for message in dict.fromkeys(warning.message for warning in said):
        say(f"Obs: {message}")


def _show_prices_used(result: CaseResult) -> None:
    """Each price that gave kroner, and where it came from; nothing where none did."""
    lines = told_apart(result.lines)
    used = [(p, line) for line in lines for p in (line.price, line.km_price) if p]
    rows = dict.fromkeys(
        (
            price.title or price.price or f"på linjen {_named(line)}",
            _priced(price),
            str(price.price_year),
            _holds(price),
            price.origin,
            _FOUND_IN[price.found_in],
        )
        for price, line in used
    )
    if rows:
        show_table("Priser", ("Pris", "Kroner", "Prisår", "Gjelder", "Kilde", "Hentet"), rows)


def _priced(price: PriceUsed) -> str:
    """515,20 per betalt time (426,00 i 2020)."""
    stated = f" ({_told(price.stated_value, 2)} i {price.stated_price_year})"
    is_converted = price.stated_price_year != price.price_year
    return f"{_told(price.value, 2)} per {_unit(price)}{stated if is_converted else ''}"


def _show_times(total: Totals) -> None:
    if set(total.hours_by_time_of_day) - {"any"}:
        rows = ((_TIMES[part], _whole(hours)) for part, hours in total.hours_by_time_of_day.items())
        show_table("Timer per år", ("Tid på døgnet", "Timer"), rows)


def _show_economy(result: CaseResult) -> None:
    money, exclusive = result.economy, result.exclusive
    columns = [money] if exclusive is None else [money, exclusive.economy]
    # where the need grows, each later year has a net of its own
    later = "Netto år 2" if result.need_growth else "Netto senere år"
    headings = ("Kroner", "Som oppgitt", "Uten dobbelttelling")[: len(columns) + 1]
    rows = [
        ("Brutto per år", *(_told(one.gross_per_year, 0) for one in columns)),
        ("Kostnader per år", *(_told(one.running_costs_per_year, 0) for one in columns)),
        ("Oppstart", *(_told(one.start_up_costs, 0) for one in columns)),
        ("Netto første år", *(_told(one.first_year.net, 0) for one in columns)),
        (later, *(_told(one.later_years.net, 0) for one in columns)),
        ("Tilbakebetalt etter", *(_payback(one) for one in columns)),
    ]
    if money.horizon_years is not None:
        rows += _over_plain(columns)
    show_table("Økonomi", headings, rows)
    for sentence in money.undocumented:
        say(sentence)
    say("Frigjort tid er ikke penger før den er omsatt og budsjettert.")


def _over_plain(columns: Sequence[Economy]) -> list[tuple[str, ...]]:
    years = f"{plain(columns[0].horizon_years or 0)} år"
    rate = f"{plain(columns[0].discount_rate * 100)} %"
    return [
        (f"Brutto over {years}", *(_told(one.horizon.gross, 0) for one in columns)),
        (f"Netto over {years}", *(_told(one.horizon.net, 0) for one in columns)),
        (f"Nåverdi brutto ({rate})", *(_told(one.present_value.gross, 0) for one in columns)),
        (f"Nåverdi netto ({rate})", *(_told(one.present_value.net, 0) for one in columns)),
    ]


def _payback(money: Economy) -> str:
    if money.payback_years is None:
        return "aldri" if money.payback == "never" else _UNKNOWN
    if money.payback == "at_once":
        return "straks"
    if money.payback_years < _TOLD_IN_MONTHS:
        return f"{decimal(money.payback_years * 12)} måneder"
    return f"{decimal(money.payback_years)} år"


def _show_ladder(result: CaseResult) -> None:
    told = [rung for rung in result.ladder if rung.hours is not None or rung.nok is not None]
    if {rung.step for rung in told} - {"net_of_costs"}:
        rows = ((_STEPS[rung.step], _whole(rung.hours), _whole(rung.nok)) for rung in result.ladder)
        show_table("Trinn for trinn, per år", ("Trinn", "Timer", "Kroner"), rows)


def _show_beside(result: CaseResult) -> None:
    if result.non_priced_effects:
        rows = ((effect.title, effect.score) for effect in result.non_priced_effects)
        show_table("Uten pris (1–6)", ("Virkning", "Skår"), rows)


def _told(value: Number, places: int = 1) -> str:
    return _UNKNOWN if value is None else decimal(value, places)
