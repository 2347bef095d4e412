"""Values that arrive typed, from Parquet or Excel, without a detour through text."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import moments, numbers
from vft.sources.mapping import TOKEN, Format
from vft.tables.period import LOCAL_ZONE
from vft.tables.schema import Column, Kind


def take(given: pa.Array, column: Column, form: Format) -> pa.Array | None:
    """The column in the contract's type, or None when its type must be read as text.

    Null where a value is missing or does not fit (a fraction in a whole number).
    """
    if pa.types.is_null(given.type):
        return pa.nulls(len(given), kept(column))
    take_it = _TAKERS.get(column.kind)
    return take_it(given, column, form) if take_it else None


def as_text(given: pa.Array, form: Format) -> pa.Array:
    """Typed values as the mapping would have written them, so that they can be read as text."""
    kind = given.type
    if pa.types.is_dictionary(kind):
        return as_text(given.cast(kind.value_type), form)
    if pa.types.is_floating(kind):
        whole = _integer(given)
        text = pc.replace_substring(given.cast(pa.string()), ".", form.decimal)
        return pc.if_else(whole.is_valid(), whole.cast(pa.string()), text)
    if pa.types.is_date(kind):
        return pc.strftime(given, format=strftime(form.date))
    if pa.types.is_timestamp(kind):
        return pc.strftime(
            given.cast(pa.timestamp("s", tz=kind.tz), safe=False), format=strftime(form.instant)
        )
    return given.cast(pa.string())


def kept(column: Column) -> pa.DataType:
    """The type that leaves this package: the contract's, but identity numbers are strings."""
    return pa.string() if column.kind is Kind.PERSON else column.arrow_type()


def _is_moment(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))


def _date(given: pa.Array, _: Column, __: Format) -> pa.Array | None:
    """A moment's date is the date in Norway, not in UTC."""
    if not _is_moment(given.type):
        return None
    if pa.types.is_timestamp(given.type) and given.type.tz is not None:
        given = pc.local_timestamp(given.cast(pa.timestamp("us", tz=LOCAL_ZONE.key), safe=False))
    return given.cast(pa.date32())


def _instant(given: pa.Array, _: Column, form: Format) -> pa.Array | None:
    if not _is_moment(given.type):
        return None
    if pa.types.is_timestamp(given.type) and given.type.tz is not None:
        return given.cast(pa.timestamp("us", tz="UTC"), safe=False)
    return moments.to_utc(given.cast(pa.timestamp("us"), safe=False), form.zone)


def _count(given: pa.Array, _: Column, __: Format) -> pa.Array | None:
    kind = given.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
    return _integer(given) if is_number else None


def _decimal(given: pa.Array, column: Column, _: Format) -> pa.Array | None:
    kind = given.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return numbers.rounded(given, column.arrow_type())
    return None


def _boolean(given: pa.Array, _: Column, __: Format) -> pa.Array | None:
    return given if pa.types.is_boolean(given.type) else None


_TAKERS: dict[Kind, Callable[[pa.Array, Column, Format], pa.Array | None]] = {
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
    Kind.INTEGER: _count,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
}


def _integer(given: pa.Array) -> pa.Array:
    """Whole numbers; a float with a fraction becomes null."""
    if pa.types.is_integer(given.type):
        return given.cast(pa.int64())
    given = given.cast(pa.float64())
    # beyond 2^53 a float no longer holds every whole number
    exact = pc.and_(pc.equal(given, pc.round(given)), pc.less(pc.abs(given), float(2**53)))
    return pc.if_else(exact, given, None).cast(pa.int64())


def strftime(pattern: str) -> str:
    """``dd.mm.yyyy`` → ``%d.%m.%Y``."""
    words = {"dd": "%d", "mm": "%m", "yyyy": "%Y", "HH": "%H", "MM": "%M", "SS": "%S"}
    return TOKEN.sub(lambda token: words[token[0]], pattern)
