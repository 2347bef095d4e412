"""Retention over all stores: all of them, or none while somebody publishes."""

import subprocess
import sys

import pytest

from vft.errors import VftError
from vft.lake.keys import Keys
from vft.lake.vault import Vault
from vft.pipeline import persons
from vft.pipeline.home import Home
from vft.publication import shelf

PUBLISHING = """
import sys
from pathlib import Path
from vft.publication import shelf
with shelf.alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_retention_drops_nothing_while_another_publishes(tmp_path, monkeypatch):
    home = Home(tmp_path / "home")
    home.prepare()
    vault = Vault(home.vault, Keys(home.keys))
    (tmp_path / "fil.csv").write_text("a;b\n")
    vault.keep(tmp_path / "fil.csv")
    # nobody waits ten minutes for a test
    monkeypatch.setitem(shelf.alone.__wrapped__.__kwdefaults__, "wait_seconds", 0.1)
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHING, home.publications],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        with pytest.raises(VftError, match="en annen publisering"):
            persons.retain(home, days=0, history_days=0, publications=1)
        assert len(vault.files()) == 1
        other.kill()
    assert persons.retain(home, days=0, history_days=0, publications=1).received == 1
    assert not vault.files()
