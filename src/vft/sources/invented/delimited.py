"""Write delimited files fast: Arrow columns in, any delimiter, UTF-8 or Windows-1252 out."""

from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa
import pyarrow.csv


class Delimited:
    """A file that grows by tables. Fields are never quoted: values hold no delimiters."""

    def __init__(
        self,
        path: Path,
        *,
        delimiter: str = ";",
        encoding: str = "utf-8",
    ) -> None:
        self.path, self.rows = path, 0
        self._delimiter, self._encoding = delimiter, encoding
        self._file: IO[bytes] | None = None

    def write(self, table: pa.Table) -> None:
        """Append rows; the first table gives the header. Null is an empty field."""
        if self._file is None:
            self._file = self.path.open("wb")
            header = self._delimiter.join(table.column_names) + "\n"
            self._file.write(header.encode(self._encoding))
        if table.num_rows:
            self._file.write(self._encoded(table))
        self.rows += table.num_rows

    def _encoded(self, table: pa.Table) -> bytes:
        sink = pa.BufferOutputStream()
        options = pa.csv.WriteOptions(
            include_header=False, delimiter=self._delimiter, quoting_style="none"
        )
        # for a chunk without rows Arrow writes whatever its buffer held: leave it none
        pa.csv.write_csv(table.combine_chunks(), sink, options)
        data: bytes = sink.getvalue().to_pybytes()
        if self._encoding.startswith("utf-8"):
            return data
        return data.decode("utf-8").encode(self._encoding)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
