"""The one door through which rows about persons leave the lake for a screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vft import tables
from vft.errors import AccessDenied

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.lake.engine import Engine


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What is about to be shown: who reads what, why, and about whom."""

    reader: str
    purpose: str
    table: str
    columns: tuple[str, ...]
    recipients: tuple[int, ...]
    count: int


def rows(  # noqa: PLR0913 -- every word of the question must be asked
    engine: "Engine",
    *,
    table: str,
    where: Callable[[Any], Any],
    columns: Sequence[str],
    reader: str,
    purpose: str,
    log: Callable[[Opened], None],
) -> "pa.Table":
    """Rows of a contract's table for which ``where`` (an Ibis table → a condition) holds.

    ``log`` is called before any row is handed over; if it raises, none is. Who may read what is
    for the caller to decide: here it is only seen to that nobody reads unseen.

    Raises:
        AccessDenied: no reader or no purpose was given.
    """
    if not reader.strip() or not purpose.strip():
        raise AccessDenied("Oppslag om personer krever at leser og formål er oppgitt.")
    source = engine.table(table)
    persons = tables.ALL[table].person_columns
    found = engine.arrow(source.filter(where(source)).select(*{*columns, *persons}))
    log(
        Opened(
            reader=reader,
            purpose=purpose,
            table=table,
            columns=tuple(columns),
            recipients=_distinct(found, persons),
            count=found.num_rows,
        )
    )
    return found.select(list(columns))


def _distinct(found: "pa.Table", persons: Sequence[str]) -> tuple[int, ...]:
    seen: set[int] = set()
    for column in persons:
        seen.update(found[column].drop_null().unique().to_pylist())
    return tuple(sorted(seen))
