"""What is said of a figure is true of what it is: persons, shares, days, kroner, rates."""

import pytest

from vft.disclosure.cell import Cell, State
from vft.web.wording import Wording

NB = "\N{NO-BREAK SPACE}"
PERSONS = Wording(better="higher")
PERCENT = Wording(kind="share", unit="prosent", decimals=1, better="higher")
DAYS = Wording(kind="quantity", unit="dager", better="lower")
KRONER = Wording(kind="amount", unit="kroner", better="lower")
ALARMS = Wording(kind="amount", unit="alarmer")
ORE = Wording(kind="amount", unit="kr", decimals=2, better="lower")
RATE = Wording(kind="rate", unit="varsler per bruker", decimals=1)


@pytest.mark.parametrize(
    ("wording", "value", "written", "on_axis"),
    [
        (PERSONS, 1234, f"1{NB}234", f"1{NB}234"),
        (PERCENT, 34.46, f"34,5{NB}%", "34,5"),
        (DAYS, 12, f"12{NB}dager", "12"),
        (DAYS, 1, f"1{NB}dag", "1"),
        (KRONER, 1234.4, f"1{NB}234{NB}kr", f"1{NB}234"),
        (ALARMS, 1200, f"1{NB}200{NB}alarmer", f"1{NB}200"),
        (ORE, 1234.56, f"1{NB}235{NB}kr", f"1{NB}235"),
        (RATE, 2.25, f"2,2{NB}varsler per bruker", "2,2"),
    ],
)
def test_a_figure_is_written_with_what_it_is_of(wording, value, written, on_axis):
    assert wording.figure(value) == written
    assert wording.bare(value) == on_axis


@pytest.mark.parametrize(
    ("wording", "now", "then", "said", "judged"),
    [
        (PERSONS, 12, 7, "5 flere enn i mai", "bedre"),
        (PERSONS, 7, 12, "5 færre enn i mai", "dårligere"),
        (PERSONS, 7, 7, "like mange som i mai", ""),
        (PERCENT, 34.46, 32.14, "2,4 prosentpoeng høyere enn i mai", "bedre"),
        (PERCENT, 34.46, 34.54, "det samme som i mai", ""),
        (DAYS, 12, 15, f"3{NB}dager kortere enn i mai", "bedre"),
        (DAYS, 15, 14, f"1{NB}dag lengre enn i mai", "dårligere"),
        (KRONER, 900, 100, f"800{NB}kr mer enn i mai", "dårligere"),
        (ALARMS, 12, 7, "5 flere enn i mai", ""),
        (RATE, 2.5, 3.0, f"0,5{NB}varsler per bruker lavere enn i mai", ""),
    ],
)
def test_a_change_is_the_difference_of_what_is_written(wording, now, then, said, judged):
    assert wording.compared(now, then, "mai") == said
    assert wording.judged(now, then) == judged


def test_which_way_is_better_is_said_only_where_one_is():
    assert PERSONS.direction == "Høyere er bedre."
    assert DAYS.direction == "Lavere er bedre."
    assert RATE.direction == ""


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.MISSING, "mangler"),
        (State.SUPPRESSED, "skjult"),
        (State.NOT_DOCUMENTED, "ikke dokumentert"),
        (State.UNDEFINED, "lar seg ikke regne ut"),
    ],
)
def test_no_figure_says_why(state, said):
    assert PERCENT.cell(Cell(value=None, state=state)) == said
    assert PERCENT.cell(Cell(value=0, state=State.VALUE)) == f"0,0{NB}%"


def test_a_title_tells_its_unit_once():
    assert PERSONS.titled("Samtidige brukere") == "Samtidige brukere"
    assert DAYS.titled("Median ledetid") == "Median ledetid, dager"
    assert DAYS.titled("Median dager til bruk") == "Median dager til bruk"
