"""A table of the lake as a manifest says it is: its files, its columns, and SQL that reads them."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from vft.errors import LakeError
from vft.lake import delta
from vft.lake.history import require_readable
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest
from vft.lake.schemas import PARTITION, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

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
    schema = known_schema(lake, manifest, name)
    uris = file_list(lake, manifest, name, months=months)
    if not uris:
        columns = (f'CAST(NULL AS {sql_type(f.type)}) AS "{f.name}"' for f in schema)
        return f"SELECT {', '.join(columns)} WHERE false"
    source = read_parquet(uris)
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    columns = (
        f'"{f.name}"' if f.name in there else f'CAST(NULL AS {sql_type(f.type)}) AS "{f.name}"'
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


def known_schema(lake: Lake, manifest: Manifest, name: str) -> "pa.Schema":
    """The contract's columns of a table, or its own where there is no contract.

    Raises:
        LakeError: the lake neither holds the table nor knows a contract for it.
    """
    known = schema_of(name)
    if known is not None:
        return known
    if name not in manifest.versions:
        raise LakeError(f"Datalageret har ingen tabell «{name}».")
    return delta.schema(lake.table(name), manifest.versions[name])


def sql_type(kind: "pa.DataType") -> str:
    """DuckDB's name of an Arrow type."""
    import pyarrow.types as kinds

    if kinds.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    if kinds.is_timestamp(kind):
        return "TIMESTAMPTZ" if kind.tz else "TIMESTAMP"
    return _SQL_TYPES[str(kind)]
