"""What the lake holds and how it came there: deliveries, refused rows, freshness, completeness.

Everything here is counts and sentences; no row about a person leaves the lake this way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from vft.lake import manifest
from vft.lake.deliveries import Delivery, all_of
from vft.lake.on_duckdb import DuckDB
from vft.pipeline import mappings
from vft.pipeline.home import Home
from vft.tables import period
from vft.tables.norwegian import alphabetical

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Tables of events: what a source delivers day by day, so that a thin month can be seen.
_EVENTS = ("visits", "device_events", "responses")
#: A month with less than this share of the source's usual rows is thin.
THIN = 0.8
_USUAL_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Delivered(Delivery):
    """A receipt, with what its source is called."""

    source_title: str


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """The rows of one source and table that broke one rule.

    ``values``: codes that at least five refused rows share, most frequent first, with their rows.
    ``examples``: (file, row number) of the first ones.
    """

    source: str
    source_title: str
    table: str
    column: str
    rule: str
    says: str
    rows: int
    deliveries: int
    values: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How far one source reaches: the newest day of its data and when it was received."""

    source: str
    source_title: str
    owner: str
    files: int
    last_received: datetime
    last_date: date | None


@dataclass(frozen=True, kw_only=True)
class MonthOfSource:
    """Rows of a source in a month beside its usual month: the median of the twelve before.

    ``share`` is None where there is no earlier month to compare with.
    """

    source: str
    source_title: str
    month: str
    rows: int
    share: float | None

    @property
    def is_thin(self) -> bool:
        """Whether so little came that the month's figures may be too low."""
        return self.share is not None and self.share < THIN


@contextmanager
def _engine(home: Home) -> Iterator[DuckDB]:
    engine = DuckDB(home.lake)
    try:
        yield engine
    finally:
        engine.close()


def edition(home: Home) -> tuple[int, ...]:
    """What differs whenever anything told here may have changed; empty for an empty lake.

    The lake's state, and when each of the municipality's mappings was written: they say what
    sources are called and who owns them, and come also without a delivery.
    """
    number = manifest.latest(home.lake).number
    written = sorted(path.stat().st_mtime_ns for path in home.mappings.glob("*.toml"))
    return (number, *written) if number else ()


def deliveries(home: Home) -> list[Delivered]:
    """Every receipt, the newest first."""
    with _engine(home) as engine:
        receipts = all_of(engine)
    called = titles(home)
    return [Delivered(**vars(r), source_title=called.get(r.source, r.source)) for r in receipts]


def titles(home: Home) -> dict[str, str]:
    """What sources are called, by id."""
    return {name: m.source.title for name, m in mappings.known(own=home.mappings).items()}


def quarantine_by_rule(
    home: Home, *, delivery: int | None = None, examples: int = 3
) -> list[Refusals]:
    """Refused rows by source, table, column and rule, those with most rows first."""
    with _engine(home) as engine:
        faults = _with_receipts(engine, delivery)
        by = ["source", "table", "column", "rule", "says"]
        counted = faults.group_by(by).agg(
            rows=faults.count().cast("int64"), deliveries=faults.delivery.nunique().cast("int64")
        )
        rows = engine.arrow(counted.order_by(counted.rows.desc(), *by)).to_pylist()
        values = _grouped(engine, _values(faults, by), by)
        first = _grouped(engine, _first(faults, by, examples), by)
    called = titles(home)
    return [
        Refusals(
            source_title=called.get(row["source"], row["source"]),
            values=tuple((v["value"], v["rows"]) for v in values.get(_key(row, by), ())),
            examples=tuple((v["file_name"], v["row"]) for v in first.get(_key(row, by), ())),
            **row,
        )
        for row in rows
    ]


def freshness(home: Home) -> list[Freshness]:
    """One row a source that has been loaded, by title."""
    with _engine(home) as engine:
        receipts = engine.table("deliveries")
        loaded = receipts.filter(receipts.status == "loaded")
        counted = loaded.group_by("source").agg(
            files=loaded.count().cast("int64"),
            last_received=loaded.received_at.max(),
            last_date=loaded.last_date.max(),
        )
        rows = engine.arrow(counted).to_pylist()
    called, owners = titles(home), _owners(home)
    found = [
        Freshness(
            source_title=called.get(row["source"], row["source"]),
            owner=owners.get(row["source"], ""),
            **row,
        )
        for row in rows
    ]
    return sorted(found, key=lambda f: alphabetical(f.source_title))


def completeness(home: Home) -> list[MonthOfSource]:
    """Rows by source and month, for sources that deliver events, oldest month first.

    A month without rows, between a source's first and its newest, is there with 0.
    """
    with _engine(home) as engine:
        counted = engine.arrow(_rows_by_month(engine)).to_pylist()
    rows: dict[str, dict[str, int]] = {}
    for row in counted:
        rows.setdefault(row["source"], {})[row["month"]] = row["rows"]
    called = titles(home)
    return [
        month
        for source in rows
        for month in _months(source, called.get(source, source), rows[source])
    ]


def _rows_by_month(engine: DuckDB) -> "ir.Table":
    import ibis

    counted = (
        rows.group_by("source", "month").agg(rows=rows.count().cast("int64"))
        for rows in map(engine.table, _EVENTS)
    )
    return ibis.union(*counted).order_by("source", "month")


def _months(source: str, title: str, rows: dict[str, int]) -> Iterator[MonthOfSource]:
    counts = [(month, rows.get(month, 0)) for month in period.months_between(min(rows), max(rows))]
    for place, (month, count) in enumerate(counts):
        earlier = [rows for _, rows in counts[max(0, place - _USUAL_MONTHS) : place]]
        usual = median(earlier) if earlier else 0
        share = count / usual if usual else None
        yield MonthOfSource(source=source, source_title=title, month=month, rows=count, share=share)


def _with_receipts(engine: DuckDB, delivery: int | None) -> "ir.Table":
    faults = engine.table("quarantine")
    if delivery is not None:
        faults = faults.filter(faults.delivery == delivery)
    receipts = engine.table("deliveries").select("delivery", "source", "file_name")
    return faults.join(receipts, "delivery")


def _values(faults: "ir.Table", by: list[str]) -> "ir.Table":
    known = faults.filter(faults["value"].notnull())
    counted = known.group_by([*by, "value"]).agg(rows=known.count().cast("int64"))
    return counted.order_by(counted.rows.desc(), "value")


def _first(faults: "ir.Table", by: list[str], examples: int) -> "ir.Table":
    import ibis

    place = ibis.row_number().over(ibis.window(group_by=by, order_by=["delivery", "row"]))
    ranked = faults.mutate(place=place)
    return ranked.filter(ranked.place < examples).order_by("delivery", "row")


def _grouped(
    engine: DuckDB, expr: "ir.Table", by: list[str]
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in engine.arrow(expr).to_pylist():
        found.setdefault(_key(row, by), []).append(row)
    return found


def _key(row: dict[str, Any], by: list[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in by)


def _owners(home: Home) -> dict[str, str]:
    return {name: m.source.owner for name, m in mappings.known(own=home.mappings).items()}
