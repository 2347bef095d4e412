"""Who comes, when, and when each would leave were there no technology."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD, YEAR, Config, Flow, Way
from vft.sources.invented.streams import stream

_SURPLUS = 1.25  # persons beyond the target, so that thinning can hit it
_WOMEN, _ALONE = 0.64, 0.7  # shares
_FRAILTY = 0.4  # how much severity raises the rates of death and institution


@dataclass(frozen=True, kw_only=True)
class People:
    """Arrays of length persons, sorted by way. Days count from the first day of the course.

    ``patience``: Exp(1), the hazard of institution that a person endures before she moves there.
    """

    way: Numbers
    district: Numbers
    severity: Floats
    segment: Numbers
    decline: Floats
    hidden: Floats
    age: Floats
    female: Bools
    alone: Bools
    entry: Days
    death: Days
    moved: Days
    ended: Days
    institution_rate: Floats
    patience: Floats

    def __len__(self) -> int:
        return len(self.way)

    @property
    def present(self) -> Days:
        """The day from which a person is under observation: entry, or day 0 for the stock."""
        return np.maximum(self.entry, 0)

    def only(self, keep: Bools | slice) -> Self:
        """The persons that ``keep`` selects."""
        return replace(self, **{f.name: getattr(self, f.name)[keep] for f in fields(self)})


def arrive(config: Config, *, seed: int) -> People:
    """Draw every person of the course."""
    rng = stream(seed, "people")
    entry, way = _entries(config, rng)
    n = len(way)
    severity = rng.standard_normal(n)
    draws = rng.standard_exponential((4, n))
    present = np.maximum(entry, 0)
    rates = {
        name: _by_way(config, way, name) for name in ("death", "institution", "moved", "ended")
    }
    frailty = np.exp(_FRAILTY * severity - _FRAILTY**2 / 2)
    district = _districts(config, way, rng)
    return People(
        way=way,
        district=district,
        severity=severity,
        segment=(rng.random(n) < config.need.segment_share).astype(np.int8),
        decline=rng.standard_gamma(2.0, n) / 2.0,
        hidden=rng.standard_normal(n),
        age=np.clip(
            rng.normal(_by_way(config, way, "age"), _by_way(config, way, "age_spread"))
            + 1.5 * severity,
            40,
            104,
        ),
        female=rng.random(n) < _WOMEN,
        alone=rng.random(n) < _ALONE,
        entry=entry,
        death=after(present, draws[0], rates["death"] * frailty),
        moved=after(present, draws[1], rates["moved"]),
        ended=after(present, draws[2], rates["ended"]),
        institution_rate=rates["institution"] * frailty,
        patience=draws[3],
    )


def after(start: Numbers, exponential: Floats, rate: Floats | float) -> Days:
    """The day of an event with a yearly ``rate`` that can happen from the day after ``start``."""
    with np.errstate(divide="ignore"):
        days = np.minimum(exponential * YEAR / rate, NEVER)
    return np.asarray(np.minimum(start + 1 + days, NEVER), dtype=np.int32)


def _by_way(config: Config, way: Numbers, name: str) -> Floats:
    absent = Flow(concurrent=0)
    return np.array([getattr(config.flows.get(w, absent), name) for w in Way], float)[way]


def _entries(config: Config, rng: np.random.Generator) -> tuple[Days, Numbers]:
    ways = [
        (
            _entry_days(
                config, flow, rng, thinned=bool(config.targets) and way != Way.HOME_NURSING
            ),
            way,
        )
        for way, flow in sorted(config.flows.items())
        if flow.concurrent > 0
    ]
    entry = np.concatenate([days for days, _ in ways])
    return entry, np.repeat([w for _, w in ways], [len(d) for d, _ in ways]).astype(np.int8)


def _entry_days(config: Config, flow: Flow, rng: np.random.Generator, *, thinned: bool) -> Days:
    """Days of entry that keep the number present on its path; before day 0 for the first stock."""
    path = _path(config, flow) * (_SURPLUS if thinned else 1.0)
    leaving = flow.death + flow.institution + flow.moved + flow.ended
    stays = np.exp(-leaving * PERIOD / YEAR)
    inflow = np.maximum(path[1:] - stays * path[:-1], 0)
    counts = np.diff(np.floor(np.cumsum(np.concatenate([[0.0], inflow])) + 0.5)).astype(int)
    stock = round(path[0])
    before = -np.minimum(rng.standard_exponential(stock) * YEAR / leaving, 5 * YEAR)
    period = np.repeat(np.arange(config.periods), counts)
    within = period * PERIOD + rng.integers(0, PERIOD, len(period))
    return np.concatenate([before.astype(np.int32), within.astype(np.int32)])


def _path(config: Config, flow: Flow) -> Floats:
    """Persons present at each period's start: level while burning in, then a steady growth."""
    share = np.ones(config.periods + 1)
    share[: config.burn_in] = flow.at_start
    window = np.linspace(flow.at_start, 1.0, config.periods + 1 - config.burn_in)
    share[config.burn_in :] = window
    return share * flow.concurrent


def _districts(config: Config, way: Numbers, rng: np.random.Generator) -> Numbers:
    plain = np.array(config.districts, float)
    alarms = plain * np.array(config.coverage or (1.0,) * len(plain))
    place = rng.random(len(way))
    chosen = np.where(way == Way.ALARM, _place(place, alarms), _place(place, plain))
    return chosen.astype(np.int16)


def _place(uniform: Floats, weights: Floats) -> NDArray[np.intp]:
    edges = np.cumsum(weights / weights.sum())[:-1]
    return np.searchsorted(edges, uniform, side="right")
