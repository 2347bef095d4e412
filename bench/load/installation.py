"""The installation that is loaded: a copy of a published one, or an invented municipality."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Never changed once written, so a copy may share the files.
_SHARED = ("publications", "lake/tables", "vault")
#: What the pages do not need, and what they are to make anew.
_LEFT = ("cache", "demo", "spill", "static", "inbox")
_DATABASE = "app.sqlite3"


@dataclass(frozen=True)
class Account:
    """Someone who can log in. ``unit`` is empty for the whole municipality."""

    username: str
    password: str
    role: str
    unit: str


def made(folder: Path, *, scale: str) -> Path:
    """The invented municipality, read in and published in a new home."""
    home = folder / "made"
    vft(environment(home), "demo", "--scale", scale, "--no-serve")
    return home


def copied(home: Path, to: Path) -> Path:
    """A copy of an installation without what was kept of its pages.

    Nothing of the original is changed. Beside its database SQLite may leave two files that
    end in ``-wal`` and ``-shm`` and hold nothing, as it does for every reader.
    """
    for file in _files(home):
        there = to / file.relative_to(home)
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        share = str(file.relative_to(home)).startswith(_SHARED)
        shutil.copy2(file, there) if not share else _share(file, there)
    if (home / _DATABASE).exists():
        _copy_database(home / _DATABASE, to / _DATABASE)
    return to


def environment(home: Path, *, database: str = "") -> dict[str, str]:
    """What a command of the installation is told, and nothing of what this one was."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VFT_", "DATABASE_"))}
    told = {"VFT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "vft.config.settings"}
    return kept | told | ({"DATABASE_URL": database} if database else {})


def vft(told: Mapping[str, str], *arguments: str) -> None:
    """Run a command of the command line; what it prints is not shown."""
    command = [sys.executable, "-m", "vft", *arguments]
    subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def prepare(told: Mapping[str, str]) -> None:
    """Make pages ready, as is done beside a server when something is published."""
    command = [sys.executable, "-m", "django", "prepare_pages", "--once"]
    subprocess.run(command, env=told, check=True)  # noqa: S603 - our own command


def accounts(told: Mapping[str, str]) -> list[Account]:
    """One new user of each role in the installation."""
    command = [sys.executable, "-m", "bench.load.accounts"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, env=told, check=True, stdout=subprocess.PIPE, text=True
    )
    return [Account(**found) for found in json.loads(done.stdout)]


def _files(home: Path) -> list[Path]:
    tops = (path for path in home.iterdir() if path.name not in _LEFT)
    found = (file for top in tops for file in (top.rglob("*") if top.is_dir() else [top]))
    return [f for f in found if f.is_file() and not f.name.startswith(_DATABASE)]


def _share(file: Path, there: Path) -> None:
    try:
        there.hardlink_to(file)
    except OSError:  # another file system
        shutil.copy2(file, there)


def _copy_database(database: Path, copy: Path) -> None:
    """As it stands, with what lies in its log, also while it is in use."""
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    with target:
        source.backup(target)
    source.close()
    target.close()
