"""The key that signs sessions: given, or made once and kept beside the other keys."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def key(environment: Mapping[str, str], home: Path) -> str:
    """The secret key: VFT_SECRET_KEY, else the file VFT_SECRET_KEY_FILE, else one of our own.

    Our own lies in ``home/keys/web.key``, readable by its owner only.
    """
    given = environment.get("VFT_SECRET_KEY")
    if given:
        return given
    path = Path(environment.get("VFT_SECRET_KEY_FILE") or home / "keys" / "web.key")
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    # Another process may have made one a moment ago: that one then stands.
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
