"""Rows into a table by business key, as sets: what is new, what differs, what is as it was.

Only months that gain or lose something are touched; months without a changed row only grow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vft.lake.schemas import PARTITION
from vft.lake.staging import Stage
from vft.lake.touched import touched_months
from vft.tables.schema import Table

if TYPE_CHECKING:
    from vft.lake.writing import Change


@dataclass(frozen=True, kw_only=True)
class Upserted:
    """Rows of a table. Together they are the rows that came."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Where rows come from. ``horizon``: the month that intervals without an end reach."""

    source: str
    delivery: int
    horizon: str

    @property
    def literal(self) -> str:
        """The source in SQL."""
        return "'" + self.source.replace("'", "''") + "'"


def upsert(change: "Change", stage: Stage, arrival: Arrival) -> Upserted:
    """Replace by key within a source; add what has no key there.

    The rows are those that stand as ``good_<table>`` (``vft.lake.repeated``): no key twice.
    """
    contract = stage.contract
    good = f"SELECT * FROM good_{contract.name}"
    change.connection.execute(f"CREATE OR REPLACE TEMP VIEW arriving AS {good}")
    counts = _match(change, contract, arrival)
    if counts.added or counts.changed:
        _note_written(change, contract, arrival, counts)
        _write(change, stage, arrival, counts)
        if not contract.is_event:
            months = touched_months(
                change.connection,
                contract,
                changed=bool(counts.changed),
                horizon=arrival.horizon,
            )
            change.touch(contract.name, months)
    return counts


def _match(change: "Change", contract: Table, arrival: Arrival) -> Upserted:
    """Find which arriving rows the lake has (``matched``), and which of those differ."""
    (arrived,) = change.connection.execute("SELECT count(*) FROM arriving").fetchone()
    if contract.name not in change.versions:
        return Upserted(added=arrived)
    keys = ", ".join(_quoted(contract.key))
    content = ", ".join(_quoted(c.name for c in contract.columns if c.name not in contract.key))
    month = PARTITION if contract.is_event else f"NULL AS {PARTITION}"
    change.connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE matched AS
        SELECT a.row, e.{PARTITION} AS old_month, a.content <> e.content AS differs
        FROM (SELECT {keys}, row, hash({content or 0}) AS content FROM arriving) AS a
        JOIN (SELECT {keys}, {month}, hash({content or 0}) AS content
              FROM ({change.select(contract.name)}) WHERE source = {arrival.literal}) AS e
        USING ({keys})
        """
    )
    known, changed = change.connection.execute(
        "SELECT count(*), count(*) FILTER (differs) FROM matched"
    ).fetchone()
    return Upserted(added=arrived - known, changed=changed, unchanged=known - changed)


def _note_written(change: "Change", contract: Table, arrival: Arrival, counts: Upserted) -> None:
    """Name what is to be written (``written``), and what it replaces (``replaced``)."""
    as_before = "WHERE row NOT IN (SELECT row FROM matched WHERE NOT differs)"
    change.connection.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW written AS
        SELECT * EXCLUDE (row), {arrival.literal} AS source,
            {arrival.delivery:d}::BIGINT AS delivery
        FROM arriving {as_before if counts.unchanged else ""}
        """
    )
    if counts.changed:
        keys = ", ".join(_quoted(contract.key))
        changed = f"SELECT {keys} FROM arriving SEMI JOIN ({_DIFFERING}) USING (row)"
        change.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE replaced AS
            SELECT e.* FROM ({change.select(contract.name)}) AS e
            SEMI JOIN ({changed}) USING ({keys}) WHERE e.source = {arrival.literal}
            """
        )


def _write(change: "Change", stage: Stage, arrival: Arrival, counts: Upserted) -> None:
    """Write new and changed rows, and with them what must stay of the months that are redone."""
    contract = stage.contract
    redone = _months_to_redo(change, contract, counts)
    old = [f for f in change.files(contract.name) if f.partition.get(PARTITION) in redone]
    rows: Any = "SELECT * FROM written"
    if not (old or counts.unchanged or stage.has_repeated):
        # all rows are new: the way round DuckDB would take a third more time
        rows = stage.reader(source=arrival.source, delivery=arrival.delivery)
    elif old:
        partitions = {m for m in redone if m} if contract.is_event else None
        there = change.select(contract.name, months=partitions)
        staying = _staying(there, contract, arrival) if counts.changed else there
        rows += f" UNION ALL BY NAME {staying}"
    folder, schema = change.write_rows(contract.name, rows)
    # an event touches the month it is in: the files' own
    months: list[str] | None = None if contract.is_event else []
    change.adopt(contract.name, folder, schema=schema, remove=old, months=months)


def _months_to_redo(change: "Change", contract: Table, counts: Upserted) -> set[str | None]:
    """Partitions that lose a row or are in too many pieces; None is the unpartitioned table."""
    crowded = change.crowded(contract.name)
    if not contract.is_event:
        return {None} if counts.changed else crowded
    redo = set()
    if counts.changed:
        arriving = f"SELECT {PARTITION} FROM arriving SEMI JOIN ({_DIFFERING}) USING (row)"
        redo = _months(change, f"SELECT old_month FROM ({_DIFFERING}) UNION {arriving}")
    growing = _months(change, f"SELECT DISTINCT {PARTITION} FROM written") if crowded else set()
    return redo | (growing & crowded)


_DIFFERING = "SELECT * FROM matched WHERE differs"


def _months(change: "Change", sql: str) -> set[str | None]:
    return {month for (month,) in change.connection.execute(sql).fetchall()}


def _staying(there: str, contract: Table, arrival: Arrival) -> str:
    same = " AND ".join(f"e.{key} = r.{key}" for key in _quoted(contract.key))
    return (
        f"SELECT e.* FROM ({there}) AS e "
        f"ANTI JOIN replaced AS r ON e.source = {arrival.literal} AND {same}"
    )


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]
