"""The files that simulation reads."""

import pytest

from vft.benefits.reading import parse
from vft.errors import FileRefused, VftError
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
    others = {"scenario": "run", "response-load": "response-load", "workforce": "workforce"}
    for other, command in others.items():
        if other != name:
            with pytest.raises(FileRefused, match=rf"hører til vft simulate {command}\.$"):
                file.parse(example(other), name="fil.toml")
    with pytest.raises(FileRefused, match=rf"ingen {file.noun}: lines hører til vft case evaluate"):
        file.parse('{"title": "Sak", "lines": []}', name="sak.json")


def test_a_case_is_no_scenario():
    with pytest.raises(FileRefused, match="ingen sak: keys og services hører til vft simulate run"):
        parse(example("scenario"), name="fil.toml")


def test_a_field_of_another_file_among_ones_own_is_a_fault_of_its_place():
    with pytest.raises(FileRefused, match="lines: feltet finnes ikke"):
        SCENARIO.parse('{"keys": {}, "services": [], "lines": []}', name="scenario.json")


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
