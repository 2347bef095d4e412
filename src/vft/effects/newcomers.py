"""New recipients' own design: alike at the first assessment, compared on growth over 12 months."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vft.effects import adjustment
from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.balance import Balanced, balance
from vft.effects.contrast import Contrast, Design, Reading, contrast
from vft.effects.controlled import Moment, moments
from vft.effects.history import LAGS, History, history
from vft.effects.interval import Estimate
from vft.effects.matching import WEIGHTS, paired
from vft.effects.panel import Panel
from vft.effects.remaining import log_remaining
from vft.effects.small_counts import SHOWN, spelt, told
from vft.effects.verdict import ESTIMATED, Evidence, Verdict, judge

FOLLOWED = (2, 12)  #: periods since adoption that growth is the mean of: the first is 12 months
_EARLY, _LATE = (FOLLOWED[0], 6), (7, FOLLOWED[1])


@dataclass(frozen=True, kw_only=True)
class Newcomers:
    """``effect``: how much less (or more) adopters' care grew, minutes a week.

    ``n_first``: matched adopters who began in their very first period, of whom nothing was measured
    before. There is never a placebo: there are no earlier periods to try it in.
    """

    n_adopters: int
    n_matched: int
    n_first: int
    share_same_unit: float | None
    effect: Estimate | None
    growth: Estimate | None
    balance: list[Balanced]
    event_study: list[Moment]
    verdict: Verdict
    reasons: list[str]


def newcomers(panel: Panel) -> Newcomers:
    """Adopters within five periods of their first home care, against others new at the same time.

    Raises:
        FileRefused: PANEL has no need group, which is what the first assessment is known by.
    """
    if "need_group" not in panel.categories:
        raise panel.lacks("need_group", "behovsgruppen som nye mottakere sammenlignes etter")
    new = is_new(panel, panel.adopted) & (panel.adopted < panel.periods)
    made = _design(panel, new)
    reading = Reading(corrected=False, zero=_foretold(panel))
    found = contrast(made, reading, first=0, last=FOLLOWED[1])
    return _judged(made, found, n_adopters=int(np.count_nonzero(new)))


def is_new(panel: Panel, column: Numbers) -> Bools:
    """Whether each recipient was seen to come, and has been there less than five periods.

    Those there when the panel began may have been there for long. ``column``: recipients.
    """
    since = column - panel.first_seen
    return np.asarray((panel.first_seen > 0) & (since >= 0) & (since < LAGS))


def _design(panel: Panel, new: Bools) -> Design:
    """Who came in the same period with the same assessment, near in minutes and age."""
    known = history(panel)
    scaled = _scaled(panel, known)
    matched = paired(
        panel,
        adopters=new,
        usable=np.logical_and.reduce([panel.present, *map(np.isfinite, scaled)]),
        exact=_exact(panel),
        scaled=scaled,
    )
    return Design(
        panel=panel,
        history=known,
        remaining=log_remaining(panel, known),
        matched=matched,
        pool=_pool(panel, np.unique(matched.start)),
    )


def _pool(panel: Panel, columns: Numbers) -> adjustment.Pool:
    """Everybody new and untreated when somebody began."""
    places = [
        np.flatnonzero(
            panel.present[:, t]
            & (panel.adopted > t)
            & is_new(panel, np.full_like(panel.adopted, t))
        )
        for t in columns
    ]
    person = np.concatenate([*places, np.zeros(0, int)]).astype(int)
    start = np.repeat(columns, [len(place) for place in places])
    lags = adjustment.regressors(panel, person, start)
    return adjustment.Pool(person=person, start=start, lags=lags)


def _exact(panel: Panel) -> Numbers:
    """One code for the period of coming, first need group, segment and reablement."""
    group = _first_group(panel)
    code = (panel.first_seen * (group.max() + 2) + group + 1)[:, None]
    code = code * (len(panel.segments) + 1) + panel.segment + 1
    return np.asarray(code if panel.reablement is None else code * 2 + panel.reablement)


def _scaled(panel: Panel, known: History) -> list[Floats]:
    """First minutes, minutes the period before and age, in weighted standard deviations.

    Of who begins in her first period no minutes are known before, of her and hers alike.
    """
    named = covariates(panel, known)
    weights = {"first": WEIGHTS["jump"], "level": WEIGHTS["level"], "age": WEIGHTS["age"]}
    return [
        np.where(_measured(panel) | (name == "age"), values, 0.0)
        * (weights[name] / _spread(values))
        for name, values in named.items()
    ]


def _spread(values: Floats) -> float:
    """Standard deviation of the known; 1 where they do not vary."""
    known = values[np.isfinite(values)]
    return (float(known.std()) or 1.0) if known.size else 1.0


def covariates(panel: Panel, known: History) -> dict[str, Floats]:
    """What distance is measured in, by name. Recipients × periods."""
    first = np.broadcast_to(_of_first(panel)[:, None], panel.outcome.shape)
    return {"first": first, "level": known.level, "age": panel.age}


def _measured(panel: Panel) -> Bools:
    """Whether a period at home lies before. Recipients × periods."""
    return np.asarray(np.arange(panel.periods)[None, :] > panel.first_seen[:, None])


def _of_first(panel: Panel) -> Floats:
    """Minutes in each recipient's first period; NaN where she has none."""
    first = np.minimum(panel.first_seen, panel.periods - 1)
    return panel.outcome[np.arange(len(first)), first]


def _foretold(panel: Panel) -> Floats:
    """What growth is counted from: minutes in the first period, where it lies before.

    Otherwise what the first assessment foretells: the mean first minutes of her need group, among
    the new who did not begin in that period. It is the same for both of a pair.
    """
    group = _first_group(panel) + 1
    minutes = _of_first(panel)
    told = (panel.first_seen > 0) & (panel.adopted > panel.first_seen) & np.isfinite(minutes)
    count = np.bincount(group[told], minlength=int(group.max()) + 1)
    total = np.bincount(group[told], minutes[told], minlength=len(count))
    mean = total / np.maximum(count, 1)
    return np.where(_measured(panel), minutes[:, None], mean[group][:, None])


def _first_group(panel: Panel) -> Numbers:
    """The need group by the first assessment; −1 where not given."""
    first = np.minimum(panel.first_seen, panel.periods - 1)
    return panel.categories["need_group"][np.arange(len(first)), first].astype(np.int64)


def _judged(made: Design, found: Contrast, *, n_adopters: int) -> Newcomers:
    inside = (found.times >= FOLLOWED[0]) & (found.times <= FOLLOWED[1])
    compared = np.asarray(found.count[inside].any(axis=0))
    followed = made.only(compared[made.matched.adopter])
    pairs = followed.matched
    adopters, place = np.unique(pairs.adopter, return_index=True)
    n_first = int(np.count_nonzero(pairs.start[place] == made.panel.first_seen[adopters]))
    alike = _alike(followed)
    evidence = Evidence(
        n_adopters=n_adopters,
        n_matched=len(adopters),
        worst=max(((b.title, b.after) for b in alike), key=lambda b: abs(b[1]), default=None),
        placebo=None,
        growth=found.between(_EARLY, _LATE),
        effect=found.over(*FOLLOWED),
    )
    verdict, reasons = judge(evidence)
    return Newcomers(
        n_adopters=n_adopters,
        n_matched=evidence.n_matched,
        n_first=n_first,
        share_same_unit=float(pairs.same_unit.mean()) if len(pairs) else None,
        effect=evidence.effect,
        growth=evidence.growth,
        balance=alike,
        event_study=moments(found, matched_on=range(0)),
        verdict=verdict,
        reasons=[*reasons, *_unmeasured(n_first, evidence)],
    )


def _unmeasured(n_first: int, evidence: Evidence) -> Iterator[str]:
    if n_first and evidence.n_adopters >= SHOWN and evidence.n_matched >= ESTIMATED:
        yield (
            f"{spelt(n_first).capitalize()} brukere begynte i sin aller første periode. For dem er "
            "bare første vurdering gjort lik; var behovet større enn den viste, er anslaget for "
            "lite gunstig."
        )


def _alike(made: Design) -> list[Balanced]:
    """Of age and what is known of everybody; of minutes, among those who had any before."""
    panel, pairs, pool = made.panel, made.matched, made.pool
    matrices = covariates(panel, made.history)
    of_all = balance(made, {"age": matrices.pop("age")})
    began = pool.start > panel.first_seen[pool.person]
    finite = np.isfinite(made.history.level[pool.person, pool.start])
    finite &= np.isfinite(matrices["first"][pool.person, pool.start]) & began
    measured = replace(
        made.only(pairs.start > panel.first_seen[pairs.adopter]),
        pool=adjustment.Pool(
            person=pool.person[finite], start=pool.start[finite], lags=pool.lags[finite]
        ),
        panel=replace(panel, categories={}),
    )
    if told(len(measured.matched.adopters)) is None:
        return of_all
    return [*balance(measured, matrices), *of_all]
