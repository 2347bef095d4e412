"""The same change read from several zero points: what before/after alone would have said."""

from dataclasses import dataclass

import numpy as np

from vft.effects.arrays import Floats
from vft.effects.contrast import EFFECT, Design, Reading, contrast
from vft.effects.history import shifted
from vft.effects.interval import Estimate

#: First and last period before adoption that each zero point is the mean of.
ZERO_POINTS = ((-1, -1), (-3, -1), (-5, -1), (-9, -6))


@dataclass(frozen=True, kw_only=True)
class ZeroPoint:
    """One zero point, ``first`` to ``last`` periods from adoption.

    ``before_after``: the adopters' own change from there, which is no effect; ``controlled``: less
    their controls' change from the same.
    """

    first: int
    last: int
    before_after: Estimate | None
    controlled: Estimate | None


def zero_points(design: Design) -> list[ZeroPoint]:
    """The mean change over the effect's periods from each zero point, minutes a week."""
    return [_of(design, first, last) for first, last in ZERO_POINTS]


def _of(design: Design, first: int, last: int) -> ZeroPoint:
    zero = _mean(design.panel.outcome, -last, -first)
    readings = (
        Reading(corrected=False, controlled=controlled, zero=zero) for controlled in (False, True)
    )
    alone, pairs = (
        contrast(design, reading, first=EFFECT[0], last=EFFECT[1]) for reading in readings
    )
    return ZeroPoint(
        first=first, last=last, before_after=alone.over(*EFFECT), controlled=pairs.over(*EFFECT)
    )


def _mean(outcome: Floats, nearest: int, farthest: int) -> Floats:
    """The mean of the known among the lags, NaN where none is. Persons × periods g."""
    lags = np.stack([shifted(outcome, k) for k in range(nearest, farthest + 1)])
    known = np.isfinite(lags)
    count = known.sum(axis=0)
    total = np.where(known, lags, 0.0).sum(axis=0)
    empty = np.full_like(total, np.nan)
    return np.asarray(np.divide(total, count, out=empty, where=count > 0))
