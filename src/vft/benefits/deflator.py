"""Kroner of one year in kroner of another, by the municipal deflator."""

import csv
from functools import cache
from importlib.resources import files
from math import prod

from vft.errors import VftError


@cache
def growth() -> dict[int, float]:
    """Price growth into each year, as a share (``data/deflator.csv``)."""
    text = (files("vft.benefits") / "data" / "deflator.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {int(row["year"]): float(row["growth"]) for row in rows}


def factor(*, from_year: int, to_year: int) -> float:
    """What one krone of ``from_year`` is in kroner of ``to_year``: Π (1 + growth of each year).

    Raises:
        VftError: the deflator is not known for every year between; with what to do about it.
    """
    first, last = sorted((from_year, to_year))
    if any(year not in growth() for year in range(first + 1, last + 1)):
        raise VftError(
            f"Kan ikke regne om fra {from_year}- til {to_year}-kroner: deflatoren går fra "
            f"{min(growth()) - 1} til {max(growth())}. Oppgi beløpet i {to_year}-kroner, eller "
            "velg et annet prisår (price_year)."
        )
    grown = prod(1 + growth()[year] for year in range(first + 1, last + 1))
    return grown if to_year >= from_year else 1 / grown


def deflate(amount: float, *, from_year: int, to_year: int) -> float:
    """An amount of ``from_year`` in kroner of ``to_year``.

    Raises:
        VftError: as :func:`factor`.
    """
    return amount * factor(from_year=from_year, to_year=to_year)
