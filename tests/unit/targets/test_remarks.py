"""What is said with a potential: each thing once, and what to do where there is no level."""

import pytest

from vft.sources.ssb import population
from vft.targets import inputs
from vft.targets.potential import potential

SMALL = """unit;age;year;persons
550101;80 år og eldre;2023;40
550102;80 år og eldre;2023;60
550101;80 år og eldre;2030;55
550102;80 år og eldre;2030;80
"""
PUBLISHED = """unit;service;year;value;valid_from;owner;source;estimated
5501;TA;2023;20;2024-01-01;Småby;Vedtak;nei
"""


@pytest.fixture
def computed(tmp_path):
    """A small municipality's potential."""

    def of(text=SMALL, published=PUBLISHED, **choices):
        for name, content in {"b": text, "p": published}.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        gathered = inputs.gather(
            population=population.read(tmp_path / "b.csv"), published=tmp_path / "p.csv"
        )
        return potential(gathered, **choices)

    return of


def notes_with(found, words):
    return [note for note in found.notes if words in note]


def test_small_figures_are_rounded_by_their_size_and_it_is_said_once(computed):
    found = computed(services=["TA"])
    assert [(row.unit, row.year, row.rounded.mid, row.rounded_to) for row in found.rows] == [
        ("550101", 2023, 8, 1),
        ("550101", 2030, 11, 1),
        ("550102", 2023, 12, 1),
        ("550102", 2030, 16, 1),
    ]
    [said] = notes_with(found, "avrundet")
    assert said == "TA: små tall er avrundet til nærmeste 1, ikke 500."


def test_rounding_as_asked_for_is_no_remark(computed):
    found = computed(services=["TA"], rounding=2)
    assert {row.rounded_to for row in found.rows} == {2}
    assert not notes_with(found, "avrundet")


def test_without_a_level_it_is_said_once_how_to_give_one(computed):
    [said] = notes_with(computed(services=["DT", "DHO"]), "--published")
    assert "2023" in said
    assert not notes_with(computed(services=["TA"]), "--published")


def test_nothing_is_said_of_a_service_without_figures(computed):
    assert notes_with(potential(inputs.gather(), years=[2030]), "DHO kan ikke forklares")
    assert not notes_with(computed(), "DHO")


def test_what_demography_alone_gives_is_compared_in_other_years_than_the_one_it_starts_from():
    [said] = notes_with(potential(inputs.gather(), years=[2023, 2030]), "DHO kan ikke forklares")
    assert "i 2030 mot publisert" in said
    assert "i 2023 mot" not in said


def test_a_population_of_no_unit_says_so(computed):
    unnamed = "\n".join(line for line in SMALL.splitlines() if "550102" not in line)
    found = computed(unnamed.replace("550101", ""), services=["TA"])
    assert found.rows[0].mid is None
    assert found.rows[0].reason.startswith("tabellen sier ikke hvilken enhet")
    assert not notes_with(found, "--published")


def test_published_figures_that_nothing_is_computed_from_are_told(computed):
    more = (
        "9999;TA;2023;20;2024-01-01;Småby;Vedtak;nei\n5501;XY;2023;2;2024-01-01;Småby;Vedtak;nei\n"
    )
    found = computed(published=PUBLISHED + more)
    assert notes_with(found, "Ikke brukt") == [
        "Ikke brukt: publisert for 9999, som ikke er i befolkningen.",
        "Ikke brukt: publisert for XY, som ikke har noe opptak.",
    ]
    assert not notes_with(computed(), "Ikke brukt")


def test_a_code_that_lost_its_first_0_is_asked_for(computed):
    text = SMALL.replace("550101", "30101").replace("550102", "30102")
    found = computed(text, PUBLISHED.replace("5501", "0301"), services=["TA"])
    assert {row.reason for row in found.rows} == {
        f"ingen publisert verdi for TA i 2023 setter nivået for {unit}; mente du 0{unit}?"
        for unit in ("30101", "30102")
    }
    whole = SMALL.replace("550101", "030101").replace("550102", "030102")
    [said] = notes_with(computed(whole, PUBLISHED.replace("5501", "301")), "Ikke brukt")
    assert said.endswith("Mente du 0301?")


#: What stands for 80 and over in 550101 in 2030, and how the reason ends.
CELLS = {
    ":": "befolkningen i 550101 i 2030 er ikke hel: 80 år og eldre er skjult",
    "..": "befolkningen i 550101 i 2030 er ikke hel: 80 år og eldre mangler",
}


@pytest.mark.parametrize(("cell", "reason"), CELLS.items())
def test_a_cell_without_a_figure_is_named_by_age_and_why(computed, cell, reason):
    found = computed(SMALL.replace("2030;55", f"2030;{cell}"), services=["TA"])
    assert [row.reason for row in found.rows] == [None, reason, None, None]


def test_the_level_is_missing_for_the_reason_its_population_is(computed):
    found = computed(SMALL.replace("2023;40", "2023;:"), services=["TA"])
    said = "befolkningen i 5501 i 2023 er ikke hel: 80 år og eldre er skjult. Nivået settes av den"
    assert {row.reason for row in found.rows} == {said}
