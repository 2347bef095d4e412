"""Rows of a file become rows of contracts, as the mapping says, or faults that say why not."""

from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from vft import tables
from vft.sources import convert, faults, in_clear, typed
from vft.sources.chunk import Chunk
from vft.sources.convert import Converted
from vft.sources.mapping import ColumnMapping, Mapping, TableMapping
from vft.tables.schema import Column, Table


@dataclass(frozen=True, kw_only=True)
class Fed:
    """What one chunk gave: good rows by contract, and every fault in row order."""

    tables: dict[str, pa.Table]
    faults: pa.Table


def schema(contract: Table) -> pa.Schema:
    """Typed as the contract says, identity numbers as strings, and ``row``."""
    promised = [pa.field(c.name, typed.kept(c)) for c in contract.columns]
    return pa.schema([*promised, pa.field("row", pa.int64())])


def feed(chunk: Chunk, mapping: Mapping) -> Fed:
    """Read a chunk through a mapping. One file may feed a contract in several ways: they add up."""
    once = _Once(chunk, mapping)
    good: dict[str, list[pa.Table]] = {}
    found = [_ragged_faults(chunk.ragged, len(once.names))]
    for mapped in mapping.tables:
        rows, broken = _one_table(once, mapped)
        good.setdefault(mapped.name, []).append(rows)
        found += broken
    joined = {name: pa.concat_tables(parts).combine_chunks() for name, parts in good.items()}
    return Fed(tables=joined, faults=faults.together(found))


class _Once:
    """A chunk whose columns are converted once, however many tables ask for them."""

    def __init__(self, chunk: Chunk, mapping: Mapping) -> None:
        self.chunk, self.mapping, self.names = chunk, mapping, tuple(chunk.columns)
        self._done: dict[tuple[Column, ColumnMapping], Converted] = {}

    def converted(self, column: Column, source: ColumnMapping) -> Converted:
        if (column, source) not in self._done:
            given = self.chunk.columns[source.column or ""]
            self._done[column, source] = convert.convert(
                given, column=column, source=source, mapping=self.mapping
            )
        return self._done[column, source]


def _one_table(once: _Once, mapped: TableMapping) -> tuple[pa.Table, list[pa.Table]]:
    contract, chunk = tables.ALL[mapped.name], once.chunk
    skipped = _skipped(once, mapped)
    columns, broken, bad = [], [], [] if skipped is None else [skipped]
    for column in contract.columns:
        source = mapped.columns.get(column.name)
        if source is None or source.column is None:
            columns.append(_constant(column, source, len(chunk.row)))
            continue
        read = once.converted(column, source)
        columns.append(read.values)
        for rule, where in {**read.faults, **_in_clear(contract, column, read)}.items():
            bad.append(where)
            spoken = where if skipped is None else pc.and_not(where, skipped)
            broken.append(_faults(once, mapped, column, rule, spoken))
    rows = pa.table([*columns, chunk.row], schema=schema(contract))
    return (rows.filter(pc.invert(reduce(pc.or_, bad))) if bad else rows), broken


def _in_clear(contract: Table, column: Column, read: Converted) -> dict[str, pa.Array]:
    if not in_clear.is_watched(contract, column):
        return {}
    where = in_clear.holds_identity(read.values)
    return {} if where is None else {in_clear.RULE: where}


def _skipped(once: _Once, mapped: TableMapping) -> pa.Array | None:
    """Rows that lack what the table needs to have anything to say; None when none can."""
    if not mapped.skip_when_missing:
        return None
    lacking = (
        convert.is_missing(once.chunk.columns[name], once.mapping.format)
        for name in mapped.skip_when_missing
    )
    return reduce(pc.or_, lacking)


def _constant(column: Column, source: ColumnMapping | None, n: int) -> pa.Array:
    if source is None:
        return pa.nulls(n, typed.kept(column))
    return pa.repeat(pa.scalar(source.value).cast(column.arrow_type()), n)


def _faults(
    once: _Once, mapped: TableMapping, column: Column, rule: str, where: pa.Array
) -> pa.Table:
    source = mapped.columns[column.name]
    given = once.chunk.columns[source.column or ""].filter(where)
    values = typed.as_text(given, once.mapping.format.of(source))
    rows = once.chunk.row.filter(where)
    return faults.of(rows, values, table=mapped.name, rule=rule, column=column.name)


def _ragged_faults(ragged: pa.Table, fields: int) -> pa.Table:
    found = []
    for rule, where in (
        ("too_few_fields", pc.less(ragged["fields"], fields)),
        ("too_many_fields", pc.greater(ragged["fields"], fields)),
    ):
        rows = ragged["row"].filter(where).combine_chunks()
        nothing = pa.nulls(len(rows), pa.string())
        found.append(faults.of(rows, nothing, table="", rule=rule, column=""))
    return faults.together(found)
