"""What the commands of simulation read and write, by name; their JSON Schemas are published."""

from pydantic import BaseModel

from vft.simulation.result import SimulationResult
from vft.simulation.scenario import Scenario

SHAPES: dict[str, type[BaseModel]] = {
    "scenario": Scenario,
    "scenario_result": SimulationResult,
}
