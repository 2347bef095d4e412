"""Deferred nursing-home admission: B's risk sets followed in time, death as a competing event."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.contrast import Design
from vft.effects.controlled import design, gated
from vft.effects.interval import Estimate
from vft.effects.panel import AT_HOME, INSTITUTION, NEVER, Panel
from vft.effects.small_counts import spelt
from vft.effects.verdict import Verdict, judge
from vft.tables.norwegian import listed

EVENTS = 30  #: fewest admissions in each arm for a hazard ratio
HORIZONS = (13, 26)  #: periods: 12 and 24 months
PERIOD_MONTHS = 12 / 13
_DRAWS = 400
_Z = 1.959964
_LARGEST = 0.99  # quantile at which weights are cut: one rare course must not stand for many


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """``hazard_ratio`` with its 95 % interval, None with fewer than ``EVENTS`` in an arm.

    ``months_home``: by horizon in months, the difference in restricted mean time at home, months.
    ``notes``: who of the matched cannot be followed.
    """

    n_adopters: int
    n_matched: int
    events: tuple[int, int]
    hazard_ratio: tuple[float, float, float] | None
    months_home: dict[int, Estimate]
    verdict: Verdict
    reasons: list[str]
    notes: list[str]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One row an adopter, and one a control and adopter. ``time``: periods from g, at least 1.

    ``event``: 0 left observation or adopted, 1 dead, 2 institution. ``weight``: 1 for adopters,
    shared among the controls of each. ``remaining``: log of the probability of not having adopted
    before each period from g + 1 on (columns), given not by g; 0 for adopters.
    """

    person: Numbers
    treated: Bools
    time: Numbers
    event: Numbers
    weight: Floats
    covariates: Floats
    remaining: Floats


@dataclass(frozen=True, kw_only=True)
class Episodes:
    """One row for each period from g that somebody is followed in. ``row``: of :class:`Followed`.

    ``event``: how she left in that period, 0 where she did not. ``weight``: her share among the
    controls over the probability of remaining untreated until then.
    """

    row: Numbers
    time: Numbers
    event: Numbers
    weight: Floats


def admission(panel: Panel) -> Deferred:
    """Hazard ratio and difference in time at home, from g on.

    Raises:
        FileRefused: PANEL does not say how recipients left home.
    """
    if panel.exit is None:
        raise panel.lacks("exit", "som sier om mottakeren døde eller flyttet inn i sykehjem")
    made = design(panel)
    rows = followed(made)
    parts = episodes(rows)
    matched = len(made.matched.adopters)
    events = _admitted(rows)
    verdict, reasons = _judged(made, events)
    shown = verdict in {"causal", "indicative"}
    return Deferred(
        n_adopters=panel.n_adopters,
        n_matched=matched,
        events=events,
        hazard_ratio=hazard_ratio(rows, parts) if shown and min(events) >= EVENTS else None,
        months_home=_months_home(rows, parts) if shown else {},
        verdict=verdict,
        reasons=reasons,
        notes=list(_not_followed(made, rows)),
    )


def _not_followed(made: Design, rows: Followed) -> Iterator[str]:
    """How many of the matched are not in ``rows`` at all."""
    m = made.matched
    mine = np.setdiff1d(m.adopter, rows.person[rows.treated])
    theirs = np.setdiff1d(m.control, rows.person[~rows.treated])
    groups = {"av brukerne": len(mine), "av de andre": len(theirs)}
    who = listed([f"{spelt(n)} {of}" for of, n in groups.items() if n])
    if who:
        yield (
            f"Det er ikke kjent hva som skjedde med {who} etter perioden tjenesten ble tatt i "
            "bruk, så de er ikke fulgt."
        )


def _admitted(rows: Followed) -> tuple[int, int]:
    """How many adopters and how many controls moved in; one who is several's control, once."""
    moved = rows.event == INSTITUTION
    mine, theirs = (np.unique(rows.person[moved & a]) for a in (rows.treated, ~rows.treated))
    return len(mine), len(theirs)


def _judged(made: Design, events: tuple[int, int]) -> tuple[Verdict, list[str]]:
    """By B's own gates on minutes, save growth, and by how many moved in."""
    evidence, _, _ = gated(made, n_adopters=made.panel.n_adopters)
    # who moves in the period after is followed here, and never compared on minutes
    n_matched = len(made.matched.adopters)
    verdict, reasons = judge(replace(evidence, n_matched=n_matched, growth=None, covered=None))
    if verdict in {"refused", "counts_only"} or min(events) >= EVENTS:
        return verdict, reasons
    few = (
        f"{spelt(events[0]).capitalize()} av brukerne og {spelt(events[1])} av de andre flyttet "
        f"inn i sykehjem; under {EVENTS} i en gruppe vises ingen hasardrate."
    )
    return "indicative", [*reasons, few]


def followed(made: Design) -> Followed:
    """Everybody of the risk sets from g + 1 until event, adoption or the end of observation."""
    m, panel = made.matched, made.panel
    adopter, first = np.unique(m.adopter, return_index=True)
    person = np.concatenate([adopter, m.control])
    start = np.concatenate([m.start[first], m.start])
    treated = np.arange(len(person)) < len(adopter)
    shared = 1 / np.bincount(m.adopter)[m.adopter]
    weight = np.concatenate([np.ones(len(adopter)), shared])
    end, event = _ends(panel, person, start)
    adopts = np.where(treated, NEVER, panel.adopted[person])
    time = np.minimum(end, adopts) - start
    kind = np.where(adopts <= end, AT_HOME, event)
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
        remaining=_remaining(made.remaining, person[keep], start[keep], treated[keep]),
    )


def _remaining(log: Floats, person: Numbers, start: Numbers, treated: Bools) -> Floats:
    """Who adopts in a period was at home all of it: she counts until its end."""
    before = np.minimum(start[:, None] + np.arange(log.shape[1])[None, :], log.shape[1] - 1)
    since = log[person[:, None], before] - log[person, start][:, None]
    return np.where(treated[:, None], 0.0, since)


def episodes(rows: Followed) -> Episodes:
    """The followed, period by period, weighted for those who resembled them and adopted."""
    row = np.repeat(np.arange(len(rows.time)), rows.time)
    time = np.arange(len(row)) - np.repeat(np.cumsum(rows.time) - rows.time, rows.time) + 1
    odds = np.exp(-rows.remaining[row, time - 1])
    theirs = odds[~rows.treated[row]]
    largest = float(np.quantile(theirs, _LARGEST)) if theirs.size else 1.0
    return Episodes(
        row=row,
        time=time,
        event=np.where(time == rows.time[row], rows.event[row], AT_HOME),
        weight=rows.weight[row] * np.minimum(odds, largest),
    )


def _standardised(x: Floats) -> Floats:
    """In standard deviations; what does not vary stays zero."""
    if not len(x):
        return x
    spread = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def _ends(panel: Panel, person: Numbers, start: Numbers) -> tuple[Numbers, Numbers]:
    """The column in which each left home, or was seen last, from g on, and how she left."""
    exits = panel.exit if panel.exit is not None else np.zeros(panel.outcome.shape, int)
    column = np.where(exits > AT_HOME, np.arange(panel.periods)[None, :], NEVER)
    # who came home from a short stay before g is followed from g as everybody else
    coming = np.minimum.accumulate(column[:, ::-1], axis=1)[:, ::-1]
    left = coming[person, start]
    last = panel.periods - 1 - panel.present[:, ::-1].argmax(axis=1)
    end = np.where(left < NEVER, left, last[person])
    return end, exits[person, end]


def hazard_ratio(rows: Followed, parts: Episodes) -> tuple[float, float, float]:
    """The ratio of hazards of admission with its 95 % interval, clustered on persons.

    Proportional hazards for grouped times (complementary log-log with a level a period, by
    statsmodels), which takes periods of 28 days as they are: many leave in the same one. Death
    censors.
    """
    import statsmodels.api as sm  # type: ignore[import-untyped]  # it has no types

    admitted = parts.event == INSTITUTION
    eventful = np.unique(parts.time[admitted])
    # a period without admissions says nothing of their ratio
    kept = np.isin(parts.time, eventful)
    row = parts.row[kept]
    varies = rows.covariates[row].std(axis=0) > 0
    levels = (parts.time[kept][:, None] == eventful[None, :]).astype(float)
    x = np.column_stack([rows.treated[row], rows.covariates[row][:, varies], levels])
    family = sm.families.Binomial(sm.families.links.CLogLog())
    model = sm.GLM(admitted[kept].astype(float), x, family, var_weights=parts.weight[kept])
    with warnings.catch_warnings():
        # of clustered errors with weights it only says that they are untried; here they are tried
        warnings.filterwarnings("ignore", "cov_type not fully supported")
        fitted = model.fit(cov_type="cluster", cov_kwds={"groups": rows.person[row]})
    value, error = float(fitted.params[0]), float(fitted.bse[0])
    low, high = np.exp(value - _Z * error), np.exp(value + _Z * error)
    return float(np.exp(value)), float(low), float(high)


def _months_home(rows: Followed, parts: Episodes) -> dict[int, Estimate]:
    """Difference in time at home within each horizon, with a person bootstrap."""
    persons, person = np.unique(rows.person[parts.row], return_inverse=True)
    again = np.random.default_rng(0).standard_exponential((_DRAWS, len(persons)))
    draws = np.concatenate([np.ones((1, len(persons))), again])
    n = int(rows.treated.sum())
    found = {}
    for horizon in HORIZONS:
        if rows.time.max() < horizon:
            continue
        one, other = (
            _of_arm(parts, person, draws, arm, horizon)
            for arm in (rows.treated[parts.row], ~rows.treated[parts.row])
        )
        months = (one - other) * PERIOD_MONTHS
        error = float(np.std(months[1:], ddof=1))
        found[round(horizon * PERIOD_MONTHS)] = Estimate(value=float(months[0]), error=error, n=n)
    return found


def _of_arm(parts: Episodes, person: Numbers, draws: Floats, arm: Bools, horizon: int) -> Floats:
    """Periods at home within the horizon, one figure for each draw of persons' weights."""
    inside = arm & (parts.time <= horizon)
    leaving = inside & (parts.event > 0)
    shape = (draws.shape[1], horizon)
    at_risk, left = (
        draws @ _summed((person[cells], parts.time[cells] - 1), parts.weight[cells], shape)
        for cells in (inside, leaving)
    )
    return _at_home(at_risk, left)


def _summed(place: tuple[Numbers, Numbers], weight: Floats, shape: tuple[int, int]) -> Floats:
    """Weights summed by place. Persons × periods from g + 1."""
    cells = np.ravel_multi_index(place, shape)
    total = np.bincount(cells, weight, minlength=shape[0] * shape[1])
    return np.asarray(total.reshape(shape), dtype=np.float64)


def time_at_home(time: Numbers, event: Numbers, weight: Floats, horizon: int) -> float:
    """Restricted mean periods at home: the sum of 1 less both Aalen–Johansen incidences."""
    length = horizon + 2
    capped = np.minimum(time, length - 1)
    last, left = (
        np.asarray(np.bincount(capped[rows], weight[rows], minlength=length), dtype=np.float64)
        for rows in (event >= 0, event > 0)
    )
    at_risk = last[::-1].cumsum()[::-1]
    return float(_at_home(at_risk[1 : horizon + 1], left[1 : horizon + 1]))


def _at_home(at_risk: Floats, left: Floats) -> Floats:
    """The sum over periods (last axis) of the share still at home in each."""
    hazard = np.divide(left, at_risk, out=np.zeros_like(at_risk), where=at_risk > 0)
    home = np.cumprod(1 - hazard, axis=-1)
    before = np.concatenate([np.ones_like(home[..., :1]), home[..., :-1]], axis=-1)
    # those who leave in a period are at home for half of it
    return np.asarray(((before + home) / 2).sum(axis=-1))
