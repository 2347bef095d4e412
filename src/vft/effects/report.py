"""What commands and screens read: the published shape of every estimate."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vft.effects.admission import Deferred
from vft.effects.balance import Balanced
from vft.effects.compare import Compared
from vft.effects.contrast import EFFECT, FAR, HELD_OUT, NEAR
from vft.effects.controlled import Controlled, Moment
from vft.effects.interval import Estimate
from vft.effects.newcomers import FOLLOWED, Newcomers
from vft.effects.panel import Panel
from vft.effects.segments import Segment, Segmented
from vft.effects.series import Broken
from vft.effects.small_counts import SHOWN, spelt, told
from vft.effects.verdict import Verdict
from vft.effects.zero_points import ZeroPoint

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
    newey_west: Figure
    false_breaks: float | None
    verdict: Verdict
    reasons: list[str]


class EffectSeries(Shape):
    """Every unit that has started."""

    units: list[SeriesRow]


def effect_newcomers(panel: Panel, found: Newcomers) -> EffectNewcomers:
    """Nothing where refused, only counts where only counts."""
    counts = found.verdict != "refused"
    shown = found.verdict in {"indicative", "causal"}
    return EffectNewcomers(
        estimate=_value(found.effect if shown else None),
        interval=_range(found.effect if shown else None),
        n_adopters=found.n_adopters if counts else None,
        n_matched=told(found.n_matched) if counts else None,
        n_first=told(found.n_first) if counts else None,
        share_matched=_share(found) if counts else None,
        share_same_unit=found.share_same_unit if counts and told(found.n_matched) else None,
        balance=[_balance(b) for b in found.balance] if shown else [],
        placebo=_placebo(None, *HELD_OUT),
        growth=_placebo(found.growth if shown else None, *FOLLOWED),
        event_study=[_moment(m) for m in found.event_study] if shown else [],
        verdict=found.verdict,
        reasons=found.reasons,
        notes=list(panel.notes),
    )


def effect_segments(panel: Panel, found: Segmented, *, by: str) -> EffectSegments:
    """What may be shown of each; ranks only among the causal."""
    causal = [s for s in found.segments if s.verdict == "causal"]
    order = sorted(causal, key=lambda s: s.shrunken.value if s.shrunken else 0.0)
    ranks = {s.label: n for n, s in enumerate(order, 1)} if len(order) > 1 else {}
    return EffectSegments(
        estimate=_value(found.mean),
        interval=_range(found.mean),
        by=by,
        segments=[_segment(s, ranks.get(s.label)) for s in found.segments],
        spread=found.spread,
        i_squared=found.i_squared,
        interaction_p=found.interaction,
        notes=[*panel.notes, *_left_out(found), *_withheld(found)],
    )


def _left_out(found: Segmented) -> Iterator[str]:
    if found.left_out:
        yield (
            f"{spelt(found.left_out).capitalize()} brukere er ikke med i noen gruppe: det er ikke "
            "kjent hvilken de hørte til da de begynte."
        )


def _withheld(found: Segmented) -> Iterator[str]:
    if any(s.verdict != "refused" and not s.counted for s in found.segments):
        yield (
            "Antallet vises heller ikke for den minste av de andre gruppene: sammen med de andre "
            f"antallene ville det vist hvor mange som er i en gruppe med færre enn {SHOWN}."
        )


def _segment(one: Segment, rank: int | None) -> SegmentRow:
    counts = one.verdict != "refused" and one.counted
    return SegmentRow(
        estimate=_value(one.effect),
        interval=_range(one.effect),
        segment=one.label,
        n_adopters=one.n_adopters if counts else None,
        n_matched=told(one.n_matched) if counts else None,
        shrunken=_value(one.shrunken),
        shrunken_interval=_range(one.shrunken),
        q=one.q,
        rank=rank,
        verdict=one.verdict,
        reasons=one.reasons,
    )


def effect_compare(panel: Panel, found: Compared) -> EffectCompare:
    """Nothing where refused, only counts where only counts."""
    shown = found.verdict in {"indicative", "causal"}
    counts = found.verdict != "refused"
    return EffectCompare(
        estimate=_value(found.effect if shown else None),
        interval=_range(found.effect if shown else None),
        services=found.services,
        n=(told(found.n[0]), told(found.n[1])) if counts else (None, None),
        crude=_value(found.crude if shown else None),
        balance=[_balance(b) for b in found.balance] if shown else [],
        placebo=_placebo(found.placebo if shown else None, *HELD_OUT),
        verdict=found.verdict,
        reasons=found.reasons,
        notes=list(panel.notes),
    )


def effect_admission(panel: Panel, found: Deferred) -> EffectAdmission:
    """Nothing where refused, only counts where only counts."""
    counts = found.verdict != "refused"
    ratio = found.hazard_ratio
    return EffectAdmission(
        hazard_ratio=ratio[0] if ratio else None,
        hazard_ratio_interval=ratio[1:] if ratio else None,
        months_home=[
            MonthsHome(estimate=_value(e), interval=_range(e), within_months=months)
            for months, e in found.months_home.items()
        ],
        n_adopters=found.n_adopters if counts else None,
        n_matched=told(found.n_matched) if counts else None,
        admissions=(told(found.events[0]), told(found.events[1])) if counts else (None, None),
        verdict=found.verdict,
        reasons=found.reasons,
        notes=[*panel.notes, *found.notes],
    )


def effect_series(found: list[Broken]) -> EffectSeries:
    """Every unit's break; figures are null where refused."""
    return EffectSeries(units=[_break(one) for one in found])


def _break(one: Broken) -> SeriesRow:
    return SeriesRow(
        estimate=_value(one.effect),
        interval=_range(one.effect),
        unit=one.unit,
        months_before=one.before,
        months_after=one.after,
        controls=one.controls,
        level=Figure(estimate=_value(one.level), interval=_range(one.level)),
        slope=Figure(estimate=_value(one.slope), interval=_range(one.slope)),
        newey_west=Figure(estimate=_value(one.newey_west), interval=_range(one.newey_west)),
        false_breaks=one.false_breaks,
        verdict=one.verdict,
        reasons=one.reasons,
    )


def effect_b(panel: Panel, found: Controlled, *, estimand: Estimand = "at_home") -> EffectB:
    """What may be shown: nothing where refused, only counts where only counts.

    ``panel``: the one that was estimated from, of the ``estimand``.
    """
    counts = found.verdict != "refused"
    shown = found.verdict in {"indicative", "causal"}
    return EffectB(
        estimand=estimand,
        unit=panel.measured_in,
        estimate=_value(found.effect if shown else None),
        interval=_range(found.effect if shown else None),
        n_adopters=found.n_adopters if counts else None,
        n_matched=told(found.n_matched) if counts else None,
        share_matched=_share(found) if counts else None,
        share_same_unit=found.share_same_unit if counts and told(found.n_matched) else None,
        balance=[_balance(b) for b in found.balance] if shown else [],
        placebo=_placebo(found.placebo if shown else None, *HELD_OUT),
        placebo_drift=_placebo(found.drift if shown else None, FAR[0], NEAR[1]),
        growth=_placebo(found.growth if shown else None, *EFFECT),
        event_study=[_moment(m) for m in found.event_study] if shown else [],
        zero_points=[_zero_point(z) for z in found.zero_points] if shown else [],
        verdict=found.verdict,
        reasons=found.reasons,
        notes=list(panel.notes),
    )


def _share(found: Controlled | Newcomers) -> float | None:
    """Matched of all; None where it would give the few away."""
    return None if told(found.n_matched) is None else found.n_matched / found.n_adopters


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
    """A period that under five can be followed to has no figures."""
    n = told(one.n_adopters)
    return EventRow(
        estimate=_value(one.estimate if n else None),
        interval=_range(one.estimate if n else None),
        period=one.time,
        n_adopters=n,
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
