"""What the lags foretell: the regression that corrects for what matching leaves unequal."""

from dataclasses import dataclass

import numpy as np

from vft.effects.arrays import Floats, Numbers
from vft.effects.history import LAGS, History
from vft.effects.panel import Panel

_SPELLS = (8, 13, 26)  # periods known from which one may differ from those known for less
_LARGEST = 30_000  # rows that the regression is fitted on: more adds time, not precision


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Untreated recipients (rows of the panel) at columns g, and all their lags as regressors."""

    person: Numbers
    start: Numbers
    lags: Floats


def regressors(panel: Panel, person: Numbers, start: Numbers) -> Floats:
    """Lags 1–5 (a missing one: the mean of the known), age, and how long she has been known."""
    lags = np.full((LAGS, len(person)), np.nan)
    for k in range(1, LAGS + 1):
        inside = start >= k
        lags[k - 1, inside] = panel.outcome[person[inside], start[inside] - k]
    known = np.isfinite(lags)
    mean = np.where(known, lags, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, lags, mean)
    since = start - panel.first_seen[person]
    newcomers = [(since == k).astype(float) for k in range(1, LAGS)]
    # who was there when the panel began may have been there for long
    stock = panel.first_seen[person] == 0
    spells = [(since >= first) & ~stock for first in _SPELLS]
    of_person = [panel.age[person, start], stock.astype(float), *(s.astype(float) for s in spells)]
    return np.column_stack([np.ones(len(person)), *filled, *of_person, *newcomers])


def pool(panel: Panel, history: History, starts: Numbers) -> Pool:
    """Everybody untreated and usable at those columns, thinned evenly where they are many."""
    columns = np.unique(starts)
    free = history.usable[:, columns] & (panel.adopted[:, None] > columns[None, :])
    person, place = np.nonzero(free)
    step = max(1, -(-len(person) // _LARGEST))
    person, start = person[::step], columns[place[::step]]
    return Pool(person=person, start=start, lags=regressors(panel, person, start))


def coefficients(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Weighted least squares over the rows where ``y`` is known; zeros where there are too few."""
    known = np.isfinite(y) & (weight > 0)
    if np.count_nonzero(known) < 3 * x.shape[1]:
        return np.zeros(x.shape[1])
    root = np.sqrt(weight[known])[:, None]
    found = np.linalg.lstsq(x[known] * root, y[known] * root[:, 0], rcond=None)[0]
    return np.asarray(found, dtype=np.float64)
