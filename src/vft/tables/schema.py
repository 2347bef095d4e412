"""The words in which a contract is written: tables, columns, kinds and rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

IDENTITY = "identity"


class Kind(StrEnum):
    """What a value is. The lake's type follows from it (:meth:`Column.arrow_type`)."""

    CODE = "code"  # a string that means something: never a number, leading zeros kept
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"  # four decimals, exact: kroner, kilometres, hours, percent
    BOOLEAN = "boolean"
    DATE = "date"  # a local calendar date in Europe/Oslo
    INSTANT = "instant"  # a moment, kept in UTC
    PERSON = "person"  # an identity number in the file, a pseudonym in the lake


class Home(StrEnum):
    """Which of the two stores keeps a table."""

    LAKE = "lake"
    APPLICATION = "application"  # identities: never in the lake


@dataclass(frozen=True, kw_only=True)
class Column:
    """One promised column. ``title`` is what a Norwegian reader is shown."""

    name: str
    kind: Kind
    title: str
    meaning: str = ""
    required: bool = False
    codes: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    #: ``table.column`` where the value must be found, checked when the delivery is loaded.
    refers_to: str = ""

    def arrow_type(self) -> "pa.DataType":
        """The type in the lake. PERSON is a 64-bit pseudonym (``lake.pseudonym``)."""
        import pyarrow as pa

        types: dict[Kind, pa.DataType] = {
            Kind.CODE: pa.string(),
            Kind.TEXT: pa.string(),
            Kind.INTEGER: pa.int64(),
            Kind.DECIMAL: pa.decimal128(18, 4),
            Kind.BOOLEAN: pa.bool_(),
            Kind.DATE: pa.date32(),
            Kind.INSTANT: pa.timestamp("us", tz="UTC"),
            Kind.PERSON: pa.int64(),
        }
        return types[self.kind]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A promise over one row. ``holds`` takes a table expression, gives a boolean column.

    A null answer counts as kept: a rule speaks only of values that are there.
    """

    id: str
    says: str
    holds: Callable[[Any], Any] = field(compare=False)
    column: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A contract: what one row means, its key, its columns and its rules.

    ``key`` is the business key within one source: a later row with the same key replaces.
    ``happened`` names the instants that place an event in time, the first that is there counts;
    the lake then adds ``local_date`` (Europe/Oslo), ``local_minute`` (0–1439) and ``month``
    (``2024-11``, the partition). Interval tables have ``starts_on`` and ``ends_on`` instead:
    half-open, an empty ``ends_on`` is still running.
    """

    name: str
    title: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    version: int = 1
    happened: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    home: Home = Home.LAKE

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by name."""
        return {c.name: c for c in self.columns}

    @property
    def is_event(self) -> bool:
        """Whether rows happen at a moment and are partitioned by local month."""
        return bool(self.happened)

    @property
    def is_interval(self) -> bool:
        """Whether rows hold from ``starts_on`` until ``ends_on``."""
        return "starts_on" in self.column and "ends_on" in self.column

    @property
    def dates(self) -> tuple[str, ...]:
        """The DATE columns that place a row in time when it is neither event nor interval."""
        return tuple(c.name for c in self.columns if c.kind is Kind.DATE)

    @property
    def person_columns(self) -> tuple[str, ...]:
        """The columns that name a person."""
        return tuple(c.name for c in self.columns if c.kind is Kind.PERSON)

    def lake_schema(self) -> "pa.Schema":
        """The Arrow schema in the lake: contract columns, provenance, then derived time."""
        import pyarrow as pa

        fields = [pa.field(c.name, c.arrow_type(), nullable=True) for c in self.columns]
        fields += [pa.field("source", pa.string()), pa.field("delivery", pa.int64())]
        if self.is_event:
            fields += [
                pa.field("local_date", pa.date32()),
                pa.field("local_minute", pa.int64()),
                pa.field("month", pa.string()),
            ]
        return pa.schema(fields)


def starts_on(title: str = "Fra dato", **kwargs: Any) -> Column:
    """The first day of an interval."""
    return Column(name="starts_on", kind=Kind.DATE, title=title, required=True, **kwargs)


def ends_on(title: str = "Til dato") -> Column:
    """The first day that no longer belongs to an interval; empty while it runs."""
    return Column(name="ends_on", kind=Kind.DATE, title=title)


def recipient(*, required: bool = True) -> Column:
    """The tjenestemottaker a row is about."""
    return Column(
        name="recipient_id", kind=Kind.PERSON, title="Tjenestemottaker", required=required
    )


#: An interval must not end before it starts. One that ends the day it starts covers nothing.
ENDS_AFTER_START = Rule(
    id="ends_before_start",
    says="Til-dato er før fra-dato.",
    holds=lambda t: t.ends_on >= t.starts_on,
    column="ends_on",
)
