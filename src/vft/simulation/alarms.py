"""Alarms of one replication, drawn all at once: when each comes, and how long each takes.

Arrivals are Poisson within each hour. Every route of a file gets the very same alarms.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vft.simulation.response_load import HOURS, ResponseLoad, Route

_MINUTES = 60
#: Before what is counted the queue finds its level, and after it the last alarms are answered.
WARM_UP_DAYS = 1
COOL_DOWN_DAYS = 1


@dataclass(frozen=True, kw_only=True)
class Alarms:
    """In the order they come; minutes. ``ours``: of the municipality, not of others."""

    comes: NDArray[np.float64]
    answer: NDArray[np.float64]
    call_out: NDArray[np.float64]
    clarified: NDArray[np.bool_]
    ours: NDArray[np.bool_]


def whole_days(load: ResponseLoad) -> int:
    """Days that are run, counted or not."""
    return WARM_UP_DAYS + load.days + COOL_DOWN_DAYS


def counted(load: ResponseLoad, alarms: Alarms) -> NDArray[np.bool_]:
    """Which alarms the figures are of: the municipality's, between warm-up and cool-down."""
    day = alarms.comes / (HOURS * _MINUTES)
    return alarms.ours & (day >= WARM_UP_DAYS) & (day < WARM_UP_DAYS + load.days)


def drawn_alarms(load: ResponseLoad, route: Route, *, seed: int, replication: int) -> Alarms:
    """The alarms of a replication, with what the route adds."""
    # one stream a purpose: a longer answer must not change who comes, nor others who are ours
    streams = np.random.default_rng([seed, replication]).spawn(2)
    ours = _drawn(load, route, load.alarms_per_day, chance=streams[0], is_ours=True)
    others = _drawn(load, route, route.other_alarms_per_day, chance=streams[1], is_ours=False)
    order = np.argsort(np.concatenate([ours.comes, others.comes]), kind="stable")
    return Alarms(
        **{
            name: np.concatenate([getattr(ours, name), getattr(others, name)])[order]
            for name in Alarms.__dataclass_fields__
        }
    )


def minutes(
    load: ResponseLoad, mean: float, count: int, *, chance: np.random.Generator
) -> NDArray[np.float64]:
    """So many durations around a mean, as the file says that they vary."""
    if load.handling == "constant":
        return np.full(count, mean)
    if load.handling == "exponential":
        return chance.exponential(mean, count)
    spread = np.log1p(load.variation**2)
    return chance.lognormal(np.log(mean) - spread / 2, np.sqrt(spread), count)


def _drawn(
    load: ResponseLoad,
    route: Route,
    per_day: float,
    *,
    chance: np.random.Generator,
    is_ours: bool,
) -> Alarms:
    arrivals, answers, outs, clear, locked = chance.spawn(5)
    expected = np.tile(per_day * np.array(load.profile), whole_days(load))
    hours = np.repeat(np.arange(expected.size), arrivals.poisson(expected))
    comes = np.sort((hours + arrivals.random(hours.size)) * _MINUTES)
    out = minutes(load, load.call_out_minutes, hours.size, chance=outs)
    if load.locks is not None:
        has_lock = locked.random(hours.size) < load.locks.share
        kept = 1 - load.locks.minutes_saved / load.call_out_minutes
        out = np.where(has_lock, out * kept, out)
    return Alarms(
        comes=comes,
        answer=minutes(load, route.answer_minutes, hours.size, chance=answers),
        call_out=out,
        clarified=clear.random(hours.size) < route.clarified_share,
        ours=np.full(hours.size, is_ours),
    )
