"""Encryption of what names a person, with keys that lie beside the database and never in it.

``VFT_HOME/keys/identities.key`` holds one Fernet key a line, the newest first: the first
encrypts, all decrypt. The folder of keys must be backed up apart from the database.
"""

import contextlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from vft.errors import VaultError


def key_file() -> Path:
    """Where the keys lie."""
    return Path(settings.VFT_HOME) / "keys" / "identities.key"


def _written(keys: list[str]) -> Path:
    path = key_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(keys) + "\n")
    return fresh


def _make_first() -> None:
    fresh = _written([Fernet.generate_key().decode()])
    # Another process may have got here first: its key then stands.
    with contextlib.suppress(FileExistsError):
        os.link(fresh, key_file())
    fresh.unlink()


def keys() -> list[str]:
    """The keys, newest first; the first call of an installation makes one."""
    if not key_file().exists():
        _make_first()
    return key_file().read_text().split()


def add_key() -> None:
    """Put a new key first. What is stored is still readable with the old ones."""
    _written([Fernet.generate_key().decode(), *keys()]).replace(key_file())


def drop_old_keys() -> None:
    """Keep only the newest key. Only after everything is encrypted with it."""
    _written(keys()[:1]).replace(key_file())


@lru_cache(maxsize=4)
def _fernet(path: Path, changed: int) -> MultiFernet:  # noqa: ARG001 - part of the cache's key
    return MultiFernet([Fernet(key) for key in keys()])


def _current() -> MultiFernet:
    path = key_file()
    if not path.exists():
        keys()
    return _fernet(path, path.stat().st_mtime_ns)


def encrypt(text: str) -> bytes:
    """Encrypt with the newest key."""
    return _current().encrypt(text.encode())


def decrypt(token: bytes) -> str:
    """Decrypt with whichever key fits.

    Raises:
        VaultError: no key fits: the key file is not the one of this database.
    """
    try:
        return _current().decrypt(token).decode()
    except InvalidToken as fault:
        raise VaultError(
            f"Navn i databasen kan ikke leses med nøklene i {key_file()}. "
            "Ingenting er endret. Legg tilbake nøkkelfilen som hører til denne databasen."
        ) from fault


class EncryptedText(models.BinaryField):  # type: ignore[type-arg] # generic in the stubs only
    """Text that the database holds encrypted. It cannot be searched or sorted, on purpose."""

    description = "kryptert tekst"

    def get_prep_value(self, value: str | None) -> bytes | None:
        """Text in, token out."""
        return None if value is None else encrypt(value)

    def from_db_value(self, value: bytes | None, *_: object) -> str | None:
        """Token in, text out."""
        return None if value is None else decrypt(bytes(value))
