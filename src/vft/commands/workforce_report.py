"""The workforce gap as tables in the terminal."""

from vft.commands.terminal import say, show_heading, show_table
from vft.simulation.spread import Spread
from vft.simulation.workforce import WorkforceResult
from vft.tables.norwegian import decimal


def show_workforce(found: WorkforceResult) -> None:
    """Print need, supply and gap year by year; a dash is what is not documented."""
    show_heading(found.title or "Årsverk", f" · {found.label}, ikke en prognose")
    show_table(
        "Årsverk, forventet (– er ikke dokumentert)",
        ("År", "Behov", "Tilgang", "Gap", "Frigjort", "Gap etter", "Gap, % av i dag"),
        (
            (
                str(year.year),
                _mean(year.need_fte),
                _mean(year.supply_fte),
                _mean(year.gap_fte),
                _mean(year.freed_fte),
                _mean(year.gap_after_fte),
                "–" if year.gap_index is None else decimal(100 * year.gap_index.mean),
            )
            for year in found.years
        ),
    )
    for sentence in (*found.undocumented, *found.warnings):
        say(f"Obs: {sentence}")


def _mean(one: Spread | None) -> int | None:
    return None if one is None else round(one.mean)
