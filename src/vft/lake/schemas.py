"""The Arrow schema of every table that the lake knows before it holds a row."""

from typing import TYPE_CHECKING

from vft import tables
from vft.lake import deliveries, quarantine
from vft.tables.schema import Home

if TYPE_CHECKING:
    import pyarrow as pa

#: The column that event tables and panel tables are partitioned by.
PARTITION = "month"
_OWN = {deliveries.NAME: deliveries.schema, quarantine.NAME: quarantine.schema}


def schema_of(table: str) -> "pa.Schema | None":
    """What the contract promises, or nothing for a derived table, whose rows say what it is."""
    if table in _OWN:
        return _OWN[table]()
    contract = tables.ALL.get(table)
    return contract.lake_schema() if contract and contract.home is Home.LAKE else None
