"""What may be shown of every estimate, in the published shapes."""

from collections.abc import Iterator

from vft.effects.admission import Deferred
from vft.effects.answers import (
    BalanceRow,
    EffectAdmission,
    EffectB,
    EffectCompare,
    EffectNewcomers,
    EffectSegments,
    EffectSeries,
    Estimand,
    EventRow,
    Figure,
    MonthsHome,
    Placebo,
    SegmentRow,
    SeriesRow,
    ZeroRow,
)
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
from vft.effects.verdict import solid
from vft.effects.zero_points import ZeroPoint


def effect_newcomers(panel: Panel, found: Newcomers) -> EffectNewcomers:
    """Nothing where refused, only counts where only counts."""
    counts = _counts(found)
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


def _counts(found: Controlled | Newcomers | Deferred) -> bool:
    """Whether counts may be told; that nobody adopted points at nobody."""
    return found.verdict != "refused" or found.n_adopters == 0


def _left_out(found: Segmented) -> Iterator[str]:
    if found.left_out:
        yield (
            f"{spelt(found.left_out).capitalize()} brukere er ikke med i noen gruppe: det er ikke "
            "kjent hvilken de hørte til da de begynte."
        )


def _withheld(found: Segmented) -> Iterator[str]:
    if any(s.verdict != "refused" and not s.counted for s in found.segments):
        yield (
            f"Antallet er utelatt for en eller flere grupper med minst {SHOWN} brukere: sammen "
            "med de andre antallene ville det vist hvor mange det er der det er færre."
        )


def _segment(one: Segment, rank: int | None) -> SegmentRow:
    counts = one.counted and (one.verdict != "refused" or one.n_adopters == 0)
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
    counts = _counts(found)
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
        notes=[*panel.notes, *(found.notes if counts else [])],
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
        glsar=one.glsar,
        false_breaks=one.false_breaks,
        verdict=one.verdict,
        reasons=one.reasons,
    )


def effect_b(panel: Panel, found: Controlled, *, estimand: Estimand = "at_home") -> EffectB:
    """What may be shown: nothing where refused, only counts where only counts.

    ``panel``: the one that was estimated from, of the ``estimand``.
    """
    counts = _counts(found)
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
    """Matched of all; None where there are none, or it would give the few away."""
    if not found.n_adopters or told(found.n_matched) is None:
        return None
    return found.n_matched / found.n_adopters


def _value(found: Estimate | None) -> float | None:
    return found.value if found else None


def _range(found: Estimate | None) -> tuple[float, float] | None:
    return found.interval if found else None


def _placebo(estimated: Estimate | None, first: int, last: int) -> Placebo:
    found = solid(estimated)
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
    """A zero point that under five are known from has no figures."""
    alone, controlled = (
        found if found and told(found.n) else None for found in (one.before_after, one.controlled)
    )
    return ZeroRow(
        estimate=_value(controlled),
        interval=_range(controlled),
        first_period=one.first,
        last_period=one.last,
        before_after=_value(alone),
    )
