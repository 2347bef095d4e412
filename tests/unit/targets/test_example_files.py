"""The rows that pages show of each file are read as they stand."""

import re
from pathlib import Path

import pytest

from vft.sources.ssb import population
from vft.targets import age_shares, calibration, key, scaling, series, unit_values, uptake

PAGES = Path(__file__).parents[3] / "docs" / "methods"
#: A line that begins with options, and the block under it.
SHOWN = re.compile(r"^(`--[^:\n]+):[^\n]*\n\n```\n(.+?)\n```", re.MULTILINE | re.DOTALL)
READERS = {
    "--key": key.read,
    "--actual": unit_values.read,
    "--potential": unit_values.read,
    "--table": scaling.read,
    "--population": population.read,
    "--home-living": age_shares.read_home_living,
    "--prevalence": age_shares.read_prevalence,
    "--uptake": uptake.read,
    "--published": calibration.read,
    "--series": series.read,
}
EXAMPLES = {
    option: rows
    for page in ("best-practice", "potential", "forecast")
    for options, rows in SHOWN.findall((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    for option in re.findall(r"--[\w-]+", options)
}


@pytest.mark.parametrize("option", READERS)
def test_the_example_of_a_file_is_read(tmp_path, option):
    path = tmp_path / "eksempel.csv"
    path.write_text(EXAMPLES[option], encoding="utf-8")
    assert READERS[option](path)


def test_a_curve_without_parameters_needs_no_columns_for_them(tmp_path):
    path = tmp_path / "opptak.csv"
    path.write_text(
        "tjeneste;indikasjon;kurve;avrunding;forklart;gjelder_fra;eier;kilde;anslått\n"
        "TA;old_age;constant;10;ja;2024-01-01;Fjordheim;Budsjett;nei\n",
        encoding="utf-8",
    )
    assert uptake.read(path)["TA"].factor(2040, base_year=2023) == 1
