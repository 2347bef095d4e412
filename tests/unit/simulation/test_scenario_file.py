"""Reading a scenario from its file."""

import pytest

from vft.errors import VftError
from vft.simulation.examples import example
from vft.simulation.scenario_file import parse_scenario, read_scenario


def test_a_file_is_what_its_text_is(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text(example("scenario"), encoding="utf-8")
    assert read_scenario(path) == parse_scenario(example("scenario"))


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    path = tmp_path / "scenario.toml"
    text = example("scenario").replace("mode = 85", 'mode = "85"').replace("H:", "")
    text = text.replace('kind = "hours"', 'kind = "timer"').replace("horizon_years", "horizon")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VftError) as refused:
        read_scenario(path)
    told = str(refused.value)
    assert "keys.hours_per_user.mode: må være et tall" in told
    assert "services[0].benefits[0].kind: må være" in told
    assert "for få" not in told
    assert "horizon: feltet finnes ikke; mente du horizon_years?" in told
