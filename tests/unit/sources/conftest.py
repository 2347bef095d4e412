"""Mappings and files that the tests of this folder make, small enough to see."""

import json

import pytest

from vft.sources import mapping, read

VISITS = """
[source]
id = "by.besok"
title = "Besøk"
files = ["besok*"]
[format]
kind = "csv"
missing = ["-"]
[[table]]
name = "visits"
[table.columns]
visit_id = "Oppdrag"
recipient_id = "Fødselsnr"
kind = { column = "Type", codes = "kind" }
planned = "Planlagt"
started_at = "Start"
minutes = "Min"
travel_km = "Km"
status = { value = "executed" }
[codes.kind]
"MED" = "medication"
"SYK" = "nursing"
"""


@pytest.fixture
def visits():
    """The mapping above, with some of its format said otherwise."""

    def make(*, kind="csv", text=VISITS, **form):
        said = "".join(f"{key} = {json.dumps(value)}\n" for key, value in form.items())
        return mapping.parse(
            text.replace('kind = "csv"\n', f'kind = "{kind}"\n{said}', 1), name="t"
        )

    return make


@pytest.fixture
def write(tmp_path):
    """A file with this content."""

    def make(content, name="besok.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.fixture
def reading(visits, write):
    """All that is read from a CSV file of visits, as one batch."""

    def make(content, **form):
        (batch,) = read.open_delivery(write(content), visits(**form)).batches()
        return batch

    return make
