"""Stays in hospital and short stays: days when nobody is at home to be visited."""

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import YEAR, Config, Way
from vft.sources.invented.course import Spell, Stays
from vft.sources.invented.people import People
from vft.sources.invented.streams import stream

_HOSPITAL_DAYS = 6.0
_SHORT_DAYS = 16.0


def stays(
    config: Config, people: People, home_until: Days, follow_up: Spell, *, seed: int
) -> Stays:
    """Stays of home-nursing and follow-up recipients within the course.

    Digital follow-up thins hospital stays by ``hospital_with_follow_up``.
    """
    rng = stream(seed, "stays")
    last = np.minimum(home_until, config.last_day)
    eligible = np.isin(people.way, (Way.HOME_NURSING, Way.FOLLOW_UP))
    years = np.where(eligible, np.maximum(last - people.present, 0), 0) / YEAR
    drawn = [
        _drawn(rng, people.present, last, years * rate, mean)
        for rate, mean in ((config.hospital, _HOSPITAL_DAYS), (config.short_stay, _SHORT_DAYS))
    ]
    person, start, end = (np.concatenate(part) for part in zip(*drawn, strict=True))
    hospital = np.arange(len(person)) < len(drawn[0][0])
    with_follow_up = (follow_up.start[person] <= start) & (start < follow_up.end[person])
    avoided = rng.random(len(person)) >= config.hospital_with_follow_up
    keep = ~(hospital & with_follow_up & avoided)
    return _apart(person[keep], hospital[keep], start[keep], end[keep])


def _drawn(
    rng: np.random.Generator, present: Days, last: Days, expected: Floats, mean_days: float
) -> tuple[Numbers, Days, Days]:
    person = np.repeat(np.arange(len(present)), rng.poisson(expected))
    span = last[person] - present[person]
    start = present[person] + np.floor(rng.random(len(person)) * span).astype(np.int32)
    days = rng.geometric(1 / mean_days, len(person)).astype(np.int32)
    return person, start, np.minimum(start + days, last[person])


def _apart(person: Numbers, hospital: Bools, start: Days, end: Days) -> Stays:
    """In order, without those that begin before the one before has ended."""
    order = np.lexsort((start, person))
    person, hospital, start, end = person[order], hospital[order], start[order], end[order]
    clear = np.ones(len(person), bool)
    clear[1:] = (person[1:] != person[:-1]) | (start[1:] >= end[:-1])
    clear &= start < end
    return Stays(person=person[clear], hospital=hospital[clear], start=start[clear], end=end[clear])
