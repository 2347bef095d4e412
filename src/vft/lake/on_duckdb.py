"""The lake on DuckDB: the engine of one machine, and the connection that writes with it."""

import itertools
import os
import threading
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft.lake.files import select_table, sql_type
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest, latest

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MEMORY_LIMIT = "2.5GB"


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
        columns = (f'CAST("{f.name}" AS {sql_type(f.type)}) AS "{f.name}"' for f in told)
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
