"""Å følge opp: the work that a unit's figures hold, for those who may see what is behind them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vft.publication.read import Measure
from vft.web import norwegian
from vft.web.book import NOW, Book, Slice, Unit
from vft.web.changes import Series
from vft.web.rooms.indicators import rows
from vft.web.shown import Shown

#: What is work to do as it stands: indicator, measure, and what the list is called. One that is not
#: published is left out.
WORK = (
    ("concurrent_users", "vedtak_only", _("Vedtak uten utstyr som virker")),
    ("concurrent_users", "device_only", _("Utstyr uten gyldig vedtak")),
    ("lead_time", "waiting", _("Nye vedtak som venter på utstyr")),
    ("considered", "not_documented", _("Nye mottakere uten dokumentert vurdering")),
    ("not_fallen", "visits_not_fallen", _("Nye brukere der besøkene ikke har falt")),
    ("invoiced_unused", "invoiced_unused", _("Fakturerte enheter som ikke er i bruk")),
    ("invoiced_unused", "unused_amount", _("Betalt for utstyr som ikke er i bruk")),
    ("equipment", "assigned_unlisted", _("Enheter hos brukere som ikke står på utstyrslisten")),
)


@dataclass(frozen=True, kw_only=True)
class Task:
    """A list: what it is of, how many or how much stands on it, when, and the way to it."""

    title: Promise
    value: str
    when: str
    address: str


def tasks(user: Any, shown: Shown, unit: Unit) -> list[Task]:
    """The lists of a unit that a reader may open, with what stands on them."""
    work = _opened(user, shown.book, unit)
    key = ("follow up", shown.scope, shown.threshold, unit, tuple(work))
    found: list[Task] = shown.book.pages.once(key, lambda: _tasks(shown, unit, work))
    return found


def _tasks(shown: Shown, unit: Unit, work: dict[Measure, Promise]) -> list[Task]:
    """Those lists that a month says something of: a complete one, where there is any."""
    found = (_task(shown, unit, measure, title) for measure, title in work.items())
    return [task for task in found if task is not None]


def _opened(user: Any, here: Book, unit: Unit) -> dict[Measure, Promise]:
    lineage = here.lineage(unit)
    return {
        here.measures[indicator][code]: title
        for indicator, code, title in WORK
        if code in here.measures.get(indicator, {}) and rows.way_in(user, indicator, lineage)
    }


def _task(shown: Shown, unit: Unit, measure: Measure, title: Promise) -> Task | None:
    of = _widest(shown.book, measure)
    points = shown.series(unit, measure=measure, of=of, geography=NOW)
    standing = Series(measure=measure, of=of, points=points).standing
    now = standing.now or standing.so_far
    if now is None or (not now.complete and now.cell.value is None):
        return None
    asked = {"maal": measure.code, "utvalg": of.key, "enhet": unit.key, "maaned": now.month}
    when = norwegian.month(now.month)
    return Task(
        title=title,
        value=standing.wording.cell(now.cell),
        when=when if now.complete else f"{when}, {_('ikke komplett ennå')}",
        address=f"{reverse('explain', args=[measure.indicator])}?{urlencode(asked)}",
    )


def _widest(here: Book, measure: Measure) -> Slice:
    """All of it where an indicator counts it together, else the first of its slices."""
    slices = list(here.slices_of(measure.indicator).values())
    return next((of for of in slices if of.kind in {"total", "everyone"}), slices[0])
