"""A sixth service is one module; a new source is one mapping. Both as DEVELOPERS.md says."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from acceptance.installation import Installation
from factories import identity

ROOT = Path(__file__).parents[2]
MAPPING = """
[source]
id = "besok.skjerm"
title = "Skjermbesøk"
files = ["skjermer*.csv"]

[format]
kind = "csv"
date = "yyyy-mm-dd"

[[table]]
name = "devices"
[table.columns]
device_id = "Skjerm"
service = { value = "VID" }
product = { value = "Skjerm" }
supplier = { value = "Skjerm AS" }

[[table]]
name = "device_assignments"
[table.columns]
device_id = "Skjerm"
recipient_id = "Fnr"
starts_on = "Fra"

[[table]]
name = "vedtak"
[table.columns]
vedtak_id = "Skjerm"
recipient_id = "Fnr"
service = { value = "VID" }
starts_on = "Fra"
status = { value = "granted" }
"""


def described():
    """The service module that DEVELOPERS.md shows."""
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    return re.search(r"```python\n(.*?Video visits.*?)```", text, re.DOTALL).group(1)


@dataclass(frozen=True)
class WithOwnCode(Installation):
    """An installation that runs its own copy of the code."""

    source: Path

    @property
    def environment(self):
        return super().environment | {"PYTHONPATH": str(self.source)}


@pytest.fixture
def installation(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(
        ROOT / "src" / "vft", source / "vft", ignore=shutil.ignore_patterns("__pycache__")
    )
    (source / "vft" / "tables" / "services" / "vid.py").write_text(described(), encoding="utf-8")
    return WithOwnCode(home=tmp_path / "home", source=source)


def test_it_is_read_counted_and_published(installation, tmp_path):
    exports = tmp_path / "exports"
    (exports / "tilordninger").mkdir(parents=True)
    (exports / "tilordninger" / "skjermer.toml").write_text(MAPPING, encoding="utf-8")
    (exports / "enheter.csv").write_text(
        "kode;navn;nivå;overordnet;fra_dato;til_dato\n9901;Fjordheim;kommune;;2000-01-01;\n",
        encoding="utf-8",
    )
    lines = [f"S{n};{identity(n)};2024-10-0{n + 1}" for n in range(3)]
    (exports / "skjermer.csv").write_text("\n".join(["Skjerm;Fnr;Fra", *lines]), encoding="utf-8")
    installation.run("ingest", exports)
    found = {
        key[6]: value
        for key, (value, *_) in installation.figures().items()
        if key[:6] == ("concurrent", "service", "VID", "municipality", "9901", "now")
    }
    assert found == {"2024-10": 3}
