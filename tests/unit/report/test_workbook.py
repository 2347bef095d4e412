import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest
from figures_sample import FORMULAS, SMALL, TABLE, cells, day, dimension, in_csv, in_workbook, named

from vft.errors import VftError
from vft.report import workbook
from vft.report.definition import HEADINGS
from vft.report.states import MEANINGS, WORDS, State

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_a_line_for_each_unit_and_month():
    assert in_workbook(workbook.write(SMALL)) == [
        (
            *("Enhet (kode)", "Enhet", "Måned", "Siste dag i måneden"),
            *("Samtidige brukere (personer)", "Dekning (%)"),
            *("Komplett: Samtidige brukere (personer)", "Komplett: Dekning (%)"),
        ),
        ("030101", "Gamle Oslo", "2024-11", day("2024-11-30"), 6000.0, 12.5, "ja", "ja"),
        ("030101", "Gamle Oslo", "2024-12", day("2024-12-31"), 3000.0, 0.0, "nei", "ja"),
        (
            *("030117", "Marka", "2024-11", day("2024-11-30")),
            *("skjult", "lar seg ikke regne ut", "ja", "ja"),
        ),
        (
            *("030117", "Marka", "2024-12", day("2024-12-31")),
            *("mangler", "ikke dokumentert", "ja", "ja"),
        ),
    ]


def test_one_column_says_what_is_complete_where_that_is_enough():
    same = replace(SMALL, cells=cells(TABLE.replace("0 |\n", "0* |\n").replace("| 0\n", "| 0*\n")))
    assert in_workbook(workbook.write(same))[0][-2:] == ("Dekning (%)", "Komplett")


def test_definitions_stand_beside():
    heading, line = in_workbook(workbook.write(SMALL), "Definisjoner")
    told = dict(zip(heading, line, strict=True))
    assert list(heading) == list(HEADINGS.values())
    assert told["Tittel"] == "Samtidige brukere"
    assert told["Kilder"] == "Vedtak\nUtstyr"
    assert told["Nevner"] == ""


def test_the_file_says_what_it_is():
    told = dict(in_workbook(workbook.write(SMALL), "Om filen"))
    assert told["Publisering"] == "3"
    assert told["Publisert"] == "15.12.2024 kl. 07.30"
    assert told["Geografi"] == "Som nå"
    assert told["Merk"] == "Desember 2024 er ikke komplett."
    for state in State:
        assert told[WORDS[state.value].capitalize()] == MEANINGS[state.value]


def test_figures_have_the_decimals_of_their_measure_and_headings_stay():
    content = workbook.write(SMALL)
    assert 'formatCode="#,##0.0"' in part(content, "xl/styles.xml")
    assert 'state="frozen"' in part(content, "xl/worksheets/sheet1.xml")
    assert 'ref="A1:H5"' in part(content, "xl/tables/table1.xml")


@pytest.mark.parametrize("begins", FORMULAS)
def test_no_name_is_taken_for_a_formula_or_for_markup(begins):
    name = f'{begins}HYPERLINK("x")</r>'
    content = workbook.write(replace(named(name), notes=(name,), filters=((name, name),)))
    for sheet in (1, 2, 3):
        xml = part(content, f"xl/worksheets/sheet{sheet}.xml")
        assert "<f>" not in xml
        assert "<hyperlink" not in xml
    # a spreadsheet keeps no lone carriage return; calamine reads it as Excel escapes it
    assert in_workbook(content)[1][0].strip() == name.strip().replace("\r", "\n").strip()


def test_a_link_is_text():
    link = "http://example.org"
    content = workbook.write(replace(named(link), notes=(link,)))
    assert "<hyperlink" not in part(content, "xl/worksheets/sheet1.xml")
    assert "<hyperlink" not in part(content, "xl/worksheets/sheet3.xml")
    assert in_workbook(content)[1][0] == link


def test_headings_that_a_spreadsheet_would_find_twice_are_numbered():
    twice = dimension("slice", "enhet", "TA")
    content = workbook.write(replace(SMALL, dimensions=(*SMALL.dimensions, twice)))
    assert in_workbook(content)[0][:5] == (
        *("Enhet (kode)", "Enhet", "Måned", "Siste dag i måneden"),
        "enhet 2",
    )


def test_more_lines_than_a_sheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_LINES", 3)
    with pytest.raises(VftError, match="4 linjer, og et regneark har plass til 3"):
        workbook.write(SMALL)


def test_the_same_figures_make_the_same_file():
    assert workbook.write(SMALL) == workbook.write(SMALL)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here; .ci/run installs it")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "tall.xlsx").write_bytes(workbook.write(named("=1+1")))
    convert = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [
            *(OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--convert-to", convert, "--outdir", str(tmp_path), str(tmp_path / "tall.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    (found,) = tmp_path.glob("*.csv")
    lines = in_csv(found.read_bytes())
    assert lines[1][0] == "=1+1"
    assert [line[4:6] for line in lines[1:]] == [
        ("6000", "12.5"),
        ("3000", "0"),
        ("skjult", "lar seg ikke regne ut"),
        ("mangler", "ikke dokumentert"),
    ]
