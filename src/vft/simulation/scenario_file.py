"""Reading a scenario from its file, TOML or JSON; and the example that comes with the package."""

from importlib.resources import files
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


def example_scenario() -> str:
    """A whole scenario to begin with, as TOML with comments."""
    return (files("vft.simulation") / "data" / "example_scenario.toml").read_text(encoding="utf-8")
