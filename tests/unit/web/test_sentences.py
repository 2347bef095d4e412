import pytest

from vft.disclosure.cell import Cell, State
from vft.web import sentences
from vft.web.charts.trend import Point
from vft.web.wording import PERSONS

NB = "\N{NO-BREAK SPACE}"


def series(text):
    """``2024-10 12`` a line; ``?`` is missing, ``x`` hidden, a star an incomplete month."""
    return [point(*line.split()) for line in text.strip().splitlines()]


def point(month, figure):
    states = {"?": State.MISSING, "x": State.SUPPRESSED}
    bare = figure.rstrip("*")
    value = None if bare in states else int(bare)
    cell = Cell(value=value, state=states.get(bare, State.VALUE))
    return Point(month=month, cell=cell, complete=not figure.endswith("*"))


@pytest.mark.parametrize(
    ("months", "value", "sentence"),
    [
        (
            "2023-11 1000\n2024-10 1204\n2024-11 1200\n2024-12 600*",
            f"1{NB}200",
            "4 færre enn i oktober 2024 og 200 flere enn i november 2023.",
        ),
        ("2024-10 7\n2024-11 7", "7", "Like mange som i oktober 2024."),
        ("2024-10 ?\n2024-11 7", "7", "Det er ingen tidligere måned å sammenligne med."),
        ("2024-10 7\n2024-11 x", "skjult", "Det er ingen tidligere måned å sammenligne med."),
        ("2024-11 ?", "mangler", "Det er ingen tidligere måned å sammenligne med."),
        ("2024-11 7*", "ikke komplett ennå", "Foreløpig tall for november 2024: 7."),
        ("2024-10 9*\n2024-11 7*", "ikke komplett ennå", "Foreløpig tall for november 2024: 7."),
        ("2024-10 9*\n2024-11 ?*", "ikke komplett ennå", "Foreløpig tall for oktober 2024: 9."),
        ("2024-11 x*", "ikke komplett ennå", "Foreløpig tall for november 2024: skjult."),
        ("2024-11 ?*", "ikke komplett ennå", "Det er ikke noe foreløpig tall."),
    ],
)
def test_where_a_series_stands(months, value, sentence):
    standing = sentences.standing(series(months))
    assert standing.value == value
    assert standing.sentence == sentence


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2024-11 7", "7"),
        ("2024-11 ?", "mangler"),
        ("2024-11 7*", "7 (ikke komplett ennå)"),
        ("2024-11 0*", "0 (ikke komplett ennå)"),
        ("2024-11 x*", "skjult (ikke komplett ennå)"),
        ("2024-11 ?*", "ikke komplett ennå"),
    ],
)
def test_a_figure_of_a_month_that_is_not_complete_is_told_to_be_preliminary(month, told):
    (only,) = series(month)
    assert sentences.so_far(only, PERSONS) == told


@pytest.mark.parametrize(
    ("months", "says"),
    [
        ("2024-10 9\n2024-11 7", ""),
        (
            "2024-10 9\n2024-11 7*",
            "November 2024 er ikke komplett og tegnes ikke. Foreløpig tall: 7.",
        ),
        (
            "2024-10 9\n2024-11 ?*",
            "November 2024 er ikke komplett og tegnes ikke. Det er ikke noe foreløpig tall.",
        ),
    ],
)
def test_what_a_month_that_is_not_drawn_says_so_far(months, says):
    assert sentences.incomplete(series(months)) == says


def test_a_change_to_a_hidden_month_is_never_told():
    standing = sentences.standing(series("2023-11 x\n2024-10 x\n2024-11 12"))
    assert (standing.since_month, standing.since_year) == ("", "")


def test_the_title_states_the_finding():
    standing = sentences.standing(series("2023-11 1000\n2024-11 1200"))
    title = sentences.trend_title("Trygghetsalarm", "Oslo", standing)
    assert title == f"Trygghetsalarm: 1{NB}200 i Oslo, 200 flere enn i november 2023"


def test_the_picture_in_words():
    says = sentences.trend_says(series("2024-09 5\n2024-10 9\n2024-11 7\n2024-12 1*"), "brukere")
    assert "Fra 5 til 7" in says
    assert "Lavest 5 i september 2024, høyest 9 i oktober 2024" in says


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ([], "Ingen tall å vise for alarmer"),
        ([("A", 3)], "A har 3"),
        ([("A", 3), ("B", 9)], "B har flest (9), A har færrest (3)"),
        ([("A", 9), ("B", 9), ("C", 1)], "A og B har flest (9), C har færrest (1)"),
        (
            [("A", 9), ("B", 0), ("C", 0), ("D", 0)],
            "A har flest (9), 3 enheter har færrest (0)",
        ),
        ([("A", 2), ("B", 2)], "A og B har 2"),
    ],
)
def test_who_has_most_and_who_has_fewest(named, title):
    assert sentences.bars_title(named, "alarmer") == title


def test_nobody_is_said_to_have_most_of_all_where_some_are_hidden():
    title = sentences.bars_title([("A", 9), ("B", 3)], "alarmer", hidden=True)
    assert title == "Av enhetene som kan vises, har A flest (9)"
    assert sentences.bars_title([], "alarmer", hidden=True) == "Ingen tall å vise for alarmer"
