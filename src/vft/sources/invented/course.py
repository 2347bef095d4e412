"""The course of every person, as it was and as it would have been without technology."""

from dataclasses import dataclass

import numpy as np

from vft.sources.invented.arrays import Bools, Days, Floats, Numbers
from vft.sources.invented.config import NEVER, PERIOD, Config
from vft.sources.invented.people import People


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One interval a person, half-open, in days; ``NEVER`` where it never starts or ends."""

    start: Days
    end: Days

    @property
    def there(self) -> Bools:
        """Who has it at all."""
        return self.start < self.end

    def on(self, day: int) -> Bools:
        """Who has it on a day."""
        return (self.start <= day) & (day < self.end)


def spell(start: Numbers, end: Numbers) -> Spell:
    """A spell; one that would end before it starts never starts."""
    there = start < end
    return Spell(
        start=np.where(there, start, NEVER).astype(np.int32),
        end=np.where(there, end, NEVER).astype(np.int32),
    )


@dataclass(frozen=True, kw_only=True)
class Stays:
    """Stays in hospital or short stays, one row each, sorted by person and start."""

    person: Numbers
    hospital: Bools
    start: Days
    end: Days


@dataclass(frozen=True, kw_only=True)
class Course:
    """All persons. The first ``cared`` of them receive home nursing and have the matrices.

    Matrices are ``cared`` × periods: minutes a week, travel included, while at home; planned care
    by day and evening (``minutes``) and supervision by night (``night_minutes``) apart.
    ``rival``: who of them got the second product in the dispenser's place.
    ``home_until``: the first day not at home (dead, institution or moved out).
    """

    config: Config
    people: People
    cared: int
    care: Spell
    home_until: Days
    home_until_untreated: Days
    institution: Days
    institution_untreated: Days
    minutes: Floats
    minutes_untreated: Floats
    night_minutes: Floats
    night_minutes_untreated: Floats
    night: Spell
    reablement: Spell
    services: dict[str, Spell]
    stays: Stays
    rival: Bools

    def __len__(self) -> int:
        return len(self.people)

    @property
    def moved_out(self) -> Days:
        """The day a person moved out of the municipality; nobody moves from the nursing home."""
        return np.where(self.people.moved == self.home_until, self.people.moved, NEVER)

    @property
    def died(self) -> Days:
        """The day a person died; of those who moved out nobody here knows."""
        known = np.where(self.moved_out < NEVER, NEVER, self.people.death)
        return known.astype(np.int32)

    @property
    def adopted(self) -> Numbers:
        """The period in which each cared-for person got a dispenser; −1 for never."""
        start = self.services["DMS"].start[: self.cared]
        return np.where(start < NEVER, start // PERIOD, -1).astype(np.int32)


def days_within(period: Numbers, start: Days, end: Days) -> Numbers:
    """Days of each period (columns) that each person's interval (rows) covers."""
    first = np.maximum(start[:, None], period[None, :] * PERIOD)
    last = np.minimum(end[:, None], (period[None, :] + 1) * PERIOD)
    days: Numbers = np.maximum(last - first, 0).astype(np.int32)
    return days
