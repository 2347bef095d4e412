"""Tables keep every figure and every heading, however narrow the terminal."""

import re

import pytest

from vft.commands.columns import column, widths
from vft.commands.terminal import say, show_table

HEADINGS = ("Tjeneste", "År", "Faktisk bruk", "Teoretisk potensial", "Kjøpt", "Dekning", "Merknad")
ROWS = [
    ("Digital medisinstøtte", "2024", 1050, 123_456, True, "81,5 %", "etter avtale med bydelen"),
    ("DT", "2024", None, 1000, False, "–", ""),
]
LISTS = """\
Skalering
Digital medisinstøtte
  År: 2024; Faktisk bruk: 1 050; Teoretisk
  potensial: 123 456; Kjøpt: ja; Dekning: 81,5 %;
  Merknad: etter avtale med bydelen
DT
  År: 2024; Faktisk bruk: –; Teoretisk potensial: 1 000;
  Kjøpt: nei; Dekning: –
""".splitlines()


@pytest.mark.parametrize("width", [200, 120, 80, 60, 30])
def test_no_figure_and_no_word_is_lost(width, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    show_table("Skalering", HEADINGS, ROWS)
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert all(len(line) <= width for line in shown.splitlines())
    words = re.findall(r"[\w,%–]+", shown)
    for said in ("123", "456", "050", "81,5", "Dekning", "potensial", "medisinstøtte", "nei"):
        assert said in words


def test_too_narrow_for_a_table_each_row_is_a_list(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    show_table("Skalering", HEADINGS, ROWS)
    assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == LISTS


#: Cells as they are, how they are shown, whether they are set to the right.
KINDS = [
    ([1, None], ["1", "–"], True),
    ([913, ""], ["913", ""], True),
    (["6,9 %", ""], ["6,9 %", ""], True),
    (["81,5 %", "–"], ["81,5 %", "–"], True),
    (["−0,5", "12"], ["−0,5", "12"], True),
    (["2023", "2024"], ["2023", "2024"], False),
    (["0301"], ["0301"], False),
    ([True, False], ["ja", "nei"], False),
    (["3,5", "ukjent"], ["3,5", "ukjent"], False),
    ([], [], False),
]


@pytest.mark.parametrize(("cells", "shown", "is_figures"), KINDS)
def test_figures_are_told_from_words_and_codes(cells, shown, is_figures):
    assert column("Tall", cells, shown).is_figures == is_figures


def test_headings_of_figures_are_folded_before_words():
    service = column("Tjeneste", ["Digital medisinstøtte"], ["Digital medisinstøtte"])
    users = column("Faktisk bruk", [350], ["350"])
    #                                        room: all, less the heading's word, less the cell's
    assert widths([service, users], room=36) == [21, 12]
    assert widths([service, users], room=31) == [21, 7]
    assert widths([service, users], room=24) == [14, 7]
    assert widths([service, users], room=22) is None


def test_words_are_broken_last_of_all():
    source = column("Kilde", [text := "Nasjonalt velferdsteknologiprogram"], [text])
    unit = column("Navn", [text := "Bydel Gamle Oslo og Grønland"], [text])
    assert widths([source, unit], room=40) == [24, 13]
    assert widths([source, unit], room=35) == [24, 8]
    assert widths([source, unit], room=30) == [19, 8]
    assert widths([source, unit], room=26) is None


def test_a_sentence_in_a_file_is_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    say("Dette er lengre enn tjue tegn.")
    assert capsys.readouterr().out == "Dette er lengre enn tjue tegn.\n"
