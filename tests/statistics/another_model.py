"""Worlds of another model than the invented municipality's, on which nothing was tuned.

Made from what is said to happen (need that differs, declines and is shaken; technology to those
whose need just rose; ends by death and admission), with forms and sizes of its own.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vft.sources.invented.study import Study

_PEOPLE, _PERIODS, _DISTRICTS = 14_000, 52, 15
_NEVER = 10**6
_YEAR = 13  # periods
_FIRST, _LAST = 2, 9  # periods after adoption that the effect is the mean of
_DEAD, _INSTITUTION = 1, 2
_YEARLY = {_DEAD: 0.12, _INSTITUTION: 0.09}


@dataclass(frozen=True, kw_only=True)
class _People:
    """One row a recipient. ``trait``: nobody sees it. ``entry``: her first period."""

    segment: np.ndarray
    unit: np.ndarray
    entry: np.ndarray
    severity: np.ndarray
    trait: np.ndarray
    age: np.ndarray


@dataclass(frozen=True, kw_only=True)
class _Courses:
    """``adopted`` and ``left``: periods, or never. ``how``: 0, dead or to an institution."""

    adopted: np.ndarray
    left: np.ndarray
    how: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Another:
    """``effect``: minutes a week, by segment. ``hidden``: how much the trait raises both the growth
    of need and the chance of adoption. ``rate``: the chance a period for one of ordinary need.
    """

    effect: tuple[float, float] = (-67.0, -122.0)
    hidden: float = 0.0
    rate: float = 0.0035
    hazard_ratio: float = 0.75

    def draw(self, seed: int) -> Study:
        """One replication, as the two tables and their truth."""
        rng = np.random.default_rng(seed)
        people = _people(rng)
        untreated = _untreated(rng, people, self.hidden)
        courses = self._courses(rng, people, untreated)
        minutes = np.maximum(untreated + self._change(rng, people, courses), 0)
        return _study(people, courses, minutes, minutes - untreated)

    def _courses(self, rng, people, untreated):
        """Period by period: who dies or moves, and who of the rest adopts by what was seen."""
        adopted, left = np.full((2, _PEOPLE), _NEVER)
        how = np.zeros(_PEOPLE, int)
        begins = rng.integers(10, 34, _DISTRICTS)[people.unit]
        for t in range(_PERIODS):
            home = (people.entry <= t) & (left == _NEVER)
            frail = np.exp(0.35 * people.severity)
            for way, yearly in _YEARLY.items():
                ratio = np.where((adopted < t) & (way == _INSTITUTION), self.hazard_ratio, 1.0)
                chance = (1 - (1 - yearly) ** (1 / _YEAR)) * frail * ratio
                gone = home & (rng.random(_PEOPLE) < chance)
                left[gone], how[gone] = t, way
                home &= ~gone
            may = home & (people.entry <= t - 5) & (adopted == _NEVER) & (t >= begins)
            adopted[may & (rng.random(_PEOPLE) < self._chance(people, untreated, t))] = t
        return _Courses(adopted=adopted, left=left, how=how)

    def _chance(self, people, untreated, t):
        level = untreated[:, t - 1]
        jump = level - untreated[:, max(t - 5, 0) : max(t - 1, 1)].mean(axis=1)
        seen = 0.007 * jump + 0.003 * (level - 300) + 0.4 * people.segment
        return 1 / (1 + np.exp(-seen - 0.9 * self.hidden * people.trait) / self.rate)

    def _change(self, rng, people, courses):
        """A costly test, a period of less than half, then all of it. Recipients × periods."""
        since = np.arange(_PERIODS)[None, :] - courses.adopted[:, None]
        own = np.array(self.effect)[people.segment] * (1 + 0.25 * rng.normal(size=_PEOPLE))
        test = 30.0 if any(self.effect) else 0.0
        share = np.select([since >= 2, since == 1], [1.0, 0.4], 0.0)
        return own[:, None] * share + test * (since == 0)


def _people(rng):
    return _People(
        segment=(rng.random(_PEOPLE) < 0.55).astype(int),
        unit=rng.choice(_DISTRICTS, _PEOPLE, p=rng.dirichlet(np.full(_DISTRICTS, 6.0))),
        entry=np.where(rng.random(_PEOPLE) < 0.45, 0, rng.integers(1, _PERIODS, _PEOPLE)),
        severity=rng.normal(size=_PEOPLE),
        trait=rng.normal(size=_PEOPLE),
        age=np.clip(rng.normal(83, 7, _PEOPLE), 60, 103),
    )


def _untreated(rng, people, hidden):
    """Minutes a week without technology, never below none. Recipients × periods."""
    period = np.arange(_PERIODS)[None, :]
    known = period - people.entry[:, None]
    steps = rng.normal(0, 6, (_DISTRICTS, _PERIODS))
    steady = 290 + 95 * people.severity + 35 * people.segment
    growth = rng.gamma(2.0, 0.7, _PEOPLE) + 2 * hidden * people.trait
    noise = _carried(rng.normal(0, 55, (_PEOPLE, _PERIODS)), 0.72)
    noise += _carried(steps, 0.6)[people.unit] + rng.normal(0, 40, (_PEOPLE, _PERIODS))
    return np.maximum(steady[:, None] + growth[:, None] * known + 0.5 * period + noise, 0)


def _carried(steps, rho):
    """An AR(1) along the last axis, of the steps' own spread."""
    from scipy.signal import lfilter

    scale = np.full(steps.shape[-1], np.sqrt(1 - rho**2))
    scale[0] = 1.0
    return lfilter([1.0], [1.0, -rho], steps * scale, axis=-1)


def _study(people, courses, minutes, planted):
    """Rows from the first period until the one in which she left, whose minutes are unknown."""
    period = np.arange(_PERIODS)[None, :]
    there = (people.entry[:, None] <= period) & (period < courses.left[:, None])
    since = period - courses.adopted[:, None]
    steady = there & (since >= _FIRST) & (since <= _LAST)
    person, column = np.nonzero(
        (people.entry[:, None] <= period) & (period <= courses.left[:, None])
    )
    present = there[person, column]
    way = np.where(column == courses.left[person], courses.how[person], 0)
    adopter = np.flatnonzero(courses.adopted < _NEVER)
    return Study(
        panel=pa.table(
            {
                "recipient_id": person,
                "period": column,
                "outcome": pa.array(minutes[person, column], mask=~present),
                "unit": people.unit[person],
                "segment": people.segment[person],
                "age": people.age[person],
                "present": present,
                "exit": pa.array(["", "dead", "institution"]).take(pa.array(way, mask=way == 0)),
            }
        ),
        adoptions=pa.table({"recipient_id": adopter, "period": courses.adopted[adopter]}),
        effect=float(planted[steady].mean()),
        by_segment={
            k: float(planted[steady & (people.segment == k)[:, None]].mean()) for k in (0, 1)
        },
        by_rival={},
        contrast=None,
        resources=None,
        newcomers=None,
    )


ANOTHER = {
    "another": Another(),
    "another_null": Another(effect=(0.0, 0.0), hazard_ratio=1.0),
    "another_hidden": Another(effect=(0.0, 0.0), hazard_ratio=1.0, hidden=1.0),
    "another_few": Another(rate=0.0004),
}
