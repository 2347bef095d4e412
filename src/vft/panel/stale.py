"""Which months of a fact no longer say what its inputs say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from vft.errors import LakeError
from vft.lake import delta
from vft.lake import manifest as manifests
from vft.lake.manifest import EVERY_MONTH, Manifest
from vft.lake.on_duckdb import DuckDB
from vft.panel import calendar, intervals
from vft.panel.fact import Events, Fact, Spans
from vft.panel.horizon import covered_days, months_of
from vft.tables import period

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Months of a fact to write again, in order: those it covers, and those it no longer does.

    ``spans``: intervals that had to be computed to find this out.
    """

    months: list[str]
    covered: frozenset[str]
    spans: "Mapping[Spans, pa.Table]" = field(default_factory=dict)

    def computed(self, months: Sequence[str]) -> list[str]:
        """Of some of the months, those that have anything to say; the others are emptied."""
        return [month for month in months if month in self.covered]


def stale(engine: DuckDB, fact: Fact) -> Stale | None:
    """What to compute again; nothing at all (None) where no input has changed.

    Everything is computed again where the state that the fact was computed from can no longer be
    read, or where the fact has got new columns.
    """
    then = _computed_from(engine, fact)
    if then and all(then.versions.get(t) == engine.manifest.versions.get(t) for t in _inputs(fact)):
        return None
    covered = frozenset(covered_months(engine, fact))
    if then:
        before = DuckDB(engine.lake, then)
        try:
            return _changed(before, engine, fact, covered)
        except LakeError:  # erasure or retention took the rows that the fact was computed from
            pass
        finally:
            before.close()
    there = months_of(engine.lake, engine.manifest, fact.name)
    return Stale(months=sorted({*covered, *there}), covered=covered)


def covered_months(engine: DuckDB, fact: Fact) -> list[str]:
    """Months that a fact is computed for: those of its events, or all that the data speaks of."""
    if fact.events:
        tables = (events.table for events in fact.events)
        return sorted({m for t in tables for m in months_of(engine.lake, engine.manifest, t)})
    days = covered_days(engine)
    return period.months_between(*map(period.month_of, days)) if days else []


def _inputs(fact: Fact) -> set[str]:
    inputs = {e.table for e in fact.events} | {t for s in fact.spans for t in s.tables}
    # without events of its own, a fact covers what the daily events cover
    return inputs if fact.events else inputs | {"visits", "device_events"}


def _computed_from(engine: DuckDB, fact: Fact) -> Manifest | None:
    """The state that a fact as kept was computed from; none where it must be computed anew."""
    lake, now = engine.lake, engine.manifest
    if fact.name not in now.derived or fact.name not in now.versions:
        return None
    schema = delta.schema(lake.table(fact.name), now.versions[fact.name])
    kept = set(fact.columns) <= set(schema.names)
    return manifests.at(lake, number=now.derived[fact.name]) if kept else None


def _changed(before: DuckDB, after: DuckDB, fact: Fact, covered: frozenset[str]) -> Stale:
    touched = manifests.changed_since(after.lake, before.manifest.number, after.manifest)
    months = set(covered ^ frozenset(covered_months(before, fact)))
    for events in fact.events:
        months |= _after_events(touched.get(events.table, set()), events, covered) & covered
    laid = {}
    for spans in (s for s in fact.spans if covered and _may_differ(before, after, s)):
        was, laid[spans] = _in_both(before, after, spans)
        months |= _after_spans(after, was, laid[spans], spans, covered)
    return Stale(months=sorted(months), covered=covered, spans=laid)


def _after_events(touched: set[str], events: Events, covered: frozenset[str]) -> frozenset[str]:
    if EVERY_MONTH in touched:
        return covered
    steps = range(-events.look_ahead, events.look_back + 1)
    return frozenset(calendar.shift(month, step) for month in touched for step in steps)


def _may_differ(before: DuckDB, after: DuckDB, spans: Spans) -> bool:
    then, now = before.manifest.versions, after.manifest.versions
    return any(then.get(table) != now.get(table) for table in spans.tables)


def _in_both(before: DuckDB, after: DuckDB, spans: Spans) -> "tuple[pa.Table, pa.Table]":
    # compiled once, since that takes longer than running it
    sql = after.compiled(spans.compute(after.table))
    was, now = (engine.query(sql, tables=spans.tables) for engine in (before, after))
    return was, now


def _after_spans(
    engine: DuckDB, was: "pa.Table", now: "pa.Table", spans: Spans, covered: frozenset[str]
) -> set[str]:
    columns = [*spans.by, "starts_on", "ends_on"]
    then, since = ibis.memtable(was.select(columns)), ibis.memtable(now.select(columns))
    # most intervals are in both, and tell nothing: only the others are laid over each other
    parts = {
        "was": then.difference(since),
        "now": since.difference(then),
    }
    laid = intervals.states(parts, by=spans.by)
    differs = laid.filter(laid["was"] != laid["now"])
    ends = calendar.month_ends(sorted(covered))
    touched = ends.semi_join(
        differs,
        [differs.starts_on <= ends.last_day, differs.ends_on > ends.month_starts_on],
    )
    return set(engine.arrow(touched).column("month").to_pylist())
