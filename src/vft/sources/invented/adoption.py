"""Who gets a dispenser, when, and what it does to minutes and to nursing-home admission."""

from collections.abc import Callable

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD, Config, Dispenser, Flow, Way
from vft.sources.invented.course import Spell, days_within, spell
from vft.sources.invented.needs import Needs
from vft.sources.invented.people import People, after
from vft.sources.invented.streams import stream

_NEW = 3  # periods for which a recipient counts as new
_LAGS = 4  # earlier periods that a jump is measured against
_STEADY = 10  # periods before anybody gives a dispenser up


def institution_day(people: People, *, adopted: Days, hazard_ratio: float) -> Days:
    """The day of nursing-home admission when the hazard is multiplied from ``adopted`` on."""
    rate = people.institution_rate
    plain = after(people.present, people.patience, rate)
    later = np.asarray(adopted + (plain - adopted) / hazard_ratio)
    return np.where(plain <= adopted, plain, np.minimum(later, NEVER)).astype(np.int32)


def leaving_home(people: People, institution: Days) -> Days:
    """The first day not at home."""
    return np.minimum(np.minimum(people.death, people.moved), institution)


def dispensers(config: Config, people: People, needs: Needs, *, allowed: Bools, seed: int) -> Spell:
    """When each person has a dispenser. Depends on what was observed before, never after.

    With a target for DMS the intercept is chosen so that the target is met on its day.
    """
    rng = stream(seed, "adoption")
    shape = needs.minutes.shape
    inclination = _inclination(config, people, needs)
    threshold = _logit(rng.random(shape)) - inclination
    threshold[~_at_risk(config, people, allowed)] = np.inf
    offset = rng.integers(0, PERIOD, len(people))
    dropout = rng.standard_exponential(len(people))

    def course(intercept: float) -> Spell:
        first = _first(threshold < intercept)
        start = np.where(first >= 0, first * PERIOD + offset, NEVER).astype(np.int32)
        return _until_it_ends(config.dispenser, people, start, dropout)

    if config.adopters:
        return course(_calibrated(lambda at: _ever(course(at)), config.adopters))
    if "DMS" not in config.targets:
        return course(config.dispenser.intercept)
    day = config.calibration_day
    on_the_day = _calibrated(lambda at: int(course(at).on(day).sum()), config.targets["DMS"])
    return course(on_the_day)


def rivals(config: Config, people: People, needs: Needs, dispenser: Spell, *, seed: int) -> Bools:
    """Who got the second product instead, by level the period before and age."""
    it = config.rival
    if it is None:
        return np.zeros(len(people), bool)
    level, _, _ = _history(people, needs.minutes)
    first = np.minimum(dispenser.start // PERIOD, config.periods - 1)
    above = level[np.arange(len(people)), first] - config.need.base
    usual = _usual_age(config)
    inclination = it.intercept + it.level * above + it.age * (people.age - usual)
    chosen = _logit(stream(seed, "rival").random(len(people))) < inclination
    return np.asarray(chosen & dispenser.there)


def _at_risk(config: Config, people: People, allowed: Bools) -> Bools:
    """Persons × periods: at home all period, in a district that has begun, by the untreated."""
    period = np.arange(config.periods)
    untreated = institution_day(
        people, adopted=np.full(len(people), NEVER, np.int32), hazard_ratio=1.0
    )
    until = np.minimum(leaving_home(people, untreated), people.ended)
    whole = days_within(period, people.entry, until) == PERIOD
    begun = period >= _district_starts(config)[people.district][:, None]
    return np.asarray(whole & allowed[:, None] & begun)


def _district_starts(config: Config) -> Numbers:
    """The period in which each district begins, staggered and not in the districts' order."""
    n, it = len(config.districts), config.dispenser
    order = (np.arange(n) * 7 + 3) % n if n % 7 else np.arange(n)
    return np.round(np.linspace(it.first_district, it.last_district, n)).astype(int)[order]


def _inclination(config: Config, people: People, needs: Needs) -> Floats:
    it, reablement = config.dispenser, needs.reablement
    level, jump, known = _history(people, needs.minutes)
    period = np.arange(config.periods)
    in_episode = days_within(period, reablement.start, reablement.end) > 0
    return np.asarray(
        it.jump * jump
        + it.level * (level - config.need.base)
        + it.growth * period
        + _of_person(config, people)[:, None]
        + it.reablement * in_episode
        + it.newcomer * (known < _NEW)
    )


def _of_person(config: Config, people: People) -> Floats:
    it = config.dispenser
    of_age = it.age * (people.age - _usual_age(config))
    return np.asarray(it.segment * people.segment + it.hidden * people.hidden + of_age)


def _usual_age(config: Config) -> float:
    return config.flows.get(Way.HOME_NURSING, Flow(concurrent=0)).age


def _history(people: People, minutes: Floats) -> tuple[Floats, Floats, Numbers]:
    """Level in the period before, its jump over the mean of earlier ones, and periods known."""
    n, periods = minutes.shape
    period = np.arange(periods)
    first = -(-people.present // PERIOD)
    known = np.maximum(period[None, :] - first[:, None], 0)
    seen = np.where(period[None, :] >= first[:, None], minutes, 0.0)
    total = np.concatenate([np.zeros((n, 1)), np.cumsum(seen, axis=1)], axis=1)
    level = np.concatenate([minutes[:, :1], minutes[:, :-1]], axis=1)
    earlier = total[:, np.maximum(period - 1, 0)] - total[:, np.maximum(period - 1 - _LAGS, 0)]
    count = np.clip(known - 1, 0, _LAGS)
    jump = np.where(count > 0, level - earlier / np.maximum(count, 1), 0.0)
    return np.where(known > 0, level, minutes), jump, known


def _until_it_ends(it: Dispenser, people: People, start: Days, dropout: Floats) -> Spell:
    institution = institution_day(people, adopted=start, hazard_ratio=it.hazard_ratio)
    until = np.minimum(leaving_home(people, institution), people.ended)
    given_up = after(start + _STEADY * PERIOD, dropout, it.given_up)
    return spell(start, np.minimum(until, given_up))


def _ever(dispenser: Spell) -> int:
    return int(np.count_nonzero(dispenser.there))


def _calibrated(users: Callable[[float], int], wanted: float) -> float:
    """The intercept that gives so many users, by bisection: they grow with it."""
    low, high = -14.0, 4.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if users(middle) < wanted else (low, middle)
    return high


def effect(config: Config, people: People, dispenser: Spell, *, rival: Bools, seed: int) -> Floats:
    """Minutes a week that a dispenser adds (mostly takes away). Persons × periods."""
    it = config.dispenser
    rng = stream(seed, "effect")
    own = np.array(it.effect)[people.segment] * (1 + it.spread * rng.standard_normal(len(people)))
    own *= np.where(rival, config.rival.effect if config.rival else 1.0, 1.0)
    since = np.arange(config.periods)[None, :] - (dispenser.start // PERIOD)[:, None]
    size = np.where(since > 1, 1.0, it.ramp)
    planted = np.where(since == 0, it.test_cost, size * own[:, None])
    last = (np.minimum(dispenser.end, NEVER) // PERIOD)[:, None]
    given_up = np.arange(config.periods)[None, :] > last
    return np.where((since < 0) | given_up, 0.0, planted)


def _first(happened: Bools) -> Numbers:
    """The first column that is true in each row; −1 where none is."""
    return np.where(happened.any(axis=1), happened.argmax(axis=1), -1)


def _logit(p: Floats) -> Floats:
    return np.log(p / (1 - p))
