"""The two files, read and checked column by column; every fault of a file is told at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vft.effects.arrays import Bools, Floats, Numbers
from vft.errors import FileRefused, VftError
from vft.tables.norwegian import counted, number

_FIELDS = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_TOLD = 5  # rows named for each fault
_LARGEST = 1_000_000  # whole number that is no mistake
MOST_CODES = 32_767  #: groups that a panel's codes can tell apart


@dataclass(frozen=True, kw_only=True)
class Faults:
    """What is wrong with one file. ``name``: what the file is called in sentences."""

    name: str
    found: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """One more."""
        self.found.append(sentence)

    def refuse(self) -> None:
        """Stop here if anything was wrong.

        Raises:
            FileRefused: with every fault.
        """
        if self.found:
            listed = "\n".join(f"  – {sentence}" for sentence in self.found)
            raise FileRefused(f"{self.name} kan ikke brukes:\n{listed}", kind="nonsense")


def read(path: Path) -> pa.Table:
    """A Parquet or CSV file as a table; one with semicolons has decimal commas.

    Raises:
        VftError: there is no such file, or it is of no known kind.
        FileRefused: it cannot be read.
    """
    import pyarrow.parquet as pq

    readers: dict[str, Callable[[Path], pa.Table]] = {
        ".parquet": pq.read_table,
        ".csv": _of_csv,
    }
    if not path.is_file():
        raise VftError(f"Filen {path} finnes ikke.")
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise VftError(f"{path.name}: skriv en fil av typen Parquet (.parquet) eller CSV (.csv).")
    try:
        return reader(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise FileRefused(
            f"{path.name} lar seg ikke lese: {_unread(str(error))}", kind="truncated"
        ) from error


def _of_csv(path: Path) -> pa.Table:
    from pyarrow import csv

    with path.open("rb") as lines:
        semicolons = b";" in lines.readline()
    return csv.read_csv(
        path,
        # one thread knows which line it is at
        read_options=csv.ReadOptions(use_threads=False),
        parse_options=csv.ParseOptions(delimiter=";" if semicolons else ","),
        convert_options=csv.ConvertOptions(decimal_point="," if semicolons else "."),
    )


def _unread(told: str) -> str:
    """What the library says of a file, in bokmål."""
    if row := _FIELDS.search(told):
        return f"linje {row[1]} har {row[3]} felt, men overskriften har {row[2]}."
    return "den er tom, ikke hel, eller ikke av den typen navnet sier. Lagre den på nytt."


@dataclass(frozen=True, kw_only=True)
class Columns:
    """A table's columns as arrays, each looked at once. Faults are gathered, not raised."""

    table: pa.Table
    faults: Faults

    def require(self, names: Sequence[str]) -> None:
        """The file must have these columns.

        Raises:
            FileRefused: some are missing; there is nothing more to look at then.
        """
        for name in names:
            if name not in self.table.column_names:
                self.faults.add(f"kolonnen «{name}» mangler")
        if self.table.num_rows == 0:
            self.faults.add("filen har ingen rader")
        self.faults.refuse()

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.table.column_names

    def keys(self, name: str) -> NDArray[Any]:
        """Identifiers, as they are: numbers or text; never empty."""
        column = self._column(name)
        if pa.types.is_integer(column.type):
            self._tell(pc.is_null(column), f"«{name}» er tom")
            return np.asarray(pc.fill_null(column, 0))
        text = pc.fill_null(pc.cast(column, pa.string()), "")
        self._tell(pc.equal(text, ""), f"«{name}» er tom")
        return np.asarray(text.to_numpy(zero_copy_only=False), dtype=str)

    def whole(self, name: str) -> Numbers:
        """Whole numbers; none may be empty."""
        values = self._numbers(name)
        wrong = ~np.isfinite(values) | (values != np.floor(values)) | (np.abs(values) > _LARGEST)
        self._tell(wrong, f"«{name}» er ikke et helt tall")
        return np.where(wrong, 0, values).astype(np.int64)

    def numbers(self, name: str, *, low: float, high: float, unit: str) -> Floats:
        """Numbers within limits, NaN where empty."""
        values = self._numbers(name)
        wrong = (values < low) | (values > high) | np.isinf(values)
        between = f"{number(low)} og {number(high)} {unit}".rstrip()
        self._tell(wrong, f"«{name}» er ikke mellom {between}")
        return values

    def truths(self, name: str) -> Bools:
        """True or false (also 0 and 1); none may be empty."""
        column = self._column(name)
        if pa.types.is_boolean(column.type):
            self._tell(pc.is_null(column), f"«{name}» er tom")
            return np.asarray(pc.fill_null(column, False))
        values = self._numbers(name)
        self._tell(~np.isin(values, (0, 1)), f"«{name}» er verken sann eller usann")
        return np.asarray(values == 1)

    def codes(self, name: str) -> tuple[Numbers, tuple[str, ...]]:
        """Codes of the values as text, −1 where empty, and the values in order."""
        column = pc.cast(self._column(name), pa.string())
        # in CSV an empty cell of a column of text is text too
        column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
        coded = pc.dictionary_encode(column)
        labels: list[str] = coded.dictionary.to_pylist()
        if len(labels) > MOST_CODES:
            self.faults.add(
                f"«{name}» har {counted(len(labels), 'verdi', 'verdier')}, og det kan ikke være "
                "grupper; er det en annen kolonne?"
            )
            self.faults.refuse()
        order = sorted(range(len(labels)), key=lambda n: _in_order(labels[n]))
        place = np.full(len(labels) + 1, -1)
        place[order] = np.arange(len(labels))
        codes = np.asarray(pc.fill_null(coded.indices, len(labels)))
        return place[codes], tuple(labels[n] for n in order)

    def once(self, what: Iterable[NDArray[Any]], names: str, spelt: Callable[[int], str]) -> None:
        """No two rows may agree in all of ``what``; tells which do."""
        order = np.lexsort(tuple(what))
        rows = np.stack([values[order] for values in what]) if order.size else np.zeros((1, 0))
        again = np.all(rows[:, 1:] == rows[:, :-1], axis=0)
        which = np.sort(order[1:][again])
        if which.size:
            listed = ", ".join(spelt(int(row)) for row in which[:_TOLD])
            more = " med flere" if which.size > _TOLD else ""
            rows_again = counted(int(which.size), "rad", "rader")
            self.faults.add(f"{rows_again} gjentar {names} ({listed}{more})")

    def _column(self, name: str) -> pa.Array:
        return self.table[name].combine_chunks()

    def _numbers(self, name: str) -> Floats:
        column = self._column(name)
        try:
            column = pc.cast(column, pa.float64())
        except pa.ArrowInvalid:
            self.faults.add(f"«{name}» har verdier som ikke er tall")
            return np.zeros(self.table.num_rows)
        return np.asarray(column.to_numpy(zero_copy_only=False))

    def _tell(self, wrong: Any, sentence: str) -> None:
        rows = np.flatnonzero(np.asarray(wrong))
        if rows.size:
            listed = ", ".join(str(row + 1) for row in rows[:_TOLD])
            more = " med flere" if rows.size > _TOLD else ""
            which = counted(int(rows.size), "rad", "rader")
            self.faults.add(f"{sentence} i {which} (rad {listed}{more})")


def _in_order(label: str) -> tuple[int, str]:
    """Numbers as numbers, then text."""
    return (int(label), "") if label.lstrip("-").isdigit() else (1 << 30, label)
