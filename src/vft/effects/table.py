"""The two files, read and checked column by column; every fault of a file is told at once."""

import codecs
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
from vft.errors import FileRefused
from vft.sources.look import DELIMITERS
from vft.sources.short_table import yes_no
from vft.tables.norwegian import counted, number, plain

_FIELDS = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_TOLD, _MOST = 5, 10  # rows named for each fault, and faults of a file
_ROW, _MARK = b"vft.first_row", b"vft.decimal_mark"
_LARGEST = 1_000_000  # number of a period that is no mistake
_BLOCK = 1 << 20
_KEY = "recipient_id"  # text in CSV: 00001 and 1 are two, and digits may be too many for a number
_LONGEST = 40  # characters that are told of a value
_NUMBER = r"^[-+]?([0-9]+({mark}[0-9]*)?|{mark}[0-9]+)([eE][-+]?[0-9]+)?$"
_MARKS = {".": "punktum", ",": "komma"}
MOST_CODES = 32_767  #: groups that a panel's codes can tell apart


@dataclass(frozen=True, kw_only=True)
class Faults:
    """What is wrong with one file. ``name``: what the file is called in sentences."""

    name: str
    found: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """One more."""
        self.found.append(sentence)

    def refuse(self, *, kind: str = "nonsense") -> None:
        """Stop here if anything was wrong.

        Raises:
            FileRefused: with every fault, ten at most.
        """
        if self.found:
            more = len(self.found) - _MOST
            told = [*self.found[:_MOST], *([f"og {more} til"] if more > 0 else [])]
            listed = "\n".join(f"  – {sentence}" for sentence in told)
            raise FileRefused(f"{self.name} kan ikke brukes:\n{listed}", kind=kind)


def read(path: Path) -> pa.Table:
    """A Parquet or CSV file as a table; one with semicolons has decimal commas.

    Raises:
        FileRefused: there is no such file, it is of no known kind, or it cannot be read.
    """
    import pyarrow.parquet as pq

    readers: dict[str, Callable[[Path], pa.Table]] = {
        ".parquet": pq.read_table,
        ".csv": _of_csv,
    }
    if path.is_dir():
        raise FileRefused(f"{path} er en mappe. Oppgi en fil i den.", kind="unknown_file")
    if not path.is_file():
        raise FileRefused(
            f"Filen {path} finnes ikke. Se etter skrivefeil i stien.", kind="unknown_file"
        )
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise FileRefused(
            f"{path.name} er av et ukjent slag: lagre den som Parquet (.parquet) eller CSV (.csv).",
            kind="unknown_file",
        )
    try:
        return reader(path)
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError) as error:
        raise FileRefused(
            f"{path.name} lar seg ikke lese: {_unread(str(error))}", kind="truncated"
        ) from error


def is_csv(table: pa.Table) -> bool:
    """Whether a table was read from text."""
    return _MARK in (table.schema.metadata or {})


def _of_csv(path: Path) -> pa.Table:
    from pyarrow import csv

    with path.open("rb") as lines:
        heading = lines.readline()
    _refuse_other_text(path, heading)
    semicolons = b";" in heading
    mark = "," if semicolons else "."
    found = csv.read_csv(
        path,
        # one thread knows which line it is at
        read_options=csv.ReadOptions(use_threads=False, encoding=_encoding(path)),
        parse_options=csv.ParseOptions(delimiter=";" if semicolons else ","),
        convert_options=csv.ConvertOptions(decimal_point=mark, column_types={_KEY: pa.string()}),
    )
    # rows are told as a spreadsheet numbers them, the heading being the first
    return found.replace_schema_metadata({_ROW: b"2", _MARK: mark.encode()})


def _refuse_other_text(path: Path, heading: bytes) -> None:
    """Text in UTF-16, and fields that nothing read here parts."""
    if b"\0" in heading:
        raise FileRefused(
            f"{path.name} er ikke lagret som UTF-8 eller Windows-1252. Lagre den som «CSV UTF-8».",
            kind="encoding",
        )
    marks = [name for mark, name in DELIMITERS.items() if mark.encode() in heading]
    if marks and not {"semikolon", "komma"} & set(marks):
        raise FileRefused(
            f"{path.name} har {marks[0]} mellom feltene. Lagre den med semikolon eller komma.",
            kind="delimiter",
        )


def _encoding(path: Path) -> str:
    """UTF-8, or else what Excel writes in Norway."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(_BLOCK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf8"


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
    faulty: dict[str, Bools] = field(default_factory=dict)

    def require(self, names: Sequence[str], *, also: Sequence[str] = ()) -> None:
        """The file must have these columns. ``also``: those that are used where there are any.

        Raises:
            FileRefused: some are missing, stand twice or hold lists; there is nothing more to look
                at then.
        """
        there = self.table.column_names
        for name in dict.fromkeys([*names, *also]):
            if there.count(name) > 1:
                self.faults.add(f"kolonnen «{name}» står {there.count(name)} ganger; behold én")
            elif name in there and pa.types.is_nested(self.table.schema.field(name).type):
                self.faults.add(f"«{name}» har lister i feltene; skriv én verdi i hvert felt")
        missing = [name for name in names if name not in there]
        for name in missing:
            self.faults.add(f"kolonnen «{name}» mangler")
        if missing:
            listed = ", ".join(f"«{name}»" for name in there) or "ingen"
            self.faults.add(f"kolonnene i filen er {listed}; gi dem navnene over")
        if self.table.num_rows == 0:
            self.faults.add("filen har ingen rader")
        self.faults.refuse(kind="missing_column" if missing else "empty")

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.table.column_names

    def keys(self, name: str, *, as_text: bool = False) -> NDArray[Any]:
        """Identifiers, as they are: numbers or text; never empty. ``as_text``: numbers as well."""
        column = self._column(name)
        if pa.types.is_integer(column.type) and not as_text:
            self.tell(name, pc.is_null(column), "er tom")
            return np.asarray(pc.fill_null(column, 0))
        text = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))
        self.tell(name, pc.equal(text, ""), "er tom")
        return np.asarray(text.to_numpy(zero_copy_only=False), dtype=str)

    def periods(self, name: str) -> Numbers:
        """Consecutive numbers of periods; none may be empty. 0 where ``faulty``."""
        advice = "skriv fortløpende nummer på perioder à 28 dager"
        values = self._numbers(name, advice)
        wrong = ~np.isfinite(values) | (values != np.floor(values))
        self.tell(name, wrong, "er ikke et helt tall")
        other = ~wrong & (np.abs(values) > _LARGEST)
        self.tell(name, other, "er ikke nummeret på en periode", advice)
        return np.where(wrong | other, 0, values).astype(np.int64)

    def numbers(self, name: str, *, low: float, high: float, unit: str) -> Floats:
        """Numbers within limits, NaN where empty."""
        values = self._numbers(name)
        wrong = (values < low) | (values > high) | np.isinf(values)
        between = f"{number(low)} og {number(high)} {unit}".rstrip()
        self.tell(name, wrong, f"er ikke mellom {between}")
        return values

    def truths(self, name: str) -> Bools:
        """Ja or nei (also true and false, 1 and 0); none may be empty."""
        column = self._column(name)
        if pa.types.is_boolean(column.type):
            self.tell(name, pc.is_null(column), "er tom")
            return np.asarray(pc.fill_null(column, False))
        text = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))
        coded = pc.dictionary_encode(text)
        # numbers with decimals are 1.0 and 0.0
        known = [yes_no(value.removesuffix(".0")) for value in coded.dictionary.to_pylist()]
        said = np.array([-1 if value is None else int(value) for value in [*known, None]])
        found = said[np.asarray(coded.indices)]
        self.tell(name, found < 0, "er verken ja eller nei", "skriv ja eller nei")
        return np.asarray(found == 1)

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
            return np.full(self.table.num_rows, -1), ()
        order = sorted(range(len(labels)), key=lambda n: _in_order(labels[n]))
        place = np.full(len(labels) + 1, -1)
        place[order] = np.arange(len(labels))
        codes = np.asarray(pc.fill_null(coded.indices, len(labels)))
        return place[codes], tuple(labels[n] for n in order)

    def once(
        self,
        what: Iterable[NDArray[Any]],
        names: str,
        spelt: Callable[[int], str],
        *,
        of: Sequence[str] = (),
    ) -> None:
        """No two rows may agree in all of ``what``; tells which do.

        ``of``: the columns it is made from: a row with a fault there repeats nothing.
        """
        order = np.lexsort(tuple(what))
        for name in of:
            order = order[~self.faulty[name][order]] if name in self.faulty else order
        rows = np.stack([values[order] for values in what]) if order.size else np.zeros((1, 0))
        again = np.all(rows[:, 1:] == rows[:, :-1], axis=0)
        which = np.sort(order[1:][again])
        if which.size:
            listed = ", ".join(f"rad {self._row(n)}: {spelt(int(n))}" for n in which[:_TOLD])
            more = " med flere" if which.size > _TOLD else ""
            rows_again = counted(int(which.size), "rad", "rader")
            self.faults.add(f"{rows_again} gjentar {names} ({listed}{more})")

    def _column(self, name: str) -> pa.Array:
        return self.table[name].combine_chunks()

    def _numbers(self, name: str, advice: str = "skriv tall i kolonnen") -> Floats:
        column = self._column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = self._of_text(name, column)
        try:
            column = pc.cast(column, pa.float64())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            kind = "datoer" if pa.types.is_temporal(column.type) else str(column.type)
            self.faults.add(f"«{name}» er ikke tall, men {kind}; {advice}")
            self.faulty[name] = np.ones(self.table.num_rows, bool)
            return np.zeros(self.table.num_rows)
        return np.asarray(column.to_numpy(zero_copy_only=False))

    def _of_text(self, name: str, column: pa.Array) -> pa.Array:
        """Text as numbers, empty cells as not given; tells which are neither."""
        mark = (self.table.schema.metadata or {}).get(_MARK, b".").decode()
        text = pc.fill_null(pc.utf8_trim_whitespace(column), "")
        fits = pc.match_substring_regex(text, _NUMBER.format(mark=re.escape(mark)))
        given = pc.not_equal(text, "")
        other = "." if mark == "," else ","
        has_other = bool(
            pc.any(pc.match_substring(pc.filter(text, pc.invert(fits)), other)).as_py()
        )
        advice = (
            f"skriv desimaler med {_MARKS[mark]}"
            if has_other
            else "skriv tall, eller la feltet være tomt"
        )
        self.tell(name, pc.and_not(given, fits), "er ikke et tall", advice)
        written = pc.replace_substring(text, mark, ".")
        # what is told already is no fault of size as well
        return pc.if_else(fits, written, pc.if_else(given, "0", pa.scalar(None, pa.string())))

    def _row(self, place: int) -> int:
        """The number of a row as its file shows it."""
        return int(place) + int((self.table.schema.metadata or {}).get(_ROW, b"1"))

    def tell(self, name: str, wrong: Any, what: str, advice: str = "") -> None:
        """A fault of some rows of a column: which, what stands there, and how to mend it."""
        places = np.flatnonzero(np.asarray(wrong))
        if not places.size:
            return
        rows = self.faulty.setdefault(name, np.zeros(self.table.num_rows, bool))
        rows[places] = True
        column = self.table[name]
        listed = ", ".join(
            f"rad {self._row(place)}{_found(column[int(place)].as_py())}"
            for place in places[:_TOLD]
        )
        more = " med flere" if places.size > _TOLD else ""
        which = counted(int(places.size), "rad", "rader")
        mend = f"; {advice}" if advice else ""
        self.faults.add(f"«{name}» {what} i {which} ({listed}{more}){mend}")


def _found(value: object) -> str:
    """What stands in a cell, where anything does."""
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return f": {plain(value)}" if np.isfinite(value) else ": ikke et endelig tall"
    return f": {value}" if isinstance(value, int) else f": «{str(value)[:_LONGEST]}»"


def _in_order(label: str) -> tuple[int, str]:
    """Numbers as numbers, then text."""
    return (int(label), "") if label.lstrip("-").isdigit() else (1 << 30, label)
