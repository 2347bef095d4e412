"""Erasure of one person, and how long things are kept, over all stores at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from vft.access import identities
from vft.errors import VftError
from vft.lake import erasure, manifest, retention
from vft.lake.keys import Keys
from vft.lake.vault import Vault
from vft.pipeline import mappings
from vft.pipeline.home import Home
from vft.publication import shelf
from vft.sources.identity import is_valid
from vft.tables.norwegian import counted


@dataclass(frozen=True, kw_only=True)
class ErasedEverywhere:
    """What was removed of one person."""

    rows: int
    files: int
    identity: bool

    def sentence(self) -> str:
        """The same, in bokmål."""
        if not self.rows and not self.files and not self.identity:
            return "Personen finnes ikke her. Ingenting er slettet."
        return (
            f"Slettet: {self.rows} rader i datalageret med historikk, rader i {self.files} filer i "
            f"hvelvet{', og identiteten' if self.identity else ''}. Publiserte tall er antall og "
            "står. Kommer personen med i en senere leveranse, blir hun tatt inn igjen."
        )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What retention removed."""

    received: int
    quarantine: int
    oldest_state: int
    publications: int

    def sentence(self) -> str:
        """The same, in bokmål."""
        return (
            f"Slettet {counted(self.received, 'mottatt fil', 'mottatte filer')}, "
            f"{counted(self.quarantine, 'karantene', 'karantener')} og "
            f"{counted(self.publications, 'publisering', 'publiseringer')}. "
            f"Eldste tilstand av datalageret som kan leses, er nr. {self.oldest_state}."
        )


def erase(home: Home, *, identity: str) -> ErasedEverywhere:
    """Remove a person from vault, lake, lake history and identities. Safe to do again.

    The access log is kept: who has read about her is hers to know.

    Raises:
        VftError: the number is no identity number.
        VaultError: the vault's private key is not there.
        MappingError: one of the municipality's mappings is wrong; nothing is then erased.
    """
    numbers = pa.array([identity])
    if not is_valid(numbers)[0].as_py():
        raise VftError(
            "Dette er ikke et gyldig fødselsnummer eller D-nummer. Ingenting er slettet."
        )
    keys = Keys(home.keys)
    pseudonyms = keys.pseudonymiser(manifest.latest(home.lake).pseudonym_key)
    recipient = pseudonyms.arrow(numbers)[0].as_py()
    erased = erasure.erase(
        home.lake,
        Vault(home.vault, keys),
        recipient,
        identity,
        mappings=mappings.known(own=home.mappings),
    )
    return ErasedEverywhere(
        rows=sum(erased.rows.values()),
        files=erased.received + erased.quarantine,
        # last: as long as it is there, an interrupted erasure can be found and completed
        identity=identities.forget(recipient),
    )


def retain(home: Home, *, days: int, history_days: int, publications: int) -> Kept:
    """Delete received files and quarantines, and states of the lake, that are too old.

    And publications beyond the newest ``publications``, but for the last of each month.

    Raises:
        VftError: another publishes, and does not come to an end; nothing is then deleted.
        LakeError: another writer holds the lake.
    """
    now = datetime.now(UTC)
    vault = Vault(home.vault, Keys(home.keys))
    # the shelf first: found busy last, it would leave what was deleted before it untold
    with shelf.alone(home.publications):
        dropped = retention.drop_files(home.lake, vault, before=now - timedelta(days=days))
        oldest = retention.drop_history(home.lake, before=now - timedelta(days=history_days))
        cleared = shelf.clear(home.publications, keep=publications)
    return Kept(
        received=dropped.received,
        quarantine=dropped.quarantine,
        oldest_state=oldest,
        publications=len(cleared),
    )
