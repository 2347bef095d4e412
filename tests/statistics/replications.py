"""Worlds drawn again and again, with seeds fixed beforehand, and what a method makes of them."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from multiprocessing import get_context
from os import cpu_count, environ
from typing import Any

import numpy as np
from another_model import ANOTHER

from vft.effects import files
from vft.effects.controlled import design, gated
from vft.effects.panel import Panel
from vft.sources.invented.study import Study
from vft.sources.invented.worlds import MAIN, OTHER

#: The first seed of every world. From 10 000 on they were looked at while methods were made.
FIRST_SEED = 20_000
_Z = 1.959964


@dataclass(frozen=True, kw_only=True)
class One:
    """One replication. ``None`` where the method gave no estimate."""

    truth: float
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    error: float | None = None
    placebo: float | None = None
    verdict: str = ""
    n_matched: int = 0


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One draw, that several methods are tried on."""

    study: Study
    _made: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def panel(self) -> Panel:
        """As it is read from the two tables."""
        return files.from_tables(self.study.panel, self.study.adoptions)

    def once(self, work: Callable[[Panel], Any]) -> Any:
        """What is made of the panel, the same for all who ask."""
        if work not in self._made:
            self._made[work] = work(self.panel)
        return self._made[work]


Method = Callable[[Drawn], One]


def replicate(
    methods: Mapping[str, Method], world: str, *, replications: int, workers: int = 0
) -> dict[str, list[One]]:
    """The methods on every seed of the world, over the cores: by method, its replications."""
    jobs = [(methods, world, FIRST_SEED + n) for n in range(replications)]
    workers = workers or int(environ.get("VFT_WORKERS", "0")) or cpu_count() or 1
    if workers == 1 or replications < 2 * workers:
        draws = [_one(job) for job in jobs]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            draws = list(pool.map(_one, jobs, chunksize=max(1, replications // (8 * workers))))
    return {name: [draw[name] for draw in draws] for name in methods}


def _one(job: tuple[Mapping[str, Method], str, int]) -> dict[str, One]:
    from threadpoolctl import threadpool_limits

    methods, world, seed = job
    with threadpool_limits(1):  # the cores are taken by other replications
        drawn = Drawn(study={**MAIN, **OTHER, **ANOTHER}[world].draw(seed))
        return {name: method(drawn) for name, method in methods.items()}


def b(drawn: Drawn) -> One:
    """Design B: only what verdict and estimate need."""
    panel = drawn.panel
    made = design(panel)
    evidence, verdict, _ = gated(made, n_adopters=panel.n_adopters)
    found, before = evidence.effect, evidence.placebo
    return One(
        truth=drawn.study.effect,
        estimate=found.value if found else None,
        low=found.interval[0] if found else None,
        high=found.interval[1] if found else None,
        error=found.error if found else None,
        placebo=before.z if before else None,
        verdict=verdict,
        n_matched=evidence.n_matched,
    )


def plain(drawn: Drawn, method: Callable[[Panel], tuple[float, float]]) -> One:
    """A naive method, its interval as it would be given."""
    value, error = method(drawn.panel)
    low, high = value - _Z * error, value + _Z * error
    return One(truth=drawn.study.effect, estimate=value, low=low, high=high, error=error)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A mean over replications with its Monte Carlo 95 % interval."""

    value: float
    low: float
    high: float
    n: int

    def reaches(self, low: float, high: float) -> bool:
        """Whether the Monte Carlo interval touches the limits."""
        return self.low <= high and self.high >= low


def share(happened: Sequence[bool]) -> Figure:
    """A share with Wilson's interval."""
    n = len(happened)
    p = sum(happened) / n
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return Figure(value=p, low=max(middle - half, 0.0), high=min(middle + half, 1.0), n=n)


def mean(values: Sequence[float]) -> Figure:
    """A mean with its interval."""
    x = np.asarray(values, float)
    half = _Z * float(x.std(ddof=1)) / sqrt(len(x)) if len(x) > 1 else float("inf")
    return Figure(value=float(x.mean()), low=x.mean() - half, high=x.mean() + half, n=len(x))


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a world's replications say of a method."""

    ones: Sequence[One]

    @property
    def estimated(self) -> list[One]:
        """Those with an estimate."""
        return [one for one in self.ones if one.estimate is not None]

    @property
    def truth(self) -> float:
        return float(np.mean([one.truth for one in self.ones]))

    @property
    def bias(self) -> Figure:
        """Estimate less truth, minutes a week."""
        return mean([one.estimate - one.truth for one in self.estimated])

    @property
    def coverage(self) -> Figure:
        """How often the interval holds the truth."""
        return share([one.low <= one.truth <= one.high for one in self.estimated])

    @property
    def rejects(self) -> Figure:
        """How often the interval leaves out no effect."""
        return share([not one.low <= 0 <= one.high for one in self.estimated])

    @property
    def placebo(self) -> Figure:
        """How often the placebo rejects."""
        return share([abs(one.placebo) > 1.96 for one in self.ones if one.placebo is not None])

    def verdict(self, *wanted: str) -> Figure:
        """How often the verdict is one of these."""
        return share([one.verdict in wanted for one in self.ones])

    @property
    def error(self) -> float:
        """The mean standard error."""
        return float(np.mean([one.error for one in self.estimated]))
