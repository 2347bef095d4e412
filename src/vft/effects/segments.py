"""Design C: for whom it works. B's estimate a segment, pulled together as far as chance goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.contrast import Design
from vft.effects.controlled import design, gated
from vft.effects.interval import Estimate
from vft.effects.matching import period_before
from vft.effects.panel import CATEGORIES, NEVER, Panel
from vft.effects.small_counts import withheld
from vft.effects.verdict import Verdict, judge
from vft.errors import VftError

MOST = 10  #: segments that may be declared: more would find something by chance
DISCOVERED = 0.10  #: largest q (Benjamini–Hochberg) that is called an effect
#: Periods since first home care at which "when to start" is parted, and what the parts are called.
STARTS = ((0, 3), (3, 13), (13, NEVER))
START_TITLES = ("under 3 perioder", "3–12 perioder", "13 perioder eller mer")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One of them. ``shrunken``: pulled towards the mean; None where nothing may be shown.

    ``counted``: whether its counts may be told, or would give away how few are in another.
    """

    label: str
    n_adopters: int
    n_matched: int
    effect: Estimate | None
    shrunken: Estimate | None
    q: float | None
    verdict: Verdict
    reasons: list[str]
    counted: bool = True


@dataclass(frozen=True, kw_only=True)
class Segmented:
    """All, in the order of their labels. Pooled figures are None with fewer than two shown.

    ``spread``: τ, the standard deviation between segments beyond chance, minutes a week.
    ``i_squared``: share of the variation between them that is not chance. ``interaction``: p of
    all being alike. ``left_out``: adopters of whom it is not known which segment they are of.
    """

    segments: list[Segment]
    mean: Estimate | None
    spread: float | None
    i_squared: float | None
    interaction: float | None
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """DerSimonian–Laird over estimates and their errors."""

    mean: float
    error: float
    tau2: float
    i_squared: float
    interaction: float


def segments(panel: Panel, *, by: str = "segment") -> Segmented:
    """Effects by segment, need group, or time since first home care when the service started.

    Adopters are compared with others of their own group.

    Raises:
        FileRefused: PANEL has no column for the grouping.
        VftError: no such grouping, or more than ten groups.
    """
    labels, groups = _grouped(panel, by)
    inside = np.asarray((panel.adopted >= 1) & (panel.adopted < panel.periods))
    code = groups[np.arange(len(inside)), np.where(inside, panel.adopted, 0)]
    made = design(panel, alike=groups)
    members = [inside & (code == k) for k in range(len(labels))]
    left_out = int(np.count_nonzero(inside & (code < 0)))
    elsewhere = int(np.count_nonzero((panel.adopted < NEVER) & ~inside))
    hidden = withheld(
        [int(np.count_nonzero(m)) for m in members], beside=(left_out, elsewhere, panel.lost)
    )
    whole = Segmented(
        segments=[
            _of(made, label, mine, counted=not away)
            for label, mine, away in zip(labels, members, hidden, strict=True)
        ],
        mean=None,
        spread=None,
        i_squared=None,
        interaction=None,
        left_out=left_out,
    )
    found = whole.segments
    shown = [s for s in found if s.effect is not None]
    return _pooled(whole, shown) if len(shown) > 1 else whole


def _pooled(whole: Segmented, shown: Sequence[Segment]) -> Segmented:
    """With what is common to those shown: two or more."""
    value, error = _figures(shown)
    pooled = pool(value, error)
    n = sum(s.effect.n for s in shown if s.effect)
    return replace(
        whole,
        segments=_shrunken(whole.segments, pooled),
        mean=Estimate(value=pooled.mean, error=pooled.error, n=n),
        spread=float(np.sqrt(pooled.tau2)),
        i_squared=pooled.i_squared,
        interaction=pooled.interaction,
    )


def pool(value: Floats, error: Floats) -> Pooled:
    """Random-effects mean with τ² by DerSimonian–Laird, I², and Cochran's Q against chance."""
    from scipy.special import chdtrc  # type: ignore[import-untyped]  # scipy has no types

    fixed, freedom = 1 / error**2, len(value) - 1
    q = float(np.sum(fixed * (value - np.average(value, weights=fixed)) ** 2))
    scale = float(fixed.sum() - np.sum(fixed**2) / fixed.sum())
    tau2 = max((q - freedom) / scale, 0.0)
    weight = 1 / (error**2 + tau2)
    return Pooled(
        mean=float(np.average(value, weights=weight)),
        error=float(1 / np.sqrt(weight.sum())),
        tau2=tau2,
        i_squared=max(0.0, (q - freedom) / q) if q > 0 else 0.0,
        interaction=float(chdtrc(freedom, q)),
    )


def shrink(value: Floats, error: Floats, pooled: Pooled) -> tuple[Floats, Floats]:
    """θ̃ = (θ/s² + μ/τ²)/(1/s² + 1/τ²), and its standard error with μ's own added."""
    own = pooled.tau2 / (pooled.tau2 + error**2)
    pulled = own * value + (1 - own) * pooled.mean
    return pulled, np.sqrt(own * error**2 + ((1 - own) * pooled.error) ** 2)


def _grouped(panel: Panel, by: str) -> tuple[Sequence[str], Numbers]:
    """The groups' labels, and the group of who would start in each period; −1 for none."""
    if by == "time_since_first":
        return START_TITLES, _since_first(panel)
    matrix = {"segment": panel.segment, **panel.categories}.get(by)
    if matrix is None:
        raise _no_grouping(panel, by)
    labels = panel.segments if by == "segment" else panel.labels[by]
    if len(labels) > MOST:
        raise VftError(
            f"«{by}» har {len(labels)} grupper. Velg ut høyst {MOST} på forhånd; "
            "med flere finner man alltid noe ved en tilfeldighet."
        )
    return labels, period_before(matrix)


def _since_first(panel: Panel) -> Numbers:
    """Which part of ``STARTS`` each recipient is in by period."""
    since = np.arange(panel.periods)[None, :] - panel.first_seen[:, None]
    part = np.digitize(since, [first for first, _ in STARTS]) - 1
    # who was there when the panel began may have been there for longer than it says
    unsure = (panel.first_seen == 0)[:, None] & (since < STARTS[-1][0])
    return np.where(unsure, -1, part)


def _no_grouping(panel: Panel, by: str) -> VftError:
    there = " eller ".join(("segment", *panel.categories, "time_since_first"))
    if by in CATEGORIES:
        return panel.lacks(by, f"som brukerne skulle deles inn etter. Del inn etter {there}")
    return VftError(f"Det finnes ingen inndeling «{by}»; velg {there}.")


def _of(made: Design, label: str, members: Bools, *, counted: bool) -> Segment:
    mine = made.only(members[made.matched.adopter])
    n = int(np.count_nonzero(members))
    evidence, _, _ = gated(mine, n_adopters=n)
    verdict, reasons = judge(replace(evidence, counted=counted))
    return Segment(
        label=label,
        n_adopters=n,
        n_matched=evidence.n_matched,
        effect=evidence.effect if verdict in {"causal", "indicative"} else None,
        shrunken=None,
        q=None,
        verdict=verdict,
        reasons=reasons,
        counted=counted,
    )


def _figures(shown: Sequence[Segment]) -> tuple[Floats, Floats]:
    found = [s.effect for s in shown if s.effect is not None]
    return np.array([e.value for e in found]), np.array([e.error for e in found])


def _shrunken(found: list[Segment], pooled: Pooled) -> list[Segment]:
    from scipy.stats import (  # type: ignore[import-untyped]  # scipy has no types
        false_discovery_control,
        norm,
    )

    shown = [s for s in found if s.effect is not None]
    value, error = _figures(shown)
    pulled, spread = shrink(value, error, pooled)
    q = false_discovery_control(2 * norm.sf(np.abs(value / error)), method="bh")
    figures = {
        s.label: (Estimate(value=float(v), error=float(e), n=s.n_matched), float(p))
        for s, v, e, p in zip(shown, pulled, spread, q, strict=True)
    }
    return [
        replace(s, shrunken=figures[s.label][0], q=figures[s.label][1]) if s.label in figures else s
        for s in found
    ]
