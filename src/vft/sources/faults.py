"""What can be wrong with one row of a file, and how it is said."""

from collections.abc import Iterable

import pyarrow as pa

#: One row a fault. ``column`` is the contract's name (``Mapping.vendor_column`` gives the file's);
#: ``table`` and ``column`` are empty where the row as a whole is at fault.
SCHEMA = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("table", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("column", pa.string()),
        pa.field("value", pa.string()),
    ]
)

SAYS: dict[str, str] = {
    "not_a_date": "Verdien er ikke en dato slik tilordningen beskriver datoer.",
    "not_an_instant": "Verdien er ikke et tidspunkt slik tilordningen beskriver tidspunkter.",
    "not_a_number": "Verdien er ikke et tall slik tilordningen beskriver tall.",
    "not_a_boolean": "Verdien er verken blant tilordningens ja-verdier eller nei-verdier.",
    "not_an_identity": "Verdien er ikke et gyldig fødselsnummer eller D-nummer.",
    "identity_in_clear": (
        "Verdien er et fødselsnummer i en kolonne som ikke er en person. "
        "Tilordne kolonnen til en person, eller ta den ut."
    ),
    "not_text": "Verdien er ikke tekst.",
    "unknown_code": "Koden finnes ikke i kodelisten.",
    "missing_value": "Verdien mangler, og må være med.",
    "out_of_range": "Verdien er utenfor det som er mulig.",
    "formula": "Cellen inneholder en formel. Lim inn verdien i stedet.",
    "too_few_fields": "Raden har færre felt enn overskriften.",
    "too_many_fields": "Raden har flere felt enn overskriften. Se etter skilletegn i en tekst.",
}


def none() -> pa.Table:
    """No faults."""
    return SCHEMA.empty_table()


def of(rows: pa.Array, values: pa.Array, *, table: str, rule: str, column: str) -> pa.Table:
    """The same fault in each of ``rows``, with the value that stood there, as text."""
    n = len(rows)
    return pa.table(
        [
            rows,
            pa.repeat(pa.scalar(table), n),
            pa.repeat(pa.scalar(rule), n),
            pa.repeat(pa.scalar(column), n),
            values,
        ],
        schema=SCHEMA,
    )


def together(found: Iterable[pa.Table]) -> pa.Table:
    """All faults, in row order."""
    return pa.concat_tables([none(), *found]).combine_chunks().sort_by("row")
