"""Which months of a fact no longer say what its inputs say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from vft.errors import LakeError
from vft.lake import delta
from vft.lake import manifest as manifests
from vft.lake.engine import DuckDB
from vft.lake.manifest import EVERY_MONTH, Manifest
from vft.panel import calendar, intervals
from vft.panel.fact import Events, Fact, Spans
from vft.panel.horizon import horizon, months_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Months of a fact to write again, in order: those it covers, and those it no longer does."""

    months: list[str]
    covered: frozenset[str]

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
            return Stale(months=sorted(_changed(before, engine, fact, covered)), covered=covered)
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
    found = horizon(engine)
    return found.months if found else []


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


def _changed(before: DuckDB, after: DuckDB, fact: Fact, covered: frozenset[str]) -> frozenset[str]:
    touched = manifests.changed_since(after.lake, before.manifest.number, after.manifest)
    changed = covered ^ frozenset(covered_months(before, fact))
    for events in fact.events:
        changed |= _after_events(touched.get(events.table, set()), events, covered) & covered
    for spans in fact.spans:
        changed |= _after_spans(before, after, spans, covered)
    return changed


def _after_events(touched: set[str], events: Events, covered: frozenset[str]) -> frozenset[str]:
    if EVERY_MONTH in touched:
        return covered
    steps = range(-events.look_ahead, events.look_back + 1)
    return frozenset(calendar.shift(month, step) for month in touched for step in steps)


def _after_spans(
    before: DuckDB, after: DuckDB, spans: Spans, covered: frozenset[str]
) -> frozenset[str]:
    unchanged = (
        before.manifest.versions.get(t) == after.manifest.versions.get(t) for t in spans.tables
    )
    if not covered or all(unchanged):
        return frozenset()
    was, now = (_spans(engine, spans) for engine in (before, after))
    laid = intervals.states({"was": was, "now": now}, by=spans.by)
    differs = laid.filter(laid["was"] != laid["now"])
    ends = calendar.month_ends(sorted(covered))
    touched = ends.semi_join(
        differs,
        [differs.starts_on <= ends.last_day, differs.ends_on > ends.month_starts_on],
    )
    return frozenset(after.arrow(touched).column("month").to_pylist())


def _spans(engine: DuckDB, spans: Spans) -> "ir.Table":
    rows: pa.Table = engine.arrow(
        spans.compute(engine.table).select(*spans.by, "starts_on", "ends_on")
    )
    return ibis.memtable(rows)
