"""Adopters less their controls, by periods since adoption, person by person."""

from dataclasses import dataclass, replace

import numpy as np

from vft.effects import adjustment
from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.history import LAGS, History
from vft.effects.interval import Estimate, change, estimate
from vft.effects.matching import Matched
from vft.effects.panel import Panel

BEFORE, AFTER = -9, 12  #: periods since adoption that are followed
EFFECT = (2, 9)  #: those that the effect is the mean of
HELD_OUT = (BEFORE, -LAGS - 1)  #: those before that neither matching nor regression uses
#: Earlier and later of those held out: a difference between them is a drift before adoption.
FAR, NEAR = (-16, -12), (-11, HELD_OUT[1])
#: Earlier and later of the effect's own periods: a gap that still widens is no settled effect.
EARLY, LATE = (EFFECT[0], 5), (6, EFFECT[1])


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """By event time (rows) and person (columns; rows of the panel).

    ``total``: what each person adds to the sum of differences, as adopter and as control;
    ``count``: whether she counts as an adopter. The mean difference of an event time is the sum of
    ``total`` over the sum of ``count``.
    """

    times: Numbers
    total: Floats
    count: Bools

    def over(self, first: int, last: int) -> Estimate | None:
        """The mean over adopters' periods from ``first`` to ``last``, clustered on persons."""
        return estimate(*self._within(first, last))

    def between(self, earlier: tuple[int, int], later: tuple[int, int]) -> Estimate | None:
        """How much the mean difference grew from the one span of periods to the other."""
        return change(self._within(*earlier), self._within(*later))

    def _within(self, first: int, last: int) -> tuple[Floats, Numbers]:
        chosen = (self.times >= first) & (self.times <= last)
        return self.total[chosen].sum(axis=0), self.count[chosen].sum(axis=0)

    @property
    def followed(self) -> Bools:
        """Adopters who are compared in at least one period of the effect."""
        chosen = (self.times >= EFFECT[0]) & (self.times <= EFFECT[1])
        return np.asarray(self.count[chosen].any(axis=0))


@dataclass(frozen=True, kw_only=True)
class Design:
    """All that contrasts are computed from."""

    panel: Panel
    history: History
    remaining: Floats
    matched: Matched
    pool: adjustment.Pool

    def only(self, keep: Bools) -> "Design":
        """The same with some of the pairs."""
        m = self.matched
        pairs = replace(
            m,
            adopter=m.adopter[keep],
            control=m.control[keep],
            start=m.start[keep],
            same_unit=m.same_unit[keep],
        )
        return replace(self, matched=pairs)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How differences are read.

    ``corrected``: by regression on the lags. ``zero``: the outcome is its change from there
    (persons × periods g). ``controlled=False``: nothing is taken away for the controls, which is
    before/after, for comparison only.
    """

    corrected: bool = True
    controlled: bool = True
    zero: Floats | None = None


def contrast(
    design: Design,
    reading: Reading | None = None,
    *,
    first: int = BEFORE,
    last: int = AFTER,
) -> Contrast:
    """Differences from ``first`` to ``last`` periods since adoption."""
    times = np.arange(first, last + 1)
    people = len(design.panel.recipients)
    total = np.zeros((len(times), people))
    count = np.zeros((len(times), people), bool)
    sides = _Sides.of(design, reading or Reading())
    for row, time in enumerate(times):
        total[row], count[row] = sides.at(int(time))
    return Contrast(times=times, total=total, count=count)


@dataclass(frozen=True, kw_only=True)
class _Cases:
    """Recipients (rows of the panel) seen from columns g, and their regressors there."""

    person: Numbers
    start: Numbers
    lags: Floats
    treated: bool

    def outcome(self, panel: Panel, time: int, zero: Floats | None) -> Floats:
        """The outcome so many periods from g; NaN outside the panel and once a control adopts."""
        column = self.start + time
        inside = (column >= 0) & (column < panel.periods)
        if not self.treated:
            inside &= panel.adopted[self.person] > column
        y = np.full(len(self.person), np.nan)
        y[inside] = panel.outcome[self.person[inside], column[inside]]
        return y if zero is None else y - zero[self.person, self.start]

    def weights(self, remaining: Floats, time: int) -> Floats:
        """One over the probability of remaining untreated from g to then."""
        column = np.clip(self.start + max(time, 0), 0, remaining.shape[1] - 1)
        log = remaining[self.person, column] - remaining[self.person, self.start]
        return np.asarray(np.exp(-log))


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """Both sides of every pair; ``case`` numbers the adopter of each pair."""

    design: Design
    reading: Reading
    case: Numbers
    adopters: _Cases
    controls: _Cases
    pool: _Cases
    pool_weight: Floats

    @classmethod
    def of(cls, design: Design, reading: Reading) -> "_Sides":
        m, panel, pool = design.matched, design.panel, design.pool
        adopter, first, case = np.unique(m.adopter, return_index=True, return_inverse=True)

        def cases(person: Numbers, start: Numbers, *, treated: bool) -> _Cases:
            lags = adjustment.regressors(panel, person, start)
            return _Cases(person=person, start=start, lags=lags, treated=treated)

        return cls(
            design=design,
            reading=reading,
            case=case,
            adopters=cases(adopter, m.start[first], treated=True),
            controls=cases(m.control, m.start, treated=False),
            pool=_Cases(person=pool.person, start=pool.start, lags=pool.lags, treated=False),
            pool_weight=_hazard(design.remaining, pool.person, pool.start),
        )

    def at(self, time: int) -> tuple[Floats, Bools]:
        """Each person's part of the sum of differences, and who counts as adopter."""
        mine, theirs = self._outcomes(time)
        weight, counts = self._paired(mine, theirs, time)
        used = weight > 0
        theirs = theirs if self.reading.controlled else np.zeros(len(theirs))
        # the level that both share cancels in the sum but not in each person's part of it
        middle = np.average(theirs[used], weights=weight[used]) if used.any() else 0.0
        people = len(self.design.panel.recipients)
        parts = (weight * (theirs - middle))[used]
        total = -np.bincount(self.controls.person[used], parts, minlength=people).astype(float)
        adopters = self.adopters.person[counts]
        total[adopters] += mine[counts] - middle
        count = np.zeros(people, bool)
        count[adopters] = True
        return total, count

    def _outcomes(self, time: int) -> tuple[Floats, Floats]:
        panel, zero = self.design.panel, self.reading.zero
        mine = self.adopters.outcome(panel, time, zero)
        theirs = self.controls.outcome(panel, time, zero)
        if not self.reading.corrected or -LAGS <= time < 0:
            # the lags themselves are shown as they are: regression on them leaves nothing
            return mine, theirs
        slope = adjustment.coefficients(
            self.pool.lags,
            self.pool.outcome(panel, time, zero),
            self.pool.weights(self.design.remaining, time) * self.pool_weight,
        )
        return mine - self.adopters.lags @ slope, theirs - self.controls.lags @ slope

    def _paired(self, mine: Floats, theirs: Floats, time: int) -> tuple[Floats, Bools]:
        """The weight of each control within her pair, and the adopters who have any then."""
        weight = self.controls.weights(self.design.remaining, time)
        weight = np.where(np.isfinite(theirs), weight, 0.0)
        whole = np.bincount(self.case, weight, minlength=len(mine))
        counts = np.isfinite(mine) & (whole > 0)
        share = weight / np.where(whole > 0, whole, 1.0)[self.case]
        return np.where(counts[self.case], share, 0.0), np.asarray(counts)


def _hazard(remaining: Floats, person: Numbers, start: Numbers) -> Floats:
    """The probability of adopting at g: regression weighs those most who resemble adopters."""
    before = np.where(start > 0, remaining[person, start - 1], 0.0)
    hazard = -np.expm1(remaining[person, start] - before)
    return hazard if hazard.any() else np.ones(len(person))
