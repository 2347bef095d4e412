"""How alike adopters and controls are when adopters start: standardised differences."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vft.effects.arrays import Floats
from vft.effects.contrast import Design
from vft.effects.titles import covariate


@dataclass(frozen=True, kw_only=True)
class Balanced:
    """One covariate. Differences in standard deviations, adopters less controls.

    ``before``: against everybody untreated at the same time; ``after``: against the matched.
    """

    name: str
    title: str
    before: float
    after: float


def balance(design: Design, matrices: dict[str, NDArray[np.float64]]) -> list[Balanced]:
    """Each covariate's balance; every value of a category is one. Nothing where nobody matched."""
    if not len(design.matched):
        return []
    return [_of(design, name, values) for name, values in _all(design, matrices)]


def _all(design: Design, matrices: dict[str, Floats]) -> Iterator[tuple[str, Floats]]:
    yield from matrices.items()
    for name, codes in design.panel.categories.items():
        labels = design.panel.labels[name]
        # the last value says no more than the others; of two, one is enough
        for code, label in enumerate(labels[: max(len(labels) - 1, 1)]):
            yield f"{name}={label}", (codes == code).astype(float)


def _of(design: Design, name: str, values: Floats) -> Balanced:
    m, pool = design.matched, design.pool
    adopter, first = np.unique(m.adopter, return_index=True)
    mine = values[adopter, m.start[first]]
    theirs = values[m.control, m.start]
    everyone = values[pool.person, pool.start]
    weight = 1 / np.bincount(m.adopter)[m.adopter]
    # the spread before matching: matching must not be able to widen its own yardstick
    spread = float(np.sqrt((mine.var() + everyone.var()) / 2))
    return Balanced(
        name=name,
        title=covariate(name, design.panel.measured_in),
        before=_over(float(mine.mean() - everyone.mean()), spread),
        after=_over(float(mine.mean() - np.average(theirs, weights=weight)), spread),
    )


def _over(difference: float, spread: float) -> float:
    return difference / spread if spread > 0 else 0.0
