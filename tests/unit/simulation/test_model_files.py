"""The files that simulation reads."""

import pytest

from vft.errors import VftError
from vft.simulation.examples import example
from vft.simulation.model_files import RESPONSE_LOAD, SCENARIO, WORKFORCE

FILES = [("scenario", SCENARIO), ("response-load", RESPONSE_LOAD), ("workforce", WORKFORCE)]


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_file_is_what_its_text_is(name, file, tmp_path):
    path = tmp_path / "fil.toml"
    path.write_text(example(name), encoding="utf-8")
    assert file.read(path) == file.parse(example(name), name="fil.toml")


def test_what_is_in_a_file_is_read():
    told = RESPONSE_LOAD.parse(example("response-load"), name="respons.toml")
    assert told.home_service.staff[7] == 8


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_file_of_another_kind_is_refused_with_its_name(name, file):
    other = example("scenario" if name == "response-load" else "response-load")
    with pytest.raises(VftError, match=rf"{file.named} i fil\.toml"):
        file.parse(other, name="fil.toml")


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    path = tmp_path / "scenario.toml"
    text = example("scenario").replace("mode = 85", 'mode = "85"').replace("H:", "")
    text = text.replace('kind = "hours"', 'kind = "timer"').replace("horizon_years", "horizon")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VftError) as refused:
        SCENARIO.read(path)
    told = str(refused.value)
    assert "keys.hours_per_user.mode: må være et tall" in told
    assert "services[0].benefits[0].kind: må være" in told
    assert "for få" not in told
    assert "horizon: feltet finnes ikke; mente du horizon_years?" in told


def test_a_fault_in_toml_itself_is_told_with_line_and_character():
    with pytest.raises(VftError, match="linje 2, tegn 14: verdien kan ikke leses"):
        SCENARIO.parse("title = 'A'\nprice_year = to", name="scenario.toml")
