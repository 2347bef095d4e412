"""Reading a case from a file, JSON or TOML; every fault is told, with its place, in bokmål."""

from pathlib import Path

from vft.benefits.case import Case
from vft.benefits.model_file import ModelFile

_FILE = ModelFile(model=Case, named="Saken", noun="sak", schema="vft case schema")


def read(path: Path) -> Case:
    """The case in a file; ``.toml`` is TOML, anything else JSON.

    Raises:
        VftError: the file cannot be read, or is no case; every fault is listed.
    """
    return _FILE.read(path)


def parse(text: str, *, name: str) -> Case:
    """The case in a text; ``name`` is what messages call it, and ends with ``.toml`` for TOML.

    Raises:
        VftError: as :func:`read`.
    """
    return _FILE.parse(text, name=name)
