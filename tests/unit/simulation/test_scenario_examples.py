"""The examples that come with the package are whole files: they can be run as they stand."""

import tomllib

import pytest

from vft.errors import VftError
from vft.simulation.examples import NAMES, example
from vft.simulation.model_files import RESPONSE_LOAD, SCENARIO
from vft.simulation.monte_carlo import simulated
from vft.simulation.routing import response_load
from vft.simulation.workforce import Workforce, workforce_gap


@pytest.mark.parametrize("name", ["scenario", "locks"])
def test_a_scenario_lacks_nothing(name):
    found = simulated(SCENARIO.parse(example(name), name="scenario.toml"), draws=2000)
    assert found.undocumented == []
    assert found.npv is not None
    assert found.tornado


def test_the_response_service_is_answered():
    told = RESPONSE_LOAD.parse(example("response-load"), name="respons.toml").model_copy(
        update={"days": 1, "replications": 2}
    )
    found = response_load(told)
    assert [route.model for route in found.routes] == [
        "service",
        "municipal_centre",
        "external_centre",
    ]
    assert all(route.answered_within is not None for route in found.routes)


def test_the_workforce_lacks_nothing():
    told = Workforce.model_validate(tomllib.loads(example("workforce")))
    assert workforce_gap(told, draws=100).undocumented == []


def test_another_name_is_refused():
    assert "scenario" in NAMES
    with pytest.raises(VftError, match="finnes ikke"):
        example("ingen")
