"""Reading a response service from its file."""

from vft.simulation.examples import example
from vft.simulation.response_load_file import parse_response_load, read_response_load


def test_a_file_is_what_its_text_is(tmp_path):
    path = tmp_path / "respons.toml"
    path.write_text(example("response-load"), encoding="utf-8")
    told = read_response_load(path)
    assert told == parse_response_load(example("response-load"))
    assert told.home_service.staff[7] == 8
