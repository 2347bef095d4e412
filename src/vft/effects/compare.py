"""Design A: two services against each other, among those who could have got either."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.balance import Balanced
from vft.effects.contrast import EFFECT, HELD_OUT
from vft.effects.history import History, history
from vft.effects.interval import Estimate, estimate
from vft.effects.panel import NEVER, Panel
from vft.effects.titles import covariate
from vft.effects.verdict import ESTIMATED, Evidence, Verdict, judge
from vft.errors import FileRefused, VftError

_FOLDS = 5
_LEAST = 0.01  # propensity is kept this far from 0 and 1


@dataclass(frozen=True, kw_only=True)
class Compared:
    """``effect``: the first service less the second, minutes a week, mean over g+2…g+9.

    ``crude``: the unadjusted difference, descriptive only. ``balance``: covariate and its
    standardised difference before and after overlap weighting.
    """

    services: tuple[str, str]
    n: tuple[int, int]
    effect: Estimate | None
    crude: Estimate | None
    placebo: Estimate | None
    balance: list[Balanced]
    verdict: Verdict
    reasons: list[str]


@dataclass(frozen=True, kw_only=True)
class _Figures:
    """What is estimated; nothing where too few in an arm have a known history."""

    effect: Estimate | None = None
    crude: Estimate | None = None
    placebo: Estimate | None = None
    balance: list[Balanced] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Starters:
    """Those who started either service with a known history. ``first``: got the first one."""

    first: Bools
    x: Floats
    names: list[str]
    after: Floats
    before: Floats


def compare(panel: Panel, *, services: tuple[str, str]) -> Compared:
    """Doubly robust contrast with overlap weights and cross-fitting.

    Same segment, calendar, need group, age, sex, living alone, earlier minutes and unit, as far as
    PANEL has them.

    Raises:
        FileRefused: ADOPTIONS has no column ``service``.
        VftError: it has not these services, or they are one.
    """
    if services[0] == services[1]:
        raise VftError(f"«{services[0]}» kan ikke sammenlignes med seg selv. Oppgi to tjenester.")
    starters = _starters(panel, services)
    n = (int(starters.first.sum()), int((~starters.first).sum()))
    found = _figures(starters) if min(n) >= _FOLDS else _Figures()
    evidence = Evidence(
        n_adopters=sum(n),
        n_matched=sum(n),
        worst=max(((b.title, b.after) for b in found.balance), key=_size, default=None),
        placebo=found.placebo,
    )
    got = [int(np.count_nonzero(_got(panel, service))) for service in services]
    verdict, reasons = _of_both(evidence, n, got)
    return Compared(services=services, n=n, **vars(found), verdict=verdict, reasons=reasons)


def _of_both(
    evidence: Evidence, n: tuple[int, int], got: Sequence[int]
) -> tuple[Verdict, list[str]]:
    """What the smaller arm allows to be said, and what speaks against either."""
    arms = sorted(zip(n, got, strict=True))
    judged = [judge(replace(evidence, n_matched=k, n_adopters=of)) for k, of in arms]
    (verdict, reasons), (_, others) = judged
    if verdict not in {"causal", "indicative"}:
        return verdict, reasons
    reasons = list(dict.fromkeys([*reasons, *others]))
    return ("indicative" if reasons else "causal"), reasons


def _size(of: tuple[str, float]) -> float:
    return abs(of[1])


def _figures(starters: _Starters) -> _Figures:
    propensity = _crossed(starters.x, starters.first.astype(float), _likely)
    propensity = np.clip(propensity, _LEAST, 1 - _LEAST)
    return _Figures(
        effect=_robust(starters, starters.after, propensity),
        crude=_crude(starters),
        placebo=_robust(starters, starters.before, propensity),
        balance=_balance(starters, np.where(starters.first, 1 - propensity, propensity)),
    )


def _got(panel: Panel, service: str) -> Bools:
    if panel.service is None:
        sentence = "ADOPTIONS mangler kolonnen «service», som sier hvilken tjeneste det gjelder."
        raise FileRefused(sentence, kind="missing_column")
    found = np.asarray(panel.service.astype(str) == service) & (panel.adopted < NEVER)
    if not found.any():
        known = ", ".join(sorted({str(s) for s in panel.service if s}))
        raise VftError(f"Ingen i ADOPTIONS har tjenesten «{service}»; der finnes {known}.")
    return found


def _starters(panel: Panel, services: tuple[str, str]) -> _Starters:
    known = history(panel)
    one, other = (_got(panel, service) for service in services)
    asked = np.flatnonzero((one | other) & _both_started(panel, one, other))
    after = _mean(panel, asked, panel.adopted[asked], EFFECT)
    use = np.isfinite(after) & known.usable[asked, panel.adopted[asked]]
    who: Numbers = asked[use]
    start: Numbers = panel.adopted[who]
    named = {**_measured(panel, known, who, start), **_groups(panel, who, start)}
    columns = {name: x for name, x in named.items() if x.std() > 0}
    x = np.column_stack([(x - x.mean()) / x.std() for x in columns.values()])
    return _Starters(
        first=one[who],
        x=x,
        names=list(columns),
        after=after[use],
        before=_mean(panel, who, start, HELD_OUT),
    )


def _both_started(panel: Panel, one: Bools, other: Bools) -> Bools:
    """Who started in the same calendar: periods in which both services were being started."""
    inside = (panel.adopted >= 1) & (panel.adopted < panel.periods)
    span = [panel.adopted[arm & inside] for arm in (one, other)]
    if not all(s.size for s in span):
        return np.asarray(inside)
    low, high = max(s.min() for s in span), min(s.max() for s in span)
    return np.asarray(inside & (panel.adopted >= low) & (panel.adopted <= high))


def _measured(panel: Panel, known: History, who: Numbers, start: Numbers) -> dict[str, Floats]:
    level = known.level[who, start]
    return {
        "level": level,
        "jump": known.jump[who, start],
        "slope": known.slope[who, start],
        "age": panel.age[who, start],
        "level²": (level - np.mean(level)) ** 2,
        "period": start.astype(float),
        "known": known.known[who, start].astype(float),
    }


def _groups(panel: Panel, who: Numbers, start: Numbers) -> dict[str, Floats]:
    """Of every category, whether she is of each value but the first; an empty name: not given."""
    found = {}
    named = {"segment": panel.segment, "unit": panel.unit, **panel.categories}
    for name, codes in named.items():
        at = codes[who, start]
        for code in np.unique(at)[1:].tolist():
            found[f"{name}={panel.labels[name][code]}"] = (at == code).astype(float)
    return found


def _mean(panel: Panel, who: Numbers, start: Numbers, span: tuple[int, int]) -> Floats:
    """The mean of the known outcomes in the span; NaN where none is."""
    column = start[:, None] + np.arange(span[0], span[1] + 1)[None, :]
    inside = (column >= 0) & (column < panel.periods)
    y = panel.outcome[who[:, None], np.clip(column, 0, panel.periods - 1)]
    known = inside & np.isfinite(y)
    count = known.sum(axis=1)
    total = np.where(known, y, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _robust(starters: _Starters, y: Floats, propensity: Floats) -> Estimate | None:
    """AIPW for the overlap population, with influence functions over persons."""
    seen = np.isfinite(y)
    first, x, e, y = starters.first[seen], starters.x[seen], propensity[seen], y[seen]
    if min(first.sum(), (~first).sum()) < ESTIMATED:
        return None
    one, other = (_crossed(x, y, _foretold, among=arm) for arm in (first, ~first))
    overlap = e * (1 - e)
    part = overlap * (one - other)
    part += np.where(first, (1 - e) * (y - one), -e * (y - other))
    return _over(part, overlap)


def _over(part: Floats, weight: Floats) -> Estimate:
    value = float(part.sum() / weight.sum())
    influence = (part - value * weight) / weight.sum()
    error = float(np.sqrt(np.sum(influence**2)))
    return Estimate(value=value, error=error, n=len(part))


def _crude(starters: _Starters) -> Estimate | None:
    first, y = starters.first, starters.after
    one, other = (
        estimate(y[first], np.ones(first.sum())),
        estimate(y[~first], np.ones((~first).sum())),
    )
    if one is None or other is None:
        return None
    error = float(np.hypot(one.error, other.error))
    return Estimate(value=one.value - other.value, error=error, n=len(y))


def _balance(starters: _Starters, weight: Floats) -> list[Balanced]:
    """Columns are standardised already: differences of means are in standard deviations."""
    first, x = starters.first, starters.x
    before = x[first].mean(axis=0) - x[~first].mean(axis=0)
    after = np.average(x[first], axis=0, weights=weight[first]) - np.average(
        x[~first], axis=0, weights=weight[~first]
    )
    return [
        Balanced(name=name, title=covariate(name), before=one, after=other)
        for name, one, other in zip(starters.names, before.tolist(), after.tolist(), strict=True)
    ]


def _crossed(
    x: Floats,
    y: Floats,
    fit: Callable[[Floats, Floats], Callable[[Floats], Floats]],
    among: Bools | None = None,
) -> Floats:
    """What each is foretold by a model that has not seen her."""
    fold = np.random.default_rng(0).permutation(len(y)) % _FOLDS
    use = np.ones(len(y), bool) if among is None else among
    found = np.empty(len(y))
    for k in range(_FOLDS):
        predict = fit(x[(fold != k) & use], y[(fold != k) & use])
        found[fold == k] = predict(x[fold == k])
    return found


def _likely(x: Floats, y: Floats) -> Callable[[Floats], Floats]:
    from sklearn.linear_model import (  # type: ignore[import-untyped]  # it has no types
        LogisticRegression,
    )

    model = LogisticRegression(C=1.0, max_iter=200).fit(x, y)
    return lambda new: np.asarray(model.predict_proba(new)[:, 1])


def _foretold(x: Floats, y: Floats) -> Callable[[Floats], Floats]:
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=1.0).fit(x, y)
    return lambda new: np.asarray(model.predict(new))
