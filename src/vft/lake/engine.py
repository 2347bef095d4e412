"""The engines on which the lake's rows are computed with: the only module that imports one.

Every analytic question is an Ibis expression over :meth:`Engine.table`; DuckDB answers it in the
process, Spark where one machine is outgrown, from the same expression. An engine sees one state
of the lake for as long as it lives, whatever is written meanwhile.
"""

import itertools
import os
import threading
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from vft.errors import LakeError
from vft.lake import delta
from vft.lake.history import require_readable
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest, latest
from vft.lake.schemas import PARTITION, schema_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MEMORY_LIMIT = "2.5GB"


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


def connect(
    *, memory_limit: str = MEMORY_LIMIT, temp_folder: Path | None = None, threads: int | None = None
) -> Any:
    """A bare DuckDB connection in memory, for the lake's own writing."""
    import duckdb

    # Ibis 12 calls two methods of DuckDB by names that DuckDB 1.5 asks to leave; both are pinned
    warnings.filterwarnings("ignore", "fetch_(arrow_table|record_batch)", DeprecationWarning)
    settings: dict[str, Any] = {
        "memory_limit": memory_limit,
        "threads": threads or os.cpu_count() or 1,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if temp_folder is not None:
        temp_folder.mkdir(parents=True, exist_ok=True)
        settings["temp_directory"] = str(temp_folder)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


class DuckDB:
    """A state of the lake on DuckDB, in this process. Every thread gets its own connection.

    What is settled is computed in order by a thread of its own, so that the next expression is
    built meanwhile: that takes Ibis as long as the answers of a small place take DuckDB.
    """

    def __init__(
        self,
        lake: Lake,
        manifest: Manifest | None = None,
        *,
        memory_limit: str = MEMORY_LIMIT,
        temp_folder: Path | None = None,
        threads: int | None = None,
    ) -> None:
        self.lake = lake
        self.manifest = manifest or latest(lake)
        self._connection = connect(
            memory_limit=memory_limit, temp_folder=temp_folder, threads=threads
        )
        self._thread = threading.local()
        self._views: dict[tuple[str, frozenset[str] | None], str] = {}
        self._making_views = threading.Lock()
        self._computing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vft-engine")
        self._last: Future[Any] | None = None
        self._numbers = itertools.count()
        self._unused: deque[str] = deque()

    @property
    def backend(self) -> Any:
        """This thread's Ibis backend."""
        if not hasattr(self._thread, "backend"):
            import ibis

            # DuckDB sees through nested selects; Ibis takes long to fuse them
            ibis.options.sql.fuse_selects = False
            self._thread.backend = ibis.duckdb.from_connection(self._connection.cursor())
            self._thread.tables = {}
        return self._thread.backend

    def table(self, name: str, *, months: Collection[str] | None = None) -> "ir.Table":
        """See :meth:`Engine.table`."""
        wanted = None if months is None else frozenset(months)
        with self._making_views:
            if (name, wanted) not in self._views:
                self._views[name, wanted] = self._make_view(name, wanted)
        view, backend = self._views[name, wanted], self.backend
        if view not in self._thread.tables:
            self._thread.tables[view] = backend.table(view)
        known: ir.Table = self._thread.tables[view]
        return known

    def has(self, name: str) -> bool:
        """See :meth:`Engine.has`."""
        return name in self.manifest.versions

    def arrow(self, expr: "ir.Table") -> "pa.Table":
        """See :meth:`Engine.arrow`."""
        settling, self._last = self._last, None
        if settling is not None:
            settling.result()
        return self.backend.to_pyarrow(expr)

    def arrows(self, exprs: "Iterable[ir.Table]") -> "Iterator[pa.Table]":
        """See :meth:`Engine.arrows`."""
        asked = [self._next(self._rows, self.backend.compile(expr), expr) for expr in exprs]
        self._last = None
        for answer in asked:
            yield answer.result()

    def settled(self, expr: "ir.Table") -> "ir.Table":
        """See :meth:`Engine.settled`."""
        import ibis.expr.operations as ops

        name = f"settled__{next(self._numbers)}"
        self._next(self._make_table, name, self.backend.compile(expr), expr)
        place = ops.Namespace(catalog="memory", database="main")
        table = ops.DatabaseTable(
            name=name, schema=expr.schema(), source=self.backend, namespace=place
        )
        weakref.finalize(table, self._unused.append, name).atexit = False
        return table.to_expr()

    def _next(self, compute: Callable[..., Any], *given: Any) -> "Future[Any]":
        """Have the engine's thread compute, if what comes before it could be."""

        def after(before: "Future[Any] | None") -> Any:
            if before is not None:
                before.result()
            return compute(*given)

        self._last = self._computing.submit(after, self._last)
        return self._last

    def _make_table(self, name: str, sql: str, expr: "ir.Table") -> None:
        told = expr.schema().to_pyarrow()
        columns = (f'CAST("{f.name}" AS {_sql_type(f.type)}) AS "{f.name}"' for f in told)
        self._ready(expr).execute(
            f'CREATE TABLE "{name}" AS SELECT {", ".join(columns)} FROM ({sql})'
        )

    def _rows(self, sql: str, expr: "ir.Table") -> "pa.Table":
        rows: pa.Table = self._ready(expr).sql(sql).to_arrow_table()
        return rows.cast(expr.schema().to_pyarrow())

    def _ready(self, expr: "ir.Table") -> Any:
        """This thread's connection, with the small tables that the expression brings with it."""
        connection = self.backend.con
        while self._unused:
            connection.execute(f'DROP TABLE IF EXISTS "{self._unused.popleft()}"')
        self.backend._register_in_memory_tables(expr)  # noqa: SLF001 - Ibis does it in execute only
        return connection

    def compiled(self, expr: "ir.Table") -> str:
        """SQL of an expression over whole tables, for :meth:`query` in any state of the lake."""
        import ibis

        return str(ibis.to_sql(expr, dialect="duckdb"))

    def query(self, sql: str, *, tables: Collection[str]) -> "pa.Table":
        """Ask :meth:`compiled` SQL of this state; ``tables`` are those that it reads."""
        for name in tables:
            self.table(name)
        found: pa.Table = self.backend.con.sql(sql).to_arrow_table()
        return found

    def close(self) -> None:
        """See :meth:`Engine.close`."""
        self._computing.shutdown(cancel_futures=True)
        self._connection.close()

    def _make_view(self, name: str, months: frozenset[str] | None) -> str:
        view = name if months is None else f"{name}__{len(self._views)}"
        select = select_table(self._connection, self.lake, self.manifest, name, months=months)
        self._connection.execute(f'CREATE VIEW "{view}" AS {select}')
        return view


def select_table(
    connection: Any,
    lake: Lake,
    manifest: Manifest,
    name: str,
    *,
    months: Collection[str] | None = None,
) -> str:
    """SQL on DuckDB for a table as a manifest says it is, with the contract's columns.

    Reads exactly the files of the version: reading the folder itself gives wrong counts.

    Raises:
        LakeError: the lake neither holds the table nor knows a contract for it.
    """
    schema = _known_schema(lake, manifest, name)
    uris = file_list(lake, manifest, name, months=months)
    if not uris:
        columns = (f'CAST(NULL AS {_sql_type(f.type)}) AS "{f.name}"' for f in schema)
        return f"SELECT {', '.join(columns)} WHERE false"
    source = read_parquet(uris)
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    columns = (
        f'"{f.name}"' if f.name in there else f'CAST(NULL AS {_sql_type(f.type)}) AS "{f.name}"'
        for f in schema
    )
    return f"SELECT {', '.join(columns)} FROM {source}"


def read_parquet(paths: Collection[str]) -> str:
    """SQL on DuckDB that reads a list of a table's files, months from their folders' names."""
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return (
        f"read_parquet([{listed}], hive_partitioning=true, union_by_name=true, "
        "hive_types_autocast=false)"
    )


def file_list(
    lake: Lake, manifest: Manifest, name: str, *, months: Collection[str] | None = None
) -> list[str]:
    """Paths of the files that make up a table as a manifest says it is."""
    require_readable(lake, manifest, name)
    if name not in manifest.versions:
        return []
    folder = lake.table(name)
    found = delta.files(folder, manifest.versions[name])
    if months is not None:
        found = [file for file in found if file.partition.get(PARTITION) in months]
    return [str(folder / file.path) for file in found]


def _known_schema(lake: Lake, manifest: Manifest, name: str) -> "pa.Schema":
    known = schema_of(name)
    if known is not None:
        return known
    if name not in manifest.versions:
        raise LakeError(f"Datalageret har ingen tabell «{name}».")
    return delta.schema(lake.table(name), manifest.versions[name])


def _sql_type(kind: "pa.DataType") -> str:
    import pyarrow.types as kinds

    if kinds.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    if kinds.is_timestamp(kind):
        return "TIMESTAMPTZ" if kind.tz else "TIMESTAMP"
    return _SQL_TYPES[str(kind)]


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


_SQL_TYPES = {
    "string": "VARCHAR",
    "int8": "TINYINT",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
}


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

        wanted = from_arrow_schema(_known_schema(self.lake, self.manifest, name))
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
