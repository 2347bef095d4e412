"""Prices for total municipal resources: from the price list, or from a municipality's own file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vft.errors import VftError
from vft.tables.norwegian import decimal

if TYPE_CHECKING:
    from vft.benefits.unit_price import UnitPrice
    from vft.effects.resources import Prices

_DAYS = 365
#: Weeks in each unit that a place may be priced by.
_WEEKS = {"day": 1 / 7, "month": _DAYS / 12 / 7, "year": _DAYS / 7}


def prices(
    *, hour: str | None, institution: str | None, file: Path | None, on: date | None
) -> "Prices":
    """Kroner a week, in kroner of the later of both prices' years.

    ``hour`` and ``institution``: codes of the price of an hour of home care and of a place.

    Raises:
        VftError: a price is not given, not found, lacks something, or is of another unit; the
            sentence names all that is wrong.
    """
    from vft.benefits.price_list import find
    from vft.effects.resources import Prices

    _require({"--price-hour": hour, "--price-institution": institution})
    known = _known(file)
    one, other = (
        find(str(code), time_of_day="any", on=on, prices=known) for code in (hour, institution)
    )
    faults = [*_faults(one, {"hour"}), *_faults(other, set(_WEEKS))]
    if faults:
        raise VftError("Totale kommunale ressurser lar seg ikke regne ut. " + " ".join(faults))
    year = max(_year(one), _year(other))
    return Prices(
        minute=_in(one, year) / 60,
        institution=_in(other, year) / _WEEKS[str(other.per)],
        told=tuple(_told(price, year) for price in (one, other)),
    )


def _require(given: dict[str, str | None]) -> None:
    missing = [option for option, code in given.items() if not code]
    if missing:
        raise VftError(
            "Totale kommunale ressurser krever prisen på en time hjemmetjeneste (--price-hour) og "
            f"på en sykehjemsplass (--price-institution). Mangler: {', '.join(missing)}. "
            "Prisene som følger med: vft case prices."
        )


def _known(file: Path | None) -> "tuple[UnitPrice, ...]":
    """The file's prices (``prices``, as in a case), or those that come with the package."""
    from pydantic import Field, create_model

    from vft.benefits.model_file import ModelFile
    from vft.benefits.price_list import packaged
    from vft.benefits.unit_price import Strict, UnitPrice

    if file is None:
        return packaged()
    many = (tuple[UnitPrice, ...], Field(strict=False))
    model = create_model("Prices", __base__=Strict, prices=many)
    kind = ModelFile(
        model=model,
        named="Prislisten",
        noun="prisliste",
        schema="$defs/UnitPrice i vft case schema",
    )
    found: tuple[UnitPrice, ...] = kind.read(file).prices  # type: ignore[attr-defined]  # made here
    return found


def _faults(price: "UnitPrice", units: set[str]) -> list[str]:
    from vft.benefits.unit_price import UNITS

    lacks = price.lacks()
    if lacks:
        return [f"Prisen {price.called} mangler {', '.join(lacks)}."]
    if price.per not in units:
        wanted = " eller ".join(word for unit, word in UNITS.items() if unit in units)
        return [f"Prisen {price.called} er per {UNITS[str(price.per)]}, ikke per {wanted}."]
    return []


def _year(price: "UnitPrice") -> int:
    """The year its kroner are of; of one without, the year it holds from."""
    if price.price_year is not None:
        return price.price_year
    return price.starts_on.year if price.starts_on else 0


def _in(price: "UnitPrice", year: int) -> float:
    from vft.benefits.deflator import deflate

    return deflate(float(price.value or 0), from_year=_year(price), to_year=year)


def _told(price: "UnitPrice", year: int) -> str:
    from vft.benefits.unit_price import HOURS, UNITS

    per = HOURS[price.hour_definition] if price.hour_definition else UNITS[str(price.per)]
    converted = "" if _year(price) == year else f", regnet om til {year}"
    return (
        f"Pris {price.called}: {decimal(price.value or 0, 2)} kr per {per} "
        f"i {_year(price)}-kroner{converted}. Kilde: {price.origin}."
    )
