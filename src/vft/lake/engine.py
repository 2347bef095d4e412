"""What an engine is: a state of the lake that can be computed with.

Every analytic question is an Ibis expression over :meth:`Engine.table`; DuckDB answers it in the
process (:mod:`vft.lake.on_duckdb`), Spark where one machine is outgrown
(:mod:`vft.lake.on_spark`), from the same expression. An engine sees one state of the lake for as
long as it lives, whatever is written meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from vft.lake.manifest import Manifest

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


class Engine(Protocol):
    """A state of the lake that can be computed with."""

    manifest: Manifest

    def table(self, name: str, *, months: Collection[str] | None = None) -> "ir.Table":
        """A table of the lake; without rows where the lake has none yet.

        ``months`` reads only those partitions' files, and is for partitioned tables.
        """
        ...

    def has(self, name: str) -> bool:
        """Whether the lake holds the table."""
        ...

    def arrow(self, expr: "ir.Table") -> "pa.Table":
        """The rows that an expression gives."""
        ...

    def arrows(self, exprs: "Iterable[ir.Table]") -> "Iterator[pa.Table]":
        """The rows that each expression gives; the next may be built while one is computed."""
        ...

    def settled(self, expr: "ir.Table") -> "ir.Table":
        """The rows that an expression gives, computed once, to go on computing with."""
        ...

    def close(self) -> None:
        """Let go of memory, threads and temporary files."""
        ...
