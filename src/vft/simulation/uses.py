"""Where a scenario uses which key, and as what; and what is amiss or missing with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from vft.benefits.deflator import factor
from vft.benefits.unit_price import UNITS, UnitPrice, require_one_hour_definition
from vft.errors import VftError
from vft.simulation.calculation_key import CalculationKey, Role
from vft.simulation.scenario import Benefit, Cost, Quantity, Scenario
from vft.tables.norwegian import listed, plain

#: What a benefit's price may be per; a count has no months.
_PER = {"visits": ("hour", "visit", "item"), "hours": ("hour",), "items": ("item", "visit")}


#: What a reader is told that the fields are.
_WORDS = {
    "population": "befolkning",
    "uptake": "opptak",
    "count": "antall",
    "minutes": "minutter",
    "price": "pris",
    "km": "kilometer",
    "km_price": "pris per kilometer",
    "amount": "beløp",
    "years_in_use": "år i bruk",
    "share": "andel",
    "realisation_rate": "uttakseffektivitet",
}
_NEVER_NEGATIVE = {"population", "amount", "price", "km_price"}
_KRONER = {"amount", "price", "km_price"}


@dataclass(frozen=True, kw_only=True)
class Use:
    """One quantity in its place: the field, and which service, benefit or cost it is of."""

    field: str
    quantity: Quantity
    of: str = ""
    role: Role = "amount"
    #: What the price must be per.
    per: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """DMS: opptak (uptake)."""
        told = f"{_WORDS[self.field]} ({self.field})"
        return f"{self.of}: {told}" if self.of else told.capitalize()


def uses(scenario: Scenario) -> tuple[Use, ...]:
    """Every quantity that the scenario's figures need."""
    found = [Use(field="realisation_rate", quantity=scenario.realisation_rate, role="share")]
    for service in scenario.services:
        at = service.service
        found += [
            Use(of=at, field="population", quantity=service.population),
            Use(of=at, field="uptake", quantity=service.uptake, role="share"),
        ]
        found += [use for one in service.benefits or () for use in _of_benefit(one, at)]
        found += [use for one in service.costs or () for use in _of_cost(one, at)]
    for overlap in scenario.overlaps:
        of = f"Overlapp av {listed(overlap.services)}"
        found.append(Use(of=of, field="share", quantity=overlap.share, role="share"))
    return (*found, *(use for one in scenario.costs for use in _of_cost(one, "Felles")))


def used_keys(scenario: Scenario) -> tuple[str, ...]:
    """Names of documented keys that some figure needs, each once, in the order of use."""
    named = (use.quantity for use in uses(scenario) if isinstance(use.quantity, str))
    known = (name for name in named if name in scenario.keys)
    return tuple(dict.fromkeys(n for n in known if scenario.keys[n].distribution is not None))


def require_sound(scenario: Scenario) -> None:
    """Refuse a scenario that cannot be computed.

    Raises:
        VftError: parts that do not fit together, or :func:`faults`; all at once.
    """
    if found := [*scenario.misfits(), *faults(scenario)]:
        raise VftError("Scenariet kan ikke regnes ut:\n" + "\n".join(f"– {f}." for f in found))


def faults(scenario: Scenario) -> list[str]:
    """Keys that cannot be what they are used as, in bokmål.

    A share outside 0–1, a negative amount, a price per something else, or paid hours mixed with
    direct ones.
    """
    found = [fault for use in uses(scenario) for fault in _faults(use, scenario)]
    return [*dict.fromkeys(found), *_hours_mixed(scenario)]


def undocumented(scenario: Scenario) -> tuple[str, ...]:
    """What is missing, where, and what it costs the answer; in bokmål."""
    found = [s for use in uses(scenario) if (s := _missing(use, scenario))]
    found += _without_benefits(scenario)
    found += _without_costs(scenario)
    found += _unconverted(scenario)
    found += [
        f"Korrelasjonen er ikke brukt: nøkkelen «{name}» finnes ikke i filen."
        for pair in scenario.correlations
        for name in pair.keys
        if name not in scenario.keys
    ]
    return tuple(dict.fromkeys(found))


def gives_kroner(quantity: Quantity, scenario: Scenario, *, role: Role = "amount") -> bool:
    """Whether a quantity is documented, dated and sourced."""
    key = _key(quantity, scenario)
    return key is not None and not key.lacks(role)


def _of_benefit(benefit: Benefit, at: str) -> Iterator[Use]:
    of = f"{at}, «{benefit.title}»"
    yield Use(of=of, field="count", quantity=benefit.count)
    if benefit.kind == "visits":
        yield Use(of=of, field="minutes", quantity=benefit.minutes)
    per = _PER[benefit.kind]
    yield Use(of=of, field="price", quantity=benefit.price, role="price", per=per)
    if benefit.km != 0:
        yield Use(of=of, field="km", quantity=benefit.km)
        price = benefit.km_price
        yield Use(of=of, field="km_price", quantity=price, role="price", per=("km",))


def _of_cost(cost: Cost, at: str) -> Iterator[Use]:
    of = f"{at}, «{cost.title}»"
    yield Use(of=of, field="amount", quantity=cost.amount)
    if cost.years_in_use is not None:
        yield Use(of=of, field="years_in_use", quantity=cost.years_in_use)


def _key(quantity: Quantity, scenario: Scenario) -> CalculationKey | None:
    return scenario.keys.get(quantity) if isinstance(quantity, str) else None


def _missing(use: Use, scenario: Scenario) -> str | None:
    if use.quantity is None:
        return f"{use.called} er ikke dokumentert."
    if not isinstance(use.quantity, str):
        told = f"{use.called}: tallet {plain(use.quantity)} har verken dato eller kilde"
        return None if use.quantity == 0 else f"{told}: ingen kroner."
    key = _key(use.quantity, scenario)
    if key is None:
        near = get_close_matches(use.quantity, scenario.keys, n=1)
        meant = f" Mente du «{near[0]}»?" if near else ""
        return f"{use.called}: nøkkelen «{use.quantity}» finnes ikke i filen.{meant}"
    lacks = key.lacks(use.role)
    if lacks:
        outcome = "ingen tall" if "verdi" in lacks else "ingen kroner"
        return f"Nøkkelen «{use.quantity}» mangler {', '.join(lacks)}: {outcome}."
    return None


def _without_benefits(scenario: Scenario) -> Iterator[str]:
    """Services whose benefits are not told: they may spare much, or nothing."""
    names = [service.service for service in scenario.services if service.benefits is None]
    if names:
        yield (
            f"{listed(names)}: gevinster (benefits) er ikke dokumentert, og da er verken timer "
            "eller unngått kostnad kjent. Skriv benefits = [] for en tjeneste som ikke sparer noe."
        )


def _without_costs(scenario: Scenario) -> Iterator[str]:
    """Services whose costs are not told: nobody knows then what is left of the benefit."""
    names = [service.service for service in scenario.services if service.costs is None]
    if names:
        yield (
            f"{listed(names)}: kostnader (costs) er ikke dokumentert, og da er verken netto, "
            "sjansen for gevinst eller når det går i null kjent. Skriv costs = [] for en tjeneste "
            "som ikke koster noe."
        )


def _unconverted(scenario: Scenario) -> Iterator[str]:
    """Keys whose kroner cannot be told in the scenario's price year, together for each reason."""
    found: dict[str, list[str]] = {}
    for use in uses(scenario):
        key = _key(use.quantity, scenario)
        year = key.in_kroner_of if key is not None and use.field in _KRONER else None
        if year is not None and scenario.price_year is not None:
            try:
                factor(from_year=year, to_year=scenario.price_year)
            except VftError as beyond:
                found.setdefault(str(beyond), []).append(f"«{use.quantity}»")
    for reason, names in found.items():
        yield f"{listed(list(dict.fromkeys(names)))} gir ingen kroner. {reason}"


def _faults(use: Use, scenario: Scenario) -> Iterator[str]:
    key = _key(use.quantity, scenario)
    least, most = _range(use, key)
    told = plain(least) if least == most else f"{plain(least)}–{plain(most)}"
    if use.role == "share" and not 0 <= least <= most <= 1:
        yield f"{use.called} må være en andel fra 0 til 1, ikke {told}"
    if use.field in _NEVER_NEGATIVE and least < 0:
        yield f"{use.called} kan ikke være under 0, og er {told}"
    if use.field == "years_in_use" and least <= 0:
        yield f"{use.called} må være over 0, ikke {told}"
    if use.per and key is not None and key.per is not None and key.per not in use.per:
        wanted = listed([UNITS[unit] for unit in use.per], "eller")
        yield f"{use.called} er per {UNITS[key.per]}, men må være per {wanted}"


def _range(use: Use, key: CalculationKey | None) -> tuple[float, float]:
    """The least and the greatest that it can be in any year; what is not known breaks no rule."""
    if isinstance(use.quantity, float | int):
        return float(use.quantity), float(use.quantity)
    if key is None or key.misfits() or key.distribution is None:
        return (1.0, 1.0)
    return key.ends


def _hours_mixed(scenario: Scenario) -> Iterator[str]:
    priced = {
        use.quantity: _key(use.quantity, scenario) for use in uses(scenario) if use.role == "price"
    }
    try:
        require_one_hour_definition(
            UnitPrice(title=str(name), per=key.per, hour_definition=key.hour_definition)
            for name, key in priced.items()
            if key is not None
        )
    except VftError as mixed:
        yield str(mixed).rstrip(".")
