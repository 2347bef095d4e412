"""What commands and screens read: the published shape of every estimate."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vft.effects.contrast import EFFECT
from vft.effects.newcomers import FOLLOWED
from vft.effects.verdict import Verdict

Interval = Annotated[tuple[float, float], Field(description="95 % intervall: [nedre, øvre]")]

Estimand = Literal["at_home", "resources"]


class Shape(BaseModel):
    """Every answer forbids what it does not know, so that a misspelt name is no silent null."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(Shape):
    """An estimate; null where it cannot or may not be said."""

    estimate: float | None
    interval: Interval | None


class Placebo(Figure):
    """A difference that should be none, the periods it is of, and its z.

    ``placebo``: the difference before adoption that neither matching nor regression used;
    ``placebo_drift``: how it grew; ``growth``: how the effect grew over its own periods.
    """

    z: float | None
    first_period: int
    last_period: int


class BalanceRow(Shape):
    """Standardised differences, adopters less controls."""

    covariate: str
    title: str
    before: float
    after: float


class EventRow(Figure):
    """The difference so many periods since adoption, and how many adopters it rests on."""

    period: int
    n_adopters: int | None
    used_in_matching: bool


class ZeroRow(Figure):
    """The change from one zero point. ``before_after`` has no controls: it is no effect."""

    first_period: int
    last_period: int
    before_after: float | None


class EffectB(Figure):
    """Design B: the mean over periods 2–9 after adoption.

    ``estimand``: ``at_home`` is of those alive and at home, minutes a week; ``resources`` is of
    all, home care and nursing home in kroner a week, the dead with 0.
    """

    estimand: Estimand = "at_home"
    unit: str = "minutter per uke"
    first_period: int = EFFECT[0]
    last_period: int = EFFECT[1]
    n_adopters: int | None
    n_matched: int | None
    share_matched: float | None
    share_same_unit: float | None
    balance: list[BalanceRow]
    placebo: Placebo
    placebo_drift: Placebo
    growth: Placebo
    event_study: list[EventRow]
    zero_points: list[ZeroRow]
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


class EffectNewcomers(Figure):
    """New recipients' own design: the difference in growth over the 12 months after adoption.

    ``n_first``: of the matched, those who began in their very first period. The placebo's figures
    are always null: there are no earlier periods to try it in.
    """

    unit: str = "minutter per uke"
    first_period: int = FOLLOWED[0]
    last_period: int = FOLLOWED[1]
    n_adopters: int | None
    n_matched: int | None
    n_first: int | None
    share_matched: float | None
    share_same_unit: float | None
    balance: list[BalanceRow]
    placebo: Placebo
    growth: Placebo
    event_study: list[EventRow]
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


class SegmentRow(Figure):
    """One segment. ``shrunken``: pulled towards the mean of all; ranked only where causal."""

    segment: str
    n_adopters: int | None
    n_matched: int | None
    shrunken: float | None
    shrunken_interval: Interval | None
    q: float | None
    rank: int | None
    verdict: Verdict
    reasons: list[str]


class EffectSegments(Figure):
    """Design C. ``estimate``: the mean over segments; ``spread``: between them beyond chance."""

    unit: str = "minutter per uke"
    by: str
    segments: list[SegmentRow]
    spread: float | None
    i_squared: float | None
    interaction_p: float | None
    notes: list[str]


class EffectCompare(Figure):
    """Design A. ``estimate``: the first service less the second; ``crude`` is only descriptive."""

    unit: str = "minutter per uke"
    services: tuple[str, str]
    n: tuple[int | None, int | None]
    crude: float | None
    crude_label: str = "beskrivende"
    balance: list[BalanceRow]
    placebo: Placebo
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


class MonthsHome(Figure):
    """The difference in restricted mean time at home within so many months; months."""

    within_months: int


class EffectAdmission(Shape):
    """Deferred nursing-home admission. ``admissions``: among adopters, and among their controls."""

    hazard_ratio: float | None
    hazard_ratio_interval: Interval | None
    months_home: list[MonthsHome]
    n_adopters: int | None
    n_matched: int | None
    admissions: tuple[int | None, int | None]
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


class SeriesRow(Figure):
    """One unit's break, in the units of the series; ``estimate``: the mean after the start."""

    unit: str
    months_before: int
    months_after: int
    controls: int
    level: Figure
    slope: Figure
    glsar: float | None
    false_breaks: float | None
    verdict: Verdict
    reasons: list[str]


class EffectSeries(Shape):
    """Every unit that has started."""

    units: list[SeriesRow]
