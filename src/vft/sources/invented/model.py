"""The one causal model behind demo, tests and statistics.

Need severity drives visits, allocation and exit. Every person has two courses drawn from the same
shocks: with and without technology; the observed one follows what she got.
"""

import numpy as np

from vft.sources.invented import adoption, away, needs, others
from vft.sources.invented.arrays import Days
from vft.sources.invented.config import NEVER, Config, Way
from vft.sources.invented.course import Course, Spell, spell
from vft.sources.invented.people import People, arrive


def simulate(config: Config, *, seed: int) -> Course:
    """Draw the whole course. Same config and seed, same course; no side effects."""
    everyone = arrive(config, seed=seed)
    cared = int(np.count_nonzero(everyone.way == Way.HOME_NURSING))
    care = everyone.only(slice(0, cared))
    nobody = spell(care.entry, care.entry)
    untreated_institution = _institution(config, everyone, nobody)
    home_untreated = adoption.leaving_home(everyone, untreated_institution)
    need = needs.without_technology(config, care, until=home_untreated[:cared], seed=seed)
    night, sensor = others.supervision(config, care, home_untreated[:cared], seed=seed)
    dispenser = adoption.dispensers(config, care, need, allowed=~night.there, seed=seed)
    institution = _institution(config, everyone, dispenser)
    home = adoption.leaving_home(everyone, institution)
    keep, services = others.rest(config, everyone, home, seed=seed)
    people, home = everyone.only(keep), home[keep]
    for code, spells in (("DMS", dispenser), ("DT", sensor)):
        services[code] = _padded(spells, len(people))
    rival = adoption.rivals(config, care, need, dispenser, seed=seed)
    observed = need.minutes + adoption.effect(config, care, dispenser, rival=rival, seed=seed)
    night_minutes, night_untreated = others.night_minutes(config, night, sensor)
    return Course(
        config=config,
        people=people,
        cared=cared,
        care=spell(care.entry, np.minimum(home[:cared], care.ended)),
        home_until=home,
        home_until_untreated=home_untreated[keep],
        institution=institution[keep],
        institution_untreated=untreated_institution[keep],
        minutes=np.maximum(observed, config.need.floor),
        minutes_untreated=need.minutes,
        night_minutes=night_minutes,
        night_minutes_untreated=night_untreated,
        night=night,
        reablement=need.reablement,
        services=services,
        rival=rival,
        stays=away.stays(config, people, home, services["DHO"], seed=seed),
    )


def _institution(config: Config, people: People, dispenser: Spell) -> Days:
    """The day of nursing-home admission, deferred for those with a dispenser."""
    adopted = _padded(dispenser, len(people)).start
    return adoption.institution_day(
        people, adopted=adopted, hazard_ratio=config.dispenser.hazard_ratio
    )


def _padded(cared: Spell, n: int) -> Spell:
    """A spell of the cared-for as a spell of everyone."""
    rest = np.full(n - len(cared.start), NEVER, np.int32)
    return Spell(start=np.concatenate([cared.start, rest]), end=np.concatenate([cared.end, rest]))
