"""A simulation as tables in the terminal."""

from vft.commands.terminal import say, show_heading, show_table
from vft.simulation.decomposition import Decomposition
from vft.simulation.result import Bar, NetPresentValue, SimulationResult
from vft.simulation.scale import BreakEven
from vft.simulation.spread import Spread
from vft.tables.norwegian import counted, decimal, number, plain

_THOUSAND = 1000
_SELDOM = 0.001
_UNKNOWN = "ikke dokumentert"
_AROUND = ("Forventet", "P10", "P50", "P90")
_GROWTH = {
    "population": "Befolkning",
    "uptake": "Opptak",
    "hours_per_user": "Timer per bruker",
    "overlap": "Overlapp",
}


def show_scenario(found: SimulationResult) -> None:
    """Print years, present values, what they hang on, and what is missing."""
    draws = f"{counted(found.draws, 'trekning', 'trekninger')}, frø {found.seed}"
    rate = f"realrente {plain(100 * found.discount_rate)} %"
    show_heading(found.title or "Scenario", f" · {draws}, {rate}")
    _show_years(found)
    _show_present_values(found)
    _show_break_even(found)
    _show_tornado("Unngått kostnad", found.tornado)
    _show_tornado("Realiserbart", found.tornado_realisable)
    _show_parts("Timer over alle år, etter tjeneste", found.hours_by_service, {})
    _show_difference(found)
    _show_parts("Vekst i timer fra første til siste år", found.growth_of_hours, _GROWTH)
    for sentence in dict.fromkeys((*found.undocumented, *found.warnings)):
        say(f"Obs: {sentence}")
    say("Frigjort tid er ikke penger før den er omsatt og budsjettert.")


def _show_years(found: SimulationResult) -> None:
    show_table(
        "Forventet per år (– er ikke dokumentert)",
        ("År", "Brukere", "Timer", "Årsverk", "Unngått kostnad", "Realiserbart", "Kostnader"),
        (
            (
                str(year.year),
                _mean(year.users),
                _mean(year.hours),
                "–" if year.fte is None else decimal(year.fte.mean),
                _mean(year.avoided_cost),
                _mean(year.realisable),
                _mean(year.costs),
            )
            for year in found.years
        ),
    )


def _show_present_values(found: SimulationResult) -> None:
    values = found.present_value
    rows = [
        ("Unngått kostnad", *_cells(values.avoided_cost), ""),
        ("Realiserbart", *_cells(values.realisable), ""),
        ("Kostnader", *_cells(values.costs), ""),
        ("Netto av unngått kostnad", *_net(found.npv)),
        ("Netto av det realiserbare", *_net(found.npv_realisable)),
    ]
    years = f"år 0–{found.horizon_years}"
    kroner = f"{found.price_year}-kroner" if found.price_year else "kroner"
    show_table(f"Nåverdi, tusen {kroner}, {years}", ("Nåverdi", *_AROUND, "Sjanse > 0"), rows)


def _show_break_even(found: SimulationResult) -> None:
    for what, one in (
        ("unngått kostnad", found.break_even),
        ("det realiserbare", found.break_even_realisable),
    ):
        say(f"Går i null ved, etter {what}: {_told(one)}")


def _told(one: BreakEven | None) -> str:
    if one is None:
        return f"{_UNKNOWN}."
    never = f"aldri i {decimal(100 * one.share_never)} % av trekningene"
    if one.scale_at_means is None:
        return f"aldri, med nøklene som forventet ({never})."
    users = "" if one.users_at_means is None else f", {number(one.users_at_means)} brukere"
    return f"{decimal(one.scale_at_means, 2)} ganger scenariets brukere{users} ({never})."


def _show_tornado(what: str, bars: list[Bar]) -> None:
    if bars:
        show_table(
            f"Hva nåverdien henger på, tusen kroner: {what.lower()}",
            ("Nøkkel", "Navn", "Ved P10", "Ved P90", "Utslag"),
            (
                (
                    bar.key,
                    bar.title or "",
                    *map(_thousands, (bar.npv_at_p10, bar.npv_at_p90, bar.swing)),
                )
                for bar in bars
            ),
        )


def _show_parts(title: str, parts: Decomposition | None, names: dict[str, str]) -> None:
    if parts is not None:
        rows = [(names.get(name, name), round(value)) for name, value in parts.effects.items()]
        rows += [("Samspill", round(parts.interaction)), ("I alt", round(parts.total))]
        show_table(title, ("Del", "Timer"), rows)


def _show_difference(found: SimulationResult) -> None:
    """Why the parts do not sum to the hours of the years above them, where they do not."""
    if found.hours is None or found.hours_by_service is None:
        return
    drawn, parts = number(found.hours.mean), number(found.hours_by_service.total)
    if drawn != parts:
        say(
            f"Oppdelingen er regnet med hver nøkkel på sin forventede verdi ({parts} timer). "
            f"Årene over er snittet av trekningene ({drawn} timer), der nøkler varierer og følger "
            "hverandre."
        )


def _net(one: NetPresentValue | None) -> tuple[object, ...]:
    if one is None:
        return (*_cells(None), None)
    return (*_cells(one.spread), _chance(one.probability_positive))


def _chance(share: float) -> str:
    """In percent; what happened in some draws is neither never nor always."""
    if 0 < share < _SELDOM:
        return "under 0,1 %"
    return "over 99,9 %" if 1 - _SELDOM < share < 1 else f"{decimal(100 * share)} %"


def _cells(one: Spread | None) -> tuple[int | None, ...]:
    if one is None:
        return (None,) * len(_AROUND)
    return tuple(_thousands(value) for value in (one.mean, one.p10, one.p50, one.p90))


def _mean(one: Spread | None) -> int | None:
    return None if one is None else round(one.mean)


def _thousands(value: float) -> int:
    return round(value / _THOUSAND)
