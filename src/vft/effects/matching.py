"""Each adopter's controls: the five nearest of her risk set, within a caliper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.history import History
from vft.effects.panel import Panel

CONTROLS = 5  #: to each adopter, at most
CALIPER = 1.0  #: the largest distance between adopter and control, in weighted deviations
#: How much a standard deviation weighs in the distance.
WEIGHTS = {"level": 1.4, "jump": 1.2, "slope": 0.7, "age": 0.7}
_CATEGORY = 0.4  # and another need group, sex or way of living


@dataclass(frozen=True, kw_only=True)
class Matched:
    """One row a pair. ``adopter`` and ``control``: rows of the panel; ``start``: the column g.

    ``same_unit``: whether the control lives in the adopter's unit.
    """

    adopter: Numbers
    control: Numbers
    start: Numbers
    same_unit: Bools

    def __len__(self) -> int:
        return len(self.adopter)

    @property
    def adopters(self) -> Numbers:
        """Those who have a control."""
        return np.unique(self.adopter)


def match(
    panel: Panel, history: History, *, adopters: Bools, alike: Numbers | None = None
) -> Matched:
    """Match the adopters asked for, each at her own g, 1:5 with controls used again.

    A control is untreated at g and later (until she adopts), at home in g−1 and g, of the same
    segment, time known and reablement; from the same unit where five are near enough, else from
    the same sector, else from all.

    ``alike``: codes of something else that must be equal. Recipients × periods g, −1 or more.
    """
    exact = _exact(panel, history)
    if alike is not None:
        exact = exact * (int(alike.max()) + 2) + alike + 1
    return paired(
        panel,
        adopters=adopters,
        usable=history.usable,
        exact=exact,
        scaled=_scaled(panel, history),
    )


def paired(
    panel: Panel, *, adopters: Bools, usable: Bools, exact: Numbers, scaled: Sequence[Floats]
) -> Matched:
    """Match the adopters asked for with those untreated at their g, by any measure of likeness.

    Matrices are recipients × periods. ``usable``: who may be compared at all; ``exact``: one code
    for all that must be equal; ``scaled``: the weighted covariates that distance is measured in.
    """
    sets = _risk_sets(panel, adopters=adopters, usable=usable, exact=exact, scaled=scaled)
    found = [risk_set.pairs() for risk_set in sets]
    empty = np.zeros(0, int)
    adopter, control, start, same = (
        (np.concatenate(part) for part in zip(*found, strict=True))
        if found
        else (empty, empty, empty, empty.astype(bool))
    )
    return Matched(adopter=adopter, control=control, start=start, same_unit=same)


def covariates(panel: Panel, history: History) -> dict[str, Floats]:
    """What distance is measured in, by name. Recipients × periods."""
    return {
        "level": history.level,
        "jump": history.jump,
        "slope": history.slope,
        "age": panel.age,
    }


def _risk_sets(
    panel: Panel, *, adopters: Bools, usable: Bools, exact: Numbers, scaled: Sequence[Floats]
) -> Iterator["_RiskSet"]:
    """Adopters at one g, and those untreated who equal them in all that must be equal."""
    inside = adopters & (panel.adopted >= 0) & (panel.adopted < panel.periods)
    for column in np.unique(panel.adopted[inside]):
        at = usable[:, column]
        mine = np.flatnonzero(inside & at & (panel.adopted == column))
        free = np.flatnonzero(at & (panel.adopted > column))
        code, of_free = exact[mine, column], exact[free, column]
        for value in np.unique(code):
            yield _RiskSet(
                panel=panel,
                column=int(column),
                mine=mine[code == value],
                theirs=free[of_free == value],
                scaled=[values[:, column] for values in scaled],
            )


def _scaled(panel: Panel, history: History) -> list[Floats]:
    """Covariates in standard deviations of all who could be controls, times their weight."""
    pool = history.usable
    return [
        values * (WEIGHTS[name] / (float(np.std(values[pool])) or 1.0))
        for name, values in covariates(panel, history).items()
        if pool.any()
    ]


def _exact(panel: Panel, history: History) -> Numbers:
    """One code for all that must be equal. Recipients × periods."""
    code = period_before(panel.segment).astype(np.int64) * 8 + history.known
    if panel.reablement is not None:
        code = code * 4 + 2 * period_before(panel.reablement) + panel.reablement
    return code


def period_before(matrix: NDArray[Any]) -> NDArray[Any]:
    """The matrix a period earlier; in the first period itself."""
    before = np.empty_like(matrix)
    before[:, 0], before[:, 1:] = matrix[:, 0], matrix[:, :-1]
    return before


@dataclass(frozen=True, kw_only=True)
class _RiskSet:
    """Adopters (``mine``) and possible controls (``theirs``) at one column."""

    panel: Panel
    column: int
    mine: Numbers
    theirs: Numbers
    scaled: list[Floats]

    def pairs(self) -> tuple[Numbers, Numbers, Numbers, Bools]:
        """Adopter, control, column and whether of the same unit; one entry a pair."""
        distance = self._distances()
        distance[distance > CALIPER**2] = np.inf
        same = self._equal(self.panel.unit)
        place, nearest = _nearest(np.where(same, distance, np.inf))
        for wider in self._wider():
            few = np.isfinite(nearest).sum(axis=1) < CONTROLS
            place[few], nearest[few] = _nearest(np.where(wider[few], distance[few], np.inf))
        row, which = np.nonzero(np.isfinite(nearest))
        control = place[row, which]
        start = np.full(len(row), self.column)
        return self.mine[row], self.theirs[control], start, same[row, control]

    def _distances(self) -> Floats:
        """Squared weighted distance. Adopters × controls."""
        total = np.zeros((len(self.mine), len(self.theirs)))
        for values in self.scaled:
            total += (values[self.mine][:, None] - values[self.theirs][None, :]) ** 2
        for codes in self.panel.categories.values():
            total += _CATEGORY**2 * ~self._equal(codes)
        return total

    def _wider(self) -> Iterator[Bools]:
        """Who may be a control where the unit has too few: first the sector's, then all."""
        if self.panel.sector is not None:
            yield self._equal(self.panel.sector)
        yield np.ones((len(self.mine), len(self.theirs)), bool)

    def _equal(self, codes: Numbers) -> Bools:
        at = codes[:, self.column]
        return np.asarray(at[self.mine][:, None] == at[self.theirs][None, :])


def _nearest(distance: Floats) -> tuple[Numbers, Floats]:
    """The nearest of each row, padded with infinite distance. Rows × ``CONTROLS``."""
    rows, columns = distance.shape
    if columns < CONTROLS:
        pad = np.full((rows, CONTROLS - columns), np.inf)
        distance = np.concatenate([distance, pad], axis=1)
    place = np.argpartition(distance, CONTROLS - 1, axis=1)[:, :CONTROLS]
    return place, np.take_along_axis(distance, place, axis=1)
