"""A scenario simulated: every key drawn at once, and what that comes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr  # type: ignore[import-untyped] # scipy publishes no types

from vft.errors import VftError
from vft.simulation.decomposition import Decomposition, decomposed
from vft.simulation.draws import Values, at_means, drawn
from vft.simulation.outcome import Outcome, outcome
from vft.simulation.pert import Pert
from vft.simulation.present_value import present_value
from vft.simulation.result import (
    Achieved,
    KeyUsed,
    NetPresentValue,
    PresentValues,
    SimulationResult,
    YearResult,
)
from vft.simulation.scale import BreakEven, break_even
from vft.simulation.scenario import Scenario
from vft.simulation.spread import Spread, spread
from vft.simulation.tornado import tornado
from vft.simulation.uses import require_sound, undocumented, used_keys
from vft.simulation.yearly import Yearly, difference, total
from vft.tables.norwegian import counted, number

DRAWS = 100_000
SEED = 20240101
#: Draws times years: figures that are held in memory at a time are some thirty times as many.
_MOST = 10_000_000
#: Of draws that vary, fewer than these say little of P10 and P90.
_FEW = 1_000


def simulated(scenario: Scenario, *, draws: int = DRAWS, seed: int = SEED) -> SimulationResult:
    """Simulate a scenario. The same seed and scenario give the same figures.

    Raises:
        VftError: parts do not fit together, a key cannot be what it is used as, correlations
            contradict each other, or the number of draws is none.
    """
    _require_within_reach(scenario, draws, seed)
    require_sound(scenario)
    keys = _distributions(scenario)
    values = drawn(keys, count=draws, seed=seed, correlations=_pairs(scenario, keys))
    run = _Run(
        scenario=scenario,
        drawn=outcome(scenario, values),
        expected=outcome(scenario, at_means(keys)),
        draws=draws,
    )
    bars, realisable_bars = tornado(scenario, keys)
    return SimulationResult(
        **_assumed(scenario),
        draws=draws,
        seed=seed,
        years=[run.year(year) for year in range(scenario.years)],
        hours=spread(_summed(run.drawn.hours)),
        present_value=run.present_values(),
        npv=run.npv("net"),
        npv_realisable=run.npv("net_realisable"),
        tornado=bars,
        tornado_realisable=realisable_bars,
        break_even=run.break_even("avoided_cost"),
        break_even_realisable=run.break_even("realisable"),
        hours_by_service=run.hours_by_service(),
        avoided_cost_by_service=run.avoided_cost_by_service(),
        growth_of_hours=run.growth_of_hours(),
        keys=[_told(name, scenario, keys[name]) for name in keys],
        correlations=list(_achieved(scenario, values)),
        undocumented=list(undocumented(scenario)),
        warnings=list(_warnings(scenario, draws)),
    )


def _require_within_reach(scenario: Scenario, draws: int, seed: int) -> None:
    if not 1 <= draws <= _MOST // scenario.years or seed < 0:
        raise VftError(
            f"Antall trekninger må være fra 1 til {number(_MOST // scenario.years)} for "
            f"{scenario.years} år, og frøet fra 0."
        )


def _assumed(scenario: Scenario) -> dict[str, Any]:
    """What the result says again of the scenario."""
    same = ("title", "horizon_years", "discount_rate", "price_year", "hours_per_fte")
    return {name: getattr(scenario, name) for name in same}


@dataclass(frozen=True, kw_only=True)
class _Run:
    """The draws, and the same with every key as expected."""

    scenario: Scenario
    drawn: Outcome
    expected: Outcome
    draws: int

    def year(self, year: int) -> YearResult:
        hours = spread(_of(self.drawn.hours, year))
        return YearResult(
            year=year,
            users=spread(_of(total(one.users for one in self.drawn.services.values()), year)),
            hours=hours,
            fte=None if hours is None else hours.divided(self.scenario.hours_per_fte),
            avoided_cost=spread(_of(self.drawn.avoided_cost, year)),
            realisable=spread(_of(self.drawn.realisable, year)),
            costs=spread(_of(self.drawn.costs, year)),
        )

    def present_values(self) -> PresentValues:
        found: dict[str, Spread | None] = {
            name: spread(self._present(getattr(self.drawn, name)))
            for name in PresentValues.model_fields
        }
        return PresentValues(**found)

    def npv(self, name: str) -> NetPresentValue | None:
        values = self._present(getattr(self.drawn, name))
        around, expected = spread(values), self._present(getattr(self.expected, name))
        if values is None or around is None or expected is None:
            return None
        return NetPresentValue(
            spread=around,
            probability_positive=float(np.mean(values > 0)),
            at_means=float(expected[0]),
        )

    def break_even(self, benefit: str) -> BreakEven | None:
        variable, fixed = self._scaled(self.drawn, benefit)
        expected = self._scaled(self.expected, benefit)
        if variable is None or fixed is None or expected[0] is None or expected[1] is None:
            return None
        users = total(one.users for one in self.expected.services.values())
        return break_even(
            variable=np.broadcast_to(variable, (self.draws,)),
            fixed=np.broadcast_to(fixed, (self.draws,)),
            at_means=(float(expected[0][0]), float(expected[1][0])),
            users_at_means=None if users is None else float(users[0, -1]),
        )

    def hours_by_service(self) -> Decomposition | None:
        alone = {name: _summed(one.hours) for name, one in self.expected.services.items()}
        return _by_service(alone, _summed(self.expected.interaction_hours))

    def avoided_cost_by_service(self) -> Decomposition | None:
        alone = {
            name: self._present(one.avoided_cost) for name, one in self.expected.services.items()
        }
        return _by_service(alone, self._present(self.expected.interaction_avoided_cost))

    def growth_of_hours(self) -> Decomposition | None:
        factors = _factors(self.scenario, self.expected)
        shared = self.expected.interaction_hours
        if factors is None or shared is None:
            return None
        if self.scenario.overlaps:
            # what is credited twice is taken off beside the services, not within one of them
            factors["overlap"] = shared
        return decomposed(
            _hours_of,
            before={name: years[:, 0] for name, years in factors.items()},
            after={name: years[:, -1] for name, years in factors.items()},
        )

    def _scaled(self, found: Outcome, benefit: str) -> tuple[Yearly, Yearly]:
        variable = self._present(difference(getattr(found, benefit), found.user_costs))
        return variable, self._present(found.group_costs)

    def _present(self, flows: Yearly) -> Yearly:
        return None if flows is None else present_value(flows, rate=self.scenario.discount_rate)


def _hours_of(at: Mapping[str, NDArray[np.float64]]) -> float:
    """Hours of a year: the product of each service's factors, and what overlaps take away."""
    alone = [values for name, values in at.items() if name != "overlap"]
    return float(np.sum(np.prod(alone, axis=0))) + float(np.sum(at.get("overlap", 0.0)))


def _factors(scenario: Scenario, expected: Outcome) -> dict[str, NDArray[np.float64]] | None:
    """Population, uptake and hours per user of each service and year, keys as expected."""
    means = at_means(_distributions(scenario))
    rows = []
    for service in scenario.services:
        people = _at(scenario, means, service.population)
        share = _at(scenario, means, service.uptake)
        hours = expected.services[service.service].hours
        if people is None or share is None or hours is None:
            return None
        users = people * share
        # without users nothing tells what one would have spared
        each = np.divide(hours[0], users, out=np.zeros_like(users), where=users > 0)
        rows.append((people, share, each))
    names = ("population", "uptake", "hours_per_user")
    return {name: np.array([row[place] for row in rows]) for place, name in enumerate(names)}


def _at(scenario: Scenario, means: Values, quantity: str | float | None) -> Yearly:
    if quantity is None or (isinstance(quantity, str) and quantity not in means):
        return None
    if not isinstance(quantity, str):
        return np.full(scenario.years, float(quantity))
    profile = scenario.keys[quantity].profile or (1.0,) * scenario.years
    found: Yearly = means[quantity][0] * np.array(profile)
    return found


def _by_service(alone: Mapping[str, Yearly], interaction: Yearly) -> Decomposition | None:
    effects = {name: float(value[0]) for name, value in alone.items() if value is not None}
    if interaction is None or len(effects) < len(alone):
        return None
    together = float(interaction[0])
    return Decomposition(
        effects=effects, interaction=together, total=fsum(effects.values()) + together
    )


def _distributions(scenario: Scenario) -> dict[str, Pert]:
    return {
        name: found
        for name in used_keys(scenario)
        if (found := scenario.keys[name].distribution) is not None
    }


def _pairs(scenario: Scenario, keys: Mapping[str, Pert]) -> dict[tuple[str, str], float]:
    """Correlations of keys that are drawn: those of unused keys change nothing."""
    return {
        pair.keys: pair.spearman for pair in scenario.correlations if set(pair.keys) <= set(keys)
    }


def _achieved(scenario: Scenario, values: Values) -> Iterator[Achieved]:
    for pair in scenario.correlations:
        drawn_pair = [values[name] for name in pair.keys if name in values]
        varies = len(drawn_pair) > 1 and all(np.ptp(one) > 0 for one in drawn_pair)
        found = float(spearmanr(*drawn_pair).statistic) if varies else None
        yield Achieved(keys=pair.keys, wanted=pair.spearman, achieved=found)


def _warnings(scenario: Scenario, draws: int) -> Iterator[str]:
    keys = {name: scenario.keys[name] for name in used_keys(scenario)}
    if draws < _FEW:
        told = counted(draws, "trekning", "trekninger")
        yield f"Med {told} er P10, P90 og sjanser usikre. Velg minst {number(_FEW)}."
    start = scenario.start
    for name, key in keys.items():
        if start and key.ends_on and key.ends_on <= start:
            yield f"Nøkkelen «{name}» gjaldt til {key.ends_on:%d.%m.%Y}, før scenariet begynner."
        if key.estimated:
            yield f"Nøkkelen «{name}» er anslått: {key.derivation}"
    if scenario.price_year is None and len({k.price_year for k in keys.values()} - {None}) > 1:
        yield "Nøklene har ulike prisår. Oppgi ett (price_year), så regnes kronene om til det."


def _told(name: str, scenario: Scenario, found: Pert) -> KeyUsed:
    key = scenario.keys[name]
    same = {field: getattr(key, field) for field in KeyUsed.model_fields if hasattr(key, field)}
    ends = {"minimum": found.minimum, "mode": found.mode, "maximum": found.maximum}
    return KeyUsed(**(same | ends), key=name, mean=found.mean)


def _of(values: Yearly, year: int) -> Yearly:
    return None if values is None else values[:, year]


def _summed(values: Yearly) -> Yearly:
    return None if values is None else values.sum(axis=1)
