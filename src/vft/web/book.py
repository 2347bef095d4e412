"""The newest publication, opened once, with its small lists held: it never changes.

Every figure on screen comes from here, and no page asks more than a handful of questions of it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.conf import settings

from vft.errors import NothingPublished
from vft.publication import shelf
from vft.publication.read import (
    Annotation,
    Correction,
    Figure,
    FigureKey,
    Geography,
    Indicator,
    Measure,
    Publication,
    Reference,
)

#: The indicator that a reader is met with, and its first measure.
INDICATOR, MEASURE = "concurrent_users", "concurrent"
MUNICIPALITY = "municipality"
#: The geography's own levels; every other grouping lies beside it.
LEVELS = frozenset({MUNICIPALITY, "district", "part_district"})
THEN: Geography = "then"
NOW: Geography = "now"
#: Answers held: one reader opens at most one for each measure and slice, some thirty.
_HELD = 240
#: Pages held, of up to some 200 kB.
_PAGES = 200
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit of a grouping: the municipality, a district, a part-district, a sector."""

    grouping: str
    code: str
    name: str
    parent: str

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.grouping}:{self.code}"


@dataclass(frozen=True, kw_only=True)
class Slice:
    """What is counted: a service, a reporting group, or all of it."""

    kind: str
    code: str
    name: str
    short: str

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.kind}:{self.code}"


class Line(NamedTuple):
    """One measure of one slice in one unit."""

    measure: Measure
    of: Slice
    unit: Unit

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What tells it from others of its indicator."""
        return (
            *(self.measure.code, self.of.kind, self.of.code),
            *(self.unit.grouping, self.unit.code),
        )


class Held:
    """Answers worked out once. The one asked for longest ago is let go when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[Hashable, Future[Any]] = {}
        self._one_at_a_time = Lock()

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer of ``work``, or what it answered before.

        Who asks while another works waits for that: seconds of work would only take longer twice.
        """
        with self._one_at_a_time:
            found: Future[T] | None = self._answers.pop(key, None)
            answer = Future() if found is None else found
            self._answers[key] = answer
            if len(self._answers) > self._most:
                del self._answers[next(iter(self._answers))]
        if found is None:
            self._work(key, answer, work)
        return answer.result()

    def _work(self, key: Hashable, answer: "Future[T]", work: Callable[[], T]) -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - those who wait are told, whatever it is
            with self._one_at_a_time:
                if self._answers.get(key) is answer:
                    del self._answers[key]
            answer.set_exception(error)


class Book:
    """A publication and its lists.

    ``pages`` holds what pages show, by what was asked for and who may see it; the rest of what is
    worked out is held apart, so that many pages do not drive it out.
    """

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.pages = Held(_PAGES)
        self._answers = Held(_HELD)

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer of ``work``, held as long as the book: what it tells never changes."""
        return self._answers.once(key, work)

    @cached_property
    def slices(self) -> dict[str, Slice]:
        """Slices by key, in the order they are shown."""
        rows = self.publication.slices()
        found = (Slice(kind=s.kind, code=s.code, name=s.name, short=s.short) for s in rows)
        return {s.key: s for s in found}

    @cached_property
    def services(self) -> list[Slice]:
        """The slices that are one service."""
        return [s for s in self.slices.values() if s.kind == "service"]

    @cached_property
    def totals(self) -> list[Slice]:
        """The slices that count everyone with any of it, once."""
        return [s for s in self.slices.values() if s.kind == "total"]

    @cached_property
    def groupings(self) -> dict[str, str]:
        """Names of levels and groupings, by code, in the order they are shown."""
        return {g.code: g.name for g in self.publication.groupings()}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by code, in the order they are shown."""
        return {i.code: i for i in self.publication.indicators()}

    @cached_property
    def measures(self) -> dict[str, dict[str, Measure]]:
        """The measures of each indicator by code, in the order they are shown."""
        return {
            code: {m.code: m for m in self.publication.measures(code)} for code in self.indicators
        }

    @cached_property
    def definitions(self) -> dict[str, dict[str, Any]]:
        """The definition of each indicator as it was when this was published."""
        return {code: self.publication.definition(code) for code in self.indicators}

    @cached_property
    def concurrent(self) -> Measure:
        """The measure that a reader is met with."""
        return self.measures[INDICATOR][MEASURE]

    def slices_of(self, indicator: str) -> dict[str, Slice]:
        """The slices that an indicator is given for, by key, in order."""
        keys = self.once(("slices", indicator), lambda: self.publication.slices_of(indicator))
        return {f"{kind}:{code}": self.slices[f"{kind}:{code}"] for kind, code in keys}

    @cached_property
    def months(self) -> list[str]:
        """The months published, oldest first."""
        return list(self.publication.months())

    @cached_property
    def units(self) -> dict[Geography, dict[tuple[str, str], Unit]]:
        """Units by grouping and code, for each geography."""
        return {
            geography: {
                (grouping, u.code): Unit(
                    grouping=grouping, code=u.code, name=u.name, parent=u.parent or ""
                )
                for grouping in self.groupings
                for u in self.publication.units(grouping, geography)
            }
            for geography in (THEN, NOW)
        }

    @cached_property
    def _above(self) -> dict[str, str]:
        """The unit above each unit of the levels: as it is now, where it still is."""
        levels = (u for us in self.units.values() for u in us.values() if u.grouping in LEVELS)
        return {u.code: u.parent for u in levels}

    @cached_property
    def municipality(self) -> Unit:
        """The unit on top."""
        return next(u for (g, _), u in self.units[NOW].items() if g == MUNICIPALITY)

    @cached_property
    def corrections(self) -> list[Correction]:
        """Figures that differ from the publication before."""
        return list(self.publication.corrections())

    @property
    def number(self) -> int:
        """The publication's number."""
        return self.publication.number

    @property
    def created_at(self) -> datetime:
        """When it was published."""
        return self.publication.created_at

    def references(self, of: Slice, unit: Unit) -> list[Reference]:
        """Counts of a service in a unit that others have published."""
        asked = (of.code, unit.grouping, unit.code)
        return self.once(("references", *asked), lambda: list(self.publication.references(*asked)))

    def annotations(self, of: Slice, unit: Unit) -> list[Annotation]:
        """Known breaks that concern a slice in a unit."""
        units = self.lineage(unit)
        return self.once(
            ("annotations", units, of.code),
            lambda: list(self.publication.annotations(units=units, slice_=of.code)),
        )

    def named(self, grouping: str, code: str, geography: Geography) -> Unit | None:
        """A unit, as it is named in one geography or else in the other."""
        other = NOW if geography == THEN else THEN
        places = (self.units[geography], self.units[other])
        return next((p[grouping, code] for p in places if (grouping, code) in p), None)

    def lineage(self, unit: Unit) -> tuple[str, ...]:
        """The unit's code and those of the units above it, nearest first.

        A group is named with its grouping, since its code may be another grouping's, or a unit's.
        """
        own = unit.code if unit.grouping in LEVELS else f"{unit.grouping}:{unit.code}"
        above: list[str] = [own]
        while (parent := self._above.get(above[-1], unit.parent)) and parent not in above:
            above.append(parent)
        return tuple(above)

    def children(self, grouping: str, geography: Geography, *, parent: str = "") -> list[Unit]:
        """The units of a grouping, only those under ``parent`` where it is given."""
        found = (u for (g, _), u in self.units[geography].items() if g == grouping)
        return [u for u in found if not parent or u.parent == parent]

    def figures(
        self, *, measure: Measure, of: Slice, units: Iterable[Unit], geography: Geography
    ) -> list[Figure]:
        """Every month of some units of one grouping: one question."""
        asked = list(units)
        if not asked:
            return []
        return list(
            self.publication.series(
                measure.indicator,
                measure.code,
                (of.kind, of.code),
                units=[u.code for u in asked],
                grouping=asked[0].grouping,
                geography=geography,
            )
        )

    def several(
        self, asked: Sequence[Line], *, geography: Geography, months: Sequence[str]
    ) -> dict[FigureKey, Figure]:
        """Some months of lines of one indicator, by their keys and month: one question."""
        if not asked or not months:
            return {}
        return self.publication.several(
            asked[0].measure.indicator,
            measures={line.measure.code for line in asked},
            slices={(line.of.kind, line.of.code) for line in asked},
            units={(line.unit.grouping, line.unit.code) for line in asked},
            geography=geography,
            months=months,
        )


def current() -> Book:
    """The newest publication.

    Raises:
        NothingPublished: there is none yet.
    """
    here = newest()
    if here is None:
        raise NothingPublished("Ingen tall er publisert ennå.")
    return here


def newest() -> Book | None:
    """The newest publication, for a page that has something to tell without one too."""
    file = shelf.newest(Path(settings.VFT_HOME) / "publications")
    return None if file is None else _opened(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, changed: int) -> Book:  # noqa: ARG001 - part of the cache's key
    return Book(Publication.open(path))
