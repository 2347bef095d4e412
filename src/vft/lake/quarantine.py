"""Which rows were refused, by which rule, said so that the sender can mend them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "quarantine"


def schema() -> "pa.Schema":
    """One row a fault; a row of a file may have several. The raw row is in the vault only."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("delivery", pa.int64()),
            pa.field("row", pa.int64()),
            pa.field("table", pa.string()),
            pa.field("rule", pa.string()),
            pa.field("column", pa.string()),
            pa.field("says", pa.string()),
            pa.field("value", pa.string()),
        ]
    )
