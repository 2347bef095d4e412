"""Reading a scenario from its file, TOML or JSON."""

from pathlib import Path

from vft.benefits.model_file import ModelFile
from vft.simulation.scenario import Scenario

_FILE = ModelFile(
    model=Scenario, named="Scenariet", noun="scenariofil", schema="vft simulate schema"
)


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file; ``.toml`` is TOML, anything else JSON.

    Raises:
        VftError: the file cannot be read, or is no scenario; every fault is listed.
    """
    return _FILE.read(path)


def parse_scenario(text: str) -> Scenario:
    """The scenario in a text of TOML.

    Raises:
        VftError: as :func:`read_scenario`.
    """
    return _FILE.parse(text, name="scenario.toml")
