"""How a refusal is said: what was wrong, where, what was kept, and how to mend it."""

from pathlib import Path

from vft.errors import FileRefused


def refused(path: Path, kind: str, wrong: str, mend: str) -> FileRefused:
    """The error to raise. ``wrong`` and ``mend`` are whole sentences."""
    return FileRefused(
        f"Filen {path.name or path} er avvist: {wrong} Ingenting fra filen er tatt inn. {mend}",
        kind=kind,
    )
