"""Every kind of bad text file gets its own clear sentence, at once, whatever its size."""

import os
import re
import time
import tracemalloc

import pytest

from vft.errors import FileRefused
from vft.sources import read

HEADER = "Oppdrag;Fødselsnr;Type;Planlagt;Start;Min;Km\n"
GOOD = "1;01814912120;MED;J;15.01.2024 08:00:00;12;1,5\n"
GB = 1 << 30


@pytest.fixture
def refusal(visits, write):
    def of(content, **form):
        with pytest.raises(FileRefused) as caught:
            list(read.open_delivery(write(content), visits(**form)).batches())
        return caught.value.kind, str(caught.value)

    return of


CUT_LINE = "2;01814912120;MED"
CUT_QUOTE = '2;01814912120;"MED'
CUT_QUOTE_LAST = '2;01814912120;MED;J;;12;"1,5'
OPEN_QUOTE = '2;01814912120;MED;J;;12;"1\n' + GOOD * 3

# what is sent → kind → what the sentence says → how to mend it
BAD_FILES = [
    ("nothing", "", "empty", "Filen er tom", "Kjør uttrekket på nytt"),
    ("only a mark", "\ufeff\n\n", "empty", "Filen er tom", "Kjør uttrekket på nytt"),
    ("a cut line", HEADER + GOOD + CUT_LINE, "truncated", "stopper etter 3 av 7 felt", "på nytt"),
    ("a cut quote", HEADER + GOOD + CUT_QUOTE, "truncated", "ikke fullført", "på nytt"),
    ("a cut last quote", HEADER + CUT_QUOTE_LAST, "truncated", "ikke fullført", "på nytt"),
    ("an open quote", HEADER + OPEN_QUOTE, "truncated", "ikke fullført", "på nytt"),
    ("commas", HEADER.replace(";", ","), "delimiter", "skilt med komma, men", 'delimiter = ","'),
    ("tabs", HEADER.replace(";", "\t"), "delimiter", "skilt med tabulator", 'delimiter = "\\t"'),
    (
        "a column renamed",
        HEADER.replace("Planlagt", "Planlagd"),
        "missing_column",
        "«Planlagt» mangler i rad 1. Mente du «Planlagd»? Kolonnene som finnes: Oppdrag, Fødsels",
        "rett navnet i tilordningen",
    ),
    (
        "title rows",
        f"Uttrekk\n\n{HEADER}{GOOD}",
        "missing_column",
        "mangler i rad 1",
        "sett header_row = 3",
    ),
    (
        "a column twice",
        HEADER.replace("Km", "Km;Min"),
        "missing_column",
        "«Min» finnes flere ganger",
        "hvert sitt navn",
    ),
    ("zeros", b"\0" * 5000, "nonsense", "Innholdet fra starten av er ikke tekst", "skadet"),
    ("a zip", b"PK\x03\x04" + b"x" * 99, "unknown_file", "en Excel-fil", "format.kind"),
    ("a parquet", b"PAR1" + b"x" * 99, "unknown_file", "en Parquet-fil", "format.kind"),
    ("one long line", "x" * (2 << 20), "nonsense", "ikke et eneste linjeskift", "skadet"),
    ("utf-16", HEADER.encode("utf-16"), "encoding", "UTF-16", "CSV UTF-8"),
    ("utf-16, no mark", "a;b\n".encode("utf-16-le"), "encoding", "UTF-16", "CSV UTF-8"),
    (
        "windows-1252",
        (HEADER + GOOD).encode("windows-1252"),
        "encoding",
        "Linje 1 har tegn som ikke er UTF-8",
        'encoding = "windows-1252"',
    ),
]


@pytest.mark.parametrize(
    ("content", "kind", "says", "mend"), [b[1:] for b in BAD_FILES], ids=[b[0] for b in BAD_FILES]
)
def test_each_bad_file_has_its_sentence(refusal, content, kind, says, mend):
    found, message = refusal(content)
    assert found == kind
    assert message.startswith("Filen besok.csv er avvist: ")
    assert says in message
    assert "Ingenting fra filen er tatt inn." in message
    assert mend in message


def test_utf_8_sent_as_windows_1252_is_found_out_and_not_stored_as_nonsense(refusal):
    kind, message = refusal(HEADER + GOOD, encoding="windows-1252")
    assert kind == "encoding"
    assert 'Sett encoding = "utf-8"' in message


def test_a_bad_letter_far_down_is_named_by_its_line(refusal):
    kind, message = refusal((HEADER + GOOD * 60_000).encode() + b"2;\xf8;;;;;\n" + GOOD.encode())
    assert kind == "encoding"
    assert "Linje 60002 har tegn som ikke er UTF-8" in message


def test_letters_cut_in_two_by_the_looking_are_no_fault(write, visits):
    text = HEADER + "ø;01814912120;MED;;;;\n" * 60_000
    assert len(text.encode()) > 1 << 20
    (batch,) = read.open_delivery(write(text), visits()).batches()
    assert batch.tables["visits"].num_rows == 60_000


@pytest.mark.parametrize(
    "ending", ["", "\n", "\n\n", '\n"2\nlinjer";01814912120;MED;;;;\n', '\n"2"";";;MED;J;"";1;"1"']
)
def test_whole_files_are_not_called_cut_off(write, visits, ending):
    reading = read.open_delivery(write(HEADER + GOOD.strip() + ending), visits())
    assert sum(batch.rows_read for batch in reading.batches()) >= 1


def sparse(path, *, start=b"", size=10 * GB):
    """A file that looks as large as it says and takes no space."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("name", "kind", "start"),
    [
        ("besok.csv", "csv", b""),
        ("besok.csv", "csv", (HEADER + GOOD * 30_000).encode()),
        ("besok.parquet", "parquet", b""),
        ("besok.parquet", "parquet", b"PAR1"),
        ("besok.xlsx", "excel", b""),
        ("besok.xlsx", "excel", b"PK\x03\x04"),
    ],
    ids=["csv", "csv with a good start", "parquet", "parquet's start", "excel", "zip's start"],
)
def test_ten_gigabytes_of_nonsense_are_answered_at_once(tmp_path, visits, name, kind, start):
    path = sparse(tmp_path / name, start=start)
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(FileRefused) as caught:
        read.open_delivery(path, visits(kind=kind))
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.kind in {"nonsense", "truncated", "too_large"}
    assert seconds < 2
    assert peak < 50 << 20


def test_lines_of_something_else_behind_a_good_header_are_nonsense(refusal):
    kind, message = refusal(HEADER + GOOD + "lorem ipsum dolor\n" * 100_000)
    assert kind == "nonsense"
    assert "Linjene lenger ned" in message


def test_noise_is_nonsense(refusal):
    kind, message = refusal(os.urandom(3 << 20))
    assert kind == "nonsense"
    assert re.search("ikke tekst", message)


def test_a_file_too_large_for_any_municipality_is_not_tried(tmp_path, visits):
    with pytest.raises(FileRefused, match="større enn 64 GB") as caught:
        read.open_delivery(sparse(tmp_path / "besok.csv", size=65 * GB), visits())
    assert caught.value.kind == "too_large"
