"""What chance alone does to a share of few, so that noise is not ranked.

Wilson's interval (E. B. Wilson, JASA 22, 1927): unlike the plain one it holds near 0 and 100 % and
for small numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

#: Fewer than this, and a share or a median moves by some points when one person does.
FEW = 30
#: How sure an interval is to hold the share it is of.
_SURE = 0.95


@dataclass(frozen=True, kw_only=True)
class Interval:
    """From ``low`` to ``high``, as shares from 0 to 1."""

    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Whether a share is within it."""
        return self.low <= share <= self.high


def wilson(part: float, whole: float, *, looked_at: int = 1) -> Interval:
    """The 95 % interval of ``part`` of ``whole``, which is above zero.

    ``looked_at``: how many intervals are looked at together; each is wider, so that all hold
    together (Bonferroni).
    """
    z = NormalDist().inv_cdf(1 - (1 - _SURE) / 2 / looked_at)
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + (z / whole) ** 2 / 4)
    return Interval(low=max(middle - reach, 0.0), high=min(middle + reach, 1.0))


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Who is further from all of them together than chance explains."""

    above: tuple[str, ...]
    below: tuple[str, ...]


def apart(counts: Mapping[str, tuple[float, float]]) -> Apart:
    """Which of several shares chance does not explain. ``counts``: name → part and whole.

    Each is held against the share of them all together. Those of nobody are left out.
    """
    asked = {name: pair for name, pair in counts.items() if pair[1] > 0}
    together = sum(w for _, w in asked.values())
    share = sum(p for p, _ in asked.values()) / together if together else 0.0
    intervals = {n: wilson(p, w, looked_at=len(asked)) for n, (p, w) in asked.items()}
    return Apart(
        above=tuple(name for name, found in intervals.items() if found.low > share),
        below=tuple(name for name, found in intervals.items() if found.high < share),
    )
