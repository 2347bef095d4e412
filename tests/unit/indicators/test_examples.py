"""The catalogue shows the specs' own rows, and no others, in words that a reader knows."""

import re
import runpy
from pathlib import Path

import pytest

from vft.indicators import examples
from vft.indicators.catalogue import all_indicators
from vft.tables import services

SPECS = Path(__file__).parents[2] / "spec" / "indicators"
INDICATORS = all_indicators()
#: Those with visible rows: a test asks for them of all.
TOLD = [indicator for indicator in INDICATORS if examples.written(indicator)]
#: Bokmål that stands in cells beside names of measures and services.
WORDS = {
    *("Telles ikke", "ikke dokumentert"),
    *("avklart", "utrykning", "videreformidlet", "ikke svar", "prøve", "teknisk"),
    *("ubesvart", "prøvealarm"),
}
#: States that screens have words for, and numbers, months and times.
STATES = {"missing", "not_documented", "undefined"}
FIGURE = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d|\d{4}-\d\d-\d\d \d\d:\d\d")
#: Columns of what has a name of its own, or is told in a sentence.
NAMES = {examples.HEADINGS["case"], examples.HEADINGS["product"]}


def of(indicator):
    return INDICATORS[indicator].described()["examples"]


def is_known(text, indicator):
    names = {m.title for m in INDICATORS[indicator].measures}
    names |= {service.name for service in services.ALL.values()}
    said = WORDS | STATES | names
    return all(part in said or FIGURE.fullmatch(part) for part in text.split(", "))


def test_the_package_holds_the_rows_of_the_specs():
    of_specs = runpy.run_path(str(SPECS / "examples.py"))
    assert of_specs["FILE"].read_text(encoding="utf-8") == of_specs["written"](), (
        "run make catalogue"
    )


def test_every_indicator_has_a_spec_with_visible_rows():
    assert list(INDICATORS) == TOLD


def test_every_row_is_as_wide_as_the_headings():
    for indicator in TOLD:
        rows = [line.count("|") for line in examples.written(indicator).splitlines()]
        assert len(rows) > 1, indicator
        assert set(rows) == {rows[0]}, indicator


@pytest.mark.parametrize("indicator", TOLD)
def test_every_column_is_a_measure_a_place_or_a_known_heading(indicator):
    titles = {m.code: m.title for m in INDICATORS[indicator].measures}
    names = [name.strip() for name in examples.written(indicator).splitlines()[0].split("|")]
    known = examples.HEADINGS | titles
    assert [n for n in names if n not in known and n not in examples.PLACES] == []
    told = [known[n] for n in names if n not in examples.PLACES]
    assert of(indicator)["headings"] == told
    assert len(set(told)) == len(told)


def test_a_column_that_nobody_can_read_is_refused():
    with pytest.raises(LookupError, match="'concurrent'"):
        examples.of("concurrent_users", {})


@pytest.mark.parametrize("indicator", TOLD)
def test_no_cell_is_a_code(indicator):
    told = of(indicator)
    cells = {
        (heading, cell)
        for row in told["rows"]
        for heading, cell in zip(told["headings"], row, strict=True)
        if heading not in NAMES
    }
    assert {pair for pair in cells if not is_known(pair[1], indicator)} == set()


def test_every_heading_is_of_some_spec():
    used = {
        name.strip()
        for indicator in TOLD
        for name in examples.written(indicator).splitlines()[0].split("|")
    }
    assert set(examples.HEADINGS) <= used


@pytest.mark.parametrize("code", ["", "granted", "v h n b", "low", "DMS", "judged", "DMS:Medido"])
def test_a_code_is_seen(code):
    assert not is_known(code, "considered")
