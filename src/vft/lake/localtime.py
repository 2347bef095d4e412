"""The local day, minute and month that an instant falls in: what people mean by "when"."""

from typing import TYPE_CHECKING

from vft.tables.period import LOCAL_ZONE
from vft.tables.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa


def add_local_time(rows: "pa.Table", contract: Table) -> "pa.Table":
    """Add ``local_date``, ``local_minute`` (0–1439) and ``month`` to rows of an event table.

    Summer time is Europe/Oslo's. A row without any of the contract's instants gets nulls.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    happened = pc.coalesce(*(rows[name] for name in contract.happened))
    local = pc.local_timestamp(happened.cast(pa.timestamp("us", tz=LOCAL_ZONE.key)))
    day = local.cast(pa.date32(), safe=False)
    minute = pc.add(pc.multiply(pc.hour(local), 60), pc.minute(local))
    return (
        rows.append_column("local_date", day)
        .append_column("local_minute", minute)
        .append_column("month", months(day))
    )


def months(days: "pa.ChunkedArray") -> "pa.Array":
    """The month of each day, written ``2024-11``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ordinal = pc.add(pc.multiply(pc.year(days), 12), pc.subtract(pc.month(days), 1))
    coded = ordinal.combine_chunks().dictionary_encode()
    written = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in coded.dictionary.to_pylist()]
    return pc.take(pa.array(written, pa.string()), coded.indices)
