"""How the command line ends, seen from outside."""

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="has no device that is always full")
def test_a_full_disk_is_said_in_a_sentence():
    with FULL.open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "vft", "target", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ended.returncode == 1
    assert ended.stderr == (
        "Feil: Disken er full, så ikke alt ble skrevet. Frigjør plass, og kjør igjen.\n"
    )
