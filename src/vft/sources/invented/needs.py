"""Home-care minutes without technology: level, decline, trend, district and personal shocks."""

from dataclasses import dataclass

import numpy as np

from vft.sources.invented.arrays import Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD, YEAR, Config
from vft.sources.invented.course import Spell, spell
from vft.sources.invented.people import People, after
from vft.sources.invented.streams import stream

_AT_ENTRY = 0.15  # share that starts with an episode of reablement
_LATER = 0.05  # episodes a year thereafter


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What would be without technology. ``minutes`` a week: persons × periods."""

    minutes: Floats
    reablement: Spell


def without_technology(config: Config, people: People, *, until: Days, seed: int) -> Needs:
    """Draw episodes and minutes of the cared-for; ``until`` is the first day not at home."""
    reablement = episodes(people, until=np.minimum(until, people.ended), seed=seed)
    minutes = untreated_minutes(config, people, reablement, seed=seed)
    return Needs(minutes=minutes, reablement=reablement)


def episodes(people: People, *, until: Days, seed: int) -> Spell:
    """Reablement: four to eight weeks, at entry for some, later for a few."""
    rng = stream(seed, "reablement")
    n = len(people)
    later = after(people.present, rng.standard_exponential(n), _LATER)
    start = np.where(rng.random(n) < _AT_ENTRY, people.entry, later)
    weeks = rng.integers(4, 9, n)
    start = np.where(start < until, start, NEVER)
    return spell(start, np.minimum(start + weeks * 7, until))


def untreated_minutes(config: Config, people: People, reablement: Spell, *, seed: int) -> Floats:
    """Minutes a week per person and period, were nobody given technology. Persons × periods."""
    rng = stream(seed, "need")
    need, period = config.need, np.arange(config.periods)
    since = np.maximum(period[None, :] - people.entry[:, None] / PERIOD, 0)
    growth = need.decline * people.decline + (
        config.dispenser.hidden * config.dispenser.hidden_growth * people.hidden
    )
    minutes = (
        (need.base + need.severity * people.severity)[:, None]
        + growth[:, None] * np.minimum(since, 10 * YEAR / PERIOD)
        + need.trend * period[None, :]
        + _district_shocks(config, rng)[people.district]
        + _autoregressive(rng, len(people), config.periods, need.rho) * need.shock
        + rng.standard_normal((len(people), config.periods)) * need.noise
    )
    minutes *= 1 + need.reablement * _progress(reablement, period)
    return np.maximum(minutes, need.floor)


def _district_shocks(config: Config, rng: np.random.Generator) -> Floats:
    return config.need.district * _autoregressive(rng, len(config.districts), config.periods, 0.5)


def _autoregressive(rng: np.random.Generator, n: int, periods: int, rho: float) -> Floats:
    """AR(1) with unit variance from the first period on. n × periods."""
    steps = rng.standard_normal((periods, n))
    steps[1:] *= np.sqrt(1 - rho**2)
    for t in range(1, periods):
        steps[t] += rho * steps[t - 1]
    return np.ascontiguousarray(steps.T)


def _progress(episode: Spell, period: Numbers) -> Floats:
    """How far an episode has come in the middle of each period, 0–1, and 1 ever after."""
    middle = period[None, :] * PERIOD + PERIOD / 2
    length = np.maximum(episode.end - episode.start, 1)[:, None]
    return np.asarray(np.clip((middle - episode.start[:, None]) / length, 0, 1))
