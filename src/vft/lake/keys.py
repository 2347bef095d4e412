"""The keys of an installation: who can make pseudonyms, who can open the vault.

``pseudonym.key``: 32 random bytes in hex. ``vault.age``: X25519 identities, one a line (two while
the vault's key is being changed), the newest first. ``vault.pub``: the newest's public half, all
that receiving files needs, so ``vault.age`` may be kept elsewhere.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vft.errors import LakeError, VaultError
from vft.lake.pseudonym import Pseudonymiser

_PSEUDONYM = "pseudonym.key"
_NEXT_PSEUDONYM = "pseudonym.key.next"
_PRIVATE = "vault.age"
_PUBLIC = "vault.pub"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """A folder of keys. Nothing is read before it is asked for."""

    folder: Path

    def pseudonymiser(self, fingerprint: str = "") -> Pseudonymiser:
        """Makes pseudonyms. ``fingerprint``: the one that the lake's pseudonyms were made with.

        A key change that was interrupted after the lake had changed is completed here.

        Raises:
            LakeError: the key is not there, or is not the lake's.
        """
        current = Pseudonymiser(self._secret(_PSEUDONYM))
        if not fingerprint or fingerprint == current.fingerprint:
            return current
        if (self.folder / _NEXT_PSEUDONYM).exists():
            coming = Pseudonymiser(self._secret(_NEXT_PSEUDONYM))
            if coming.fingerprint == fingerprint:
                (self.folder / _NEXT_PSEUDONYM).replace(self.folder / _PSEUDONYM)
                return coming
        raise LakeError(
            f"Nøkkelen i {_PSEUDONYM} er ikke den som datalagerets pseudonymer er laget med. "
            "Legg tilbake den riktige nøkkelen fra sikkerhetskopien."
        )

    def next_pseudonymiser(self) -> Pseudonymiser:
        """The key that is to take over; made when there is none yet."""
        _write_once(self.folder / _NEXT_PSEUDONYM, secrets.token_hex(_KEY_BYTES))
        return Pseudonymiser(self._secret(_NEXT_PSEUDONYM))

    def recipient(self) -> Any:
        """The vault's public key: enough to put things in."""
        from pyrage import x25519

        return x25519.Recipient.from_str(self._text(_PUBLIC))

    def identities(self) -> list[Any]:
        """The vault's private keys, the newest first: what opens it.

        Raises:
            VaultError: the private key is not there.
        """
        from pyrage import x25519

        lines = (line.strip() for line in self._text(_PRIVATE).splitlines())
        return [x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-")]

    def begin_vault_change(self) -> None:
        """Put a new vault key before the old one; both open, the new one encrypts.

        Does nothing when a change is already under way.
        """
        from pyrage import x25519

        old = self.identities()
        if len(old) == 1:
            new = x25519.Identity.generate()
            _replace(self.folder / _PRIVATE, f"{new}\n{old[0]}\n")
        _replace(self.folder / _PUBLIC, f"{self.identities()[0].to_public()}\n")

    def end_vault_change(self) -> None:
        """Forget the old vault key. What is still encrypted under it is lost."""
        _replace(self.folder / _PRIVATE, f"{self.identities()[0]}\n")

    def _secret(self, name: str) -> bytes:
        path = self.folder / name
        if not path.exists():
            raise LakeError(f"Nøkkelen {name} finnes ikke i {self.folder}. Lag nøkler først.")
        return bytes.fromhex(path.read_text().strip())

    def _text(self, name: str) -> str:
        path = self.folder / name
        if not path.exists():
            raise VaultError(
                f"Nøkkelen {name} finnes ikke i {self.folder}. "
                "Legg den dit mens hvelvet skal åpnes, eller lag nøkler først."
            )
        return path.read_text().strip()


def create(folder: Path) -> Keys:
    """Make the keys that are absent, readable by the owner only. Never overwrites a key."""
    from pyrage import x25519

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = Keys(folder)
    _write_once(folder / _PSEUDONYM, secrets.token_hex(_KEY_BYTES))
    if not (folder / _PUBLIC).exists():
        _write_once(folder / _PRIVATE, str(x25519.Identity.generate()))
        _write_once(folder / _PUBLIC, str(keys.identities()[0].to_public()))
    return keys


def _write_once(path: Path, text: str) -> None:
    if path.exists():
        return
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it first: that one counts
    finally:
        draft.unlink()


def _replace(path: Path, text: str) -> None:
    _draft(path, text).replace(path)


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text.rstrip("\n") + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft
