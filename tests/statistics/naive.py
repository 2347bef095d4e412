"""What is usually done instead: shown beside the design, to be seen failing."""

import numpy as np
import pandas as pd

from vft.effects.panel import NEVER, Panel

FIRST, LAST = 2, 9


def _since(panel: Panel) -> np.ndarray:
    return np.arange(panel.periods)[None, :] - panel.adopted[:, None]


def _steady(panel: Panel) -> np.ndarray:
    since = _since(panel)
    return (since >= FIRST) & (since <= LAST) & np.isfinite(panel.outcome)


def before_after(panel: Panel) -> tuple[float, float]:
    """Mean own change from the period before, and its standard error over persons."""
    after = np.where(_steady(panel), panel.outcome, np.nan)
    people = np.flatnonzero(
        (panel.adopted > 0) & (panel.adopted < panel.periods) & np.isfinite(after).any(axis=1)
    )
    change = np.nanmean(after[people], axis=1) - panel.outcome[people, panel.adopted[people] - 1]
    change = change[np.isfinite(change)]
    return float(change.mean()), float(change.std(ddof=1) / np.sqrt(len(change)))


def ever_never(panel: Panel) -> tuple[float, float]:
    """Adopters after adoption against those who never adopted, in means of persons."""
    ever = panel.adopted < NEVER
    seen = np.where(ever[:, None], _steady(panel), np.isfinite(panel.outcome))
    count = seen.sum(axis=1)
    mean = np.where(seen, panel.outcome, 0).sum(axis=1) / np.maximum(count, 1)
    one, other = mean[ever & (count > 0)], mean[~ever & (count > 0)]
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return float(one.mean() - other.mean()), float(error)


def two_way(panel: Panel) -> tuple[float, float]:
    """Two-way fixed effects, clustered on persons, by pyfixest."""
    import pyfixest

    person, period = np.nonzero(np.isfinite(panel.outcome))
    since = _since(panel)[person, period]
    keep = (since < 0) | (since >= FIRST)
    rows = pd.DataFrame(
        {
            "person": person[keep],
            "period": period[keep],
            "outcome": panel.outcome[person, period][keep],
            "treated": (since[keep] >= FIRST).astype(float),
        }
    )
    fitted = pyfixest.feols(
        "outcome ~ treated | person + period", rows, vcov={"CRV1": "person"}, fixef_rm="none"
    )
    return float(fitted.coef()["treated"]), float(fitted.se()["treated"])


ALL = {"før/etter": before_after, "to-veis faste effekter": two_way, "noen gang/aldri": ever_never}
