"""The lake on Spark, where one machine is outgrown."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vft.lake.files import file_list, known_schema
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest, latest

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


class Spark:
    """A state of the lake on Spark: the same expressions, the same answers."""

    def __init__(self, lake: Lake, manifest: Manifest | None = None, *, session: Any) -> None:
        import ibis

        self.lake = lake
        self.manifest = manifest or latest(lake)
        session.conf.set("spark.sql.session.timeZone", "UTC")
        # a month is a word: Spark would guess that it is a date
        session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        session.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        self._session = session
        self.backend: Any = ibis.pyspark.connect(session)
        self._views: dict[tuple[str, frozenset[str] | None], str] = {}

    def table(self, name: str, *, months: Collection[str] | None = None) -> "ir.Table":
        """See :meth:`Engine.table`."""
        wanted = None if months is None else frozenset(months)
        if (name, wanted) not in self._views:
            self._views[name, wanted] = self._make_view(name, wanted)
        return self.backend.table(self._views[name, wanted])

    def has(self, name: str) -> bool:
        """See :meth:`Engine.has`."""
        return name in self.manifest.versions

    def arrow(self, expr: "ir.Table") -> "pa.Table":
        """See :meth:`Engine.arrow`."""
        # Ibis goes by pandas, which loses what is null among integers and is slow; without it,
        # the small tables that an expression brings with it must be made known here
        self.backend._register_in_memory_tables(expr)  # noqa: SLF001 - Ibis does it in execute only
        answer = self._session.sql(self.backend.compile(expr)).toArrow()
        return answer.cast(_as_told(answer.schema, expr.schema().to_pyarrow()))

    def arrows(self, exprs: "Iterable[ir.Table]") -> "Iterator[pa.Table]":
        """See :meth:`Engine.arrows`."""
        return map(self.arrow, exprs)

    def settled(self, expr: "ir.Table") -> "ir.Table":
        """See :meth:`Engine.settled`."""
        return self.given(self.arrow(expr))

    def given(self, rows: "pa.Table") -> "ir.Table":
        """Rows that are no table of the lake. Ibis' own way, by pandas, would lose what is null."""
        view = f"given__{len(self._views)}"
        self._session.createDataFrame(rows).createOrReplaceTempView(view)
        self._views[view, None] = view
        return self.backend.table(view)

    def close(self) -> None:
        """Drop the views; the session belongs to whoever made it."""
        for view in self._views.values():
            self._session.catalog.dropTempView(view)

    def _make_view(self, name: str, months: frozenset[str] | None) -> str:
        view = name if months is None else f"{name}__{len(self._views)}"
        self._frame(name, months).createOrReplaceTempView(view)
        return view

    def _frame(self, name: str, months: frozenset[str] | None) -> Any:
        from pyspark.sql import functions
        from pyspark.sql.pandas.types import from_arrow_schema

        wanted = from_arrow_schema(known_schema(self.lake, self.manifest, name))
        uris = file_list(self.lake, self.manifest, name, months=months)
        if not uris:
            return self._session.createDataFrame([], wanted)
        # the list reader of Ibis loses the partition column; with basePath Spark keeps it
        reader = self._session.read.option("basePath", str(self.lake.table(name)))
        frame = reader.option("mergeSchema", "true").parquet(*uris)
        columns = [
            functions.col(field.name)
            if field.name in frame.columns
            else functions.lit(None).cast(field.dataType).alias(field.name)
            for field in wanted.fields
        ]
        return frame.select(*columns)


def _as_told(given: "pa.Schema", told: "pa.Schema") -> "pa.Schema":
    """What Ibis says, but of moments: it does not know that Spark's are in UTC.

    Spark numbers rows with narrower whole numbers, and Ibis leaves out a cast to what it says
    already.
    """
    import pyarrow as pa

    fields = (
        field if pa.types.is_timestamp(field.type) else told.field(field.name) for field in given
    )
    return pa.schema(fields)
