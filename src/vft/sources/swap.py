"""Two columns whose values stand under each other's names."""

from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from vft import tables
from vft.sources import convert
from vft.sources.chunk import Chunk
from vft.sources.mapping import ColumnMapping, Mapping, TableMapping
from vft.sources.refusal import refused
from vft.tables.schema import Column, Kind

_ROWS = 1000
_MOST = 0.9
#: Kinds that hardly anything else reads as: enough to know them by in a column of free text.
_UNMISTAKABLE = {Kind.PERSON, Kind.DATE, Kind.INSTANT}


@dataclass(frozen=True, kw_only=True)
class _Mapped:
    column: Column
    source: ColumnMapping
    name: str

    @property
    def is_free(self) -> bool:
        """Whether any text would do."""
        is_text = self.column.kind in {Kind.CODE, Kind.TEXT}
        return is_text and not convert.repeats(self.column, self.source)


def check(path: Path, mapping: Mapping, chunk: Chunk) -> None:
    """Look for swapped columns among a file's first rows.

    Raises:
        FileRefused: ``swapped_columns``, when more than nine in ten values of a column cannot be
            read, and stand in another column, which in turn holds this one's or is free text.
    """
    sample = {name: values.slice(0, _ROWS) for name, values in chunk.columns.items()}
    for mapped in mapping.tables:
        pair = _swapped(sample, mapping, mapped)
        if pair:
            raise refused(
                path,
                "swapped_columns",
                f"Kolonnene «{pair[0]}» og «{pair[1]}» ser ut til å være byttet om: nesten ingen "
                "av verdiene kan leses der de står, men de passer i hverandres kolonne.",
                "Rett kolonnene i uttrekket, eller bytt dem i tilordningen.",
            )


def _swapped(
    sample: dict[str, pa.Array], mapping: Mapping, table: TableMapping
) -> tuple[str, str] | None:
    contract = tables.ALL[table.name]
    asked = [
        _Mapped(column=contract.column[name], source=source, name=source.column)
        for name, source in table.columns.items()
        if source.column is not None
    ]
    broken = [a for a in asked if _share_unreadable(sample[a.name], a, mapping) > _MOST]
    free = [a for a in asked if a.is_free]
    for one, other in [*permutations(broken, 2), *((b, f) for b in broken for f in free)]:
        if _fits(one, other, sample, mapping):
            return one.name, other.name
    return None


def _fits(one: _Mapped, other: _Mapped, sample: dict[str, pa.Array], mapping: Mapping) -> bool:
    """Whether each reads as the other."""
    if one.name == other.name or (other.is_free and one.column.kind not in _UNMISTAKABLE):
        return False
    return all(
        _share_unreadable(sample[theirs.name], ours, mapping) < 1 - _MOST
        for ours, theirs in ((one, other), (other, one))
    )


def _share_unreadable(given: pa.Array, mapped: _Mapped, mapping: Mapping) -> float:
    """Of the values that are there. Nothing there: nothing is known, so half."""
    read = convert.convert(given, column=mapped.column, source=mapped.source, mapping=mapping)
    bad = sum(w.true_count for rule, w in read.faults.items() if rule != "missing_value")
    missing = convert.is_missing(given, mapping.format.of(mapped.source))
    there = len(given) - pc.sum(missing).as_py() if len(given) else 0
    return float(bad / there) if there else 0.5
