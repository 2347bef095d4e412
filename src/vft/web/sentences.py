"""What the figures say, in words: the finding first, and never more than the figures hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.disclosure.cell import State
from vft.web import norwegian
from vft.web.charts.trend import Point
from vft.web.wording import PERSONS, Wording

#: States in which a month that is not complete has no figure to tell.
_NO_FIGURE = frozenset({State.MISSING, State.UNDEFINED})
#: As many share a place before they are counted instead of named.
_BY_NAME = 2


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The newest complete month beside the month before and the same month a year before.

    ``so_far``: the newest month that says anything, where none is complete.
    """

    now: Point | None
    before: Point | None
    year_ago: Point | None
    so_far: Point | None = None
    wording: Wording = PERSONS

    @property
    def value(self) -> str:
        """The figure set large."""
        if self.now is None:
            return _("ikke komplett ennå")
        return self.wording.cell(self.now.cell)

    @property
    def since_month(self) -> str:
        """The change since the month before, as a clause."""
        return _compared(self.now, self.before, self.wording)

    @property
    def since_year(self) -> str:
        """The change since a year before, as a clause."""
        return _compared(self.now, self.year_ago, self.wording)

    @property
    def judged(self) -> str:
        """Whether the year's change is for the better or the worse, where either is."""
        pair = _both(self.now, self.year_ago)
        return self.wording.judged(*pair) if pair else ""

    @property
    def sentence(self) -> str:
        """Both changes in one sentence, or why there is none."""
        if self.now is None:
            return _preliminary(self.so_far, self.wording)
        clauses = [c for c in (self.since_month, self.since_year) if c]
        if not clauses:
            return _("Det er ingen tidligere måned å sammenligne med.")
        return f"{norwegian.listed(clauses)}.".capitalize()


def standing(points: Sequence[Point], wording: Wording = PERSONS) -> Standing:
    """Where a series stands."""
    complete = [p for p in points if p.complete]
    now = complete[-1] if complete else None
    by_month = {p.month: p for p in complete}
    return Standing(
        now=now,
        before=by_month.get(_earlier(now.month, 1)) if now else None,
        year_ago=by_month.get(_earlier(now.month, 12)) if now else None,
        so_far=None if now else _so_far(points),
        wording=wording,
    )


def _so_far(points: Sequence[Point]) -> Point | None:
    """The newest month that says anything, or else the newest."""
    saying = [p for p in points if p.cell.state is not State.MISSING]
    return next(iter([*saying[-1:], *points[-1:]]), None)


def _preliminary(point: Point | None, wording: Wording) -> str:
    """What a month that is not complete says so far, or that it says nothing."""
    if point is None or point.cell.state in _NO_FIGURE:
        return _("Det er ikke noe foreløpig tall.")
    told = {"month": norwegian.month(point.month), "value": wording.cell(point.cell)}
    return _("Foreløpig tall for %(month)s: %(value)s.") % told


def so_far(point: Point, wording: Wording) -> str:
    """A figure, told to be preliminary where its month is not complete."""
    if point.complete:
        return wording.cell(point.cell)
    if point.cell.state in _NO_FIGURE:
        return _("ikke komplett ennå")
    return _("%(value)s (ikke komplett ennå)") % {"value": wording.cell(point.cell)}


def _earlier(month: str, count: int) -> str:
    place = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


def _compared(now: Point | None, then: Point | None, wording: Wording) -> str:
    pair = _both(now, then)
    if pair is None or then is None:
        return ""
    return wording.compared(*pair, norwegian.month(then.month))


def _both(now: Point | None, then: Point | None) -> tuple[float, float] | None:
    """Two figures to compare, where the reader may see both."""
    if now is None or then is None or now.cell.value is None or then.cell.value is None:
        return None
    return now.cell.value, then.cell.value


def trend_title(name: str, unit: str, standing: Standing) -> str:
    """The finding of a trend."""
    if standing.now is None or standing.now.cell.value is None:
        return _("%(what)s i %(unit)s") % {"what": name, "unit": unit}
    clause = standing.since_year or standing.since_month
    told = {"what": name, "count": standing.value, "unit": unit}
    finding = _("%(what)s: %(count)s i %(unit)s") % told
    return f"{finding}, {clause}" if clause else finding


def trend_says(points: Sequence[Point], what: str, wording: Wording = PERSONS) -> str:
    """The trend for someone who cannot see it."""
    measured = [p for p in points if p.complete and p.cell.value is not None]
    if not measured:
        return _("Ingen tall å vise for %(what)s.") % {"what": what}
    low = min(measured, key=lambda p: p.cell.value or 0)
    high = max(measured, key=lambda p: p.cell.value or 0)
    ends = {"first": measured[0], "last": measured[-1], "low": low, "high": high}
    told = {f"{name}_month": norwegian.month(p.month) for name, p in ends.items()}
    told |= {name: wording.cell(p.cell) for name, p in ends.items()}
    return _(
        "Linjediagram over %(what)s per måned fra %(first_month)s til %(last_month)s. "
        "Fra %(first)s til %(last)s. Lavest %(low)s i %(low_month)s, høyest %(high)s i "
        "%(high_month)s. Tallene står i tabellen under."
    ) % (told | {"what": what})


def bars_title(
    named: Sequence[tuple[str, float]],
    plural: str,
    *,
    hidden: bool = False,
    wording: Wording = PERSONS,
) -> str:
    """The finding of a comparison: who has most and who has fewest.

    Where some are ``hidden``, nobody can be said to have most or fewest of them all.
    """
    if not named:
        return _("Ingen tall å vise for %(what)s") % {"what": plural}
    high, low = max(n for _, n in named), min(n for _, n in named)
    if hidden:
        told = {"who": _who(named, high), "most": wording.most, "count": wording.figure(high)}
        return _("Av enhetene som kan vises, har %(who)s %(most)s (%(count)s)") % told
    if wording.apart(high, low) == 0:
        who = _who(named, *(n for _, n in named))
        return _("%(who)s har %(count)s") % {"who": who, "count": wording.figure(high)}
    return _("%(who)s har %(most)s (%(high)s), %(others)s har %(least)s (%(low)s)") % {
        "who": _who(named, high),
        "most": wording.most,
        "high": wording.figure(high),
        "others": _who(named, low),
        "least": wording.least,
        "low": wording.figure(low),
    }


def level_title(
    named: Sequence[tuple[str, float]], *, part: bool, wording: Wording = PERSONS
) -> str:
    """Who has the highest and the lowest figure: of all, or of ``part`` of them."""
    high, low = max(n for _, n in named), min(n for _, n in named)
    if wording.apart(high, low) == 0:
        return bars_title(named, "", wording=wording)
    told = {
        "who": _who(named, high),
        "most": wording.most,
        "high": wording.figure(high),
        "others": _who(named, low),
        "least": wording.least,
        "low": wording.figure(low),
    }
    if part:
        return (
            _(
                "Av dem som kan sammenlignes, har %(who)s %(most)s (%(high)s), %(others)s har "
                "%(least)s (%(low)s)"
            )
            % told
        )
    return _("%(who)s har %(most)s (%(high)s), %(others)s har %(least)s (%(low)s)") % told


def _who(named: Sequence[tuple[str, float]], *counts: float) -> str:
    """Those with a count, by name as long as that is short."""
    return enumerated([name for name, n in named if n in counts])


def enumerated(names: list[str]) -> str:
    """Units by name as long as that is short, else how many they are."""
    if len(names) <= _BY_NAME:
        return norwegian.listed(names)
    return _("%(count)s enheter") % {"count": len(names)}


#: Why a month has no figure, after how many there are.
_WHY = {
    State.SUPPRESSED: gettext_lazy("er skjult: tallet er lite, eller kan røpe et lite tall."),
    State.MISSING: gettext_lazy("mangler: kilden har ikke levert."),
    State.NOT_DOCUMENTED: gettext_lazy("er ikke dokumentert: ingen har ført det."),
    State.UNDEFINED: gettext_lazy("lar seg ikke regne ut: det er ingen å måle."),
}


def without(points: Sequence[Point]) -> list[tuple[State, str]]:
    """Which months have no figure, and why: a sentence for each state that there is."""
    complete = [p for p in points if p.complete]
    found = []
    for state, why in _WHY.items():
        count = sum(p.cell.state is state for p in complete)
        if count:
            every = _("Alle månedene") if count == len(complete) else ""
            found.append((state, f"{every or _months(count)} {why}"))
    return found


def _months(count: int) -> str:
    return norwegian.counted(count, _("måned"), _("måneder"))


def incomplete(points: Sequence[Point], wording: Wording = PERSONS) -> str:
    """Which months are not complete, and what they say so far; nothing where all are."""
    found = [p for p in points if not p.complete]
    if not found:
        return ""
    if len(found) == 1:
        told = {"month": norwegian.month(found[0].month), "value": wording.cell(found[0].cell)}
        says = (
            _("%(month)s er ikke komplett og tegnes ikke. Det er ikke noe foreløpig tall.") % told
            if found[0].cell.state in _NO_FIGURE
            else _("%(month)s er ikke komplett og tegnes ikke. Foreløpig tall: %(value)s.") % told
        )
    else:
        ends = {"first": norwegian.month(found[0].month), "last": norwegian.month(found[-1].month)}
        says = (
            _(
                "%(first)s til %(last)s er ikke komplette og tegnes ikke. Foreløpige tall står i "
                "tabellen."
            )
            % ends
        )
    return says[:1].upper() + says[1:]


def newest(points: Sequence[Point]) -> str:
    """The newest complete month of a series; empty where there is none."""
    complete = [p.month for p in points if p.complete]
    return complete[-1] if complete else ""


def newest_of_all(points: Sequence[Point]) -> str:
    """The newest complete month, or else the newest that says anything; empty of no months."""
    preliminary = _so_far(points)
    return newest(points) or (preliminary.month if preliminary else "")
