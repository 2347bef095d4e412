"""Prices for total municipal resources: from the price list, or from a municipality's own file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vft.errors import VftError
from vft.tables.norwegian import decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vft.benefits.unit_price import UnitPrice
    from vft.effects.resources import Prices

_DAYS = 365
#: Weeks in each unit that a place may be priced by.
_WEEKS = {"day": 1 / 7, "month": _DAYS / 12 / 7, "year": _DAYS / 7}


def prices(
    *, hour: str | None, institution: str | None, known: "Sequence[UnitPrice]", on: date | None
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
    for code in (hour, institution):
        if on is None and sum(p.price == code and p.time_of_day == "any" for p in known) > 1:
            raise VftError(
                f"Prisen «{code}» har flere perioder. Velg med --on, for eksempel --on 2024-01-01."
            )
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
        told=(
            *(_told(price, year) for price in (one, other)),
            *(_not_held(price, on) for price in (one, other) if on and price.not_held(on)),
        ),
    )


def _not_held(price: "UnitPrice", on: date) -> str:
    return f"{price.not_held(on)}, dagen i --on. Oppgi en pris som gjelder da, med --prices."


def _require(given: dict[str, str | None]) -> None:
    missing = [option for option, code in given.items() if not code]
    if missing:
        raise VftError(
            "Totale kommunale ressurser krever prisen på en time hjemmetjeneste (--price-hour) og "
            f"på en sykehjemsplass (--price-institution). Mangler: {', '.join(missing)}. "
            "Prisene som følger med: vft case prices."
        )


def known(*, file: Path | None, from_lake: bool) -> "tuple[UnitPrice, ...]":
    """The file's prices (``prices``, as in a case), the lake's, or those that come with vft.

    Where the lake has none by a code, the price that comes with vft is known by it.

    Raises:
        VftError: both a file and the lake are asked for, or the lake has no prices.
        FileRefused: the file cannot be used.
    """
    if file and from_lake:
        raise VftError("Velg enten --prices eller --prices-from-lake.")
    return _of_lake() if from_lake else _of_file(file)


def _of_lake() -> "tuple[UnitPrice, ...]":
    from vft.benefits.own_prices import own_prices
    from vft.benefits.price_list import packaged
    from vft.pipeline.home import Home

    own = own_prices(Home.here().lake)
    codes = {price.price for price in own}
    return (*own, *(price for price in packaged() if price.price not in codes))


def _of_file(file: Path | None) -> "tuple[UnitPrice, ...]":
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
