"""A monthly series as it is delivered: months that are complete, missing, or not complete yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import isnan, nan
from pathlib import Path

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.tables.period import is_month, month_of, months_between, next_month
from vft.targets import unit_values

#: Of the table that is read.
COLUMNS = (
    Column(name="month", headings=("måned", "periode")),
    unit_values.VALUE,
    Column(name="unit", headings=("enhet", "bydel"), required=False),
    Column(name="complete", headings=("komplett",), required=False),
)
#: The first of a month, as Excel keeps 2024-11, and as people write that day.
_FIRST_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-01|01\.([0-9]{2})\.([0-9]{4})")
_NOT_COMPLETE = "står som ikke komplett"


@dataclass(frozen=True, kw_only=True)
class Series:
    """Months in order without gaps. ``values``: NaN where missing, hidden or not documented.

    ``incomplete``: months at the end that the data does not reach the end of, with their values
    so far; they are not among ``months``. ``reasons``: why a month has no value, in bokmål; one
    that is not there is missing.
    """

    unit: str | None
    months: tuple[str, ...]
    values: tuple[float, ...]
    incomplete: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Months without a value."""
        return tuple(m for m, v in zip(self.months, self.values, strict=True) if isnan(v))

    @property
    def known(self) -> int:
        """How many months have a value."""
        return len(self.months) - len(self.missing)

    def until(self, month: str) -> "Series":
        """What was known by the end of that month."""
        kept = [(m, v) for m, v in zip(self.months, self.values, strict=True) if m <= month]
        return replace(
            self,
            months=tuple(m for m, _ in kept),
            values=tuple(v for _, v in kept),
            incomplete=(),
        )


def read(path: Path, *, complete_through: str | None = None) -> list[Series]:
    """One series a unit, from a table with month (2024-11) and value, and optionally unit.

    A month is incomplete where the column ``complete`` says no, or where it is after
    ``complete_through``. A month that is complete by an earlier one's account ends the latter.

    Raises:
        FileRefused: every row that is wrong, and months given twice.
    """
    rows = [_by_month(row) for row in short_table.read(path, COLUMNS)]
    if not rows:
        raise short_table.without_rows(path)
    short_table.refuse_all(path, _faults(rows))
    units = dict.fromkeys(row.cells["unit"] for row in rows)
    return [
        _series(unit, [row for row in rows if row.cells["unit"] == unit], complete_through)
        for unit in units
    ]


def last_complete(day: date) -> str:
    """The last month that has ended by a day."""
    first = day.replace(day=1)
    return month_of(first.fromordinal(first.toordinal() - 1))


def month_fault(text: str) -> str | None:
    """What is wrong with a month, if anything."""
    return None if is_month(text) else f"«{text}» er ikke en måned; skriv for eksempel 2024-11"


def _by_month(row: Row) -> Row:
    """With the month that a first day stands for."""
    found = _FIRST_DAY.fullmatch(row.cells["month"])
    if not found:
        return row
    month = f"{found[1] or found[4]}-{found[2] or found[3]}"
    return replace(row, cells=row.cells | {"month": month})


def _series(unit: str, rows: Sequence[Row], complete_through: str | None) -> Series:
    known = {row.cells["month"]: _value(row) for row in rows}
    told = {row.cells["month"]: _is_complete(row.cells["complete"]) for row in rows}
    last = max((m for m in told if told[m] and m <= (complete_through or m)), default="")
    months = months_between(min(known), last) if last else []
    return Series(
        unit=unit or None,
        months=tuple(months),
        # one in the midst that says it is not complete has no figure to go by
        values=tuple(known.get(m, nan) if told.get(m) else nan for m in months),
        incomplete=tuple(sorted(month for month in known if month > last)),
        reasons={row.cells["month"]: why for row in rows if (why := _reason(row))},
    )


def _reason(row: Row) -> str | None:
    """Why a month has no value that counts, where it has none."""
    if not _is_complete(row.cells["complete"]):
        return _NOT_COMPLETE
    return unit_values.SPOKEN.get(unit_values.value_of(row.cells["value"]).state)


def _value(row: Row) -> float:
    exact = unit_values.value_of(row.cells["value"]).exact
    return float(exact) if exact is not None else nan


def _is_complete(text: str) -> bool | None:
    """What is not said to be incomplete is complete."""
    return short_table.yes_no(text) if text else True


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        cells = row.cells
        if fault := month_fault(cells["month"]):
            yield f"rad {row.number}, kolonnen «month»: {fault}"
        if fault := unit_values.fault_of_value(cells["value"]):
            yield f"rad {row.number}, kolonnen «value»: {fault}"
        if _is_complete(told := cells["complete"]) is None:
            yield f"rad {row.number}, kolonnen «complete»: «{told}» er verken ja eller nei"
        what = (cells["unit"], cells["month"])
        if what in seen:
            yield f"rad {row.number}: {' '.join(what).strip()} står også i rad {seen[what]}"
        seen.setdefault(what, row.number)


def months_after(month: str, *, last: str) -> list[str]:
    """The months from the one after, to the last."""
    return months_between(next_month(month), last)
