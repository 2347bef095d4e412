"""The demo's own ways: apart from real persons, and with something to look at."""

import os
import sys

import pytest
from publication_sample import CITY, write
from small_exports import UNITS
from typer.testing import CliRunner

from vft.access import actions
from vft.commands import app, demonstration
from vft.commands.demonstration import _districts, _require_no_one_real, show_folders
from vft.errors import VftError
from vft.pipeline.home import Home
from vft.publication.read import Publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def vft(monkeypatch, tmp_path):
    monkeypatch.setenv("VFT_HOME", str(tmp_path / "home"))

    def run(*arguments):
        return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False).output

    return run


def test_a_home_with_deliveries_of_others_takes_no_demo(vft, tmp_path):
    real, home = tmp_path / "real", tmp_path / "home"
    real.mkdir()
    (real / "enheter.csv").write_text(UNITS, encoding="utf-8")
    vft("ingest", real, "--no-publish")
    before = vft("deliveries")
    with pytest.raises(VftError, match=r"ikke er demoens.*VFT_HOME=demo vft demo"):
        vft("demo", "--scale", "small", "--no-serve")
    assert vft("deliveries") == before
    assert not (home / "demo").exists()


def test_a_home_with_users_of_others_takes_no_demo_and_their_passwords_stand(vft, tmp_path):
    closed = actions.create_user(username="administrator", password="hennes eget")
    actions.close_user(user=closed)
    with pytest.raises(VftError, match=r"brukere som ikke er demoens.*VFT_HOME=demo vft demo"):
        vft("demo", "--scale", "small", "--no-serve")
    closed.refresh_from_db()
    assert closed.check_password("hennes eget")
    assert not closed.is_active
    assert not (tmp_path / "home" / "demo").exists()


def test_a_demo_that_has_its_users_is_made_again(tmp_path):
    (tmp_path / "demo" / "small").mkdir(parents=True)
    actions.create_user(username="administrator", password="fra forrige demo")
    _require_no_one_real(Home(tmp_path))


def test_the_demo_is_served_by_a_process_that_has_read_nothing(vft, monkeypatch):
    """Workers forked from one that has read Delta tables stop at the next delivery."""
    served = []
    monkeypatch.setattr(os, "execv", lambda path, words: served.append((path, *words)))
    monkeypatch.setattr(demonstration, "prepare_demo", lambda *_home, **_scale: [])
    vft("demo", "--scale", "small", "--port", "8123")
    python = sys.executable
    assert served == [(python, python, "-m", "vft", "serve", "--port", "8123")]


def test_a_scale_that_is_not_there_is_said(vft):
    assert "Skriv en av: small, demo, oslo." in vft("demo", "--scale", "stor", "--no-serve")


def test_the_demo_s_coordinator_gets_the_district_with_most_differences(tmp_path):
    published = Publication.open(write(tmp_path, CITY))
    assert _districts(published) == [
        ("030102", "Grünerløkka"),  # 25 and 4
        ("030101", "Gamle Oslo"),  # 20 and 8
        ("030117", "Marka"),
    ]


@pytest.mark.parametrize(
    ("started_by", "command"),
    [
        ("bin/vft", "bin/vft"),
        ("my programs/vft", "'my programs/vft'"),
        ("lib/vft/__main__.py", "'my python' -m vft"),  # python -m vft
    ],
)
def test_the_folders_of_exports_and_corrections_are_named(
    tmp_path, capsys, monkeypatch, started_by, command
):
    monkeypatch.setattr(sys, "argv", [started_by, "demo"])
    monkeypatch.setattr(sys, "executable", "my python")
    show_folders(Home(tmp_path / "min mappe"), scale="small")
    said = capsys.readouterr().out
    folder = tmp_path / "min mappe" / "demo" / "small"
    assert f"Eksportene ligger i {folder}/exports\n" in said
    assert f"VFT_HOME='{tmp_path}/min mappe' {command} ingest '{folder}/corrections'\n" in said
