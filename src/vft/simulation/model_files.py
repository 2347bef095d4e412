"""The files that simulation reads, TOML or JSON: ``SCENARIO.read(path)``, ``SCENARIO.parse(text)``.

Every fault of a file is told at once, as a ``FileRefused``.
"""

from vft.benefits.model_file import ModelFile
from vft.simulation.response_load import ResponseLoad
from vft.simulation.scenario import Scenario
from vft.simulation.uses import faults
from vft.simulation.workforce import Workforce

_SCHEMA = "vft simulate schema"

SCENARIO = ModelFile(
    model=Scenario, named="Scenariet", noun="scenariofil", schema=_SCHEMA, sound=faults
)
RESPONSE_LOAD = ModelFile(
    model=ResponseLoad,
    named="Responstjenesten",
    noun="beskrivelse av en responstjeneste",
    schema=_SCHEMA,
)
WORKFORCE = ModelFile(
    model=Workforce, named="Årsverkene", noun="beskrivelse av årsverk", schema=_SCHEMA
)
