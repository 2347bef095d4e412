"""Erasure of one person: from the vault, the lake and the lake's history.

Reached are the rows that name her, and the rows about equipment that was hers alone then, which
do not (:mod:`vft.lake.possession`): of a device that two had, or of days when another had it,
what it reported stays, for it is the other's too.

What as-of can still give afterwards: tables that never held the person, at any state; tables that
did, only from the erasure on, for anyone. Their older states held her rows, and are gone. Figures
that were published before stay: they are counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vft import tables
from vft.lake import deliveries, delta, files, possession, redaction, unnamed
from vft.lake.lake import Lake
from vft.lake.manifest import EVERY_MONTH
from vft.lake.persons import person_columns
from vft.lake.redaction import NONE, Unnamed
from vft.lake.schemas import PARTITION
from vft.lake.vault import Vault
from vft.lake.writing import Change, alone, changing
from vft.sources.mapping import Mapping as SourceMapping


@dataclass(frozen=True, kw_only=True)
class Erased:
    """Rows removed, by table, and files of the vault that were rewritten or dropped."""

    rows: dict[str, int] = field(default_factory=dict)
    received: int = 0
    quarantine: int = 0


def erase(  # noqa: PLR0913 -- each is the caller's own choice
    lake: Lake,
    vault: Vault,
    recipient_id: int,
    identity: str,
    *,
    mappings: Mapping[str, SourceMapping],
    now: datetime | None = None,
) -> Erased:
    """Remove every trace of a person. Identities and names are for the caller to forget.

    ``mappings``: by source, for finding her devices' rows in what the vault keeps. A copy that
    may hold such rows and cannot be read is given up whole. Receipts stay, and tell which copies
    were rewritten and by which rule. Interrupted, it is completed by doing it again. A later
    delivery that names her brings her back; one of her devices' old events brings those.

    Raises:
        VaultError: the vault's private key is not there.
        LakeError: another writer holds the lake.
    """
    with alone(lake):
        with changing(lake, reason=_REASON, now=now) as change:
            possession.note(change, recipient_id)
            search = unnamed.Search(change, vault, mappings)
            found = [f for file in vault.files() if (f := _find(vault, file, identity, search))]
            # noted before it is done: a copy must never be other than its receipt says
            _note(change, vault, found)
        for copy in found:
            _redact(vault, copy, identity)
        # last, for by what the lake knows of her the rest is found when this is done again
        rows = _erase_from_lake(lake, recipient_id, now=now)
    received = sum(copy.file.parent == vault.received for copy in found)
    return Erased(rows=rows, received=received, quarantine=len(found) - received)


_REASON = "sletting av én person"


@dataclass(frozen=True, kw_only=True)
class _Copy:
    """A file of the vault that holds something of hers, and the rule by which it will not."""

    file: Path
    unnamed: Unnamed
    rule: str


def _find(vault: Vault, file: Path, identity: str, search: unnamed.Search) -> _Copy | None:
    with vault.opened(file) as clear:
        rows = search.rows(file, clear)
        if rows is None:
            return _Copy(file=file, unnamed=NONE, rule="copy_dropped")
        rule = redaction.redact(clear, clear.with_name("without"), identity, rows)
    return _Copy(file=file, unnamed=rows, rule=rule) if rule else None


def _redact(vault: Vault, copy: _Copy, identity: str) -> None:
    if copy.rule == "copy_dropped":
        copy.file.unlink()
        return
    with vault.opened(copy.file) as clear:
        without = clear.with_name("without")
        redaction.redact(clear, without, identity, copy.unnamed)
        vault.put_back(without, copy.file)


def _note(change: Change, vault: Vault, found: list[_Copy]) -> None:
    noted = [
        {
            "sha256": copy.file.stem,
            "copy": "dropped" if copy.rule == "copy_dropped" else "rewritten",
            "copy_rule": copy.rule,
        }
        for copy in found
        if copy.file.parent == vault.received
    ]
    deliveries.note_copies(change, noted)


def _erase_from_lake(lake: Lake, recipient_id: int, *, now: datetime | None) -> dict[str, int]:
    with changing(lake, reason=_REASON, now=now) as change:
        possession.note(change, recipient_id)
        rows = {t: _erase_from(change, t, recipient_id) for t in sorted(change.versions)}
    return {table: count for table, count in rows.items() if count}


def _erase_from(change: Change, table: str, recipient_id: int) -> int:
    """Rewrite what holds the person now, and give up what held her before. Gives rows removed."""
    about = _about(change, table, recipient_id)
    if about is None or not _was_ever_in(change, table, about):
        return 0
    change.forget_history(table)
    there = change.select(table)
    count = f"SELECT count(*) FROM ({there}) WHERE {about}"
    (removed,) = change.connection.execute(count).fetchone()
    if removed:
        _rewrite(change, table, about)
    return int(removed)


def _about(change: Change, table: str, recipient_id: int) -> str | None:
    """SQL for whether a row is about the person; None for a table that is about nobody."""
    columns = person_columns(change, table)
    named = [f"coalesce({column} = {recipient_id:d}, false)" for column in columns]
    if table in possession.TABLES:
        named.append(possession.about(table))
    if named:
        return " OR ".join(named)
    parent, key = _THROUGH.get(table, ("", ""))
    if parent in change.base.versions and _files_of(change, parent):
        owned = _every_row(change, parent)
        owner = " OR ".join(f"{c} = {recipient_id:d}" for c in tables.ALL[parent].person_columns)
        return f"{key} IN (SELECT {key} FROM {owned} WHERE {owner})"
    return None


#: Tables whose rows are a person's through the row of another table.
_THROUGH = {"vedtak_pauses": ("vedtak", "vedtak_id")}


def _was_ever_in(change: Change, table: str, about: str) -> bool:
    if not _files_of(change, table):
        return False
    found = change.connection.execute(
        f"SELECT 1 FROM {_every_row(change, table)} WHERE {about} LIMIT 1"
    ).fetchone()
    return found is not None


def _every_row(change: Change, table: str) -> str:
    """SQL for all rows on disk, of this state and those before it."""
    return files.read_parquet(_files_of(change, table))


def _files_of(change: Change, table: str) -> list[str]:
    files = change.lake.table(table).rglob("*.parquet")
    return [str(file) for file in files if "_delta_log" not in file.parts]


def _rewrite(change: Change, table: str, about: str) -> None:
    there = change.select(table)
    contract = tables.ALL.get(table)
    files: list[delta.DataFile] = change.files(table)
    months: Any = None
    if any(PARTITION in file.partition for file in files):
        found = change.connection.execute(
            f"SELECT DISTINCT {PARTITION} FROM ({there}) WHERE {about}"
        ).fetchall()
        months = {month for (month,) in found}
        files = [file for file in files if file.partition[PARTITION] in months]
        there = change.select(table, months=months)
    folder, schema = change.write_rows(table, f"SELECT * FROM ({there}) WHERE NOT ({about})")
    touched = [EVERY_MONTH] if contract is None or months is None else months
    change.adopt(table, folder, schema=schema, remove=files, months=touched)
