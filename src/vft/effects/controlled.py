"""Design B: before and after, controlled by matched recipients who had not started."""

from dataclasses import dataclass

import numpy as np

from vft.effects import adjustment, matching
from vft.effects.arrays import Bools, Numbers
from vft.effects.balance import Balanced, balance
from vft.effects.contrast import (
    EARLY,
    EFFECT,
    FAR,
    HELD_OUT,
    LATE,
    NEAR,
    Contrast,
    Design,
    contrast,
)
from vft.effects.history import LAGS, history
from vft.effects.interval import Estimate
from vft.effects.panel import NEVER, Panel
from vft.effects.remaining import log_remaining
from vft.effects.verdict import ESTIMATED, Evidence, Verdict, judge
from vft.effects.zero_points import ZeroPoint, zero_points


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The difference so many periods since adoption; ``matched_on``: in the lags used to match."""

    time: int
    estimate: Estimate | None
    n_adopters: int
    matched_on: bool


@dataclass(frozen=True, kw_only=True)
class Controlled:
    """What design B found, shown or not: ``verdict`` says what may be shown.

    Estimates are in the panel's unit. ``effect``: the mean over periods g+2…g+9 in which the
    outcome is known: at home, or all where what is spent on those who left is known too.
    """

    n_adopters: int
    n_matched: int
    share_same_unit: float | None
    effect: Estimate | None
    placebo: Estimate | None
    drift: Estimate | None
    growth: Estimate | None
    balance: list[Balanced]
    event_study: list[Moment]
    zero_points: list[ZeroPoint]
    verdict: Verdict
    reasons: list[str]


def design(panel: Panel, *, adopters: Bools | None = None, alike: Numbers | None = None) -> Design:
    """Risk sets, matched pairs, weights of remaining untreated, and the pool for regression.

    ``adopters``: whose effect is asked for; everybody else's adoption still censors.
    ``alike``: codes of something else in which pairs must be equal (recipients × periods).
    """
    asked = panel.adopted < NEVER if adopters is None else adopters
    known = history(panel)
    matched = matching.match(panel, known, adopters=asked, alike=alike)
    return Design(
        panel=panel,
        history=known,
        remaining=log_remaining(panel, known),
        matched=matched,
        pool=adjustment.pool(panel, known, matched.start),
    )


def controlled(panel: Panel) -> Controlled:
    """The whole of design B: estimate, gates, and everything that is shown beside it."""
    return judged(design(panel), n_adopters=panel.n_adopters)


def gated(
    made: Design, *, n_adopters: int, settled: Design | None = None
) -> tuple[Evidence, Verdict, list[str]]:
    """What the verdict rests on, and the verdict with its reasons.

    ``settled``: the design in which a gap that still widens is looked for, where it is another.
    """
    after = contrast(made, first=EFFECT[0], last=EFFECT[1])
    steady = after if settled is None else contrast(settled, first=EFFECT[0], last=EFFECT[1])
    before = contrast(made, first=FAR[0], last=HELD_OUT[1])
    followed = made.only(after.followed[made.matched.adopter])
    evidence = Evidence(
        n_adopters=n_adopters,
        n_matched=len(followed.matched.adopters),
        worst=_worst(_alike(followed)),
        placebo=before.over(*HELD_OUT),
        drift=before.between(FAR, NEAR),
        growth=steady.between(EARLY, LATE),
        covered=tuple(steady.times[steady.count.sum(axis=1) >= ESTIMATED].tolist()),
        effect=after.over(*EFFECT),
        measured_in=made.panel.measured_in,
    )
    return evidence, *judge(evidence)


def judged(made: Design, *, n_adopters: int, settled: Design | None = None) -> Controlled:
    """Estimates and verdict of a design that is already made."""
    evidence, verdict, reasons = gated(made, n_adopters=n_adopters, settled=settled)
    found = contrast(made)
    followed = made.only(found.followed[made.matched.adopter])
    pairs = followed.matched
    return Controlled(
        n_adopters=n_adopters,
        n_matched=evidence.n_matched,
        share_same_unit=float(pairs.same_unit.mean()) if len(pairs) else None,
        effect=evidence.effect,
        placebo=evidence.placebo,
        drift=evidence.drift,
        growth=evidence.growth,
        balance=_alike(followed),
        event_study=moments(found, matched_on=range(-LAGS, 0)),
        zero_points=zero_points(followed),
        verdict=verdict,
        reasons=reasons,
    )


def _alike(made: Design) -> list[Balanced]:
    return balance(made, matching.covariates(made.panel, made.history))


def _worst(alike: list[Balanced]) -> tuple[str, float] | None:
    return max(((b.title, b.after) for b in alike), key=lambda b: abs(b[1]), default=None)


def moments(found: Contrast, *, matched_on: range) -> list[Moment]:
    """One for each period since adoption. ``matched_on``: those whose outcome matching used."""
    return [
        Moment(
            time=t,
            estimate=found.over(t, t),
            n_adopters=int(np.count_nonzero(count)),
            matched_on=t in matched_on,
        )
        for t, count in zip(found.times.tolist(), found.count, strict=True)
    ]
