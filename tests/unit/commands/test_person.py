"""How long things are kept, as an operator may say it."""

import pytest
from typer.testing import CliRunner

from vft.commands import app


@pytest.mark.parametrize("option", ["--days", "--history-days", "--publications"])
@pytest.mark.parametrize("count", ["0", "-1"])
def test_retention_never_takes_what_came_today(tmp_path, monkeypatch, option, count):
    monkeypatch.setenv("VFT_HOME", str(tmp_path))
    done = CliRunner().invoke(app, ["person", "retention", option, count])
    assert done.exit_code == 2
    assert f"Valget {option} har en verdi som ikke kan brukes" in done.output
    assert "minst 1" in done.output
    assert not list(tmp_path.iterdir())
