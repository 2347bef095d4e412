"""Finding the price that holds: a case's own first, then those that come with the package."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from vft.benefits.unit_price import TIMES, TimeOfDay, UnitPrice
from vft.errors import VftError

_NUMBERS: dict[str, type[float] | type[int]] = {"value": float, "price_year": int}


@cache
def packaged() -> tuple[UnitPrice, ...]:
    """The dated, sourced prices that come with the package (``data/unit_prices.csv``)."""
    text = (files("vft.benefits") / "data" / "unit_prices.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return tuple(UnitPrice.model_validate(_typed(row)) for row in rows)


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[UnitPrice, ...]:
    """Prices from rows of the lake's table ``unit_prices``; provenance columns are left out."""
    known = UnitPrice.model_fields
    return tuple(
        UnitPrice.model_validate(_typed({k: v for k, v in row.items() if k in known}))
        for row in rows
    )


def find(
    code: str, *, time_of_day: TimeOfDay, on: date | None, prices: Iterable[UnitPrice]
) -> UnitPrice:
    """The price of a code on a day and at a time of day; of the time of day first, then of any.

    With one price alone its dates do not choose: whoever uses it says that it is out of date.

    Raises:
        VftError: no price has the code, or several do and the day chooses none of them.
    """
    named = [p for p in prices if p.price == code]
    if not named:
        raise VftError(f"Prisen «{code}» finnes ikke. Se prisene som følger med: vft case prices.")
    found = [p for p in named if p.time_of_day == time_of_day] or [
        p for p in named if p.time_of_day == "any"
    ]
    if not found:
        raise VftError(
            f"Prisen «{code}» finnes ikke for denne tiden på døgnet ({TIMES[time_of_day]})."
        )
    held = [p for p in found if on is not None and p.covers(on)]
    if len(held or found) == 1:
        return (held or found)[0]
    raise VftError(_undecided(code, on=on, several=len(held) > 1))


def _undecided(code: str, *, on: date | None, several: bool) -> str:
    if on is None:
        return f"Prisen «{code}» har flere perioder. Oppgi start (dato), så den rette kan velges."
    if several:
        return f"Prisen «{code}» har flere priser som gjelder {on:%d.%m.%Y}. Behold én av dem."
    return f"Prisen «{code}» har ingen verdi som gjelder {on:%d.%m.%Y}."


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of text or of the lake's exact decimals, with nothing where a cell is empty."""
    filled = {name: cell for name, cell in row.items() if cell not in {None, ""}}
    return {
        name: _NUMBERS[name](cell) if name in _NUMBERS else cell for name, cell in filled.items()
    }
