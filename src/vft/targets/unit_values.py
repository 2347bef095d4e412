"""One value a unit, read exactly: distribution keys, counts of users, potentials.

A value that is not there is told apart: missing, hidden, not documented. None of them is 0.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from vft.disclosure.cell import State
from vft.sources import short_table
from vft.sources.short_table import Column, Row

#: What stands where there is no value: Statistics Norway's standard signs, and plain words.
WITHOUT_VALUE: Mapping[str, State] = {
    "": State.MISSING,
    "..": State.MISSING,
    "...": State.MISSING,
    "mangler": State.MISSING,
    ":": State.SUPPRESSED,
    "skjult": State.SUPPRESSED,
    "ikke dokumentert": State.NOT_DOCUMENTED,
    "null": State.NOT_DOCUMENTED,
}
#: The same as a sentence goes on. A value that is there has none.
SPOKEN: Mapping[State, str] = {
    State.MISSING: "mangler",
    State.SUPPRESSED: "er skjult",
    State.NOT_DOCUMENTED: "er ikke dokumentert",
}
UNIT = Column(name="unit", headings=("enhet", "bydel", "kommune"))
VALUE = Column(name="value", headings=("verdi", "antall", "brukere"))
SHARE = Column(name="share", headings=("andel", "nøkkel", "prosent"))
#: More than everybody there is, so a slip of the keyboard.
_MOST = 10**12


@dataclass(frozen=True, kw_only=True)
class Value:
    """``exact`` is None in every state but VALUE. ``written``: as it stood in the file."""

    exact: Fraction | None
    state: State
    written: str


def read(
    path: Path, column: Column = VALUE, *, fault: Callable[[str], str | None] | None = None
) -> dict[str, Value]:
    """Each unit's value, in the order of the file.

    Args:
        path: CSV or Excel with ``unit`` and the column.
        column: the one that holds the values.
        fault: what is wrong with a cell of it; else :func:`fault_of_value`.

    Raises:
        FileRefused: every row with a unit that is not named or is named twice, and every value
            that is negative or no number, in one go.
    """
    rows = short_table.read(path, (UNIT, column))
    if not rows:
        raise short_table.without_rows(path)
    short_table.refuse_all(path, _faults(rows, column.name, fault or fault_of_value))
    return {row.cells["unit"]: value_of(row.cells[column.name]) for row in rows}


def value_of(text: str) -> Value:
    """What a cell says. The text is a number that is not negative, or a word for none."""
    state = WITHOUT_VALUE.get(text.casefold())
    found = short_table.number(text)
    exact = Fraction(found) if state is None and found is not None else None
    return Value(exact=exact, state=state or State.VALUE, written=text)


def decimals(value: Value) -> int:
    """Decimals that the value was written with."""
    found = short_table.number(value.written)
    exponent = Decimal(found).as_tuple().exponent if found is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _faults(rows: Sequence[Row], column: str, fault: Callable[[str], str | None]) -> Iterator[str]:
    times = Counter(row.cells["unit"] for row in rows)
    for row in rows:
        unit = row.cells["unit"]
        if not unit:
            yield f"rad {row.number}: enheten er ikke oppgitt"
        elif times[unit] > 1:
            yield f"rad {row.number}: enheten «{unit}» står {times[unit]} ganger; behold én"
        if wrong := fault(row.cells[column]):
            yield f"rad {row.number}, kolonnen «{column}»: {wrong}"


def fault_of_value(text: str) -> str | None:
    """What is wrong with a cell that should hold users, from 0 up, if anything."""
    return short_table.fault_of_count(text) or fault_of_number(text)


def fault_of_number(text: str) -> str | None:
    """What is wrong with a cell that should hold a number from 0 up, if anything."""
    if text.casefold() in WITHOUT_VALUE:
        return None
    found = short_table.number(text)
    if found is None:
        return f"«{text}» er ikke et tall; skriv for eksempel 12 eller 12,5"
    if found > _MOST:
        return f"«{text[:20]} …» er for stort"
    return f"«{text}» er negativt; skriv 0 eller mer" if found < 0 else None
