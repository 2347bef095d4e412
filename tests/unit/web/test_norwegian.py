from datetime import UTC, date, datetime

import pytest

from vft.disclosure.cell import Cell, State
from vft.web import norwegian

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (1234, f"1{NB}234"), (1234567, f"1{NB}234{NB}567"), (-3, "−3")],
)
def test_numbers(value, written):
    assert norwegian.number(value) == written


def test_decimals_and_shares():
    assert norwegian.decimal(1234.56) == f"1{NB}234,6"
    assert norwegian.percent(0.125, 1) == f"12,5{NB}%"


def test_changes():
    assert [norwegian.change(n) for n in (12, -3, 0)] == ["+12", "−3", "uendret"]


def test_dates():
    assert norwegian.day(date(2019, 3, 28)) == "28.03.2019"
    assert norwegian.month("2024-11") == "november 2024"
    assert norwegian.short_month("2024-03") == "mars 2024"
    summer = datetime(2024, 7, 1, 22, 5, tzinfo=UTC)
    assert norwegian.moment(summer) == "02.07.2024 kl. 00.05"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Cell(value=0, state=State.VALUE), "0"),
        (Cell(value=None, state=State.MISSING), "mangler"),
        (Cell(value=None, state=State.NOT_DOCUMENTED), "ikke dokumentert"),
        (Cell(value=None, state=State.SUPPRESSED), "skjult"),
    ],
)
def test_the_four_states_are_told_apart(cell, written):
    assert norwegian.cell(cell) == written


def test_lists_and_order():
    assert norwegian.listed(["a"]) == "a"
    assert norwegian.listed(["a", "b", "c"]) == "a, b og c"
    names = ["Østensjø", "Alna", "Årstad", "Ærlig", "Zeta"]
    assert sorted(names, key=norwegian.alphabetical) == [
        "Alna",
        "Zeta",
        "Ærlig",
        "Østensjø",
        "Årstad",
    ]


@pytest.mark.parametrize(
    ("count", "written"),
    [(999, f"999{NB}byte"), (3_250_000, f"3,2{NB}MB"), (412_000, f"412{NB}kB")],
)
def test_sizes(count, written):
    assert norwegian.size(count) == written


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Saksbehandler", "saksbehandler"),
        ("VFT-koordinator", "VFT-koordinator"),
        ("Lokaliseringsteknologi (GPS)", "lokaliseringsteknologi (GPS)"),
        ("Årlig", "årlig"),
        ("", ""),
    ],
)
def test_titles_inside_a_sentence(title, inside):
    assert norwegian.in_sentence(title) == inside
