"""What files and sources are called is shown as it is written, brackets and all."""

from pathlib import Path

import pytest

from vft.commands.deliveries import show_quarantine, show_unknown
from vft.commands.terminal import console, show_heading, show_table
from vft.pipeline.holdings import Refusals

FILES = ["eksport [kopi].csv", "eksport [bold].csv", "a:lock:b.csv"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_named_as_it_is_called(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    show_unknown([Path(name)])
    assert capsys.readouterr().out.count(name) == 2


@pytest.mark.parametrize("name", [*FILES, "oppslag [/kopi]"])
def test_a_name_stands_as_it_is_written(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    console().print(name)
    show_heading(name, " (kilde)")
    show_table(name, ("Nr.", "Fil"), [(1, name)])
    show_quarantine([refusals(name)])
    said = capsys.readouterr().out
    assert said.count(name) == 1 + 1 + 2 + 3


def refusals(name):
    return Refusals(
        source="min.vedtak",
        source_title=name,
        table="vedtak",
        column="service",
        rule="unknown_code",
        says="Koden finnes ikke i kodelisten.",
        rows=7,
        deliveries=1,
        values=((name, 7),),
        examples=((name, 3),),
    )
