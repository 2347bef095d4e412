import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from vft.report.wallboard import Board, Box, Panel, write
from vft.web import assets

FONTS = assets.ensure() / "fonts"
ALARMS = Panel(
    name="Trygghetsalarm",
    value="11 482",
    is_figure=True,
    changes=("12 flere enn i oktober 2024", "120 flere enn i november 2023"),
    points=(*range(11000, 11010), None, *range(11010, 11023)),
    first="des. 2022",
    last="nov. 2024",
    says="Linje fra 11 000 i desember 2022 til 11 022 i november 2024.",
)
HIDDEN = replace(
    ALARMS, name="Digitalt tilsyn", value="skjult", is_figure=False, changes=(), points=(None,) * 24
)
MISSING = replace(HIDDEN, name="Lokaliseringsteknologi (GPS)", value="mangler")
BOARD = Board(
    title="Velferdsteknologi i Gamle Oslo",
    month="November 2024",
    municipality="Oslo",
    panels=(ALARMS, HIDDEN, MISSING),
    boxes=(
        Box(title="Hva er endret", lines=("3 tall er rettet.",)),
        Box(title="Om tallene", lines=("skjult: kan vise noe om enkeltpersoner.",)),
    ),
    foot="Oslo, publisering 3",
    published_at=datetime(2024, 12, 15, 6, 30, tzinfo=UTC),
)
MM = 72 / 25.4


@pytest.fixture(scope="module")
def drawn():
    return PdfReader(io.BytesIO(write(BOARD, fonts=FONTS)))


def structure(reader):
    """Every element of the tree that a screen reader walks: kind and alternative text."""
    pending, found = [reader.trailer["/Root"]["/StructTreeRoot"]], []
    while pending:
        element = pending.pop().get_object()
        if isinstance(element, list):
            pending.extend(element[::-1])
        elif isinstance(element, dict):
            if "/S" in element:
                found.append((element["/S"], element.get("/Alt")))
            if "/K" in element:
                pending.append(element["/K"])
    return found


def test_one_page_of_a3_for_the_wall(drawn):
    (only,) = drawn.pages
    assert [round(float(side) / MM) for side in only.mediabox[2:]] == [420, 297]


def test_it_says_what_it_is_to_those_who_hear_it(drawn):
    root = drawn.trailer["/Root"]
    assert drawn.metadata.title == "Velferdsteknologi i Gamle Oslo – November 2024"
    assert drawn.metadata.author == "Oslo"
    assert drawn.metadata.creation_date == BOARD.published_at
    assert root["/Lang"] == "nb"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()


def test_headings_and_lines_are_tagged(drawn):
    told = structure(drawn)
    assert [kind for kind, _ in told if kind.startswith("/H")] == ["/H1", *["/H2"] * 5]
    assert [alt for kind, alt in told if kind == "/Figure"] == [ALARMS.says]


def test_every_figure_and_state_is_text(drawn):
    text = drawn.pages[0].extract_text()
    for words in (
        *("Velferdsteknologi i Gamle Oslo", "November 2024", "Trygghetsalarm", "11 482"),
        *("12 flere enn i oktober 2024", "120 flere enn i november 2023", "des. 2022"),
        *("Digitalt tilsyn", "skjult", "mangler", "3 tall er rettet.", "publisering 3"),
    ):
        assert words in text


def test_it_is_set_in_our_own_letters(drawn):
    fonts = drawn.pages[0]["/Resources"]["/Font"].values()
    assert {f.get_object()["/BaseFont"].partition("+")[2].partition("-")[0] for f in fonts} == {
        "Inter"
    }


@pytest.mark.parametrize("count", [1, 2, 4, 7, 12])
def test_it_stays_one_page_however_many_services(count):
    panels = ([ALARMS, HIDDEN, MISSING] * 4)[:count]
    long = Box(title="Om tallene", lines=("Kilden har ikke levert for denne måneden ennå.",) * 12)
    full = replace(BOARD, panels=panels, boxes=(long,) * 3)
    reader = PdfReader(io.BytesIO(write(full, fonts=FONTS)))
    assert len(reader.pages) == 1
    assert reader.pages[0].extract_text().count("Trygghetsalarm") == (count + 2) // 3


def test_a_name_is_text_and_never_program():
    named = replace(BOARD, title='#set page(paper: "a4") "); $x$ Østensjø')
    text = PdfReader(io.BytesIO(write(named, fonts=FONTS))).pages[0].extract_text()
    assert '#set page(paper: "a4") "); $x$ Østensjø' in text


def test_the_same_board_makes_the_same_file():
    assert write(BOARD, fonts=FONTS) == write(BOARD, fonts=FONTS)


def test_without_the_fonts_it_is_not_set_in_others(tmp_path):
    with pytest.raises(RuntimeError, match="No Inter"):
        write(BOARD, fonts=tmp_path)
