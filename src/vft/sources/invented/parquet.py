"""Write Parquet that grows by tables, for deliveries too large for text."""

from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq


class Parquet:
    """A file that grows by tables, a row group each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: Any = None  # pyarrow publishes no types

    def write(self, table: pa.Table) -> None:
        """Append rows as one row group."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self._writer.write_table(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._writer is not None:
            self._writer.close()
