"""From a file's values to a contract's: one column at a time, never one value at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import identity, moments, numbers, text, typed
from vft.sources.agreement import allowed_codes
from vft.sources.mapping import ColumnMapping, Format, Mapping
from vft.tables.schema import Column, Kind

_REPEATING = {Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN, Kind.DATE}
_SPACES = "[ \u00a0\u202f]"

_RULE = {
    Kind.DATE: "not_a_date",
    Kind.INSTANT: "not_an_instant",
    Kind.INTEGER: "not_a_number",
    Kind.DECIMAL: "not_a_number",
    Kind.BOOLEAN: "not_a_boolean",
    Kind.PERSON: "not_an_identity",
    Kind.CODE: "unknown_code",
}


@dataclass(frozen=True, kw_only=True)
class Converted:
    """A column in the contract's type, null where a value is missing or could not be read.

    ``faults``: by rule, a boolean array that is true where the rule is broken.
    """

    values: pa.Array
    faults: dict[str, pa.Array] = field(default_factory=dict)

    def take(self, indices: pa.Array) -> "Converted":
        """The same for rows that point at these values; a null index is a missing value."""
        return Converted(
            values=self.values.take(indices),
            faults={rule: _true(where.take(indices)) for rule, where in self.faults.items()},
        )


def convert(
    given: pa.Array, *, column: Column, source: ColumnMapping, mapping: Mapping
) -> Converted:
    """Read a vendor's column as a contract column.

    ``given`` may be strings, dictionary-encoded strings, or typed already (Parquet, Excel). A value
    breaks at most one rule. PERSON stays the identity number as a string of 11 digits.
    """
    form = mapping.format.of(source)
    taken = typed.take(given, column, form)
    if taken is not None:
        found = Converted(values=taken, faults=_unreadable(given, taken, column))
        read = _in_range(found, column)
    else:
        if repeats(column, source) and not pa.types.is_dictionary(given.type):
            given = given.dictionary_encode()
        read = _from_text(given, column, form, mapping.codes.get(source.codes or ""))
    if column.name == "ends_on" and form.ends == "inclusive":
        read = Converted(values=_day_after(read.values), faults=read.faults)
    return _required(read) if column.required else read


def repeats(column: Column, source: ColumnMapping) -> bool:
    """Whether a column has few distinct values, so that each had better be read once."""
    is_listed = source.codes is not None or bool(allowed_codes(column))
    return column.kind in _REPEATING or (column.kind is Kind.CODE and is_listed)


def is_missing(given: pa.Array, form: Format) -> pa.Array:
    """Where a vendor's column has no value."""
    if pa.types.is_dictionary(given.type):
        missing = is_missing(given.dictionary, form)
        return pc.fill_null(missing.take(given.indices), fill_value=True)
    if pa.types.is_string(given.type):
        return text.cleaned(given, form).is_null()
    return given.is_null(nan_is_null=pa.types.is_floating(given.type))


def _from_text(
    given: pa.Array, column: Column, form: Format, codes: dict[str, str] | None
) -> Converted:
    if pa.types.is_dictionary(given.type):
        return _from_text(given.dictionary, column, form, codes).take(given.indices)
    cells = text.cleaned(typed.as_text(given, form), form)
    if codes is not None:
        values, unread = _translated(cells, codes)
    else:
        values = _READERS[column.kind](cells, column, form)
        unread = pc.and_(cells.is_valid(), values.is_null())
    return _in_range(_judged(cells, values, unread, column), column)


def _judged(cells: pa.Array, values: pa.Array, unread: pa.Array, column: Column) -> Converted:
    """What could not be read is either a formula or of the wrong kind; free text is read as is."""
    is_free = column.kind not in _RULE or (column.kind is Kind.CODE and not unread.true_count)
    if not is_free and not unread.true_count:
        return Converted(values=values)
    formula = text.formulas(cells)
    found = {"formula": formula, _RULE.get(column.kind, ""): pc.and_not(unread, formula)}
    return Converted(
        values=pc.if_else(formula, None, values) if formula.true_count else values,
        faults={rule: where for rule, where in found.items() if where.true_count},
    )


def _translated(cells: pa.Array, codes: dict[str, str]) -> tuple[pa.Array, pa.Array]:
    """Our codes for theirs, and where theirs is in no list. An empty code of ours is null."""
    place = pc.index_in(cells, value_set=pa.array(list(codes), pa.string()))
    ours = pa.array([ours or None for ours in codes.values()], pa.string())
    return ours.take(place), pc.and_(cells.is_valid(), place.is_null())


def _code(cells: pa.Array, column: Column, _: Format) -> pa.Array:
    if not (allowed := allowed_codes(column)):
        return cells
    return pc.if_else(pc.is_in(cells, value_set=pa.array(allowed)), cells, None)


def _boolean(cells: pa.Array, _: Column, form: Format) -> pa.Array:
    given = pc.utf8_lower(cells)
    true, false = (
        pc.is_in(given, value_set=pa.array([word.lower() for word in words], pa.string()))
        for words in (form.true, form.false)
    )
    return pc.if_else(pc.or_(true, false), true, None)


def _person(cells: pa.Array, _: Column, __: Format) -> pa.Array:
    valid = identity.is_valid(cells)
    if valid.false_count == 0:
        return cells
    number = pc.replace_substring_regex(cells, _SPACES, "")
    # a spreadsheet takes the leading zero away; the control digits say if it was there
    padded = pc.utf8_lpad(number, width=11, padding="0")
    number = pc.if_else(pc.equal(pc.binary_length(number), 10), padded, number)
    return pc.if_else(identity.is_valid(number), number, None)


_READERS: dict[Kind, Callable[[pa.Array, Column, Format], pa.Array]] = {
    Kind.CODE: _code,
    Kind.TEXT: lambda cells, _, __: cells,
    Kind.INTEGER: lambda cells, _, __: numbers.integers(cells),
    Kind.DECIMAL: lambda cells, column, form: numbers.decimals(
        cells, form.decimal, column.arrow_type()
    ),
    Kind.BOOLEAN: _boolean,
    Kind.DATE: lambda cells, _, form: moments.dates(cells, form.date),
    Kind.INSTANT: lambda cells, _, form: moments.instants(cells, form.instant, form.zone),
    Kind.PERSON: _person,
}


def _unreadable(given: pa.Array, taken: pa.Array, column: Column) -> dict[str, pa.Array]:
    there = given.is_valid()
    if pa.types.is_floating(given.type):
        there = pc.invert(given.is_null(nan_is_null=True))
    lost = pc.and_(there, taken.is_null())
    return {_RULE[column.kind]: lost} if lost.true_count else {}


def _in_range(read: Converted, column: Column) -> Converted:
    """Values outside the contract's limits, or the calendar's, become faults."""
    inside = _inside(read.values, column)
    if inside is None:
        return read
    outside = _true(pc.invert(inside))
    if not outside.true_count:
        return read
    return Converted(
        values=pc.if_else(outside, None, read.values),
        faults={**read.faults, "out_of_range": outside},
    )


def _inside(values: pa.Array, column: Column) -> pa.Array | None:
    if column.kind in {Kind.DATE, Kind.INSTANT}:
        first = pa.scalar(date(moments.FIRST_YEAR, 1, 1)).cast(values.type)
        last = pa.scalar(date(moments.LAST_YEAR, 1, 1)).cast(values.type)
        return pc.and_(pc.greater_equal(values, first), pc.less(values, last))
    if column.minimum is None and column.maximum is None:
        return None
    return _between(values.cast(pa.float64()), column.minimum, column.maximum)


def _between(values: pa.Array, low: float | None, high: float | None) -> pa.Array:
    above = pc.greater_equal(values, low) if low is not None else values.is_valid()
    below = pc.less_equal(values, high) if high is not None else values.is_valid()
    return pc.and_(above, below)


def _day_after(days: pa.Array) -> pa.Array:
    return pc.add(days.cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())


def _required(read: Converted) -> Converted:
    absent = read.values.is_null()
    if not absent.true_count:
        return read
    for where in read.faults.values():
        absent = pc.and_not(absent, where)
    return Converted(values=read.values, faults={**read.faults, "missing_value": absent})


def _true(mask: pa.Array) -> pa.Array:
    return pc.fill_null(mask, fill_value=False)
