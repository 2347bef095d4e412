"""Where a scenario uses which key, and as what; and what is amiss or missing with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from vft.benefits.unit_price import UnitPrice, require_one_hour_definition
from vft.errors import VftError
from vft.simulation.calculation_key import CalculationKey, Role
from vft.simulation.scenario import Benefit, Cost, Quantity, Scenario

#: What a benefit's price may be per; a count has no months.
_PER = {"visits": ("hour", "visit", "item"), "hours": ("hour",), "items": ("item", "visit")}


@dataclass(frozen=True, kw_only=True)
class Use:
    """One quantity in its place."""

    place: str
    quantity: Quantity
    role: Role = "amount"
    #: What the price must be per.
    per: tuple[str, ...] = ()


def uses(scenario: Scenario) -> tuple[Use, ...]:
    """Every quantity that the scenario's figures need."""
    found = [Use(place="realisation_rate", quantity=scenario.realisation_rate, role="share")]
    for service in scenario.services:
        at = service.service
        found += [
            Use(place=f"{at}: population", quantity=service.population),
            Use(place=f"{at}: uptake", quantity=service.uptake, role="share"),
        ]
        found += [use for one in service.benefits for use in _of_benefit(one, at)]
        found += [use for one in service.costs for use in _of_cost(one, at)]
    for overlap in scenario.overlaps:
        place = f"overlaps {' og '.join(overlap.services)}: share"
        found.append(Use(place=place, quantity=overlap.share, role="share"))
    return (*found, *(use for one in scenario.costs for use in _of_cost(one, "costs")))


def used_keys(scenario: Scenario) -> tuple[str, ...]:
    """Names of documented keys that some figure needs, each once, in the order of use."""
    named = (use.quantity for use in uses(scenario) if isinstance(use.quantity, str))
    known = (name for name in named if name in scenario.keys)
    return tuple(dict.fromkeys(n for n in known if scenario.keys[n].distribution is not None))


def require_sound(scenario: Scenario) -> None:
    """Refuse keys that cannot be what they are used as.

    Raises:
        VftError: a share outside 0–1, a negative amount, a price per something else, or paid hours
            mixed with direct ones; all at once.
    """
    faults = list(dict.fromkeys(f for use in uses(scenario) for f in _faults(use, scenario)))
    if faults:
        raise VftError("Scenariet kan ikke regnes ut:\n" + "\n".join(f"– {f}." for f in faults))
    _require_one_kind_of_hour(scenario)


def undocumented(scenario: Scenario) -> tuple[str, ...]:
    """What is missing, where, and what it costs the answer; in bokmål."""
    found = [s for use in uses(scenario) if (s := _missing(use, scenario))]
    found += [
        f"correlations: nøkkelen «{name}» finnes ikke i filen; korrelasjonen er ikke brukt."
        for pair in scenario.correlations
        for name in pair.keys
        if name not in scenario.keys
    ]
    return tuple(dict.fromkeys(found))


def gives_kroner(use: Use, scenario: Scenario) -> bool:
    """Whether a quantity is documented, dated and sourced."""
    key = _key(use, scenario)
    return key is not None and not key.lacks(use.role)


def _of_benefit(benefit: Benefit, at: str) -> Iterator[Use]:
    place = f"{at}, «{benefit.title}»"
    yield Use(place=f"{place}: count", quantity=benefit.count)
    if benefit.kind == "visits":
        yield Use(place=f"{place}: minutes", quantity=benefit.minutes)
    yield Use(place=f"{place}: price", quantity=benefit.price, role="price", per=_PER[benefit.kind])
    if benefit.km != 0:
        yield Use(place=f"{place}: km", quantity=benefit.km)
        yield Use(place=f"{place}: km_price", quantity=benefit.km_price, role="price", per=("km",))


def _of_cost(cost: Cost, at: str) -> Iterator[Use]:
    place = f"{at}, «{cost.title}»"
    yield Use(place=f"{place}: amount", quantity=cost.amount)
    if cost.years_in_use is not None:
        yield Use(place=f"{place}: years_in_use", quantity=cost.years_in_use)


def _key(use: Use, scenario: Scenario) -> CalculationKey | None:
    return scenario.keys.get(use.quantity) if isinstance(use.quantity, str) else None


def _missing(use: Use, scenario: Scenario) -> str | None:
    if use.quantity is None:
        return f"{use.place} er ikke dokumentert."
    if not isinstance(use.quantity, str):
        if use.quantity == 0:
            return None
        return f"{use.place}: tallet {use.quantity:g} har verken dato eller kilde: ingen kroner."
    key = _key(use, scenario)
    if key is None:
        near = get_close_matches(use.quantity, scenario.keys, n=1)
        meant = f" Mente du «{near[0]}»?" if near else ""
        return f"{use.place}: nøkkelen «{use.quantity}» finnes ikke i filen.{meant}"
    lacks = key.lacks(use.role)
    if not lacks:
        return None
    outcome = "ingen tall" if "verdi" in lacks else "ingen kroner"
    return f"Nøkkelen «{use.quantity}» mangler {', '.join(lacks)}: {outcome}."


def _faults(use: Use, scenario: Scenario) -> Iterator[str]:
    key = _key(use, scenario)
    least, most = _range(use, key)
    if use.role == "share" and not 0 <= least <= most <= 1:
        yield f"{use.place} må være en andel fra 0 til 1, ikke {least:g}–{most:g}"
    if use.role == "price" and least < 0:
        yield f"{use.place} kan ikke være under 0"
    if use.place.endswith((": population", ": amount")) and least < 0:
        yield f"{use.place} kan ikke være under 0"
    if use.place.endswith(": years_in_use") and least <= 0:
        yield f"{use.place} må være over 0"
    if use.per and key is not None and key.per is not None and key.per not in use.per:
        yield f"{use.place} er per {key.per}, men må være per {' eller '.join(use.per)}"


def _range(use: Use, key: CalculationKey | None) -> tuple[float, float]:
    """The least and the greatest that it can be in any year; what is not known breaks no rule."""
    if isinstance(use.quantity, float | int):
        return float(use.quantity), float(use.quantity)
    if key is None or key.distribution is None:
        return (1.0, 1.0)
    ends = (key.distribution.minimum, key.distribution.maximum)
    all_years = [end * factor for end in ends for factor in key.profile or (1.0,)]
    return min(all_years), max(all_years)


def _require_one_kind_of_hour(scenario: Scenario) -> None:
    priced = {use.quantity: _key(use, scenario) for use in uses(scenario) if use.role == "price"}
    require_one_hour_definition(
        UnitPrice(title=str(name), per=key.per, hour_definition=key.hour_definition)
        for name, key in priced.items()
        if key is not None
    )
