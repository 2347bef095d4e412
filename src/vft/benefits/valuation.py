"""What a line's activity is in kroner: the price found, tried, deflated and applied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from vft.benefits.activity import Amount
from vft.benefits.case import KINDS, TIMED, Case, Line
from vft.benefits.deflator import factor
from vft.benefits.documented import Number, times
from vft.benefits.price_list import find, packaged
from vft.benefits.result import PriceUsed
from vft.benefits.unit_price import HOURS, UNITS, FoundIn, HourDefinition, UnitPrice
from vft.errors import VftError
from vft.tables.norwegian import listed

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A line's price that may be used, or why it may not; neither where none is needed."""

    told: UnitPrice | None = None
    #: The price itself: what is told, or what it refers to.
    stated: UnitPrice | None = None
    used: PriceUsed | None = None
    why_not: str | None = None
    #: Refused since hours of one definition met a price of the other.
    mixes_hours: bool = False


@dataclass(frozen=True, kw_only=True)
class LinePrices:
    """What a line's activity costs, and its kilometres."""

    activity: Chosen
    km: Chosen


def choose(line: Line, case: Case, *, own: Sequence[UnitPrice] = ()) -> Chosen:
    """The price of a line's activity. ``own``: the municipality's prices, from its lake."""
    fits = partial(_not_of_kind, line)
    chosen = _chosen(line.price, line, case, own=own, fits=fits)
    if chosen.used is None or (mixed := _mixed(line, chosen.used)) is None:
        return chosen
    return replace(chosen, used=None, why_not=mixed, mixes_hours=True)


def choose_km(line: Line, case: Case, *, own: Sequence[UnitPrice] = ()) -> Chosen:
    """The price of a line's kilometres; nothing where no kilometres are told."""
    if not has_km(line):
        return Chosen()
    return _chosen(line.km_price, line, case, own=own, fits=_not_of_km)


def has_km(line: Line) -> bool:
    """Whether a line tells of driving."""
    return any(line.of(side, "km") is not None for side in (line.before, line.after))


def kroner(line: Line, amount: Amount, case: Case, *, price: Chosen) -> Number:
    """What so much of a line's activity is worth; null where its price is not documented."""
    value = price.used.value if price.used else None
    per = price.used.per if price.used else None
    return times(_in_units_of(per, line, amount, case), value)


def kroner_of_km(line: Line, amount: Amount, *, km: Chosen) -> Number:
    """What its kilometres are worth; null where neither they nor their price is documented."""
    if not has_km(line):
        return None
    return times(amount.km, km.used.value if km.used else None)


def _in_units_of(per: str | None, line: Line, amount: Amount, case: Case) -> Number:
    """How many of the price's units an amount is; without a price, none only where it is none."""
    if per is None and line.kind in TIMED:
        # nobody knows whether it is paid by the visit or by the hour: none of both is none
        return 0.0 if amount.count == 0 == amount.hours else None
    if per == "hour":
        return amount.hours
    if line.kind == "institution_places":
        a_year = {"month": float(_MONTHS), "day": float(case.days_per_year)}
        return times(amount.count, a_year.get(str(per), 1.0))
    if line.kind == "institution_days":
        in_one = {"month": case.days_per_year / _MONTHS, "year": float(case.days_per_year)}
        return None if amount.count is None else amount.count / in_one.get(str(per), 1.0)
    return amount.count


def _chosen(
    told: UnitPrice | None,
    line: Line,
    case: Case,
    *,
    own: Sequence[UnitPrice],
    fits: Callable[[UnitPrice], str | None],
) -> Chosen:
    if told is None:
        return Chosen(why_not="prisen er ikke oppgitt")
    try:
        price, found_in = _looked_up(told, line, case, own=own)
    except VftError as missing:
        return Chosen(told=told, why_not=str(missing))
    if lacks := price.lacks():
        why_not = f"prisen {price.called} mangler {', '.join(lacks)}"
        return Chosen(told=told, stated=price, why_not=why_not)
    if misfit := fits(price):
        return Chosen(told=told, stated=price, why_not=misfit)
    try:
        return Chosen(told=told, stated=price, used=_in_price_year(price, case, found_in))
    except VftError as unknown:
        return Chosen(told=told, stated=price, why_not=str(unknown))


def _looked_up(
    told: UnitPrice, line: Line, case: Case, *, own: Sequence[UnitPrice]
) -> tuple[UnitPrice, FoundIn]:
    """The price itself, from the nearest list that has its code."""
    if not told.is_reference or told.price is None:
        return told, "line"
    lists: tuple[tuple[FoundIn, Sequence[UnitPrice]], ...] = (
        ("case", case.prices),
        ("lake", own),
        ("packaged", packaged()),
    )
    having = [one for one in lists if any(price.price == told.price for price in one[1])]
    if not having:
        known = sorted({str(price.price) for _, prices in lists for price in prices if price.price})
        raise VftError(f"prisen «{told.price}» finnes ikke; kodene er {', '.join(known)}")
    found_in, prices = having[0]
    when = line.when if told.time_of_day == "any" else told.time_of_day
    return find(told.price, time_of_day=when, on=priced_on(case), prices=prices), found_in


def priced_on(case: Case) -> date | None:
    """The day that chooses prices: the start, else the first day of the price year."""
    if case.start is None and case.price_year is not None:
        return date(case.price_year, 1, 1)
    return case.start


def _in_price_year(price: UnitPrice, case: Case, found_in: FoundIn) -> PriceUsed:
    """A price that lacks nothing, in the case's kroner.

    Raises:
        VftError: the deflator does not reach.
    """
    if price.value is None or price.starts_on is None or price.per is None or not price.origin:
        raise VftError(f"prisen {price.called} mangler {', '.join(price.lacks())}")
    year = price.price_year or price.starts_on.year
    grown = factor(from_year=year, to_year=case.price_year) if case.price_year else 1.0
    return PriceUsed(
        price=price.price,
        title=price.title,
        value=price.value * grown,
        stated_value=price.value,
        per=price.per,
        hour_definition=price.hour_definition,
        stated_price_year=year,
        price_year=case.price_year or year,
        starts_on=price.starts_on,
        ends_on=price.ends_on,
        origin=price.origin,
        owner=price.owner,
        found_in=found_in,
    )


#: What a price of each kind of line may be per.
_UNITS: dict[str, tuple[str, ...]] = {
    "visits": ("hour", "visit", "item"),
    "night_checks": ("hour", "visit", "item"),
    "alarms": ("hour", "visit", "item"),
    "hours": ("hour",),
    "items": ("item", "visit", "km", "day", "month", "year"),
    "institution_days": ("day", "month", "year"),
    "institution_places": ("day", "month", "year"),
}


def _not_of_kind(line: Line, price: UnitPrice) -> str | None:
    units = _UNITS[line.kind]
    if price.per in units:
        return None
    return (
        f"prisen {price.called} er per {UNITS[str(price.per)]}, men {KINDS[line.kind]} trenger en "
        f"pris per {listed([UNITS[unit] for unit in units], 'eller')}"
    )


def _mixed(line: Line, price: PriceUsed) -> str | None:
    """Why hours of a line cannot meet a price: it is of hours of another definition."""
    meant = _hours_are(line)
    if price.per != "hour" or meant in {None, price.hour_definition}:
        return None
    return (
        f"prisen «{price.title or price.price}» er per {HOURS[str(price.hour_definition)]}, men "
        f"linjens timer er {_TOLD[str(meant)]}: timebegrepene kan ikke blandes"
    )


_TOLD = {"paid": "betalte timer, med reise", "direct": "timer hos tjenestemottakeren"}


def _hours_are(line: Line) -> HourDefinition | None:
    """Whether a line's hours are paid or direct, as far as it says; with travel they are paid."""
    if line.hour_definition is not None:
        return line.hour_definition
    travel = any(line.of(side, "travel_minutes") is not None for side in (line.before, line.after))
    return "paid" if line.minutes_include_travel or travel else None


def _not_of_km(price: UnitPrice) -> str | None:
    if price.per == "km":
        return None
    return (
        f"prisen {price.called} er per {UNITS[str(price.per)]}, men kjøring trenger en pris per km"
    )
