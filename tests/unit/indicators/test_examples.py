"""The catalogue shows the specs' own rows, and no others."""

import runpy
from pathlib import Path

from vft.indicators import examples
from vft.indicators.catalogue import all_indicators

SPECS = Path(__file__).parents[2] / "spec" / "indicators"


def test_the_package_holds_the_rows_of_the_specs():
    of_specs = runpy.run_path(str(SPECS / "examples.py"))
    assert of_specs["FILE"].read_text(encoding="utf-8") == of_specs["written"](), (
        "run make catalogue"
    )


def test_every_indicator_has_a_spec_with_visible_rows():
    assert [i for i in all_indicators() if not examples.of(i)] == []


def test_every_row_is_as_wide_as_the_headings():
    for indicator in all_indicators():
        rows = [line.count("|") for line in examples.of(indicator).splitlines()]
        assert len(rows) > 1, indicator
        assert set(rows) == {rows[0]}, indicator
