"""What the figures say, in words: the finding first, and never more than the figures hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from vft.web import norwegian
from vft.web.charts.trend import Point

#: As many share a place before they are counted instead of named.
_BY_NAME = 2


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The newest complete month beside the month before and the same month a year before."""

    now: Point | None
    before: Point | None
    year_ago: Point | None

    @property
    def value(self) -> str:
        """The figure set large."""
        return norwegian.cell(self.now.cell) if self.now else "mangler"

    @property
    def since_month(self) -> str:
        """The change since the month before, as a clause."""
        return _compared(self.now, self.before)

    @property
    def since_year(self) -> str:
        """The change since a year before, as a clause."""
        return _compared(self.now, self.year_ago)

    @property
    def sentence(self) -> str:
        """Both changes in one sentence, or why there is none."""
        clauses = [c for c in (self.since_month, self.since_year) if c]
        if not clauses:
            return "Det er ingen tidligere måned å sammenligne med."
        return f"{norwegian.listed(clauses)}.".capitalize()


def standing(points: Sequence[Point]) -> Standing:
    """Where a series stands."""
    complete = [p for p in points if p.complete]
    now = complete[-1] if complete else None
    by_month = {p.month: p for p in complete}
    return Standing(
        now=now,
        before=by_month.get(_earlier(now.month, 1)) if now else None,
        year_ago=by_month.get(_earlier(now.month, 12)) if now else None,
    )


def _earlier(month: str, count: int) -> str:
    place = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


def _compared(now: Point | None, then: Point | None) -> str:
    if now is None or then is None or now.cell.value is None or then.cell.value is None:
        return ""
    difference = now.cell.value - then.cell.value
    when = norwegian.month(then.month)
    if difference == 0:
        return f"like mange som i {when}"
    word = "flere" if difference > 0 else "færre"
    return f"{norwegian.number(abs(difference))} {word} enn i {when}"


def direction(standing: Standing) -> str:
    """Stiger, faller or er uendret over a year; nothing without a year to judge by."""
    if standing.now is None or standing.year_ago is None:
        return ""
    now, then = standing.now.cell.value, standing.year_ago.cell.value
    if now is None or then is None:
        return ""
    return "uendret" if now == then else "opp" if now > then else "ned"


def trend_title(name: str, unit: str, standing: Standing) -> str:
    """The finding of a trend."""
    if standing.now is None or standing.now.cell.value is None:
        return f"{name} i {unit}"
    clause = standing.since_year or standing.since_month
    rest = f", {clause}" if clause else ""
    return f"{name}: {standing.value} i {unit}{rest}"


def trend_says(points: Sequence[Point], what: str) -> str:
    """The trend for someone who cannot see it."""
    measured = [p for p in points if p.complete and p.cell.value is not None]
    if not measured:
        return f"Ingen tall å vise for {what}."
    low = min(measured, key=lambda p: p.cell.value or 0)
    high = max(measured, key=lambda p: p.cell.value or 0)
    return (
        f"Linjediagram over {what} per måned fra {norwegian.month(measured[0].month)} til "
        f"{norwegian.month(measured[-1].month)}. Fra {norwegian.cell(measured[0].cell)} til "
        f"{norwegian.cell(measured[-1].cell)}. Lavest {norwegian.cell(low.cell)} i "
        f"{norwegian.month(low.month)}, høyest {norwegian.cell(high.cell)} i "
        f"{norwegian.month(high.month)}. Tallene står i tabellen under."
    )


def bars_title(named: Sequence[tuple[str, int]], plural: str) -> str:
    """The finding of a comparison: who has most and who has fewest."""
    if not named:
        return f"Ingen tall å vise for {plural}"
    high, low = max(n for _, n in named), min(n for _, n in named)
    if high == low:
        return f"{_who(named, high)} har {norwegian.number(high)}"
    return (
        f"{_who(named, high)} har flest ({norwegian.number(high)}), {_who(named, low)} har færrest "
        f"({norwegian.number(low)})"
    )


def _who(named: Sequence[tuple[str, int]], count: int) -> str:
    """Those with a count, by name as long as that is short."""
    names = [name for name, n in named if n == count]
    return norwegian.listed(names) if len(names) <= _BY_NAME else f"{len(names)} enheter"


def newest(points: Sequence[Point]) -> str:
    """The newest complete month of a series; empty where there is none."""
    complete = [p.month for p in points if p.complete]
    return complete[-1] if complete else ""
