"""Tables that a reader sees: text with a line a row, typed by the lake's contracts.

    vedtak | recipient_id | service | starts_on  | ends_on
    V1     | 1            | TA      | 2024-01-01 |

An empty cell is null, and so is every column that is not written. Events are placed in time by a
column ``at`` in local time: ``2024-11-05 23:30``.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa

from vft import tables
from vft.tables import period
from vft.tables.schema import Kind

#: Columns that are the same in nearly every test, filled in where they are not written.
USUAL = {
    "vedtak": {"status": "granted"},
    "devices": {"product": "P", "supplier": "S"},
    "recipients": {"birth_year": "1940"},
    "visits": {"kind": "nursing", "status": "executed"},
    "groupings": {},
    "invoice_lines": {"supplier": "S"},
}


def rows(text):
    """Dictionaries of strings, by the names in the first line."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    names = cells[0]
    return [dict(zip(names, line, strict=True)) for line in cells[1:]]


def table(name, text=""):
    """A lake table of a contract."""
    schema = tables.ALL[name].lake_schema()
    written = [USUAL.get(name, {}) | row for row in rows(text)] if text.strip() else []
    typed = [_typed(name, row, number) for number, row in enumerate(written, start=1)]
    return pa.Table.from_pylist(typed, schema=schema)


def world(**texts):
    """Every table that the lake can hold, those that are not named without rows."""
    unknown = set(texts) - set(tables.ALL)
    assert not unknown, unknown
    in_lake = (name for name, contract in tables.ALL.items() if contract.home.value == "lake")
    return {name: table(name, texts.get(name, "")) for name in in_lake}


def _typed(name, row, number):
    contract = tables.ALL[name]
    values = {c: _value(contract, c, v) for c, v in row.items() if c != "at" and v != ""}
    for key in contract.key:
        if contract.column[key].kind is Kind.CODE:
            values.setdefault(key, f"{name}-{number}")
    values.setdefault("source", "test")
    values.setdefault("delivery", 1)
    return values | (_placed(contract, row["at"]) if "at" in row else {})


def _value(contract, column, text):
    if column not in contract.column:
        return int(text) if column == "delivery" else text
    kinds = {
        Kind.INTEGER: int,
        Kind.PERSON: int,
        Kind.DECIMAL: Decimal,
        Kind.BOOLEAN: lambda v: v == "true",
        Kind.DATE: date.fromisoformat,
        Kind.INSTANT: datetime.fromisoformat,
    }
    return kinds.get(contract.column[column].kind, str)(text)


def _placed(contract, at):
    local = datetime.fromisoformat(at).replace(tzinfo=period.LOCAL_ZONE)
    return {
        contract.happened[0]: local.astimezone(UTC),
        "local_date": local.date(),
        "local_minute": local.hour * 60 + local.minute,
        "month": period.month_of(local.date()),
    }


class InMemory:
    """The tables of a world, as a fact or an indicator asks for them, on DuckDB in memory."""

    def __init__(self, tables_by_name):
        import ibis

        self.connection = ibis.duckdb.connect()
        self.tables = tables_by_name

    def __call__(self, name, *, months=None):
        import ibis

        found = ibis.memtable(self.tables[name])
        return found if months is None else found.filter(found.month.isin(list(months)))

    def arrow(self, expr):
        return self.connection.to_pyarrow(expr)

    def settled(self, expr):
        import ibis

        return ibis.memtable(self.arrow(expr))

    def rows(self, expr, columns):
        """The answer's rows with these columns ('a b c'), as text, in order."""
        found = self.connection.to_pyarrow(expr).select(columns.split()).to_pylist()
        return sorted(tuple(_shown(v) for v in row.values()) for row in found)


def expected(text, columns):
    """The rows of a visible table with these columns, as text, in order."""
    return sorted(tuple(row[c] for c in columns.split()) for row in rows(text))


def _shown(value):
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
