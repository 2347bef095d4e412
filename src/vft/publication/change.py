"""Signals of change: which months differ from what was usual by more than chance gives.

Control charts with frozen limits (Montgomery, Introduction to Statistical Quality Control, ch. 7):
the first :data:`BASELINE` months of a phase tell what is usual, and later months are held against
that. Counts and amounts per unit are u charts, shares are p charts; where months vary more than
chance alone gives, limits are widened as Laney does (Improved control charts for attributes,
Quality Engineering 14(4), 2002). Limits are prediction limits: a baseline is short, and what it
tells of level and spread is itself uncertain (Hahn and Meeker, Statistical Intervals, ch. 4).
A month is a signal when it lies outside three sigma, or is the eighth in a row on one side of
the centre (Provost and Murray, The Health Care Data Guide, ch. 4).

Months must not depend on each other beyond the season: no stocks, no windows over several months.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: The first and the last month of a known break, both included; written ``2024-11``.
Break = tuple[str, str]
#: Counts; shares of what is counted; counts or amounts per unit.
Figures = Literal["count", "share", "rate"]

#: Months that a baseline has; two years, so that each month of the year is there twice.
BASELINE = 24
#: Fewer than this expected in a month says nothing: of events, of either outcome of a share, or of
#: those that an amount is shared by.
FEWEST = 5.0
#: Months in a row on one side of the centre.
RUN = 8
_SIGMAS = 3.0
_YEAR = 12
#: Mean range of two independent values, in standard deviations.
_D2 = 1.128
#: Degrees of freedom for each moving range that their mean is worth.
_WORTH = 0.62
#: 95 percent of F with 11 and 12 degrees of freedom: a season must be seen before it is used.
_SEEN = 2.72


class Verdict(StrEnum):
    """What is said of a month. The first two say that something has changed."""

    OUTSIDE = "outside"
    RUN = "run"
    USUAL = "usual"
    BASIS = "basis"  # one of the months that tell what is usual
    TOO_FEW = "too_few"
    TOO_SHORT = "too_short"
    KNOWN = "known"  # of a known break
    NOTHING = "nothing"  # there is no figure


_CODES = list(Verdict)
_REASONS = {
    (Verdict.OUTSIDE, 1): "Høyere enn tilfeldigheter gir: over den øvre grensen.",
    (Verdict.OUTSIDE, -1): "Lavere enn tilfeldigheter gir: under den nedre grensen.",
    (Verdict.RUN, 1): f"Minst {RUN} måneder på rad over det vanlige: nivået er trolig endret.",
    (Verdict.RUN, -1): f"Minst {RUN} måneder på rad under det vanlige: nivået er trolig endret.",
    Verdict.USUAL: "Innenfor det som er vanlig.",
    Verdict.BASIS: "Måneden er en av dem som sier hva som er vanlig.",
    Verdict.TOO_FEW: f"For få til å si noe: det ventes færre enn {FEWEST:.0f} i måneden.",
    Verdict.TOO_SHORT: f"For kort historie: {BASELINE} hele måneder må til for å vise det vanlige.",
    Verdict.KNOWN: "Måneden er ikke vurdert: et kjent brudd er merket her.",
    Verdict.NOTHING: "Måneden har ikke noe tall å vurdere.",
}


@dataclass(frozen=True, kw_only=True)
class Month:
    """What is said of one month. Limits are None where none can be laid; ``reason`` is bokmål."""

    month: str
    centre: float | None
    lower: float | None
    upper: float | None
    verdict: Verdict
    reason: str

    @property
    def is_signal(self) -> bool:
        """Whether something has changed."""
        return self.verdict in {Verdict.OUTSIDE, Verdict.RUN}


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Series × months. ``verdict``: places in :class:`Verdict`; ``side``: 1 above, −1 below.

    ``centre``, ``lower`` and ``upper`` are in the figure's own unit, NaN where there is none.
    """

    months: Sequence[str]
    centre: Floats
    lower: Floats
    upper: Floats
    verdict: NDArray[np.int8]
    side: NDArray[np.int8]

    @property
    def signals(self) -> Bools:
        """Where something has changed."""
        return np.asarray(self.verdict <= _CODES.index(Verdict.RUN))

    def series(self, row: int = 0) -> list[Month]:
        """Everything that is said of one series, month by month."""
        return [self._month(row, place) for place in range(len(self.months))]

    def _month(self, row: int, place: int) -> Month:
        verdict = _CODES[self.verdict[row, place]]
        told = _REASONS.get(verdict) or _REASONS[verdict, int(self.side[row, place])]
        return Month(
            month=self.months[place],
            centre=_number(self.centre[row, place]),
            lower=_number(self.lower[row, place]),
            upper=_number(self.upper[row, place]),
            verdict=verdict,
            reason=told,
        )


def judge(  # noqa: PLR0913 - what tells one chart from another
    values: "Floats | Sequence[Sequence[float]]",
    bases: "Floats | Sequence[Sequence[float]] | None" = None,
    *,
    kind: Figures,
    months: Sequence[str],
    per: float = 1.0,
    breaks: Sequence[Break] = (),
) -> Chart:
    """Judge every month of some series that have the same known breaks.

    ``values``: series × months, counts or amounts, NaN where there is no figure or the month is not
    complete. ``bases``: what a share or rate is of, likewise. ``months``: in order, without gaps.
    ``per``: what shares and rates are multiplied by. A new baseline begins after each break: one
    that an annotation tells of, or a shift that somebody has confirmed.
    """
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    n = np.ones_like(x) if bases is None else np.atleast_2d(np.asarray(bases, dtype=np.float64))
    known = np.isfinite(x) & np.isfinite(n) & (n > 0)
    x, n = np.where(known, x, 0.0), np.where(known, n, 1.0)
    centre, lower, upper = (np.full(x.shape, np.nan) for _ in range(3))
    verdict = np.full(x.shape, _CODES.index(Verdict.KNOWN), np.int8)
    side = np.zeros(x.shape, np.int8)
    for at in _phases(months, breaks):
        of_year = _of_year(months[at])
        phase = _Phase(x[:, at], n[:, at], known[:, at], of_year, kind=kind)
        centre[:, at], lower[:, at], upper[:, at] = (per * line for line in phase.lines())
        verdict[:, at], side[:, at] = phase.verdicts()
    return Chart(months=months, centre=centre, lower=lower, upper=upper, verdict=verdict, side=side)


class _Phase:
    """Months between two known breaks, and the baseline that they begin with."""

    def __init__(
        self, x: Floats, n: Floats, known: Bools, of_year: Bools, *, kind: Figures
    ) -> None:
        self.x, self.n, self.known, self.of_year, self.kind = x, n, known, of_year, kind
        self.is_share = kind == "share"
        place = np.cumsum(known, axis=1)
        self.basis = known & (place <= BASELINE)
        self.is_long_enough = place[:, -1:] >= BASELINE
        self.level = _over(_sum(x, self.basis), _sum(n, self.basis))
        season, weight = self._season()
        self.centre = self.level * (season @ of_year.T)
        if self.is_share:
            self.centre = np.minimum(self.centre, 1.0)
        self.sigma = self._sigma(self.centre)
        self.half = np.asarray(self.sigma * self._width(weight))

    def lines(self) -> tuple[Floats, Floats, Floats]:
        """Centre, lower and upper limit; NaN where none can be laid."""
        there = self.is_long_enough & ~self._are_few()
        lower = np.maximum(self.centre - self.half, 0.0)
        upper = self.centre + self.half
        if self.is_share:
            upper = np.minimum(upper, 1.0)
        centre, lower, upper = (
            np.where(there, line, np.nan) for line in (self.centre, lower, upper)
        )
        return centre, lower, upper

    def verdicts(self) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """What is said of each month, and on which side of the centre it lies."""
        off = self.x / self.n - self.centre
        judged = self.known & ~self.basis & self.is_long_enough & ~self._are_few()
        side = np.where(judged, np.sign(off), 0).astype(np.int8)
        cases = {
            Verdict.NOTHING: ~self.known,
            Verdict.TOO_SHORT: ~np.broadcast_to(self.is_long_enough, self.x.shape),
            Verdict.TOO_FEW: self._are_few(),
            Verdict.BASIS: self.basis,
            Verdict.OUTSIDE: judged & (np.abs(off) > self.half),
            Verdict.RUN: _run(side) >= RUN,
        }
        codes = [np.int8(_CODES.index(verdict)) for verdict in cases]
        found = np.select(list(cases.values()), codes, np.int8(_CODES.index(Verdict.USUAL)))
        return found.astype(np.int8), side

    def _sigma(self, centre: Floats) -> Floats:
        """What chance alone gives, were every event independent of every other."""
        spread = centre * (1 - centre) if self.is_share else centre
        return np.sqrt(spread / self.n)

    def _are_few(self) -> Bools:
        expected = self.centre * self.n
        others = {"count": expected, "share": self.n - expected, "rate": self.n}
        return np.asarray(~(np.minimum(expected, others[self.kind]) >= FEWEST))

    def _season(self) -> tuple[Floats, Floats]:
        """The factor of each month of the year, shrunken to 1, and how much is kept of it (0–1).

        Empirical Bayes with the moments' estimate of how months differ. Where months of the year do
        not differ by more than the same month does from year to year, every factor is 1.
        """
        expected = self._by(self.level * self.n)
        ratio = _over(self._by(self.x), expected)
        chance = _over(self._by((self._sigma(self.level) * self.n) ** 2), expected**2)
        variance = chance * self._from_year_to_year() ** 2
        off = (ratio - 1) ** 2 * _YEAR / (_YEAR - 1)
        is_seen = _mean(_over(off, variance)) > _SEEN
        is_whole = (self._by(np.ones_like(self.x)) > 1).all(axis=1, keepdims=True)
        between = np.maximum(_mean(off) - _mean(variance), 0.0)
        weight = np.where(is_seen & is_whole, _over(between, between + variance), 0.0)
        season = 1 + weight * (ratio - 1)
        total = _over(_sum(season, expected), _sum(expected, np.ones_like(expected)))
        return season / np.where(total > 0, total, 1.0), weight

    def _from_year_to_year(self) -> Floats:
        """The spread of the same month of the year, in sigmas; at least what chance gives."""
        z = _over(self.x / self.n - self.level, self._sigma(self.level))
        held = self._by(np.ones_like(z))
        # rounding may leave less than nothing
        within = np.maximum(self._by(z**2) - _over(self._by(z) ** 2, held), 0.0)
        free = np.maximum(held - 1, 0).sum(axis=1, keepdims=True)
        return np.maximum(np.sqrt(_over(within.sum(axis=1, keepdims=True), free)), 1.0)

    def _from_month_to_month(self) -> tuple[Floats, Floats]:
        """Laney's sigma z by moving ranges, at least 1; and the degrees of freedom it rests on."""
        z = _over(self.x / self.n - self.centre, self.sigma)
        both = (self.basis[:, 1:] & self.basis[:, :-1]).astype(np.float64)
        held = both.sum(axis=1, keepdims=True)
        ranges = _sum(np.abs(np.diff(z, axis=1)), both)
        return np.maximum(_over(ranges, held) / _D2, 1.0), _WORTH * held

    def _by(self, values: Floats) -> Floats:
        """Sums of the baseline's months by month of the year."""
        return np.asarray((values * self.basis) @ self.of_year)

    def _width(self, weight: Floats) -> Floats:
        """How many of chance's sigmas a limit is from the centre."""
        is_seasonal = np.asarray(weight.max(axis=1, keepdims=True) > 0)
        spread, free = self._from_month_to_month()
        spread = np.where(is_seasonal, self._from_year_to_year(), spread)
        free = np.where(is_seasonal, float(_YEAR), free)
        kept = np.asarray(weight @ self.of_year.T)
        unsure = np.sqrt(1 + 1 / BASELINE + kept * (_YEAR / BASELINE))
        return np.asarray(spread * three_sigma(free) * unsure)


def three_sigma(free: Floats) -> Floats:
    """As unlikely as three sigma when sigma is estimated with so many degrees of freedom.

    The quantile of Student's t by its expansion in the normal one (Abramowitz and Stegun 26.7.5);
    within 0.01 from eight degrees on.
    """
    g = (7.5, 17.25, 30.1875, 38.6)
    v = np.maximum(np.asarray(free, dtype=np.float64), 1.0)
    return np.asarray(_SIGMAS + sum(part / v ** (power + 1) for power, part in enumerate(g)))


def _phases(months: Sequence[str], breaks: Sequence[Break]) -> Iterator[slice]:
    """The stretches of months before, between and after the known breaks."""
    is_known = [any(first <= month <= last for first, last in breaks) for month in months]
    start = 0
    for place, known in enumerate([*is_known, True]):
        if known:
            if start < place:
                yield slice(start, place)
            start = place + 1


def _of_year(months: Sequence[str]) -> Bools:
    """Months × months of the year."""
    number = np.array([int(month[5:7]) for month in months])
    return np.asarray(number[:, None] == np.arange(1, _YEAR + 1)[None, :])


def _run(side: NDArray[np.int8]) -> NDArray[np.int64]:
    """How many months in a row, this the last, lie on the side that this one does."""
    length = np.zeros(side.shape, np.int64)
    for place in range(side.shape[1]):
        here = side[:, place]
        goes_on = (here == side[:, place - 1]) if place else np.zeros(len(side), bool)
        before = length[:, place - 1] if place else 0
        length[:, place] = np.where(here == 0, 0, np.where(goes_on, before + 1, 1))
    return length


def _sum(values: Floats, weights: Floats | Bools) -> Floats:
    return np.asarray((values * weights).sum(axis=1, keepdims=True))


def _mean(values: Floats) -> Floats:
    return np.asarray(values.mean(axis=1, keepdims=True))


def _over(values: Floats, divisor: Floats) -> Floats:
    """The quotient; 0 over nothing."""
    some = divisor > 0
    return np.where(some, values / np.where(some, divisor, 1.0), 0.0)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
