"""``vft simulate``: from a file to JSON or tables."""

import json

import pytest
from typer.testing import CliRunner

from vft.commands.simulate import app
from vft.errors import VftError
from vft.simulation.examples import NAMES, example


def said(*arguments):
    found = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def written(tmp_path):
    """The file of an example, smaller where it would take long."""

    def to(name):
        path = tmp_path / f"{name}.toml"
        text = example(name).replace("days = 7", "days = 1")
        path.write_text(text.replace("replications = 20", "replications = 2"), encoding="utf-8")
        return path

    return to


def test_a_run_is_the_same_for_the_same_seed(written):
    path = written("scenario")
    asked = ("run", path, "--json", "--draws", 500, "--seed", 7)
    first = json.loads(said(*asked))
    assert first == json.loads(said(*asked))
    assert (first["draws"], first["seed"]) == (500, 7)
    assert first["npv"]["probability_positive"] > 0.9


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("run", "scenario", ("Realiserbart", "Går i null ved", "Samspill", "Obs: ")),
        ("run", "locks", ("Digitale låser", "aldri")),
        ("response-load", "response-load", ("rett til tjenesten", "eksternt senter", "Utrykning")),
        ("workforce", "workforce", ("regneøvelse", "Gap etter", "2040")),
    ],
)
def test_tables_are_in_bokmal(written, command, name, words):
    shown = said(command, written(name))
    assert all(word in shown for word in words)


def test_each_command_answers_what_its_schema_says(written):
    shapes = json.loads(said("schema"))
    for command, name, shape in (
        ("run", "scenario", "scenario_result"),
        ("response-load", "response-load", "response_load_result"),
        ("workforce", "workforce", "workforce_result"),
    ):
        found = json.loads(said(command, written(name), "--json"))
        assert set(found) == set(shapes[shape]["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_written_as_they_are(name):
    assert said("example", name) == example(name)


def test_a_file_that_is_wrong_is_a_fault_of_the_user(tmp_path):
    path = tmp_path / "feil.toml"
    path.write_text("keys = 1", encoding="utf-8")
    with pytest.raises(VftError, match="services: mangler"):
        CliRunner().invoke(app, ["run", str(path)], catch_exceptions=False)
