"""Which columns of the lake name persons, in contracts' tables and in what is derived from them."""

from typing import TYPE_CHECKING

from vft import tables
from vft.lake import delta

if TYPE_CHECKING:
    from vft.lake.writing import Change

#: What a derived table calls the person it is about.
_DERIVED = "recipient_id"


def person_columns(change: "Change", table: str) -> tuple[str, ...]:
    """Columns that hold pseudonyms."""
    if table in tables.ALL:
        return tables.ALL[table].person_columns
    schema = delta.schema(change.lake.table(table), change.versions[table])
    return (_DERIVED,) if _DERIVED in schema.names else ()
