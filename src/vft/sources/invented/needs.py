"""Home-care minutes without technology: level, decline, trend, district and personal shocks."""

import numpy as np

from vft.sources.invented.config import NEVER, PERIOD, YEAR, Config
from vft.sources.invented.course import Spell, spell
from vft.sources.invented.people import Days, Floats, People, after
from vft.sources.invented.streams import stream

_AT_ENTRY = 0.15  # share that starts with an episode of reablement
_LATER = 0.05  # episodes a year thereafter


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


def _progress(episode: Spell, period: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """How far an episode has come in the middle of each period, 0–1, and 1 ever after."""
    middle = period[None, :] * PERIOD + PERIOD / 2
    length = np.maximum(episode.end - episode.start, 1)[:, None]
    return np.clip((middle - episode.start[:, None]) / length, 0, 1)
