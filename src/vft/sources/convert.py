"""From a file's values to a contract's: one column at a time, never one value at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import identity, moments, numbers, typed
from vft.sources.agreement import allowed_codes
from vft.sources.mapping import ColumnMapping, Format, Mapping
from vft.tables.schema import Column, Kind

_REPEATING = {Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN, Kind.DATE}
_FORMULA = r"^=.|^[+@][\p{L}(]"
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
        read = Converted(values=taken, faults=_unreadable(given, taken, column))
    else:
        if repeats(column, source) and not pa.types.is_dictionary(given.type):
            given = given.dictionary_encode()
        read = _from_text(given, column, form, mapping.codes.get(source.codes or ""))
    read = _in_range(read, column)
    if column.name == "ends_on" and form.ends == "inclusive":
        read = Converted(values=_day_after(read.values), faults=read.faults)
    return _required(read) if column.required else read


def repeats(column: Column, source: ColumnMapping) -> bool:
    """Whether a column has few distinct values, so that each had better be read once."""
    is_listed = source.codes is not None or bool(allowed_codes(column))
    return column.kind in _REPEATING or (column.kind is Kind.CODE and is_listed)


def is_missing(given: pa.Array, form: Format) -> pa.Array:
    """Where a vendor's column has no value."""
    if pa.types.is_dictionary(given.type) or pa.types.is_string(given.type):
        encoded = given if pa.types.is_dictionary(given.type) else given.dictionary_encode()
        missing = _cleaned(encoded.dictionary, form).is_null()
        return pc.fill_null(missing.take(encoded.indices), fill_value=True)
    return given.is_null(nan_is_null=pa.types.is_floating(given.type))


def _from_text(
    given: pa.Array, column: Column, form: Format, codes: dict[str, str] | None
) -> Converted:
    if pa.types.is_dictionary(given.type):
        return _read(given.dictionary, column, form, codes).take(given.indices)
    return _read(given, column, form, codes)


def _read(text: pa.Array, column: Column, form: Format, codes: dict[str, str] | None) -> Converted:
    text = _cleaned(typed.as_text(text, form), form)
    is_formula = _true(pc.match_substring_regex(text, _FORMULA))
    faults = {}
    if is_formula.true_count:
        faults["formula"] = is_formula
        text = pc.if_else(is_formula, None, text)
    if codes is not None:
        values, unknown = _translated(text, codes)
    else:
        values = _READERS[column.kind](text, column, form)
        unknown = pc.and_(text.is_valid(), values.is_null())
    if unknown.true_count:
        faults[_RULE[column.kind]] = unknown
    return Converted(values=values, faults=faults)


def _cleaned(text: pa.Array, form: Format) -> pa.Array:
    """Trimmed, and null where the mapping says that the value is missing."""
    trimmed = pc.utf8_trim_whitespace(text.cast(pa.string()))
    missing = pc.is_in(trimmed, value_set=pa.array(["", *form.missing]))
    return pc.if_else(missing, None, trimmed) if missing.true_count else trimmed


def _translated(text: pa.Array, codes: dict[str, str]) -> tuple[pa.Array, pa.Array]:
    """Our codes for theirs, and where theirs is in no list. An empty code of ours is null."""
    place = pc.index_in(text, value_set=pa.array(codes, pa.string()))
    ours = pa.array([ours or None for ours in codes.values()], pa.string())
    return ours.take(place), pc.and_(text.is_valid(), place.is_null())


def _code(text: pa.Array, column: Column, _: Format) -> pa.Array:
    if not (allowed := allowed_codes(column)):
        return text
    return pc.if_else(pc.is_in(text, value_set=pa.array(allowed)), text, None)


def _boolean(text: pa.Array, _: Column, form: Format) -> pa.Array:
    given = pc.utf8_lower(text)
    true, false = (
        pc.is_in(given, value_set=pa.array([word.lower() for word in words], pa.string()))
        for words in (form.true, form.false)
    )
    return pc.if_else(pc.or_(true, false), true, None)


def _person(text: pa.Array, _: Column, __: Format) -> pa.Array:
    number = pc.replace_substring_regex(text, _SPACES, "")
    # a spreadsheet takes the leading zero away; the control digits say if it was there
    number = pc.if_else(
        pc.equal(pc.binary_length(number), 10), pc.binary_join_element_wise("0", number, ""), number
    )
    return pc.if_else(identity.is_valid(number), number, None)


_READERS: dict[Kind, Callable[[pa.Array, Column, Format], pa.Array]] = {
    Kind.CODE: _code,
    Kind.TEXT: lambda text, _, __: text,
    Kind.INTEGER: lambda text, _, __: numbers.integers(text),
    Kind.DECIMAL: lambda text, column, form: numbers.decimals(
        text, form.decimal, column.arrow_type()
    ),
    Kind.BOOLEAN: _boolean,
    Kind.DATE: lambda text, _, form: moments.dates(text, form.date),
    Kind.INSTANT: lambda text, _, form: moments.instants(text, form.instant, form.zone),
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
        year = pc.year(values)
        return _between(year, moments.FIRST_YEAR, moments.LAST_YEAR)
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
