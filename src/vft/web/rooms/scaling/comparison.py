"""Units beside each other: sorted bars of the newest complete month, and a small line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vft.disclosure.cell import Cell, State
from vft.web import chance, norwegian, sentences
from vft.web.book import Unit
from vft.web.chance import Apart
from vft.web.charts import bars, multiples
from vft.web.charts.bars import Bar, Bars, Level
from vft.web.charts.multiples import Multiples, Panel
from vft.web.charts.svg import Picture
from vft.web.charts.trend import Point
from vft.web.rooms.scaling.choice import Choice
from vft.web.sentences import Standing
from vft.web.shown import Shown

#: More panels than this is a wall, not a comparison.
_PANELS = 24


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A unit of the comparison, its months, and the month that the bars show.

    ``of`` and ``part``: how many the figure is of, and of a share how many of those it counts;
    None where that is not so, or hidden.
    """

    unit: Unit
    points: list[Point]
    now: Point
    chosen: bool
    standing: Standing
    address: str
    of: float | None = None
    part: float | None = None

    @property
    def is_of_few(self) -> bool:
        """Whether it is of so few that it says little."""
        return self.of is not None and self.of < chance.FEW

    @property
    def interval(self) -> tuple[float, float] | None:
        """How far chance alone could move a share, as the share is written."""
        if self.part is None or not self.of or self.part > self.of or self.now.cell.value is None:
            return None
        found = chance.wilson(self.part, self.of)
        scale = 100 if self.standing.wording.is_percent else 1
        return found.low * scale, found.high * scale

    @property
    def within(self) -> str:
        """The interval in words."""
        if self.interval is None:
            return "–"
        low, high = (self.standing.wording.bare(end) for end in self.interval)
        return f"{low}–{self.standing.wording.figure(self.interval[1])}" if low != high else low

    @property
    def counted(self) -> str:
        """How many it is of."""
        return "–" if self.of is None else norwegian.number(self.of)


def context(shown: Shown, choice: Choice, chosen: list[Point]) -> dict[str, Any]:
    """What the page shows of the comparison, in the newest complete month of the chosen unit."""
    month = sentences.newest(chosen)
    compared = _in_order(_compared(shown, choice, month))
    if not compared:
        return {"compared": []}
    there = [c for c in compared if c.now.cell.value is not None]
    hidden = any(c.now.cell.state is State.SUPPRESSED for c in compared)
    title = _title(choice, compared, hidden=hidden)
    level = _level(shown, choice, chosen, compared, month)
    return {
        "compared": compared,
        "compared_month": month,
        "compared_measured": _measured(choice, month),
        "compared_title": title,
        "compared_name": choice.book.groupings[choice.comparison],
        "bars": _bars(choice, compared, title, month, level) if there else None,
        "panels": _panels(choice, compared) if there and 1 < len(compared) <= _PANELS else None,
        "panel_rows": _panel_rows(compared),
        "unplaced": _unplaced(choice, compared, chosen),
        "hidden_units": hidden,
        "threshold": shown.threshold,
        "with_n": any(c.of is not None for c in compared),
        "with_intervals": any(c.interval for c in compared),
        "with_few": any(c.is_of_few for c in there),
        "few": chance.FEW,
    }


def _measured(choice: Choice, month: str) -> str:
    return f"{choice.measured(f'{choice.measure_title}, {choice.of.short},', month)}."


def _title(choice: Choice, compared: Sequence[Compared], *, hidden: bool) -> str:
    there = [c for c in compared if c.now.cell.value is not None]
    if choice.wording.is_count or not there:
        named = [(c.unit.name, c.now.cell.value or 0) for c in there]
        return sentences.bars_title(named, choice.of.short, hidden=hidden, wording=choice.wording)
    if choice.measure.kind == "share" and all(c.interval or c.of == 0 for c in there):
        return _chance_title(chance.apart({c.unit.name: (c.part or 0, c.of or 0) for c in there}))
    many = [(c.unit.name, c.now.cell.value or 0) for c in there if c.of and not c.is_of_few]
    if not many:
        return _("Hver enhet har for få til at de bør sammenlignes")
    part = hidden or len(many) < len(there)
    return sentences.level_title(many, part=part, wording=choice.wording)


def _chance_title(found: Apart) -> str:
    """Only who stands out by more than chance is named, however they are sorted."""
    if not found.above and not found.below:
        return _("Forskjellene mellom enhetene er ikke større enn tilfeldigheter kan gi")
    above, below = (sentences.enumerated(list(names)) for names in (found.above, found.below))
    told = {"above": above, "below": below}
    if not found.below:
        return _("%(above)s ligger høyere enn tilfeldigheter kan forklare") % told
    if not found.above:
        return _("%(below)s ligger lavere enn tilfeldigheter kan forklare") % told
    return _("%(above)s ligger høyere og %(below)s lavere enn tilfeldigheter kan forklare") % told


def _level(
    shown: Shown, choice: Choice, chosen: list[Point], compared: Sequence[Compared], month: str
) -> Level | None:
    """What they have together: the chosen unit's figure, or the municipality's."""
    if choice.wording.is_count:
        return None
    whole = choice.unit
    if any(c.unit.parent != whole.code for c in compared):
        whole = choice.book.municipality
        how = {"measure": choice.measure, "of": choice.of, "geography": choice.geography}
        chosen = shown.series(whole, **how)  # type: ignore[arg-type] # one of each
    value = next((p.cell.value for p in chosen if p.month == month), None)
    return None if value is None else Level(name=whole.name, value=value)


def _unplaced(choice: Choice, compared: list[Compared], chosen: list[Point]) -> float:
    """How many of the chosen unit are in none of the units compared, where that can be told.

    As of now, someone may have lived in a unit that is split, and have no home in what came of it.
    """
    if choice.measure.kind != "count" or not choice.adds_over_units:
        return 0
    counts = [c.now.cell.value for c in compared]
    total = sentences.standing(chosen).now
    inside = all(c.unit.parent == choice.unit.code for c in compared)
    # beside a hidden count the difference would say what it is
    if not inside or total is None or total.cell.value is None or None in counts:
        return 0
    return max(total.cell.value - sum(count or 0 for count in counts), 0)


def _compared(shown: Shown, choice: Choice, month: str) -> list[Compared]:
    units = choice.compared_units
    beside = _beside(shown, choice, units, choice.measure.code)
    measure = choice.measure
    # a sum is of as many as it is: only what is divided rests on a number of persons
    rests_on = "" if choice.wording.is_count else measure.denominator or measure.basis
    of = _now(_beside(shown, choice, units, rests_on), month)
    part = _now(_beside(shown, choice, units, measure.numerator), month)
    found = []
    for unit in units:
        points = choice.within(beside[unit.code])
        now = next((p for p in points if p.month == month), None)
        # a unit that is not there in the month, before its making or after its end, has no bar
        if now and now.cell.state is not State.MISSING:
            found.append(
                Compared(
                    unit=unit,
                    points=points,
                    now=now,
                    chosen=unit in (choice.unit, choice.other),
                    standing=sentences.standing(points, choice.wording),
                    address=choice.with_(enhet=unit.key),
                    of=of.get(unit.code),
                    part=part.get(unit.code) if measure.kind == "share" else None,
                )
            )
    return found


def _beside(
    shown: Shown, choice: Choice, units: list[Unit], measure: str
) -> dict[str, list[Point]]:
    """Every month of the units of one of the indicator's measures; nothing of none."""
    if not units or measure not in choice.measures:
        return {}
    return shown.beside(
        units, measure=choice.measures[measure], of=choice.of, geography=choice.geography
    )


def _now(series: dict[str, list[Point]], month: str) -> dict[str, float | None]:
    return {
        code: next((p.cell.value for p in points if p.month == month), None)
        for code, points in series.items()
    }


def _in_order(compared: list[Compared]) -> list[Compared]:
    """The largest first; after them, by name, those without a figure to show."""
    return sorted(
        compared,
        key=lambda c: (
            c.now.cell.value is None,
            -(c.now.cell.value or 0),
            norwegian.alphabetical(c.unit.name),
        ),
    )


def _bars(
    choice: Choice, compared: list[Compared], title: str, month: str, level: Level | None
) -> Picture:
    drawn = [_bar(c) for c in compared]
    said = ", ".join(f"{b.name} {choice.wording.cell(b.cell)}" for b in drawn)
    what = choice.measure_title
    axis = choice.wording.titled(what)
    return bars.draw(
        Bars(
            bars=drawn,
            title=title,
            says=_("Stolpediagram over %(what)s i %(month)s: %(said)s.")
            % {"what": norwegian.in_sentence(what), "month": norwegian.month(month), "said": said},
            axis=f"{axis}, {norwegian.month(month)}",
            wording=choice.wording,
            level=level,
        )
    )


def _bar(compared: Compared) -> Bar:
    return Bar(
        name=compared.unit.name,
        cell=compared.now.cell,
        chosen=compared.chosen,
        beside=f"n = {compared.counted}" if compared.of is not None else "",
        interval=compared.interval,
        few=compared.is_of_few,
    )


def _panels(choice: Choice, compared: list[Compared]) -> Picture:
    panels = [Panel(name=c.unit.name, points=c.points, chosen=c.chosen) for c in compared]
    return multiples.draw(
        Multiples(
            panels=panels,
            title=_("%(what)s i hver enhet") % {"what": choice.subject},
            says=_(
                "%(count)s små linjediagrammer med felles skala, ett for hver enhet: %(what)s per "
                "måned. Tallene står i tabellen under."
            )
            % {"count": len(panels), "what": norwegian.in_sentence(choice.measure_title)},
            wording=choice.wording,
        )
    )


def _panel_rows(compared: list[Compared]) -> list[tuple[str, list[str]]]:
    """The panels' table: a month a row, the newest first, and a unit a column."""
    if len(compared) > _PANELS:
        return []
    return [
        (month[0].month, [_brief(c.standing, p.cell) for c, p in zip(compared, month, strict=True)])
        for month in zip(*(c.points for c in compared), strict=True)
    ][::-1]


def _brief(standing: Standing, cell: Cell) -> str:
    return norwegian.cell(cell) if cell.value is None else standing.wording.bare(cell.value)
