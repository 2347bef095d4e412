"""What every kind of file gives to the mapping: columns as they stand, and where they stood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

#: More rows than this are never held at once.
MOST_ROWS = 131_072

_RAGGED = pa.schema(
    [pa.field("row", pa.int64()), pa.field("line", pa.string()), pa.field("fields", pa.int64())]
)


def ragged(rows: list[int], lines: list[str], fields: list[int]) -> pa.Table:
    """Lines whose number of fields is not the header's."""
    return pa.table([rows, lines, fields], schema=_RAGGED)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some rows of a file. ``columns`` are of any Arrow type, equally long; ``row`` is int64."""

    columns: dict[str, pa.Array]
    row: pa.Array
    ragged: pa.Table = field(default_factory=_RAGGED.empty_table)


class OpenFile(Protocol):
    """A file of one kind that has been looked at and can be streamed once."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in its header, in order, each made unique."""

    @property
    def share_read(self) -> float:
        """How much has been read, 0–1."""

    def chunks(self) -> Iterator[Chunk]:
        """Stream it, at most ``MOST_ROWS`` rows at a time."""
