"""A change taken apart: what each factor does alone, and the interaction that is left.

With f before and after: effect_i = f(only i changed) − f(before);
interaction = f(after) − f(before) − Σ effect_i. So the parts always sum to the whole.
"""

from collections.abc import Callable, Mapping
from math import fsum
from typing import TypeVar

from pydantic import BaseModel

_Factor = TypeVar("_Factor")


class Decomposition(BaseModel):
    """In the unit of what was taken apart. ``total`` = Σ ``effects`` + ``interaction``."""

    effects: dict[str, float]
    interaction: float
    total: float


def decomposed(
    figure: Callable[[Mapping[str, _Factor]], float],
    *,
    before: Mapping[str, _Factor],
    after: Mapping[str, _Factor],
) -> Decomposition:
    """Take apart the change of a figure when its factors go from before to after."""
    start, end = figure(before), figure(after)
    effects = {name: figure({**before, name: after[name]}) - start for name in before}
    total = end - start
    return Decomposition(effects=effects, interaction=total - fsum(effects.values()), total=total)
