"""Write the invented municipality as a lake, and change a month of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.data import care, events, geography, invoices, people, residents, rhythms, services
from bench.data.people import NONE, Columns
from vft import tables
from vft.lake.lake import Lake
from vft.lake.writing import Change, writing
from vft.tables import period

MONTHS = period.months_between("2020-01", "2024-12")
#: The month that a late delivery changes.
CHANGED_MONTH = "2023-05"
_KEYS = {"visits": "visit_id", "device_events": "event_id", "responses": "response_id"}
_PILOT = 20_000
_SEED = 20240


def write(root: Path, rows: int) -> None:
    """Make a lake with about ``rows`` visits and device events. Effect: a new folder."""
    count = max(int(_PILOT * rows / _expected(_PILOT)), 20)
    rng = np.random.default_rng(_SEED)
    tables_, visited, spoken = _municipality(count, rng)
    with writing(Lake(root), reason="bench") as change:
        for name, content in tables_.items():
            change.append(name, content, months=[])
        change.connection.register("visiting", as_arrow(visited))
        change.connection.register("speaking", as_arrow(spoken))
        change.connection.register("held", tables_["device_assignments"])
        for year in range(2020, 2025):
            days = {"first": f"{year}-01-01", "after": f"{year + 1}-01-01"}
            change.append("visits", events.visits(rhythms="visiting", **days))
            change.append("device_events", events.device_events(rhythms="speaking", **days))
            change.append("responses", events.responses(rhythms="speaking", held="held", **days))


def change_month(root: Path) -> None:
    """A late delivery: a tenth of a month's visits and events anew, some vedtak paused in it."""
    month = CHANGED_MONTH
    with writing(Lake(root), reason="bench: sen levering") as change:
        _change_events(change, month)
        change.append("vedtak_pauses", _late_pauses(change, month), months=[month])


def _change_events(change: Change, month: str) -> None:
    kept = "hash({key}) % 10 > 0 OR hash({key}) % 3 > 0"
    for table, key in _KEYS.items():
        old = change.select(table, months=[month])
        sql = f"SELECT * FROM ({old}) WHERE {kept.format(key=key)}"
        change.replace_months(table, [month], sql)


def _late_pauses(change: Change, month: str) -> str:
    first = period.first_day(month)
    return f"""
        SELECT vedtak_id, DATE '{first}' + 9 AS starts_on, DATE '{first}' + 20 AS ends_on,
            'travel' AS reason, 'bench' AS source, 2::BIGINT AS delivery
        FROM ({change.select("vedtak")}) WHERE hash(vedtak_id) % 500 = 0
    """


def _expected(count: int) -> float:
    _, visited, spoken = _municipality(count, np.random.default_rng(_SEED))
    return rhythms.expected(visited) + rhythms.expected(spoken)


def _municipality(
    count: int, rng: np.random.Generator
) -> tuple[dict[str, pa.Table], Columns, Columns]:
    who = people.people(count, rng)
    held = services.holdings(who, rng)
    granted = services.vedtak(held, rng)
    registered, assignments = services.devices(held, rng)
    found: dict[str, Columns] = {
        "recipients": people.recipients(who, rng),
        "residences": people.residences(who, rng),
        "vedtak": granted,
        "vedtak_pauses": services.pauses(granted, rng),
        "devices": services.listed(registered, rng),
        "device_assignments": assignments,
        "device_downtimes": services.downtimes(assignments, rng),
        "assessments": care.assessments(who, rng),
        "reablement": care.reablement(who, rng),
        "stays": care.stays(who, rng),
        "population": residents.population(count, rng),
        "invoice_lines": invoices.lines(
            registered, *rhythms.times(registered["device_id"], assignments), rng
        ),
    }
    lake_tables = {name: _as_promised(name, columns) for name, columns in found.items()}
    lake_tables |= {
        name: pa.Table.from_pylist(rows, schema=tables.ALL[name].lake_schema())
        for name, rows in geography.rows().items()
    }
    visited = rhythms.visits(who, rng)
    return lake_tables, visited, rhythms.events(registered, assignments, rng)


def _as_promised(name: str, columns: Columns) -> pa.Table:
    """Columns in the contract's types and order; what was not drawn, or is empty, is null."""
    n = len(next(iter(columns.values())))
    given = columns | {"source": np.full(n, "bench"), "delivery": np.full(n, 1)}
    schema = tables.ALL[name].lake_schema()
    return pa.table(
        [_array(given[f.name], f.type) if f.name in given else pa.nulls(n, f.type) for f in schema],
        schema=schema,
    )


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        return pa.array(values.astype(np.int32), pa.int32(), mask=values == NONE).cast(kind)
    if pa.types.is_decimal(kind):
        return pa.array(values, mask=np.isnan(values)).cast(kind)
    if pa.types.is_string(kind):
        return pa.array(values, kind, mask=values == "")
    return pa.array(values, kind)


def as_arrow(columns: Columns) -> pa.Table:
    """Drawn columns as a table; numbers of days become dates."""
    dates = {"starts_on", "ends_on"}
    return pa.table(
        {
            name: _array(values, pa.date32()) if name in dates else pa.array(values)
            for name, values in columns.items()
        }
    )
