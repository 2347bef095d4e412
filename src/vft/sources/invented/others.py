"""The other technologies: supervision by night, safety alarms, locating, follow-up at home."""

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Floats
from vft.sources.invented.config import NEVER, PERIOD, YEAR, Config, Flow, Way
from vft.sources.invented.course import Spell, days_within, spell
from vft.sources.invented.people import People, after
from vft.sources.invented.streams import stream

_AT_ONCE = 0.5  # share of recipients who get the alarm when they enter
_ALARM_WAIT = 1.5  # of the others, a year
_ALARM_ENDED = 0.03  # handed back, a year
_ONSET = 0.8  # of need for supervision by night, a year


def supervision(
    config: Config, people: People, home_until: Days, *, seed: int
) -> tuple[Spell, Spell]:
    """Who needs supervision by night, and when a sensor does it. Both (persons,).

    Sensors become available to one person after the other; those who would get one at once have no
    physical checks before.
    """
    rng = stream(seed, "night")
    it, n = config.night, len(people)
    onset = after(people.present, rng.standard_exponential(n), _ONSET)
    until = np.minimum(
        np.minimum(home_until, people.ended), after(onset, rng.standard_exponential(n), it.ended)
    )
    at_once, needy = rng.random(n) < it.at_once, rng.random(n)
    wait = (it.waiting * rng.standard_exponential(n)).astype(np.int32)
    available = rng.integers(config.first_day - it.early, config.last_day, n)
    sensor = np.maximum(onset + np.where(at_once, 0, wait), available).astype(np.int32)
    onset = np.where(at_once, sensor, onset)
    using = (sensor <= config.calibration_day) & (config.calibration_day < until)
    chosen = needy < _share(_wanted(config, "DT"), needy, using, otherwise=it.share)
    return (
        spell(np.where(chosen, onset, NEVER), until),
        spell(np.where(chosen, sensor, NEVER), until),
    )


def night_minutes(config: Config, night: Spell, sensor: Spell) -> tuple[Floats, Floats]:
    """Minutes a week of checks by night, as it was and without sensors. Persons × periods."""
    it, period = config.night, np.arange(config.periods)
    needing = days_within(period, night.start, night.end) / PERIOD
    sensed = days_within(period, sensor.start, sensor.end) / PERIOD
    untreated = needing * it.checks * it.minutes
    return untreated - sensed * (it.checks - it.checks_with) * it.minutes, untreated


def rest(
    config: Config, people: People, home_until: Days, *, seed: int
) -> tuple[Bools, dict[str, Spell]]:
    """Alarms, locating and follow-up; and which persons are kept so that targets are met.

    The spells are of the kept persons. Home-nursing recipients are always kept.
    """
    rng = stream(seed, "others")
    day, n = config.calibration_day, len(people)
    alarm = _alarms(config, people, home_until, rng)
    own = spell(people.entry, np.minimum(home_until, people.ended))
    place = rng.random(n)
    keep = people.way == Way.HOME_NURSING
    for way, code in ((Way.LOCATING, "GPS"), (Way.FOLLOW_UP, "DHO")):
        mine = people.way == way
        keep |= mine & (place < _share(_wanted(config, code), place, mine & own.on(day)))
    with_alarm = int(np.count_nonzero(alarm.on(day) & keep))
    mine = people.way == Way.ALARM
    wanted = _wanted(config, "TA", already=with_alarm)
    keep |= mine & (place < _share(wanted, place, mine & alarm.on(day)))
    services = {
        "TA": alarm,
        "GPS": spell(np.where(people.way == Way.LOCATING, own.start, NEVER), own.end),
        "DHO": spell(np.where(people.way == Way.FOLLOW_UP, own.start, NEVER), own.end),
    }
    return keep, {c: Spell(start=s.start[keep], end=s.end[keep]) for c, s in services.items()}


def _alarms(config: Config, people: People, home_until: Days, rng: np.random.Generator) -> Spell:
    n = len(people)
    share = np.array([config.flows.get(w, Flow(concurrent=0)).alarm for w in Way])[people.way]
    at_once = (people.way == Way.ALARM) | (rng.random(n) < _AT_ONCE)
    wait = np.where(at_once, 0, rng.standard_exponential(n) * YEAR / _ALARM_WAIT)
    start = people.entry + wait.astype(np.int32)
    ends = np.where(people.way == Way.ALARM, people.ended, NEVER)
    back = after(np.maximum(start, 0), rng.standard_exponential(n), _ALARM_ENDED)
    has = rng.random(n) < share
    return spell(np.where(has, start, NEVER), np.minimum(np.minimum(home_until, ends), back))


def _share(wanted: int | None, place: Floats, using: Bools, *, otherwise: float = 1.0) -> float:
    """The share of persons to keep so that as many as ``wanted`` are among those ``using``."""
    if wanted is None:
        return otherwise
    places = np.sort(place[using])
    if wanted <= 0:
        return 0.0
    return float(places[wanted]) if wanted < len(places) else 1.0


def _wanted(config: Config, service: str, *, already: int = 0) -> int | None:
    return round(config.targets[service]) - already if service in config.targets else None
