"""What a scenario comes to in every draw and year: users, hours, avoided cost, costs.

hours = users · count · minutes/60; avoided cost = hours or count · price (+ km · price);
realisable = avoided cost · realisation rate. What several services would both be credited with is
an interaction of its own, never taken out of one of them in silence.
"""

from dataclasses import dataclass

import numpy as np

from vft.benefits.deflator import factor
from vft.benefits.frequency import times_a_year
from vft.errors import VftError
from vft.simulation.draws import Values
from vft.simulation.scenario import Benefit, Cost, Overlap, Quantity, Scenario, Service
from vft.simulation.uses import gives_kroner
from vft.simulation.yearly import Yearly, difference, least, product, total

_MINUTES_IN_HOUR = 60


@dataclass(frozen=True, kw_only=True)
class ServiceOutcome:
    """One service by itself; arrays of shape (draws, years) or (1, years) where nothing varies."""

    users: Yearly
    hours: Yearly
    avoided_cost: Yearly


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All services together. ``interaction_…`` is what overlaps take away, 0 or less."""

    services: dict[str, ServiceOutcome]
    interaction_hours: Yearly
    interaction_avoided_cost: Yearly
    hours: Yearly
    avoided_cost: Yearly
    realisable: Yearly
    #: What grows with the users, and what is paid whatever their number.
    user_costs: Yearly
    group_costs: Yearly
    costs: Yearly
    net: Yearly
    net_realisable: Yearly


def outcome(scenario: Scenario, values: Values) -> Outcome:
    """Every figure of a scenario at these values of its keys, each of shape (draws,)."""
    told = _Quantities(scenario, values)
    services = {one.service: _service(one, told) for one in scenario.services}
    shared_hours = [_overlap(one, services, "hours", told) for one in scenario.overlaps]
    shared_kroner = [_overlap(one, services, "avoided_cost", told) for one in scenario.overlaps]
    interaction = (_or_none_of(shared_hours, told), _or_none_of(shared_kroner, told))
    hours = total([*(one.hours for one in services.values()), interaction[0]])
    avoided = total([*(one.avoided_cost for one in services.values()), interaction[1]])
    realised = product(avoided, told.kroner(scenario.realisation_rate))
    group = _group_costs(scenario, told)
    user = total([told.zero, *(_user_costs(one, told) for one in scenario.services)])
    costs = total([user, group])
    return Outcome(
        services=services,
        interaction_hours=interaction[0],
        interaction_avoided_cost=interaction[1],
        hours=hours,
        avoided_cost=avoided,
        realisable=realised,
        user_costs=user,
        group_costs=group,
        costs=costs,
        net=difference(avoided, costs),
        net_realisable=difference(realised, costs),
    )


class _Quantities:
    """Quantities of one scenario as arrays."""

    def __init__(self, scenario: Scenario, values: Values) -> None:
        self.scenario = scenario
        self.values = values
        self.zero = np.zeros((1, scenario.years))
        self.known: dict[str, Yearly] = {}
        self.first_year = np.zeros((1, scenario.years))
        self.first_year[0, 0] = 1.0

    def amount(self, quantity: Quantity) -> Yearly:
        """Whatever is documented, also where it is undated."""
        if quantity is None:
            return None
        if not isinstance(quantity, str):
            return np.full_like(self.zero, quantity)
        if quantity not in self.values:
            return None
        if quantity not in self.known:
            profile = self.scenario.keys[quantity].profile or (1.0,) * self.scenario.years
            self.known[quantity] = self.values[quantity][:, np.newaxis] * np.array(profile)
        return self.known[quantity]

    def kroner(self, quantity: Quantity) -> Yearly:
        """What is documented, dated and sourced; 0 needs neither."""
        if quantity == 0 or gives_kroner(quantity, self.scenario):
            return self.amount(quantity)
        return None

    def price(self, quantity: Quantity) -> Yearly:
        """A price in kroner of the scenario's year."""
        if not isinstance(quantity, str):
            return None
        if not gives_kroner(quantity, self.scenario, role="price"):
            return None
        return self._in_one_year(quantity)

    def cost(self, quantity: Quantity) -> Yearly:
        """An amount in kroner of the scenario's year."""
        if not isinstance(quantity, str):
            return self.kroner(quantity)
        if not gives_kroner(quantity, self.scenario):
            return None
        return self._in_one_year(quantity)

    def _in_one_year(self, name: str) -> Yearly:
        year, wanted = self.scenario.keys[name].in_kroner_of, self.scenario.price_year
        found = self.amount(name)
        if found is None or year is None or wanted is None:
            return found
        try:
            return found * factor(from_year=year, to_year=wanted)
        except VftError:  # which says why where the scenario tells what is missing
            return None


def _service(service: Service, told: _Quantities) -> ServiceOutcome:
    parts = (service.population, service.uptake)
    users = product(told.amount(service.population), told.amount(service.uptake))
    priced_users = product(*map(told.kroner, parts))
    if service.benefits is None:
        return ServiceOutcome(users=users, hours=None, avoided_cost=None)
    hours = [_hours(one, users, told) for one in service.benefits]
    kroner = [_kroner(one, priced_users, told) for one in service.benefits]
    return ServiceOutcome(
        users=users,
        hours=total([told.zero, *hours]),
        avoided_cost=total([told.zero, *kroner]),
    )


def _hours(benefit: Benefit, users: Yearly, told: _Quantities) -> Yearly:
    if benefit.kind == "items":
        return told.zero
    minutes = told.amount(benefit.minutes) if benefit.kind == "visits" else None
    return _in_hours(benefit, product(users, told.amount(benefit.count)), minutes, told)


def _in_hours(benefit: Benefit, count: Yearly, minutes: Yearly, told: _Quantities) -> Yearly:
    a_year = times_a_year(benefit.per, days_per_year=told.scenario.days_per_year)
    if benefit.kind == "hours":
        return None if count is None else count * a_year
    found = product(count, minutes)
    return None if found is None else found * (a_year / _MINUTES_IN_HOUR)


def _kroner(benefit: Benefit, users: Yearly, told: _Quantities) -> Yearly:
    """Only what is dated and sourced all the way."""
    count = product(users, told.kroner(benefit.count))
    a_year = times_a_year(benefit.per, days_per_year=told.scenario.days_per_year)
    if _is_hourly(benefit, told):
        units = _in_hours(benefit, count, told.kroner(benefit.minutes), told)
    else:
        units = None if count is None else count * a_year
    spared = product(units, told.price(benefit.price))
    if benefit.km == 0:
        return spared
    driven = product(count, told.kroner(benefit.km), told.price(benefit.km_price))
    return total([spared, None if driven is None else driven * a_year])


def _is_hourly(benefit: Benefit, told: _Quantities) -> bool:
    key = told.scenario.keys.get(benefit.price) if isinstance(benefit.price, str) else None
    return key is not None and key.per == "hour"


def _user_costs(service: Service, told: _Quantities) -> Yearly:
    if service.costs is None:
        return None
    users = product(told.kroner(service.population), told.kroner(service.uptake))
    costs = [one for one in service.costs if one.applies_to != "group"]
    return total([told.zero, *(_user_cost(one, users, told) for one in costs)])


def _user_cost(cost: Cost, users: Yearly, told: _Quantities) -> Yearly:
    amount = told.cost(cost.amount)
    if cost.applies_to == "each_user":
        return product(users, amount, _payments(cost, told))
    if cost.years_in_use is None:
        return product(_new(users), amount)
    years = told.kroner(cost.years_in_use)
    return product(users, amount, None if years is None else 1 / years)


def _new(users: Yearly) -> Yearly:
    """Users beyond those of the year before; in year 0 all are new."""
    return None if users is None else np.maximum(np.diff(users, axis=1, prepend=0.0), 0.0)


def _group_costs(scenario: Scenario, told: _Quantities) -> Yearly:
    own = [one for service in scenario.services for one in service.costs or ()]
    costs = [one for one in (*own, *scenario.costs) if one.applies_to == "group"]
    return total([told.zero, *(_group_cost(one, told) for one in costs)])


def _group_cost(cost: Cost, told: _Quantities) -> Yearly:
    return product(told.cost(cost.amount), _payments(cost, told))


def _payments(cost: Cost, told: _Quantities) -> Yearly:
    """How many times it is paid in each year."""
    if cost.per == "once":
        return told.first_year
    a_year = times_a_year(cost.per, days_per_year=told.scenario.days_per_year)
    return np.full_like(told.zero, a_year)


def _overlap(
    overlap: Overlap, services: dict[str, ServiceOutcome], name: str, told: _Quantities
) -> Yearly:
    """What is counted twice: a share of the least of the services' figures, as a deduction."""
    share = told.amount(overlap.share) if name == "hours" else told.kroner(overlap.share)
    both = least(getattr(services[one], name) for one in overlap.services)
    found = product(both, share)
    return None if found is None else -found


def _or_none_of(parts: list[Yearly], told: _Quantities) -> Yearly:
    return total([told.zero, *parts])
