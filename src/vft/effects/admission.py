"""Deferred nursing-home admission: B's risk sets followed in time, death as a competing event."""

import warnings
from dataclasses import dataclass

import numpy as np

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.contrast import Design
from vft.effects.controlled import design
from vft.effects.interval import Estimate
from vft.effects.panel import AT_HOME, INSTITUTION, NEVER, Panel
from vft.effects.verdict import ESTIMATED, FIRM, REPRESENTATIVE, SHOWN, Verdict
from vft.errors import VftError

EVENTS = 30  #: fewest admissions in each arm for a hazard ratio
HORIZONS = (13, 26)  #: periods: 12 and 24 months
PERIOD_MONTHS = 12 / 13
_DRAWS = 400
_Z = 1.959964


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """``hazard_ratio`` with its 95 % interval, None with fewer than ``EVENTS`` in an arm.

    ``months_home``: by horizon in months, the difference in restricted mean time at home, months.
    """

    n_adopters: int
    n_matched: int
    events: tuple[int, int]
    hazard_ratio: tuple[float, float, float] | None
    months_home: dict[int, Estimate]
    verdict: Verdict
    reasons: list[str]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One row an adopter, and one a control and adopter. ``time``: periods from g, at least 1.

    ``event``: 0 left observation or adopted, 1 dead, 2 institution. ``weight``: 1 for adopters,
    shared among the controls of each.
    """

    person: Numbers
    treated: Bools
    time: Numbers
    event: Numbers
    weight: Floats
    covariates: Floats


def admission(panel: Panel) -> Deferred:
    """Hazard ratio and difference in time at home, from g on.

    Raises:
        VftError: PANEL does not say how recipients left home.
    """
    if panel.exit is None:
        raise VftError(
            "PANEL mangler kolonnen «exit», som sier om mottakeren døde eller flyttet inn."
        )
    made = design(panel)
    rows = followed(made)
    matched = len(made.matched.adopters)
    arms = [
        int(np.count_nonzero((rows.event == INSTITUTION) & a))
        for a in (rows.treated, ~rows.treated)
    ]
    events = (arms[0], arms[1])
    verdict, reasons = _judged(panel.n_adopters, matched, events)
    shown = verdict in {"causal", "indicative"}
    return Deferred(
        n_adopters=panel.n_adopters,
        n_matched=matched,
        events=events,
        hazard_ratio=hazard_ratio(rows) if shown and min(events) >= EVENTS else None,
        months_home=_months_home(rows) if shown else {},
        verdict=verdict,
        reasons=reasons,
    )


def _judged(n_adopters: int, n_matched: int, events: tuple[int, int]) -> tuple[Verdict, list[str]]:
    if n_adopters < SHOWN:
        return "refused", [f"Færre enn {SHOWN} har tatt tjenesten i bruk, så ingenting vises."]
    reasons = []
    if n_matched < ESTIMATED:
        return "counts_only", [f"Bare {n_matched} har noen å sammenlignes med."]
    if n_matched < FIRM:
        reasons.append(
            f"Bare {n_matched} har noen å sammenlignes med; under {FIRM} er en antydning."
        )
    if n_matched / n_adopters < REPRESENTATIVE:
        reasons.append("Under 60 % har noen å sammenlignes med: ikke representativt.")
    if min(events) < EVENTS:
        reasons.append(
            f"Det er {events[0]} innleggelser blant brukerne og {events[1]} blant de andre; "
            f"under {EVENTS} i en gruppe vises ingen hasardrate."
        )
    return ("indicative" if reasons else "causal"), reasons


def followed(made: Design) -> Followed:
    """Everybody of the risk sets from g + 1 until event, adoption or the end of observation."""
    m, panel = made.matched, made.panel
    adopter, first = np.unique(m.adopter, return_index=True)
    person = np.concatenate([adopter, m.control])
    start = np.concatenate([m.start[first], m.start])
    treated = np.arange(len(person)) < len(adopter)
    shared = 1 / np.bincount(m.adopter)[m.adopter]
    weight = np.concatenate([np.ones(len(adopter)), shared])
    end, event = _ends(panel)
    adopts = np.where(treated, NEVER, panel.adopted[person])
    time = np.minimum(end[person], adopts) - start
    kind = np.where(adopts <= end[person], AT_HOME, event[person])
    keep = time >= 1
    history = made.history
    x = np.column_stack(
        [matrix[person, start] for matrix in (history.level, history.jump, panel.age)]
    )
    return Followed(
        person=person[keep],
        treated=treated[keep],
        time=time[keep],
        event=kind[keep],
        weight=weight[keep],
        covariates=_standardised(x[keep]),
    )


def _standardised(x: Floats) -> Floats:
    """In standard deviations; what does not vary stays zero."""
    spread = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def _ends(panel: Panel) -> tuple[Numbers, Numbers]:
    """The column in which each recipient left home or was seen last, and how she left."""
    exits = panel.exit if panel.exit is not None else np.zeros(panel.outcome.shape, int)
    left = exits > 0
    column = left.argmax(axis=1)
    last = panel.periods - 1 - panel.present[:, ::-1].argmax(axis=1)
    gone = left.any(axis=1)
    rows = np.arange(len(column))
    return np.where(gone, column, last), np.where(gone, exits[rows, column], AT_HOME)


def hazard_ratio(rows: Followed) -> tuple[float, float, float]:
    """Cause-specific Cox (lifelines), death censored, clustered on persons, with its interval."""
    import pandas as pd
    from lifelines import CoxPHFitter  # type: ignore[import-untyped]  # it has no types

    names = np.array(["level", "jump", "age"])
    varies = rows.covariates.std(axis=0) > 0
    frame = pd.DataFrame(rows.covariates[:, varies], columns=names[varies])
    frame["treated"] = rows.treated.astype(float)
    frame["time"] = rows.time
    frame["admitted"] = rows.event == INSTITUTION
    frame["weight"] = rows.weight
    frame["person"] = rows.person
    with warnings.catch_warnings():
        # lifelines 0.30 calls pandas 3 in ways that pandas 4 will end; both are pinned
        warnings.simplefilter("ignore", DeprecationWarning)
        fitted = CoxPHFitter().fit(
            frame,
            "time",
            "admitted",
            weights_col="weight",
            cluster_col="person",
            robust=True,
        )
    value, error = float(fitted.params_["treated"]), float(fitted.standard_errors_["treated"])
    low, high = np.exp(value - _Z * error), np.exp(value + _Z * error)
    return float(np.exp(value)), float(low), float(high)


def _months_home(rows: Followed) -> dict[int, Estimate]:
    """Difference in time at home within each horizon, with a person bootstrap."""
    draws = np.random.default_rng(0).standard_exponential((_DRAWS, int(rows.person.max()) + 1))
    found = {}
    for horizon in HORIZONS:
        if rows.time.max() < horizon:
            continue
        value = _difference(rows, rows.weight, horizon)
        again = [_difference(rows, rows.weight * draw[rows.person], horizon) for draw in draws]
        months = round(horizon * PERIOD_MONTHS)
        error = float(np.std(again, ddof=1)) * PERIOD_MONTHS
        n = int(rows.treated.sum())
        found[months] = Estimate(value=value * PERIOD_MONTHS, error=error, n=n)
    return found


def _difference(rows: Followed, weight: Floats, horizon: int) -> float:
    one, other = (
        time_at_home(rows.time[arm], rows.event[arm], weight[arm], horizon)
        for arm in (rows.treated, ~rows.treated)
    )
    return one - other


def time_at_home(time: Numbers, event: Numbers, weight: Floats, horizon: int) -> float:
    """Restricted mean periods at home: the sum of 1 less both Aalen–Johansen incidences."""
    length = horizon + 2
    capped = np.minimum(time, length - 1)
    at_risk = np.bincount(capped, weight, minlength=length)[::-1].cumsum()[::-1]
    leaving = np.bincount(capped[event > 0], weight[event > 0], minlength=length)
    hazard = np.divide(leaving, at_risk, out=np.zeros(length), where=at_risk > 0)
    home = np.cumprod(1 - hazard)
    # those who leave in a period are at home for half of it
    return float(((home[:horizon] + home[1 : horizon + 1]) / 2).sum())
