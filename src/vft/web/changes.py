"""What changed since the month before, in sentences: signals first, then the largest changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from django.utils.translation import gettext as _

from vft.publication.read import Annotation, Measure
from vft.web import norwegian, sentences, signals
from vft.web.book import Slice
from vft.web.charts.trend import Point
from vft.web.sentences import Standing
from vft.web.wording import Wording

#: More than these are not read before a meeting.
_MOST = 5
#: A count that moves by less than this many of its own square roots has hardly moved.
_HARDLY = 1.0


@dataclass(frozen=True, kw_only=True)
class Series:
    """Every month of one measure of one slice in a unit, as the reader may see it."""

    measure: Measure
    of: Slice
    points: Sequence[Point]

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return sentences.standing(self.points, Wording.of(self.measure))

    @property
    def subject(self) -> str:
        """What it is of, first in a sentence."""
        if self.of.kind in {"everyone", "total"}:
            return self.measure.title
        return f"{self.measure.title}, {self.of.short}"

    @property
    def moved(self) -> float:
        """How far a count moved since the month before, in square roots of what it was.

        Only counts: shares and medians of the last twelve months hardly can.
        """
        now, before = self.standing.now, self.standing.before
        if self.measure.kind != "count" or now is None or before is None:
            return 0.0
        if now.cell.value is None or before.cell.value is None:
            return 0.0
        return abs(now.cell.value - before.cell.value) / sqrt(max(before.cell.value, 1.0))


def told(found: Sequence[Series], known: Sequence[Annotation]) -> list[str]:
    """The sentences, at most a handful; none where nothing moved. ``known``: breaks."""
    signals_of = [_signal(series, known) for series in found]
    pairs = list(zip(found, signals_of, strict=True))
    moved = [series for series, signal in pairs if not signal and series.moved >= _HARDLY]
    moved.sort(key=lambda series: series.moved, reverse=True)
    said = [signal for signal in signals_of if signal]
    said += [f"{s.subject}: {s.standing.value}, {s.standing.since_month}." for s in moved]
    return said[:_MOST]


def _signal(series: Series, known: Sequence[Annotation]) -> str:
    """What limits of change say of the newest complete month; nothing where it is usual."""
    measure = series.measure
    if not signals.can_be_judged(measure) or measure.kind not in {"count", "amount"}:
        return ""
    judged = signals.judged(measure, {measure.code: series.points}, per=1.0, annotations=known)
    now = series.standing.now
    newest = next((m for m in judged if now is not None and m.month == now.month), None)
    if newest is None or not newest.is_signal:
        return ""
    told = {
        "what": series.subject,
        "figure": series.standing.value,
        "month": norwegian.month(newest.month),
        "reason": newest.reason,
    }
    return _("%(what)s: %(figure)s i %(month)s. %(reason)s") % told
