"""The receipts: one row for each file that was received, whatever became of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "deliveries"


def schema() -> "pa.Schema":
    """Counts are rows of the file; ``added``, ``changed``, ``unchanged`` are rows of tables."""
    import pyarrow as pa

    counts = ("rows_read", "rows_good", "rows_bad", "added", "changed", "unchanged")
    return pa.schema(
        [
            pa.field("delivery", pa.int64()),
            pa.field("source", pa.string()),
            pa.field("file_name", pa.string()),
            pa.field("sha256", pa.string()),
            pa.field("mapping_sha256", pa.string()),
            pa.field("bytes", pa.int64()),
            pa.field("received_at", pa.timestamp("us", tz="UTC")),
            pa.field("status", pa.string()),
            pa.field("refused_kind", pa.string()),
            pa.field("refused_reason", pa.string()),
            *(pa.field(name, pa.int64()) for name in counts),
            pa.field("first_date", pa.date32()),
            pa.field("last_date", pa.date32()),
        ]
    )
