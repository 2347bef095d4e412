"""The receipts: one row for each file that was received, whatever became of it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.lake.engine import Engine
    from vft.lake.writing import Change

NAME = "deliveries"
Status = Literal["loaded", "unchanged", "refused"]
Copy = Literal["kept", "rewritten", "dropped", "never"]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A receipt.

    ``rows_read``, ``rows_good`` and ``rows_bad`` are rows of the file; ``added``, ``changed`` and
    ``unchanged`` are rows of tables (a row of a file may feed several). ``status``: ``unchanged``
    when nothing of it was new. ``copy``: what has become of the file in the vault, which never has
    what is refused at a glance, and ``copy_rule`` by which rule, where erasure or retention has
    been at it. ``sha256``: of the file; of its first mebibyte, its size and its name where the
    vault never had it and it is larger.
    """

    delivery: int
    source: str
    file_name: str
    sha256: str
    mapping_sha256: str
    bytes: int
    received_at: datetime
    status: Status
    refused_kind: str | None = None
    refused_reason: str | None = None
    rows_read: int = 0
    rows_good: int = 0
    rows_bad: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    first_date: date | None = None
    last_date: date | None = None
    copy: Copy = "kept"
    copy_rule: str | None = None

    @property
    def is_without_rows(self) -> bool:
        """Whether the file had its headings and nothing below them."""
        return self.status != "refused" and not self.rows_read

    def again(self) -> "Delivery":
        """What the sender of the same file under the same mapping is told: nothing changed."""
        rows = self.added + self.changed + self.unchanged
        return replace(self, status="unchanged", added=0, changed=0, unchanged=rows)


def schema() -> "pa.Schema":
    """The receipts' columns, in the order of :class:`Delivery`."""
    import pyarrow as pa

    kinds = {
        "received_at": pa.timestamp("us", tz="UTC"),
        "first_date": pa.date32(),
        "last_date": pa.date32(),
    }
    numbers = {"delivery", "bytes", "rows_read", "rows_good", "rows_bad"}
    numbers |= {"added", "changed", "unchanged"}
    names = Delivery.__dataclass_fields__
    return pa.schema(
        [(n, pa.int64() if n in numbers else kinds.get(n, pa.string())) for n in names]
    )


def all_of(engine: "Engine") -> list[Delivery]:
    """Every receipt in a state of the lake, newest first."""
    rows = engine.arrow(engine.table(NAME)).sort_by([("delivery", "descending")])
    return [Delivery(**row) for row in rows.to_pylist()]


def next_number(change: "Change") -> int:
    """The number that the delivery at hand will have."""
    sql = f"SELECT coalesce(max(delivery), 0) + 1 FROM ({change.select(NAME)})"
    return int(change.connection.execute(sql).fetchone()[0])


def find(change: "Change", *, sha256: str, mapping_sha256: str) -> Delivery | None:
    """The latest receipt for the same content read through the same mapping."""
    found = change.connection.execute(
        f"SELECT * FROM ({change.select(NAME)}) WHERE sha256 = ? AND mapping_sha256 = ? "
        "ORDER BY delivery DESC LIMIT 1",
        [sha256, mapping_sha256],
    ).to_arrow_table()
    return Delivery(**found.to_pylist()[0]) if found.num_rows else None


def record(change: "Change", delivery: Delivery) -> None:
    """Add a receipt."""
    import pyarrow as pa

    receipt = pa.Table.from_pylist([asdict(delivery)], schema=schema())
    change.append(NAME, receipt, months=[])


def note_copies(change: "Change", noted: list[dict[str, str]]) -> None:
    """Write down what becomes of files in the vault: ``sha256``, ``copy``, ``copy_rule``."""
    import pyarrow as pa

    if not noted:
        return
    change.connection.register("noted", pa.Table.from_pylist(noted))
    change.replace(
        NAME,
        f"""
        SELECT d.* REPLACE (coalesce(n.copy, d.copy) AS copy,
            coalesce(n.copy_rule, d.copy_rule) AS copy_rule)
        FROM ({change.select(NAME)}) AS d LEFT JOIN noted AS n USING (sha256)
        """,
        months=[],
    )
