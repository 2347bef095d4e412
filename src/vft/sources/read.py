"""Read a delivered file through its mapping, in bounded memory.

``open_delivery`` looks before it reads and refuses what can be seen to be wrong at once;
``Reading.batches`` then streams. Nothing is stored here and no rule of a contract is applied: a
row either could be read, or has faults that say why not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from vft.sources.mapping import Mapping


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Up to 128k rows of the file.

    ``tables``: by contract name, every mapped contract always there, columns typed as
    ``Column.arrow_type()`` says except that PERSON is still the identity number (string, 11
    digits); plus ``row`` (int64). Contract columns that are not mapped are null. Only rows that
    could be read for that table: a row may be good for one table and bad for another.
    ``faults``: schema ``vft.sources.faults.SCHEMA``, one row a fault, in row order.
    ``rows_read``: rows of the file that held something, good and bad.
    """

    tables: dict[str, pa.Table]
    faults: pa.Table
    rows_read: int

    def raw(self, rows: pa.Array | None = None) -> pa.Table:
        """The file's own rows as strings: ``row``, ``line``, then every column of the file.

        ``rows``: the row numbers wanted (int64), all of the batch when None. ``line`` is the whole
        line where its number of fields was wrong (its columns are then null), else null.
        Strings are made when asked for: ask for bad rows only where speed matters.
        """
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file that is open for reading. ``columns``: what the file has, in its order."""

    path: Path
    mapping: Mapping
    columns: tuple[str, ...]

    @property
    def share_read(self) -> float:
        """How much of the file has been read, 0–1, for progress bars."""
        raise NotImplementedError

    def batches(self) -> Iterator[Batch]:
        """Stream the file once.

        Raises:
            FileRefused: what could only be seen on the way (``encoding``, ``truncated``,
                ``nonsense``). What was yielded before must then not be kept.
        """
        raise NotImplementedError


def open_delivery(path: Path, mapping: Mapping) -> Reading:
    """Look at a file and make it ready to read.

    Raises:
        FileRefused: ``empty``, ``truncated``, ``encoding``, ``delimiter``, ``missing_column``,
            ``swapped_columns``, ``nonsense``, ``zip_bomb``, ``too_large``, ``unknown_file``.
    """
    raise NotImplementedError
