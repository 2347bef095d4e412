"""What is planted: how many, how needy, how technology works. Every figure that truth rests on.

Sizes follow the published Oslo counts, rates and effects the design's § 4 (methods).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

PERIOD = 28  #: days in a period
YEAR = 365.25
#: A day that never comes. Far enough that it can be added to without overflow.
NEVER = 1_000_000


class Way(IntEnum):
    """How a person came to receive services. Home nursing stands first: it has the courses."""

    HOME_NURSING = 0
    ALARM = 1
    LOCATING = 2
    FOLLOW_UP = 3


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Persons on one way: how many at the same time, and how they leave (rates per year)."""

    concurrent: float
    at_start: float = 0.9  # share of ``concurrent`` that was there when the window opens
    death: float = 0.12
    institution: float = 0.09
    moved: float = 0.01
    ended: float = 0.0
    age: float = 82.0
    age_spread: float = 7.0
    alarm: float = 1.0  # share that has a safety alarm


@dataclass(frozen=True, kw_only=True)
class Need:
    """Home-care minutes a week (travel included) without technology."""

    base: float = 205.0
    severity: float = 55.0
    decline: float = 1.3  # minutes a week, per period, of the average person
    trend: float = -0.2  # secular, per period
    district: float = 8.0  # spread of the districts' shocks
    shock: float = 62.0  # spread of the AR(1) shock
    rho: float = 0.72
    noise: float = 35.0
    floor: float = 10.0
    reablement: float = -0.25  # share of minutes that an episode takes away
    segment_share: float = 0.51  # share in the segment that gains most


@dataclass(frozen=True, kw_only=True)
class Dispenser:
    """Who gets a dispenser, and what it does."""

    effect: tuple[float, float] = (-67.5, -126.0)
    spread: float = 0.15  # of a person's own effect around her segment's, as a share
    test_cost: float = 40.0  # minutes a week more in the period of adoption
    ramp: float = 0.5  # share of the effect in the period after
    hazard_ratio: float = 0.75  # of institution admission
    intercept: float = -5.6
    jump: float = 0.011  # per minute a week
    level: float = 0.008
    segment: float = 0.3
    newcomer: float = 0.7
    reablement: float = 1.0
    age: float = 0.0  # per year above the flow's usual age
    given_up: float = 0.06  # per year, after the first ten periods
    first_district: int = 10  # period in which the first district starts
    last_district: int = 30
    growth: float = 0.0  # of the inclination, per period
    hidden: float = 0.0  # strength of a confounder that no export shows
    hidden_growth: float = 4.0  # minutes a week per period that it adds, at strength 1


@dataclass(frozen=True, kw_only=True)
class Rival:
    """A second product that some get in the first one's place, by what was observed before."""

    effect: float = 1.3  # of the first one's effect
    intercept: float = -2.2
    level: float = 0.02  # per minute a week above the usual
    age: float = 0.05  # per year above the flow's usual age


@dataclass(frozen=True, kw_only=True)
class Night:
    """Supervision by night, physical until a sensor takes over."""

    share: float = 0.0  # of home-nursing recipients who come to need it
    checks: float = 14.0  # a week, without technology
    checks_with: float = 7.0 * 7 / 30  # a week, with digital supervision
    minutes: float = 30.0  # a check, travel included
    at_once: float = 0.55  # share that gets the sensor before any physical check
    waiting: float = 50.0  # mean days of physical checks for the others
    early: int = 300  # days before the window that the first sensors were available
    ended: float = 0.15


@dataclass(frozen=True, kw_only=True)
class Config:
    """One invented world. Days are counted from ``starts_on``; ``window`` is what is exported."""

    starts_on: date
    periods: int
    burn_in: int = 0
    days: int = 0  # of the whole course; 0: all periods are whole
    calibrated_on: int = 0  # day on which ``targets`` hold; 0: the last
    districts: tuple[float, ...] = (1.0,) * 15  # weights
    coverage: tuple[float, ...] = ()  # of alarms, relative, by district
    flows: dict[Way, Flow] = field(default_factory=dict)
    #: Concurrent users wanted on the calibration day, by service. Absent: as it comes.
    targets: dict[str, float] = field(default_factory=dict)
    #: Persons who ever get a dispenser; 0: as it comes. The intercept is found that gives them.
    adopters: int = 0
    need: Need = field(default_factory=Need)
    rival: Rival | None = None
    dispenser: Dispenser = field(default_factory=Dispenser)
    night: Night = field(default_factory=Night)
    disagreement: float = 1.0  # of registers, relative to what is common
    hospital: float = 0.5  # stays a year
    hospital_with_follow_up: float = 0.7  # rate ratio
    short_stay: float = 0.2

    @property
    def last_day(self) -> int:
        """The first day after the course."""
        return self.days or self.periods * PERIOD

    @property
    def first_day(self) -> int:
        """The first day of the window."""
        return self.burn_in * PERIOD

    @property
    def calibration_day(self) -> int:
        """The day on which concurrent users are counted against ``targets``."""
        return self.calibrated_on or self.last_day - 1


def replication(*, recipients: int = 14_000, periods: int = 52, **changes: object) -> Config:
    """A world for statistics: home nursing and dispensers only, about ``recipients`` persons.

    ``changes`` replace fields of :class:`Config`.
    """
    in_and_out = 1 + 0.32 * periods * PERIOD / YEAR
    flow = Flow(concurrent=recipients / in_and_out, at_start=1.0, ended=0.1)
    world = {
        "starts_on": date(2021, 1, 4),
        "periods": periods,
        "flows": {Way.HOME_NURSING: flow},
    }
    return Config(**{**world, **changes})  # type: ignore[arg-type]  # fields by name, as given
