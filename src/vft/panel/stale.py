"""Which months of a fact no longer say what its inputs say."""

from typing import TYPE_CHECKING

import ibis

from vft.errors import LakeError
from vft.lake import delta
from vft.lake import manifest as manifests
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.lake.manifest import EVERY_MONTH, Manifest
from vft.panel import calendar, intervals
from vft.panel.fact import Events, Fact, Spans
from vft.panel.horizon import horizon, months_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


def stale_months(engine: DuckDB, fact: Fact) -> list[str] | None:
    """Months to compute again, in order; nothing at all (None) where no input has changed.

    Everything is computed again where the state that the fact was computed from can no longer be
    read, or where the fact has got new columns.
    """
    lake, now = engine.lake, engine.manifest
    there = months_of(lake, now, fact.name)
    if not _is_kept(lake, now, fact):
        return sorted({*covered_months(engine, fact), *there})
    then = manifests.at(lake, number=now.derived[fact.name])
    if all(then.versions.get(t) == now.versions.get(t) for t in _inputs(fact)):
        return None
    before = DuckDB(lake, then)
    try:
        return sorted(_changed(before, engine, fact))
    except LakeError:  # erasure or retention took the rows that the fact was computed from
        return sorted({*covered_months(engine, fact), *there})
    finally:
        before.close()


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


def _is_kept(lake: Lake, manifest: Manifest, fact: Fact) -> bool:
    if fact.name not in manifest.derived or fact.name not in manifest.versions:
        return False
    schema = delta.schema(lake.table(fact.name), manifest.versions[fact.name])
    return set(fact.columns) <= set(schema.names)


def _changed(before: DuckDB, after: DuckDB, fact: Fact) -> set[str]:
    covered, was_covered = set(covered_months(after, fact)), set(covered_months(before, fact))
    touched = manifests.changed_since(after.lake, before.manifest.number, after.manifest)
    changed = covered ^ was_covered
    for events in fact.events:
        changed |= _after_events(touched.get(events.table, set()), events, covered) & covered
    for spans in fact.spans:
        changed |= _after_spans(before, after, spans, covered)
    return changed


def _after_events(touched: set[str], events: Events, covered: set[str]) -> set[str]:
    if EVERY_MONTH in touched:
        return covered
    steps = range(-events.look_ahead, events.look_back + 1)
    return {calendar.shift(month, step) for month in touched for step in steps}


def _after_spans(before: DuckDB, after: DuckDB, spans: Spans, covered: set[str]) -> set[str]:
    unchanged = (
        before.manifest.versions.get(t) == after.manifest.versions.get(t) for t in spans.tables
    )
    if not covered or all(unchanged):
        return set()
    was, now = (_spans(engine, spans) for engine in (before, after))
    laid = intervals.states({"was": was, "now": now}, by=spans.by)
    differs = laid.filter(laid["was"] != laid["now"])
    ends = calendar.month_ends(sorted(covered))
    touched = ends.semi_join(
        differs,
        [differs.starts_on <= ends.last_day, differs.ends_on > ends.month_starts_on],
    )
    return set(after.arrow(touched).column("month").to_pylist())


def _spans(engine: DuckDB, spans: Spans) -> "ir.Table":
    rows: pa.Table = engine.arrow(
        spans.compute(engine.table).select(*spans.by, "starts_on", "ends_on")
    )
    return ibis.memtable(rows)
