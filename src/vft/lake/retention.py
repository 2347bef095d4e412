"""How long things are kept: received files, refused rows, and the lake's earlier states.

Receipts and manifests stay for good: they name nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vft.errors import LakeError
from vft.lake import deliveries, manifest
from vft.lake.lake import Lake
from vft.lake.vault import Vault
from vft.lake.writing import Change, writing


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """Files of the vault that were deleted."""

    received: int
    quarantine: int


def drop_files(
    lake: Lake, vault: Vault, *, before: datetime, now: datetime | None = None
) -> Dropped:
    """Delete received files, and refused rows, of deliveries received before a moment.

    A content that was received again later is kept. Files of loads that never finished go by the
    time they were put in. Interrupted, it is completed by doing it again.
    """
    with writing(lake, reason="lagringstid for mottatte filer", now=now) as change:
        kept = _kept_since(change, before)
        old = [file for file in _received_before(change, vault, before) if file.stem not in kept]
        refused = [vault.quarantine_file(number) for number in _deliveries_before(change, before)]
        noted = [{"sha256": f.stem, "copy": "dropped", "copy_rule": "retention"} for f in old]
        deliveries.note_copies(change, noted)
    return Dropped(received=_delete(old), quarantine=_delete(refused))


def drop_history(lake: Lake, *, before: datetime, now: datetime | None = None) -> int:
    """Make states of the lake older than the one that was the truth at a moment unreadable.

    Gives the number of the oldest state that can still be read. Their files are deleted; a reader
    that still works on such a state fails.
    """
    with writing(lake, reason="lagringstid for historikk", now=now) as change:
        try:
            oldest = manifest.at(lake, as_of=before).number
        except LakeError:
            return 0  # there was no lake then, so nothing is too old
        for table in change.base.versions:
            change.forget_history_before(table, oldest)
    return oldest


def _deliveries_before(change: Change, before: datetime) -> list[int]:
    sql = f"SELECT delivery FROM ({change.select(deliveries.NAME)}) WHERE received_at < ?"
    return [number for (number,) in change.connection.execute(sql, [before]).fetchall()]


def _kept_since(change: Change, before: datetime) -> set[str]:
    sql = f"SELECT DISTINCT sha256 FROM ({change.select(deliveries.NAME)}) WHERE received_at >= ?"
    return {sha256 for (sha256,) in change.connection.execute(sql, [before]).fetchall()}


def _received_before(change: Change, vault: Vault, before: datetime) -> list[Path]:
    sql = f"SELECT DISTINCT sha256 FROM ({change.select(deliveries.NAME)})"
    known = {sha256 for (sha256,) in change.connection.execute(sql).fetchall()}
    received = [file for file in vault.files() if file.parent == vault.received]
    return [f for f in received if f.stem in known or f.stat().st_mtime < before.timestamp()]


def _delete(files: list[Path]) -> int:
    there = [file for file in files if file.exists()]
    for file in there:
        file.unlink()
    return len(there)
