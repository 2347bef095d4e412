"""An installation of its own, used as an operator uses it: by the commands, from outside."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

VFT = (sys.executable, "-m", "vft")


@dataclass(frozen=True)
class Installation:
    """``indicators``: what it publishes; building the rest's expressions takes most of its time."""

    home: Path
    indicators: str = field(default="concurrent_users", kw_only=True)

    @property
    def environment(self):
        passed = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "VFT_HOME"}}
        own = {"VFT_HOME": str(self.home), "VFT_INDICATORS": self.indicators}
        return passed | own | {"COLUMNS": "200", "PYTHONWARNINGS": "error"}

    @classmethod
    def of_small(cls, tmp_path_factory, *deliveries):
        """The invented municipality `small`, with these folders of its export files taken in.

        It publishes every indicator.
        """
        folder, home = tmp_path_factory.mktemp("kommune"), tmp_path_factory.mktemp("home")
        made = cls(home, indicators="")
        made.run("exports", folder, "--scale", "small")
        for delivery in deliveries:
            made.run("ingest", folder / delivery)
        return made

    def start(self, *arguments):
        """Begin a command without waiting for it, in a process group of its own."""
        return subprocess.Popen(
            [*VFT, *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def run(self, *arguments, text=None, expect=0):
        """What a command says; fails with its words when it ends otherwise than expected."""
        done = subprocess.run(
            [*VFT, *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            input=text,
            check=False,
        )
        assert done.returncode == expect, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def figures(self, number=None, *, indicator="concurrent_users"):
        """Its figures as {(measure, slice_kind, slice, grouping, unit, geography, month): …}."""
        import duckdb

        paths = sorted((self.home / "publications").glob("*.duckdb"), key=lambda p: int(p.stem))
        path = paths[-1] if number is None else self.home / "publications" / f"{number}.duckdb"
        with duckdb.connect(str(path), read_only=True) as file:
            rows = file.execute(
                "SELECT measure, slice_kind, slice, grouping, unit, geography, month, value, "
                "state, complete FROM figure WHERE indicator = ?",
                [indicator],
            ).fetchall()
        return {row[:7]: row[7:] for row in rows}
