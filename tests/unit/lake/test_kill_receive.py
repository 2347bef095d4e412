"""Killed at any moment, a load leaves nothing half done, and done again it is as if undisturbed."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from small_lake import Installation, write_csv

from vft.lake import keys
from vft.lake.lake import Lake
from vft.lake.vault import Vault

PROGRAM = """
import sys
from pathlib import Path
from small_lake import NOW, mapping_of
from vft.lake import keys
from vft.lake.lake import Lake
from vft.lake.receive import receive_all
from vft.lake.vault import Vault

home = Path(sys.argv[1])
made = keys.Keys(home / "keys")
files = [
    (path, mapping_of(path.name.split("-")[1], refuse_above=0.9))
    for path in sorted((home.parent / "files").iterdir())
]
pseudonymiser = made.pseudonymiser()
print("ready", flush=True)
receive_all(Lake(home / "lake"), Vault(home / "vault", made), files, pseudonymiser, now=NOW)
"""
TABLES = {
    "visits": "visit_id minutes month recipient_id delivery",
    "vedtak": "vedtak_id starts_on ends_on delivery",
    "quarantine": "delivery row rule",
    "deliveries": "delivery status added changed unchanged rows_bad",
}


def visits(first, last, minutes):
    lines = [
        f"B{n} | {n % 7} | 2024-{1 + n % 9:02d}-10 08:00 | {minutes}" for n in range(first, last)
    ]
    return "\n".join(["visit_id | recipient_id | started_at | minutes", *lines, *lines[:5]])


VEDTAK = "vedtak_id | recipient_id | service | starts_on | ends_on\n" + "\n".join(
    f"V{n} | {n % 7} | TA | 2024-02-01 | 2024-{1 + n % 9:02d}-20" for n in range(50)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Keys that all runs share, and files: events, intervals, a correction that moves rows."""
    made = tmp_path_factory.mktemp("killed")
    keys.create(made / "keys")
    (made / "files").mkdir()
    for name, text in {
        "1-visits-1.csv": visits(0, 3000, 10),
        "2-vedtak-1.csv": VEDTAK,
        "3-visits-2.csv": visits(2000, 4001, 20).replace("-10 08:00", "-11 08:00"),
    }.items():
        write_csv(made / "files" / name, [name.split("-")[1]], text)
    return made


def begin(folder, name):
    home = folder / name
    home.mkdir(exist_ok=True)
    if not (home / "keys").exists():
        (home / "keys").symlink_to(folder / "keys")
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )


def outcome(folder, name):
    home = folder / name
    made = keys.Keys(home / "keys")
    run = Installation(home, Lake(home / "lake"), Vault(home / "vault", made), made)
    return {table: run.rows(table, columns) for table, columns in TABLES.items()}


@pytest.fixture(scope="module")
def undisturbed(folder):
    """What an undisturbed run gives, and how long it takes once it is ready."""
    with begin(folder, "undisturbed") as process:
        process.stdout.readline()
        started = time.monotonic()
        assert process.wait() == 0
        seconds = time.monotonic() - started
    return outcome(folder, "undisturbed"), seconds


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_after_kills_at_random_moments_the_lake_is_as_after_an_undisturbed_run(
    folder, undisturbed, seed
):
    expected, seconds = undisturbed
    chance = random.Random(seed)
    name = f"killed-{seed}"
    for _ in range(3):
        with begin(folder, name) as process:
            process.stdout.readline()
            time.sleep(chance.uniform(0, seconds))
            process.send_signal(signal.SIGKILL)
    with begin(folder, name) as process:
        assert process.wait() == 0
    assert outcome(folder, name) == expected
    assert not (folder / name / "lake" / "staging").exists()


@pytest.mark.long
def test_the_undisturbed_run_is_as_the_files_say(undisturbed):
    (tables, _) = undisturbed
    assert len(tables["visits"]) == 4001
    assert len([row for row in tables["visits"] if row[1] == "20"]) == 2001
    assert tables["deliveries"] == [
        ("1", "loaded", "3000", "0", "0", "5"),
        ("2", "loaded", "44", "0", "0", "6"),
        ("3", "loaded", "1001", "1000", "0", "5"),
    ]
