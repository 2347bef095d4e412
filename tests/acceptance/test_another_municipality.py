"""Fjordheim: four districts, no sectors, nynorsk, Windows-1252 with tabs, two title rows.

It works by the mapping files in examples/fjordheim alone.
"""

import csv
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from acceptance.installation import Installation
from factories import identity

from vft.publication.read import Publication

EXAMPLE = Path(__file__).parents[2] / "examples" / "fjordheim"

UNITS = """
Kode   | Namn         | Nivå    | Høyrer til | Frå        | Til
9901   | Fjordheim    | kommune |            | 2000-01-01 |
990101 | Ytre krins   | krins   | 9901       | 2000-01-01 |
990102 | Indre krins  | krins   | 9901       | 2000-01-01 |
990103 | Øyane krins  | krins   | 9901       | 2000-01-01 |
990104 | Fjellet krins| krins   | 9901       | 2000-01-01 |
"""
PEOPLE = """
Fødselsnummer | Fødselsår | Kjønn  | Krins  | Budd her frå | Død
0             | 1940      | Kvinne | 990101 | 01.01.2000   |
1             | 1938      | Mann   | 990101 | 01.01.2000   |
2             | 1941      | Kvinne | 990102 | 01.01.2000   |
3             | 1935      | Mann   | 990103 | 01.01.2000   | 15.11.2024
4             | 1944      | Kvinne | 990104 | 01.01.2000   |
"""
VEDTAK = """
Saksnr | Fødselsnummer | Teneste          | Frå og med | Til og med | Timar i veka | Avgjerd
A1     | 0             | Tryggleiksalarm  | 01.10.2024 |            | –            | Innvilga
A2     | 1             | Tryggleiksalarm  | 01.10.2024 | 30.11.2024 | –            | Innvilga
A3     | 2             | Medisindispensar | 01.10.2024 |            | 1,5          | Innvilga
A4     | 3             | Tryggleiksalarm  | 01.10.2024 |            | –            | Innvilga
A5     | 4             | Tryggleiksalarm  | 01.10.2024 |            | –            | Avslått
A6     | 4             | Medisindispensar | 01.10.2024 |            | 2,0          | Innvilga
A7     | 0             | Heimesjukepleie  | 01.10.2024 |            | 3,25         | Innvilga
"""
DEVICES = """
Serienr | Slag      | Modell  | Brukar | Montert    | Demontert
S1      | alarm     | Alarm 2 | 0      | 2024-10-05 |
S2      | alarm     | Alarm 2 | 1      | 2024-10-05 |
S3      | dispensar | Dose 1  | 2      | 2024-10-20 | 2024-12-01
S4      | alarm     | Alarm 2 | 3      | 2024-10-05 |
S5      | alarm     | Alarm 2 | 4      | 2024-10-05 |
S6      | alarm     | Alarm 2 |        |            |
S7      | alarm     | Alarm 2 | 0      | 2024-12-20 |
"""


def cells(text):
    lines = text.strip().splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def with_identities(rows, column):
    place = rows[0].index(column)
    named = (
        [*r[:place], identity(int(r[place])) if r[place] else "", *r[place + 1 :]] for r in rows[1:]
    )
    return [rows[0], *named]


def write_text(path, rows, *, encoding, delimiter):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def write_sheet(path, rows):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Forklaring").write(0, 0, "Sjå arket Uttrekk")
        sheet = book.add_worksheet("Uttrekk")
        titles = [["Uttrekk frå journalsystemet"], ["Fjordheim kommune"]]
        for number, row in enumerate([*titles, *rows]):
            sheet.write_row(number, 0, row)


@pytest.fixture(scope="module")
def fjordheim(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    own = folder / "tilordninger"
    own.mkdir()
    for mapping in EXAMPLE.glob("*.toml"):
        (own / mapping.name).write_bytes(mapping.read_bytes())
    people = with_identities(cells(PEOPLE), "Fødselsnummer")
    vedtak = with_identities(cells(VEDTAK), "Fødselsnummer")
    devices = with_identities(cells(DEVICES), "Brukar")
    write_text(folder / "einingar.txt", cells(UNITS), encoding="windows-1252", delimiter="\t")
    write_sheet(folder / "brukarar.xlsx", people)
    write_text(folder / "vedtak.txt", vedtak, encoding="windows-1252", delimiter="\t")
    write_text(folder / "utstyr.csv", devices, encoding="utf-8-sig", delimiter=",")
    installation = Installation(tmp_path_factory.mktemp("home"))
    return installation, installation.run("ingest", folder)


# measure, slice, unit, month → value; what is not listed is 0
EXPECTED = """
concurrent  | TA  | 9901   | 2024-10 | 3
concurrent  | TA  | 990101 | 2024-10 | 2
concurrent  | TA  | 990103 | 2024-10 | 1
concurrent  | TA  | 9901   | 2024-11 | 2
concurrent  | TA  | 990101 | 2024-11 | 2
concurrent  | TA  | 9901   | 2024-12 | 1
concurrent  | TA  | 990101 | 2024-12 | 1
concurrent  | DMS | 9901   | 2024-10 | 1
concurrent  | DMS | 990102 | 2024-10 | 1
concurrent  | DMS | 9901   | 2024-11 | 1
concurrent  | DMS | 990102 | 2024-11 | 1
device_only | TA  | 9901   | 2024-10 | 1
device_only | TA  | 990104 | 2024-10 | 1
device_only | TA  | 9901   | 2024-11 | 1
device_only | TA  | 990104 | 2024-11 | 1
device_only | TA  | 9901   | 2024-12 | 2
device_only | TA  | 990101 | 2024-12 | 1
device_only | TA  | 990104 | 2024-12 | 1
vedtak_only | DMS | 9901   | 2024-10 | 1
vedtak_only | DMS | 990104 | 2024-10 | 1
vedtak_only | DMS | 9901   | 2024-11 | 1
vedtak_only | DMS | 990104 | 2024-11 | 1
vedtak_only | DMS | 9901   | 2024-12 | 2
vedtak_only | DMS | 990102 | 2024-12 | 1
vedtak_only | DMS | 990104 | 2024-12 | 1
"""


@pytest.mark.parametrize("geography", ["then", "now"])
def test_its_figures_are_right_by_mappings_alone(fjordheim, geography):
    installation, _ = fjordheim
    stated = {tuple(row[:4]): int(row[4]) for row in cells(EXPECTED)}
    found = {
        (measure, code, unit, month): value
        for (measure, kind, code, _, unit, geo, month), (
            value,
            _,
            _,
        ) in installation.figures().items()
        if geo == geography and kind == "service" and measure != "unique_in_month" and value
    }
    assert found == stated


def test_only_its_own_levels_are_published(fjordheim):
    installation, _ = fjordheim
    assert {key[3] for key in installation.figures()} == {"municipality", "district"}


def test_its_levels_are_called_what_it_calls_them(fjordheim):
    installation, _ = fjordheim
    with closing(Publication.open(installation.home / "publications" / "1.duckdb")) as publication:
        names = [(level.code, level.name) for level in publication.groupings()]
    assert names == [("municipality", "Kommune"), ("district", "Krins")]


def test_the_ingest_says_what_was_read(fjordheim):
    _, said = fjordheim
    assert "brukarar.xlsx" in said
    assert "0 rader i karantene" in said.replace("\N{NO-BREAK SPACE}", " ")
