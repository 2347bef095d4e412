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


def test_one_draw_is_one_draw(written):
    assert " · 1 trekning, frø" in said("run", written("scenario"), "--draws", 1)


def test_the_screen_says_why_parts_do_not_sum_to_the_years(written, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shown = said("run", written("scenario"), "--seed", 1).replace("\N{NO-BREAK SPACE}", " ")
    told = json.loads(said("run", written("scenario"), "--seed", 1, "--json"))
    parts, drawn = (f"{n:,.0f}".replace(",", " ") for n in (
        told["hours_by_service"]["total"], told["hours"]["mean"]
    ))  # fmt: skip
    assert parts != drawn
    assert f"hver nøkkel på sin forventede verdi ({parts} timer)" in shown
    assert f"snittet av trekningene ({drawn} timer)" in shown


def test_where_nothing_varies_nothing_is_to_be_explained(written):
    path = written("scenario")
    path.write_text("\n".join(
        line for line in path.read_text("utf-8").splitlines()
        if not line.startswith(("minimum", "maximum"))
    ).replace("mode =", "value =").partition("[[correlations]]")[0] + """
[[services]]
service = "DMS"
population = "home_nursing"
uptake = "uptake"
[[services.benefits]]
title = "Timer"
kind = "hours"
count = "hours_per_user"
""", "utf-8")  # fmt: skip
    shown = said("run", path, "--draws", 10)
    assert "Timer over alle år" in shown
    assert "Oppdelingen er regnet" not in shown


def test_a_growing_queue_is_said_and_has_no_figures(written, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    path = written("response-load")
    path.write_text(
        path.read_text("utf-8").replace("alarms_per_day = 16.4", "alarms_per_day = 300")
    )
    shown = [
        " ".join(line.replace("│", " ").split())
        for line in said("response-load", path).splitlines()
    ]
    (row, *_) = [line for line in shown if line.startswith("rett til tjenesten")]
    assert row == "rett til tjenesten køen vokser køen vokser –"
    assert "Obs: rett til tjenesten: Køen vokser: det kommer 1,6 ganger" in "\n".join(shown)
    # what is said of every route is said once
    assert [line for line in shown if "Døgnrytmen" in line] == [
        "Obs: Døgnrytmen er anslått. Oppgi egne tall (hourly_profile)."
    ]
    assert "09–10 8 av 17 2 av 5 5 av 8" in shown


def test_two_routes_of_one_model_are_told_apart(written):
    path = written("response-load")
    text = path.read_text("utf-8").replace('"external_centre"', '"municipal_centre"')
    path.write_text(text)
    shown = said("response-load", path)
    assert "Kommunens eget responssenter" in shown
    assert "Eksternt responssenter" in shown


# årsverk today → a row of need, supply and gap, each column with a decimal where it is small
FTE = [(12, "2030 16,6 12,0 4,6"), (150, "2030 207 150 57,0"), (1000, "2030 1 380 1 000 380")]


@pytest.mark.parametrize(("today", "row"), FTE)
def test_few_fte_have_a_decimal(tmp_path, today, row):
    path = tmp_path / "arsverk.toml"
    source = 'starts_on = 2024-01-01\norigin = "Budsjett"\n'
    path.write_text(
        f"years = [2023, 2030]\n[fte_today]\nvalue = {today}\n{source}[supply]\nvalue = 1\n{source}"
    )
    shown = [
        " ".join(line.replace("│", " ").split()) for line in said("workforce", path).splitlines()
    ]
    assert any(line.startswith(row) for line in shown)


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
