"""How likely each recipient is to remain untreated: what censored controls are weighted by."""

import numpy as np

from vft.effects.arrays import Bools, Floats
from vft.effects.history import History
from vft.effects.panel import NEVER, Panel

_FEWEST = 20  # adoptions below which a model of them says nothing
_LARGEST = 40_000  # periods without adoption that the model is fitted on


def log_remaining(panel: Panel, history: History) -> Floats:
    """Log of the probability of not having adopted by the end of each period. Recipients × periods.

    Pooled logistic regression of adoption on what was observed before (level, jump, slope, known
    periods, age, segment, unit, calendar), among those at risk. Differences along a row are what
    matters: ``exp(row[s] − row[g])`` is the probability of remaining untreated from g to s.
    """
    at_risk = _at_risk(panel, history)
    hazard = np.zeros(panel.outcome.shape)
    adopts = (panel.adopted[:, None] == np.arange(panel.periods)[None, :])[at_risk]
    if _FEWEST <= np.count_nonzero(adopts) < len(adopts):
        hazard[at_risk] = _fitted(_covariates(panel, history, at_risk), adopts)
    return np.cumsum(np.log1p(-np.minimum(hazard, 0.9)), axis=1)


def _at_risk(panel: Panel, history: History) -> Bools:
    """Untreated at the start of the period, in a unit where somebody has adopted by then."""
    column = np.arange(panel.periods)[None, :]
    begun = _first_adoption(panel)[panel.unit] <= column
    return np.asarray(history.usable & (panel.adopted[:, None] >= column) & begun)


def _first_adoption(panel: Panel) -> Floats:
    """The column of the first adoption in each unit; the last entry is for unit −1."""
    inside = np.flatnonzero((panel.adopted >= 0) & (panel.adopted < panel.periods))
    first = np.full(max(len(panel.units), 1) + 1, float(NEVER))
    unit = panel.unit[inside, panel.adopted[inside]]
    np.minimum.at(first, unit, panel.adopted[inside])
    return first


def _covariates(panel: Panel, history: History, cells: Bools) -> Floats:
    column = np.nonzero(cells)[1]
    level = history.level[cells]
    numeric = [
        level,
        history.jump[cells],
        history.slope[cells],
        panel.age[cells],
        column.astype(float),
        column.astype(float) ** 2,
    ]
    standardised = [(x - x.mean()) / (x.std() or 1.0) for x in numeric]
    groups = [
        (codes[cells] == k).astype(float)
        for codes in (panel.segment, history.known, panel.unit)
        for k in np.unique(codes[cells])[1:]
    ]
    return np.column_stack([*standardised, *groups])


def _fitted(x: Floats, adopts: Bools) -> Floats:
    from sklearn.linear_model import (  # type: ignore[import-untyped]  # it has no types
        LogisticRegression,
    )

    # all who adopt, and the others thinned evenly and weighted up: time, not precision, is saved
    others = np.flatnonzero(~adopts)
    step = max(1, len(others) // _LARGEST)
    rows = np.concatenate([np.flatnonzero(adopts), others[::step]])
    weight = np.where(adopts[rows], 1.0, len(others) / len(others[::step]))
    # a little ridge: a unit where few adopt would else separate
    model = LogisticRegression(solver="newton-cholesky", C=100.0, max_iter=50)
    fitted = model.fit(x[rows], adopts[rows], sample_weight=weight)
    return np.asarray(fitted.predict_proba(x)[:, 1])
