"""Read a publication by plain parameterised SQL. The file never changes, so readers share it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from vft.errors import NothingPublished
from vft.publication import shelf

Geography = Literal["then", "now"]
State = Literal["value", "missing", "not_documented", "undefined"]
#: Measure, kind and code of slice, grouping and code of unit, and month.
FigureKey = tuple[str, str, str, str, str, str]
T = TypeVar("T")
_PLACES = (
    "SELECT row_number() OVER (ORDER BY geography, grouping, code) - 1 AS place, geography, "
    "grouping, code FROM unit"
)


@dataclass(frozen=True)
class Figure:
    """One figure. ``value`` is None unless ``state`` is ``value``; zero is a value.

    ``complete`` is false for a month that the data does not reach the end of.
    """

    unit: str
    month: str
    value: float | None
    state: State
    complete: bool


@dataclass(frozen=True)
class Grouping:
    """A level of the geography, or a grouping beside it."""

    code: str
    name: str
    kind: Literal["level", "grouping"]


@dataclass(frozen=True)
class Unit:
    """A unit of a grouping, in one geography."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True)
class Home:
    """A unit that those of a home count in, with the days that it is lived in: not the last."""

    home: int
    starts_on: date
    ends_on: date
    grouping: str
    unit: str
    geography: Geography


@dataclass(frozen=True)
class Slice:
    """What is counted: a service, a reporting group, or all technology."""

    kind: Literal["service", "group", "total", "product", "everyone"]
    code: str
    name: str
    short: str


@dataclass(frozen=True)
class Indicator:
    """An indicator that there are figures of."""

    code: str
    title: str
    family: str
    question: str


@dataclass(frozen=True)
class Measure:
    """One of the figures that an indicator consists of.

    ``kind``, ``numerator`` and so on: see ``vft.indicators.definition.Measure``.
    """

    indicator: str
    code: str
    title: str
    kind: Literal["count", "amount", "share", "rate", "quantity"]
    unit: str
    numerator: str
    denominator: str
    basis: str
    decimals: int
    better: Literal["higher", "lower", "neither"]
    independent: bool
    at_month_end: bool

    @property
    def is_estimated_share(self) -> bool:
        """Whether it is percent of its basis, estimated: no count over another."""
        return self.kind == "quantity" and self.unit == "prosent" and bool(self.basis)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The measures without which it cannot be shown."""
        return tuple(code for code in (self.numerator, self.denominator, self.basis) if code)


@dataclass(frozen=True)
class Reference:
    """A count that others have published."""

    counted_on: date
    value: int
    measure: str
    origin: str


@dataclass(frozen=True)
class Annotation:
    """A dated known break."""

    starts_on: date
    ends_on: date | None
    unit: str | None
    service: str | None
    text: str


@dataclass(frozen=True)
class Correction:
    """A figure that is not as it was in the publication before. None: it was, or is, not there."""

    indicator: str
    measure: str
    slice_kind: str
    slice: str
    grouping: str
    unit: str
    geography: Geography
    month: str
    before: float | None
    after: float | None


class Publication:
    """An open publication. Threads may share it: each call has a cursor of its own."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> "Publication":
        """Open a publication's file for reading.

        Raises:
            NothingPublished: there is no such file.
        """
        import duckdb

        if not path.exists():
            raise NothingPublished(f"Publisering {path.stem} finnes ikke.")
        # one page asks for little: more threads would only stand in each other's way
        settings = {"threads": 1, "autoinstall_known_extensions": False}
        return cls(duckdb.connect(str(path), read_only=True, config=settings), path)

    @classmethod
    def latest(cls, folder: Path) -> "Publication":
        """Open the newest.

        Raises:
            NothingPublished: nothing is published yet.
        """
        newest = shelf.newest(folder)
        if newest is None:
            raise NothingPublished("Ingen tall er publisert ennå. Les inn eksporter først.")
        return cls.open(newest)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @cached_property
    def meta(self) -> dict[str, str]:
        """What it was made from: number, created_at, manifest, inputs, previous and so on."""
        return dict(self._rows("SELECT key, value FROM meta"))

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.meta["number"])

    @property
    def created_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.meta["created_at"])

    @property
    def inputs(self) -> dict[str, int]:
        """The version of each table of the lake that it was computed from."""
        inputs: dict[str, int] = json.loads(self.meta["inputs"])
        return inputs

    @property
    def changed_inputs(self) -> list[str]:
        """The lake's tables that are not as they were for the publication before."""
        before: dict[str, int] = json.loads(self.meta.get("previous_inputs") or "{}")
        return sorted(t for t, v in self.inputs.items() if before.get(t) != v) if before else []

    def size(self, table: Literal["figure", "correction"]) -> int:
        """How many rows a table has."""
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])

    def groupings(self) -> list[Grouping]:
        """Levels, then groupings, in order."""
        return self._all(Grouping, "SELECT code, name, kind FROM grouping ORDER BY rank")

    def units(self, grouping: str, geography: Geography) -> list[Unit]:
        """The units of a grouping, in order."""
        return self._all(
            Unit,
            "SELECT code, name, parent FROM unit WHERE grouping = ? AND geography = ? "
            "ORDER BY rank",
            grouping,
            geography,
        )

    def homes(self) -> list[Home]:
        """Every unit that those of each home count in."""
        sql = "SELECT home, starts_on, ends_on, grouping, unit, geography FROM home ORDER BY ALL"
        return self._all(Home, sql)

    def slice_parts(self) -> dict[tuple[str, str], frozenset[str]]:
        """What each slice counts, by kind and code: services, products and the like."""
        sql = "SELECT kind, code, list(part) FROM slice_part GROUP BY ALL ORDER BY ALL"
        return {(kind, code): frozenset(parts) for kind, code, parts in self._rows(sql)}

    def places(self) -> list[tuple[Geography, str, str]]:
        """Geography, grouping and code of every unit, in the order that :meth:`counts` has."""
        return [
            (g, grouping, code) for _n, g, grouping, code in self._rows(f"{_PLACES} ORDER BY 1")
        ]

    def counts(self, indicator: str, measures: Sequence[str]) -> dict[str, Any]:
        """Every figure that there is of some measures, as columns of NumPy.

        ``measure``: its number among those asked for, from 0; ``kind`` and ``slice``; ``place``:
        the unit's number in :meth:`places`; ``month``: its number in :meth:`months`; ``value``.
        """
        sql = f"""
            SELECT list_position(?, f.measure) - 1 AS measure, f.slice_kind AS kind,
                f.slice AS slice, p.place AS place, m.number AS month, f.value AS value
            FROM figure AS f
            JOIN ({_PLACES}) AS p
              ON p.grouping = f.grouping AND p.code = f.unit AND p.geography = f.geography
            JOIN (SELECT month, row_number() OVER (ORDER BY month) - 1 AS number
                  FROM (SELECT DISTINCT month FROM figure)) AS m ON m.month = f.month
            WHERE f.indicator = ? AND list_contains(?, f.measure) AND f.value IS NOT NULL
            """
        asked = list(measures)
        with self._connection.cursor() as cursor:
            found: dict[str, Any] = cursor.execute(sql, [asked, indicator, asked]).fetchnumpy()
        return found

    def slices(self) -> list[Slice]:
        """Services, groups and the total, in order."""
        return self._all(Slice, "SELECT kind, code, name, short FROM slice ORDER BY rank")

    def indicators(self) -> list[Indicator]:
        """The indicators, by family, in order."""
        sql = "SELECT code, title, family, question FROM indicator ORDER BY rank"
        return self._all(Indicator, sql)

    def slices_of(self, indicator: str) -> list[tuple[str, str]]:
        """Kind and code of the slices that an indicator is given for, in order."""
        sql = (
            "SELECT s.kind, s.code FROM slice AS s SEMI JOIN (SELECT slice_kind, slice FROM figure "
            "WHERE indicator = ?) AS f ON f.slice_kind = s.kind AND f.slice = s.code "
            "ORDER BY s.rank"
        )
        return [(kind, code) for kind, code in self._rows(sql, indicator)]

    def measures(self, indicator: str) -> list[Measure]:
        """The measures of an indicator, in order."""
        return self._all(
            Measure,
            "SELECT indicator, code, title, kind, unit_of_measure, numerator, denominator, "
            "basis, decimals, better, independent, at_month_end FROM measure "
            "WHERE indicator = ? ORDER BY rank",
            indicator,
        )

    def definition(self, indicator: str) -> dict[str, Any]:
        """The indicator's definition as it was when this was published."""
        found = self._rows("SELECT definition FROM indicator WHERE code = ?", indicator)
        definition: dict[str, Any] = json.loads(found[0][0])
        return definition

    def months(self) -> list[str]:
        """The months published, oldest first."""
        return [month for (month,) in self._rows("SELECT DISTINCT month FROM figure ORDER BY 1")]

    def complete_months(self) -> list[str]:
        """The months that the data reaches the end of, oldest first."""
        sql = "SELECT DISTINCT month FROM figure WHERE complete ORDER BY 1"
        return [month for (month,) in self._rows(sql)]

    def series(  # noqa: PLR0913 - what tells one figure from another
        self,
        indicator: str,
        measure: str,
        slice_: tuple[str, str],
        *,
        units: Sequence[str],
        grouping: str,
        geography: Geography,
    ) -> list[Figure]:
        """All months of units of one grouping, by unit and month. ``slice_``: kind and code."""
        marks = ", ".join("?" * len(units))
        return self._all(
            Figure,
            "SELECT unit, month, value, state, complete FROM figure WHERE indicator = ? "
            "AND measure = ? AND slice_kind = ? AND slice = ? AND grouping = ? AND geography = ? "
            f"AND unit IN ({marks}) ORDER BY unit, month",
            indicator,
            measure,
            *slice_,
            grouping,
            geography,
            *units,
        )

    def several(  # noqa: PLR0913 - what tells one figure from another
        self,
        indicator: str,
        *,
        measures: Collection[str],
        slices: Collection[tuple[str, str]],
        units: Collection[tuple[str, str]],
        geography: Geography,
        months: Sequence[str],
    ) -> dict[FigureKey, Figure]:
        """Figures of an indicator: one question. ``months``: in order, of which the ends count.

        There may be more than were asked for: whatever has each of its codes among them.
        """
        named = {
            "measure": measures,
            "slice": [code for _kind, code in slices],
            "grouping": [grouping for grouping, _code in units],
            "unit": [code for _grouping, code in units],
        }
        each = {column: list(dict.fromkeys(codes)) for column, codes in named.items()}
        among = " AND ".join(f"{c} IN ({', '.join('?' * len(v))})" for c, v in each.items())
        rows = self._rows(
            "SELECT measure, slice_kind, slice, grouping, unit, month, value, state, complete "
            "FROM figure WHERE indicator = ? AND geography = ? AND month BETWEEN ? AND ? "
            f"AND {among}",
            *(indicator, geography, months[0], months[-1]),
            *(code for codes in each.values() for code in codes),
        )
        return {
            (measure, kind, slice_, grouping, unit, month): Figure(unit, month, *figure)
            for measure, kind, slice_, grouping, unit, month, *figure in rows
        }

    def by_unit(  # noqa: PLR0913 - what tells one figure from another
        self,
        indicator: str,
        measure: str,
        slice_: tuple[str, str],
        *,
        grouping: str,
        month: str,
        geography: Geography,
    ) -> list[Figure]:
        """One month of every unit of a grouping, in the units' order."""
        return self._all(
            Figure,
            "SELECT f.unit, month, value, state, complete FROM figure AS f JOIN unit AS u "
            "ON u.grouping = f.grouping AND u.code = f.unit AND u.geography = f.geography "
            "WHERE indicator = ? AND measure = ? AND slice_kind = ? AND slice = ? "
            "AND f.grouping = ? AND f.geography = ? AND month = ? ORDER BY u.rank",
            indicator,
            measure,
            *slice_,
            grouping,
            geography,
            month,
        )

    def references(self, slice_: str, grouping: str, unit: str) -> list[Reference]:
        """Counts of a service in a unit that others have published, oldest first."""
        return self._all(
            Reference,
            "SELECT counted_on, value, measure, origin FROM reference "
            "WHERE slice = ? AND grouping = ? AND unit = ? ORDER BY counted_on",
            slice_,
            grouping,
            unit,
        )

    def annotations(self, *, units: Sequence[str], slice_: str) -> list[Annotation]:
        """Known breaks of any of the units or of all, and of a slice or of all, oldest first."""
        marks = ", ".join("?" * len(units))
        return self._all(
            Annotation,
            "SELECT starts_on, ends_on, unit, service, text FROM annotation "
            f"WHERE (unit IS NULL OR unit IN ({marks})) AND (service IS NULL OR service = ?) "
            "ORDER BY starts_on",
            *units,
            slice_,
        )

    def corrections(self, *, limit: int | None = None) -> list[Correction]:
        """Figures that are not as they were in the publication before, the widest first.

        In the publication's order of groupings, slices and measures, then by unit, geography and
        month. What this publication no longer has comes last.
        """
        names = ", ".join(f"c.{name}" for name in Correction.__dataclass_fields__)
        return self._all(
            Correction,
            f"SELECT {names} FROM correction AS c "
            "LEFT JOIN grouping AS g ON g.code = c.grouping "
            "LEFT JOIN slice AS s ON s.kind = c.slice_kind AND s.code = c.slice "
            "LEFT JOIN measure AS m ON m.indicator = c.indicator AND m.code = c.measure "
            "ORDER BY g.rank NULLS LAST, s.rank NULLS LAST, m.rank NULLS LAST, "
            "c.unit, c.geography, c.month LIMIT ?",
            limit,
        )

    def _all(self, kind: type[T], sql: str, *values: object) -> list[T]:
        return [kind(*row) for row in self._rows(sql, *values)]

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            rows: list[tuple[Any, ...]] = cursor.execute(sql, list(values)).fetchall()
        return rows
