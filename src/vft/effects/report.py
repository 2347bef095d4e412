"""What commands and screens read: the published shape of every estimate."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vft.effects.balance import Balanced
from vft.effects.contrast import EFFECT, FAR, HELD_OUT, NEAR
from vft.effects.controlled import Controlled, Moment
from vft.effects.interval import Estimate
from vft.effects.panel import Panel
from vft.effects.verdict import Verdict
from vft.effects.zero_points import ZeroPoint

Interval = Annotated[tuple[float, float], Field(description="95 % intervall: [nedre, øvre]")]


class Shape(BaseModel):
    """Every answer forbids what it does not know, so that a misspelt name is no silent null."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(Shape):
    """An estimate; null where it cannot or may not be said."""

    estimate: float | None
    interval: Interval | None


class Placebo(Figure):
    """The difference in periods before adoption that neither matching nor regression used."""

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
    n_adopters: int
    used_in_matching: bool


class ZeroRow(Figure):
    """The change from one zero point. ``before_after`` has no controls: it is no effect."""

    first_period: int
    last_period: int
    before_after: float | None


class EffectB(Figure):
    """Design B. Minutes a week; the mean over periods 2–9 after adoption, alive and at home."""

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
    event_study: list[EventRow]
    zero_points: list[ZeroRow]
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


def effect_b(panel: Panel, found: Controlled) -> EffectB:
    """What may be shown: nothing where refused, only counts where only counts."""
    counts = found.verdict != "refused"
    shown = found.verdict in {"indicative", "causal"}
    share = found.n_matched / found.n_adopters if counts else None
    return EffectB(
        estimate=_value(found.effect if shown else None),
        interval=_range(found.effect if shown else None),
        n_adopters=found.n_adopters if counts else None,
        n_matched=found.n_matched if counts else None,
        share_matched=share,
        share_same_unit=found.share_same_unit if counts else None,
        balance=[_balance(b) for b in found.balance] if shown else [],
        placebo=_placebo(found.placebo if shown else None, *HELD_OUT),
        placebo_drift=_placebo(found.drift if shown else None, FAR[0], NEAR[1]),
        event_study=[_moment(m) for m in found.event_study] if shown else [],
        zero_points=[_zero_point(z) for z in found.zero_points] if shown else [],
        verdict=found.verdict,
        reasons=found.reasons,
        notes=list(panel.notes),
    )


def _value(found: Estimate | None) -> float | None:
    return found.value if found else None


def _range(found: Estimate | None) -> tuple[float, float] | None:
    return found.interval if found else None


def _placebo(found: Estimate | None, first: int, last: int) -> Placebo:
    return Placebo(
        estimate=_value(found),
        interval=_range(found),
        z=found.z if found else None,
        first_period=first,
        last_period=last,
    )


def _balance(one: Balanced) -> BalanceRow:
    return BalanceRow(covariate=one.name, title=one.title, before=one.before, after=one.after)


def _moment(one: Moment) -> EventRow:
    return EventRow(
        estimate=_value(one.estimate),
        interval=_range(one.estimate),
        period=one.time,
        n_adopters=one.estimate.n if one.estimate else 0,
        used_in_matching=one.matched_on,
    )


def _zero_point(one: ZeroPoint) -> ZeroRow:
    return ZeroRow(
        estimate=_value(one.controlled),
        interval=_range(one.controlled),
        first_period=one.first,
        last_period=one.last,
        before_after=one.before_after.value if one.before_after else None,
    )
