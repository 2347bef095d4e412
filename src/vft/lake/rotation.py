"""New keys for old: the vault's, and the one that pseudonyms are made with."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vft.errors import LakeError, VaultError
from vft.lake import manifest
from vft.lake.lake import Lake
from vft.lake.persons import person_columns
from vft.lake.pseudonym import Pseudonymiser
from vft.lake.vault import Vault
from vft.lake.writing import Change, alone, writing

if TYPE_CHECKING:
    import pyarrow as pa


def rotate_vault(lake: Lake, vault: Vault) -> int:
    """Give the vault a new key and encrypt all its files anew. Gives how many.

    Until the last file is done both keys open, so it can be interrupted and done again. The lake
    is held meanwhile: nothing is received.

    Raises:
        VaultError: the private key is not there, or a file is damaged.
    """
    with alone(lake):
        vault.keys.begin_vault_change()
        done = sum(_renewed(vault, file) for file in vault.files())
        vault.keys.end_vault_change()
    return done


def _renewed(vault: Vault, file: Path) -> bool:
    newest = vault.keys.identities()[:1]
    try:
        with vault.opened(file, identities=newest):
            return False
    except VaultError:
        with vault.opened(file) as clear:
            vault.put_back(clear, file)
        return True


def new_pseudonyms(identities: "pa.Table", new: Pseudonymiser) -> "pa.Table":
    """``old`` → ``new`` for everyone known: ``recipient_id`` int64, ``identity`` string."""
    import pyarrow as pa

    made = new.arrow(identities["identity"])
    return pa.table({"old": identities["recipient_id"], "new": made})


def rotate_pseudonyms(
    lake: Lake, mapping: "pa.Table", new: Pseudonymiser, *, now: datetime | None = None
) -> int:
    """Give everyone in the lake a new pseudonym, in one state. Gives how many rows.

    ``mapping``: ``old`` → ``new``, int64. Earlier states of tables with persons become unreadable:
    they hold the old pseudonyms. Figures are as before, so no month counts as touched. Does
    nothing when the lake's pseudonyms are already of the new key.

    Raises:
        LakeError: someone in the lake is not in ``mapping``; nothing is changed.
    """
    if manifest.latest(lake).pseudonym_key == new.fingerprint:
        return 0
    with writing(lake, reason="ny nøkkel for pseudonymer", now=now) as change:
        change.connection.register("renamed", mapping)
        rows = sum(_rename_in(change, table) for table in sorted(change.versions))
        change.pseudonym_key = new.fingerprint
    return rows


def _rename_in(change: Change, table: str) -> int:
    columns = person_columns(change, table)
    if not columns:
        return 0
    there = change.select(table)
    for column in columns:
        _require_known(change, table, column)
        there = (
            f"SELECT t.* REPLACE (m.new AS {column}) FROM ({there}) AS t "
            f"LEFT JOIN renamed AS m ON t.{column} = m.old"
        )
    folder, schema = change.write_rows(table, there)
    old = change.files(table)
    change.forget_history(table)
    change.adopt(table, folder, schema=schema, remove=old, months=[])
    return sum(file.rows for file in old)


def _require_known(change: Change, table: str, column: str) -> None:
    (unknown,) = change.connection.execute(
        f"SELECT count(DISTINCT {column}) FROM ({change.select(table)}) AS t "
        f"ANTI JOIN renamed AS m ON t.{column} = m.old WHERE {column} IS NOT NULL"
    ).fetchone()
    if unknown:
        raise LakeError(
            f"{unknown} personer i «{table}» mangler i listen over identiteter, så de kan ikke få "
            "nytt pseudonym. Ingenting er endret."
        )
