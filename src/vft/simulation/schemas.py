"""What the commands of simulation read and write, by name; their JSON Schemas are published."""

from pydantic import BaseModel

from vft.simulation.response_load import ResponseLoad
from vft.simulation.result import SimulationResult
from vft.simulation.routing import ResponseLoadResult
from vft.simulation.scenario import Scenario
from vft.simulation.workforce import Workforce, WorkforceResult

SHAPES: dict[str, type[BaseModel]] = {
    "scenario": Scenario,
    "scenario_result": SimulationResult,
    "response_load": ResponseLoad,
    "response_load_result": ResponseLoadResult,
    "workforce": Workforce,
    "workforce_result": WorkforceResult,
}
