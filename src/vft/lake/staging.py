"""A file's good rows on their way in: pseudonymised, checked, kept aside until all are read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft import tables
from vft.lake.localtime import add_local_time
from vft.lake.pseudonym import Pseudonymiser
from vft.lake.validate import Checks, Units
from vft.sources import faults
from vft.tables.schema import Home, Table

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.sources.read import Batch


class Stage:
    """The staged rows of one table: an Arrow file that DuckDB reads in place."""

    def __init__(self, contract: Table, folder: Path) -> None:
        self.contract = contract
        self.rows = 0
        #: Whether some of the rows must not be loaded, for others stand for them.
        self.has_repeated = False
        self._path = folder / f"{contract.name}.arrow"
        self._writer: Any = None

    def add(self, rows: "pa.Table") -> None:
        """Put rows aside."""
        from pyarrow import ipc

        if self._writer is None:
            # uncompressed: read once or twice only, and a third of the time of Parquet
            self._writer = ipc.new_file(str(self._path), rows.schema)
        self._writer.write_table(rows.combine_chunks())
        self.rows += rows.num_rows

    def dataset(self) -> Any:
        """All rows put aside: contract columns, derived time, ``row``. Nothing can be added."""
        import pyarrow.dataset as ds

        self._close()
        return ds.dataset(self._path, format="ipc")

    def reader(self, **constants: Any) -> "pa.RecordBatchReader":
        """All rows put aside, as they came, with columns that are the same in every row."""
        import pyarrow as pa

        self._close()
        extra = {name: pa.scalar(value) for name, value in constants.items()}
        fields = [pa.field(name, value.type) for name, value in extra.items()]
        schema = pa.schema([*self.dataset().schema, *fields])
        return pa.RecordBatchReader.from_batches(schema, self._batches(extra))

    def _batches(self, extra: "dict[str, pa.Scalar]") -> Iterator["pa.RecordBatch"]:
        import pyarrow as pa
        from pyarrow import ipc

        with ipc.open_file(str(self._path)) as file:
            for number in range(file.num_record_batches):
                batch = file.get_batch(number)
                for name, value in extra.items():
                    batch = batch.append_column(name, pa.repeat(value, batch.num_rows))
                yield batch

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


class Staging:
    """All that is known of a file before anything of it is in the lake.

    ``faults``: ``vft.sources.faults.SCHEMA``. ``names``: rows of contracts that the lake must not
    hold, under pseudonym. A row with a fault feeds no table at all.
    """

    def __init__(
        self,
        wanted: Mapping[str, Table],
        *,
        folder: Path,
        connection: Any,
        pseudonymiser: Pseudonymiser,
        units: Units,
    ) -> None:
        self.rows_read = 0
        self.faults: list[pa.Table] = []
        self.names: list[pa.Table] = []
        self._wanted = wanted
        self._stages = {name: Stage(contract, folder) for name, contract in wanted.items()}
        self._pseudonymiser = pseudonymiser
        self._units = units
        self._checks = {name: Checks(c, connection, units) for name, c in wanted.items()}

    def take(self, batch: "Batch") -> "pa.Array":
        """Check a batch and put its good rows aside. Gives the numbers of its bad rows."""
        self.rows_read += batch.rows_read
        if "units" in batch.tables:
            self._units.also(batch.tables["units"])
        typed = {name: self._typed(name, rows) for name, rows in batch.tables.items()}
        found = [batch.faults, *(self._checks[name].faults(rows) for name, rows in typed.items())]
        found = [table for table in found if table.num_rows]
        self.faults += found
        bad = faults.together(found)["row"].unique()
        for name, rows in typed.items():
            self._keep(name, _without(rows, bad))
        return bad

    def staged(self) -> dict[str, Stage]:
        """The lake's tables that the file has rows for."""
        return {name: stage for name, stage in self._stages.items() if stage.rows}

    def _typed(self, name: str, rows: "pa.Table") -> "pa.Table":
        contract = self._wanted[name]
        for column in contract.person_columns:
            place = rows.schema.get_field_index(column)
            rows = rows.set_column(place, column, self._pseudonymiser.arrow(rows[column]))
        return add_local_time(rows, contract) if contract.is_event else rows

    def _keep(self, name: str, rows: "pa.Table") -> None:
        if not rows.num_rows:
            return
        if self._wanted[name].home is Home.APPLICATION:
            self.names.append(rows)
        else:
            self._stages[name].add(rows)


def contracts_of(names: list[str]) -> dict[str, Table]:
    """The contracts that a mapping feeds, by name."""
    return {name: tables.ALL[name] for name in names}


def _without(rows: "pa.Table", bad: Any) -> "pa.Table":
    import pyarrow.compute as pc

    if not len(bad):
        return rows
    return rows.filter(pc.invert(pc.is_in(rows["row"], value_set=bad)))
