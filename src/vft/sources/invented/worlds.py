"""Worlds for statistics: the one model with other sizes, effects, rules and gaps.

``MAIN`` are those that the methods are measured in; nothing was tuned on ``OTHER``.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from vft.sources.invented.config import Config, Dispenser, Flow, Need, Rival, Way, replication
from vft.sources.invented.course import Course
from vft.sources.invented.model import simulate
from vft.sources.invented.study import Gaps, Study, study


@dataclass(frozen=True, kw_only=True)
class World:
    """One world. ``changes``: fields of the config that differ; ``gaps``: what is left out."""

    recipients: int = 14_000
    periods: int = 52
    changes: dict[str, Any] = field(default_factory=dict)
    flow: dict[str, float] = field(default_factory=dict)
    gaps: Gaps = field(default_factory=Gaps)
    extras: bool = False

    def config(self) -> Config:
        """The config of every replication."""
        plain = replication(recipients=self.recipients, periods=self.periods, **self.changes)
        flows: dict[Way, Flow] = {way: replace(f, **self.flow) for way, f in plain.flows.items()}
        return replace(plain, flows=flows)

    def course(self, seed: int) -> Course:
        """One replication, as it was."""
        return simulate(self.config(), seed=seed)

    def draw(self, seed: int) -> Study:
        """One replication, as the two tables and their truth."""
        return study(self.course(seed), gaps=self.gaps, extras=self.extras, seed=seed)


NULL = Dispenser(effect=(0.0, 0.0), test_cost=0.0, hazard_ratio=1.0)
HIDDEN = Dispenser(effect=(0.0, 0.0), test_cost=0.0, hazard_ratio=1.0, hidden=1.0)

MAIN: dict[str, World] = {
    "main": World(changes={"adopters": 1_000}),
    "null": World(changes={"adopters": 1_000, "dispenser": NULL}),
    "hidden": World(changes={"adopters": 1_000, "dispenser": HIDDEN}),
    **{f"n{n}": World(changes={"adopters": n}) for n in (15, 35, 110, 290)},
    "rival": World(changes={"adopters": 1_000, "rival": Rival()}, extras=True),
    "newcomers": World(
        changes={"adopters": 1_000, "dispenser": Dispenser(newcomer=2.0)}, extras=True
    ),
}

OTHER: dict[str, World] = {
    "small_effect": World(
        changes={"adopters": 800, "dispenser": Dispenser(effect=(-20.0, -35.0), spread=0.4)}
    ),
    "harmful": World(changes={"adopters": 700, "dispenser": Dispenser(effect=(45.0, 70.0))}),
    "steep_trend": World(
        changes={"adopters": 900, "need": Need(trend=1.2, decline=2.6, district=18.0)}
    ),
    "by_level": World(
        changes={"adopters": 900, "dispenser": Dispenser(jump=0.0, level=0.014, segment=-0.4)}
    ),
    "by_jump_and_age": World(
        changes={"adopters": 900, "dispenser": Dispenser(jump=0.016, level=0.0, age=0.06)}
    ),
    "many_leave": World(
        changes={"adopters": 900}, flow={"death": 0.22, "institution": 0.2, "ended": 0.25}
    ),
    "six_districts": World(recipients=6_000, changes={"adopters": 500, "districts": (1.0,) * 6}),
    "dominant_district": World(
        changes={"adopters": 900, "districts": (12.0, 2.0, 1.0, 1.0, 0.5, 0.5, 0.3)}
    ),
    "gaps": World(
        changes={"adopters": 1_000}, gaps=Gaps(values=0.06, rows=0.04, periods=(19, 33, 34))
    ),
    "short": World(periods=36, changes={"adopters": 600, "need": Need(rho=0.5, noise=50.0)}),
}
