"""The workforce gap as tables in the terminal."""

from vft.commands.terminal import say, show_heading, show_table
from vft.simulation.spread import Spread
from vft.simulation.workforce import WorkforceResult
from vft.tables.norwegian import decimal

#: A column of fewer årsverk than these has a decimal: of 4,7 a half is much.
_MANY = 100
_SHOWN = {
    "need_fte": "Behov",
    "supply_fte": "Tilgang",
    "gap_fte": "Gap",
    "freed_fte": "Frigjort",
    "gap_after_fte": "Gap etter",
}


def show_workforce(found: WorkforceResult) -> None:
    """Print need, supply and gap year by year; a dash is what is not documented."""
    show_heading(found.title or "Årsverk", f" · {found.label}, ikke en prognose")
    columns = [_means([getattr(year, name) for year in found.years]) for name in _SHOWN]
    show_table(
        "Årsverk, forventet (– er ikke dokumentert)",
        ("År", *_SHOWN.values(), "Gap, % av i dag"),
        (
            (
                str(year.year),
                *row,
                "–" if year.gap_index is None else decimal(100 * year.gap_index.mean),
            )
            for year, *row in zip(found.years, *columns, strict=True)
        ),
    )
    for sentence in (*found.undocumented, *found.warnings):
        say(f"Obs: {sentence}")


def _means(years: list[Spread | None]) -> list[float | None]:
    is_small = all(abs(one.mean) < _MANY for one in years if one is not None)
    return [None if one is None else round(one.mean, 1 if is_small else None) for one in years]
