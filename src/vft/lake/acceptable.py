"""How bad a file may be: bad rows are quarantined until there are too many of them."""

from typing import TYPE_CHECKING

from vft import tables
from vft.errors import FileRefused
from vft.lake.validate import says

if TYPE_CHECKING:
    import pyarrow as pa

_NAMED_RULES = 3


class TooManyBadRows(FileRefused):
    """Kind ``too_many_bad_rows``. ``counts`` are for the receipt."""

    def __init__(self, message: str, *, rows_read: int, rows_bad: int) -> None:
        super().__init__(message, kind="too_many_bad_rows")
        self.counts = {"rows_read": rows_read, "rows_bad": rows_bad}


def require_mostly_good(found: "pa.Table", *, rows_read: int, refuse_above: float) -> None:
    """Refuse a file whole when a larger share of its rows has faults than its source may have.

    Raises:
        TooManyBadRows: with the commonest faults, in bokmål.
    """
    import pyarrow.compute as pc

    bad = pc.count_distinct(found["row"]).as_py()
    if bad <= refuse_above * rows_read:
        return
    raise TooManyBadRows(
        f"{_number(bad)} av {_rows(rows_read)} har feil ({_percent(bad / rows_read)}), og grensen "
        f"for kilden er {_percent(refuse_above)}. Ingenting fra filen er tatt inn. "
        f"Vanligst: {_most_common(found)}",
        rows_read=rows_read,
        rows_bad=bad,
    )


def _most_common(found: "pa.Table") -> str:
    counted = found.group_by(["table", "rule", "column"]).aggregate([("row", "count")])
    top = counted.sort_by([("row_count", "descending")]).slice(0, _NAMED_RULES).to_pylist()
    return " ".join(
        f"{_title(kind['table'], kind['column'])}: "
        f"{says(tables.ALL.get(kind['table']), kind['rule'])} ({_rows(kind['row_count'])})"
        for kind in top
    )


def _title(table: str, column: str | None) -> str:
    """What a reader knows a column as."""
    contract = tables.ALL.get(table)
    known = contract.column.get(column) if contract and column else None
    return known.title if known else column or "Raden"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def _rows(count: int) -> str:
    return f"{_number(count)} {'rad' if count == 1 else 'rader'}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
