"""kill -9 at random moments of ingest, refresh and publish: a rerun gives the same figures."""

import os
import random
import signal
import time
from contextlib import suppress

import pytest
from acceptance.installation import Installation

KILLS = int(os.environ.get("VFT_KILLS", "20"))
SEED = 20241130


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kommune")
    Installation(tmp_path_factory.mktemp("unused")).run("exports", folder, "--scale", "small")
    return folder / "exports", folder / "corrections"


@pytest.fixture(scope="module")
def undisturbed(exports, tmp_path_factory):
    """The figures after each delivery, and how long each took."""
    installation = Installation(tmp_path_factory.mktemp("undisturbed"))
    found = []
    for folder in exports:
        began = time.monotonic()
        installation.run("ingest", folder)
        found.append((installation.figures(), time.monotonic() - began))
    assert found[0][0] != found[1][0], "the corrections change no figure: nothing would be tested"
    return found


def kill_within(installation, folder, seconds, moments):
    """Start an ingest and kill it, and all it started, at a random moment."""
    process = installation.start("ingest", folder)
    time.sleep(moments.uniform(0, seconds))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(KILLS))
def test_a_rerun_after_a_kill_gives_the_figures_of_an_undisturbed_run(
    number, exports, undisturbed, tmp_path
):
    moments = random.Random(SEED + number)
    installation = Installation(tmp_path)
    for folder, (figures, seconds) in zip(exports, undisturbed, strict=True):
        kill_within(installation, folder, seconds, moments)
        installation.run("ingest", folder)
        assert installation.figures() == figures
