"""Total municipal resources: home care and nursing home in one unit, and nobody left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vft.effects.admission import EVENTS
from vft.effects.arrays import Numbers
from vft.effects.contrast import EFFECT, Design
from vft.effects.controlled import Controlled, design, judged
from vft.effects.history import shifted
from vft.effects.panel import AT_HOME, DEAD, INSTITUTION, Panel
from vft.effects.small_counts import spelt


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a minute of home care and a week in a nursing home come to, in the same ``unit``.

    ``unit``: of the sum, a week (``"kroner per uke"``). ``told``: sentences on where they are from.
    """

    minute: float
    institution: float
    unit: str = "kroner per uke"
    told: tuple[str, ...] = ()


def priced(panel: Panel, prices: Prices) -> Panel:
    """The panel with resources a week as its outcome, known also after she left home.

    At home: minutes × price. In a nursing home: its price. Dead: 0. The period of leaving is half
    the one, as the period before, and half the other. Who is lost in other ways stays unknown.

    Raises:
        FileRefused: PANEL does not say how recipients left home.
    """
    if panel.exit is None:
        raise panel.lacks("exit", "som sier om mottakeren døde eller flyttet inn i sykehjem")
    home = panel.outcome * prices.minute
    state = _state(panel, panel.exit)
    away = np.choose(state, [np.full(home.shape, np.nan), 0.0, prices.institution])
    leaving = (panel.exit > AT_HOME) & ~panel.present
    before = np.where(_before(state) == AT_HOME, shifted(home, 1), shifted(away, 1))
    away = np.where(leaving, (before + away) / 2, away)
    return replace(
        panel,
        outcome=np.where(panel.present, home, away),
        measured_in=prices.unit,
        notes=(*panel.notes, *prices.told, *_doubt(panel.exit)),
    )


def resources(whole: Panel) -> Controlled:
    """Design B on a priced panel: per adopter in periods 2–9, also after she left home.

    The pairs, the placebo and the gates are B's own. Growth is looked for among those at home: what
    a later nursing-home place saves grows by itself, with every period.
    """
    made = design(whole)
    at_home = np.where(whole.present, whole.outcome, np.nan)
    settled = replace(made, panel=replace(whole, outcome=at_home))
    found = judged(made, n_adopters=whole.n_adopters, settled=settled)
    if found.verdict not in {"causal", "indicative"}:
        return found
    doubts = [*found.reasons, *_rare(*_moved_in(made))]
    return replace(found, verdict="indicative" if doubts else "causal", reasons=doubts)


def _moved_in(made: Design) -> tuple[int, int]:
    """How many adopters and controls moved into a nursing home while the effect is measured."""
    exits, pairs = made.panel.exit, made.matched
    moved = exits == INSTITUTION if exits is not None else np.zeros(made.panel.present.shape, bool)
    so_far = np.cumsum(moved, axis=1)
    last = np.minimum(pairs.start + EFFECT[1], made.panel.periods - 1)
    adopter, control = (
        np.unique(who[so_far[who, last] > so_far[who, pairs.start]])
        for who in (pairs.adopter, pairs.control)
    )
    return len(adopter), len(control)


def _rare(adopters: int, controls: int) -> Iterator[str]:
    """A place costs so much that a few more or fewer would decide alone."""
    if min(adopters, controls) < EVENTS:
        yield (
            f"{spelt(adopters).capitalize()} av brukerne og {spelt(controls)} av de andre flyttet "
            f"inn i sykehjem i periodene som teller; under {EVENTS} i en gruppe kan noen få "
            "avgjøre."
        )


def _state(panel: Panel, exits: Numbers) -> Numbers:
    """How each recipient had left by the end of each period; ``AT_HOME`` until she did.

    And again from when she came home from a short stay.
    """
    told = (exits > AT_HOME) | panel.present
    column = np.where(told, np.arange(panel.periods)[None, :], 0)
    latest = np.maximum.accumulate(column, axis=1)
    return np.take_along_axis(exits, latest, axis=1)


def _before(state: Numbers) -> Numbers:
    earlier = np.full_like(state, AT_HOME)
    earlier[:, 1:] = state[:, :-1]
    return earlier


def _doubt(exits: Numbers) -> Iterator[str]:
    """Whoever moves in and is not said to have died is counted as living there."""
    moved = (exits == INSTITUTION).any(axis=1)
    if moved.any() and not (exits[moved] == DEAD).any():
        yield (
            "PANEL sier ikke om noen døde etter å ha flyttet inn på sykehjem; "
            "alle regnes som boende der så lenge PANEL varer."
        )
