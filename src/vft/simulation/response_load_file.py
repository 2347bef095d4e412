"""Reading a response service from its file, TOML or JSON."""

from pathlib import Path

from vft.benefits.model_file import ModelFile
from vft.simulation.response_load import ResponseLoad

_FILE = ModelFile(
    model=ResponseLoad, named="Responstjenesten", noun="fil", schema="vft simulate schema"
)


def read_response_load(path: Path) -> ResponseLoad:
    """The response service in a file; ``.toml`` is TOML, anything else JSON.

    Raises:
        VftError: the file cannot be read, or does not fit; every fault is listed.
    """
    return _FILE.read(path)


def parse_response_load(text: str) -> ResponseLoad:
    """The response service in a text of TOML.

    Raises:
        VftError: as :func:`read_response_load`.
    """
    return _FILE.parse(text, name="responstjeneste.toml")
