import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from factories import identity
from python_calamine import CalamineWorkbook

from vft.lake import redaction
from vft.lake.redaction import NONE, Unnamed, redact

HER, OTHER = identity(1), identity(2)
PARTED = f"{HER[:6]} {HER[6:]}"
NUMBER = HER.lstrip("0")
LONGER = f"9{HER}"


@pytest.fixture(params=[7, 16 << 20])
def redacted(tmp_path, monkeypatch, request):
    """What is left of a text, and the rule by which, read in small pieces and in large."""

    monkeypatch.setattr(redaction, "_CHUNK", request.param)

    def do(text, encoding="utf-8", unnamed=NONE):
        file, target = tmp_path / "fil", tmp_path / "uten"
        file.write_bytes(text.encode(encoding))
        rule = redact(file, target, HER, unnamed)
        return rule, target.read_bytes().decode(encoding)

    return do


TEXTS = [
    (f"fnr;n\n{HER};1\n{OTHER};2\n", f"fnr;n\n{OTHER};2\n"),
    (f"fnr;n\r\n{OTHER};2\r\n{HER};1", f"fnr;n\r\n{OTHER};2\r\n"),
    (f"fnr;n\n{PARTED};1\n{NUMBER};3\n{OTHER};2\n", f"fnr;n\n{OTHER};2\n"),
    (f'n;fnr\n"to\nlinjer";{HER}\n"tre\n""linjer""\n";{OTHER}\n',
     f'n;fnr\n"tre\n""linjer""\n";{OTHER}\n'),
    (f'n;fnr\n12" rør;{OTHER}\nb;{HER}\nc;{OTHER}\n', f'n;fnr\n12" rør;{OTHER}\nc;{OTHER}\n'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_her_records_go_and_the_rest_of_a_text_is_as_it_was(redacted, text, left, encoding):
    assert redacted(text, encoding) == ("records_dropped", left)


@pytest.mark.parametrize("text", ["", f"fnr\n{OTHER}\n", f"fnr\n{LONGER}\n", f"fnr\n{HER}1\n"])
def test_a_text_that_does_not_name_her_is_let_be(redacted, text):
    assert redacted(text) == (None, text)


LOG = f'enhet;n;fnr\nA;1;\n"A";"to\nlinjer";\nB;3;{HER}\nB;4;\nÅ1;5;\n'


@pytest.mark.parametrize(
    ("rows", "words", "left"),
    [
        ({2}, ["A"], 'enhet;n;fnr\n"A";"to\nlinjer";\nB;4;\nÅ1;5;\n'),
        ({3, 4}, ["A", "B"], "enhet;n;fnr\nA;1;\nB;4;\nÅ1;5;\n"),
        ({6}, ["Å1"], 'enhet;n;fnr\nA;1;\n"A";"to\nlinjer";\nB;4;\n'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_rows_that_are_hers_unnamed_go_with_those_that_name_her(
    redacted, rows, words, left, encoding
):
    unnamed = Unnamed(rows={"": frozenset(rows)}, words=tuple(words))
    assert redacted(LOG, encoding, unnamed) == ("records_dropped", left)


@pytest.mark.parametrize("row", [5, 7])
def test_a_row_that_is_not_where_it_was_read_costs_the_copy_and_nobody_elses_row(tmp_path, row):
    file = tmp_path / "fil"
    file.write_text(LOG, encoding="utf-8")
    unnamed = Unnamed(rows={"": frozenset({row})}, words=("A",))
    assert redact(file, tmp_path / "uten", OTHER, unnamed) == "copy_dropped"


def test_a_file_that_cannot_be_looked_into_is_given_up(tmp_path):
    assert redact_bytes(tmp_path, f"fnr\n{HER}\n".encode("utf-16")) == "copy_dropped"
    assert redact_bytes(tmp_path, b"PAR1 and then nothing") == "copy_dropped"
    assert redact_bytes(tmp_path, b"PK\x03\x04 broken") == "copy_dropped"
    assert redact_bytes(tmp_path, b"\xd0\xcf\x11\xe0\0\0") == "copy_dropped"


def redact_bytes(tmp_path, content):
    (tmp_path / "b").write_bytes(content)
    return redact(tmp_path / "b", tmp_path / "u", HER)


@pytest.mark.parametrize("column", [
    pa.array([HER, OTHER, None]),
    pa.array([int(HER), int(OTHER), None]),
    pa.array([float(HER), float(OTHER), None]),
    pa.array([f"se {PARTED}!", OTHER, None]),
    pa.array([HER, OTHER, None]).dictionary_encode(),
])  # fmt: skip
def test_her_rows_go_from_parquet_whatever_the_number_is_kept_as(tmp_path, column):
    file, target = tmp_path / "f.parquet", tmp_path / "u.parquet"
    rows = pa.table({"fnr": column, "n": [1, 2, 3], "ja": [True, False, None]})
    pq.write_table(rows, file)
    assert redact(file, target, HER) == "rows_dropped"
    assert pq.read_table(target).equals(rows.slice(1))
    assert redact(target, tmp_path / "again", HER) is None


def test_parquet_that_hides_columns_inside_columns_is_given_up(tmp_path):
    pq.write_table(pa.table({"a": [{"fnr": HER}]}), tmp_path / "f")
    assert redact(tmp_path / "f", tmp_path / "u", HER) == "copy_dropped"


def workbook(path, *, note=None, **options):
    with xlsxwriter.Workbook(path, options) as book:
        book.add_worksheet("Forside").write(0, 0, "Uttrekk")
        sheet = book.add_worksheet("Rader")
        for place, row in enumerate([
            ["fnr", "tekst", "tall"],
            [HER, "første", 1],
            [OTHER, "andre", 2.5],
            [int(HER), "tredje", 3],
            [OTHER, "fjerde", 4],
        ]):  # fmt: skip
            sheet.write_row(place, 0, row)
        if note:
            sheet.write_comment(1, 0, note)


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_her_rows_go_from_a_workbook_and_the_rest_is_as_it_was(tmp_path, options):
    file, target = tmp_path / "f.xlsx", tmp_path / "u.xlsx"
    workbook(file, **options)
    assert redact(file, target, HER) == "rows_dropped"
    book = CalamineWorkbook.from_path(str(target))
    assert book.get_sheet_by_name("Forside").to_python() == [["Uttrekk"]]
    left = [row for row in book.get_sheet_by_name("Rader").to_python() if any(row)]
    assert left == [["fnr", "tekst", "tall"], [OTHER, "andre", 2.5], [OTHER, "fjerde", 4.0]]
    with zipfile.ZipFile(target) as parts:
        assert not [name for name in parts.namelist() if NUMBER.encode() in parts.read(name)]
    assert redact(target, tmp_path / "again", HER) is None


def test_a_workbook_that_names_her_outside_its_rows_is_given_up(tmp_path):
    workbook(tmp_path / "f.xlsx", note=f"Gjelder {HER}")
    assert redact(tmp_path / "f.xlsx", tmp_path / "u.xlsx", HER) == "copy_dropped"


MONTHS = {
    "Mai": [["apparat", "hendelse"], ["DEV-1", "annens, mai"]],
    "Juni & juli": [["apparat", "hendelse"], ["DEV-1", "hennes, juni"]],
}


@pytest.mark.parametrize(
    ("read", "left"),
    [
        (["Juni & juli"], {"Mai": ["annens, mai"], "Juni & juli": []}),
        (["Mai"], {"Mai": [], "Juni & juli": ["hennes, juni"]}),
        ([""], {"Mai": [], "Juni & juli": ["hennes, juni"]}),
        (["", "Juni & juli"], {"Mai": [], "Juni & juli": []}),
    ],
)
def test_a_row_goes_from_the_sheet_that_was_read_and_not_from_one_that_looks_the_same(
    tmp_path, read, left
):
    file, target = tmp_path / "f.xlsx", tmp_path / "u.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name, rows in MONTHS.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    unnamed = Unnamed(rows=dict.fromkeys(read, frozenset({2})), words=("DEV-1",))
    assert redact(file, target, HER, unnamed) == "rows_dropped"
    book = CalamineWorkbook.from_path(str(target))
    for name, events in left.items():
        rows = book.get_sheet_by_name(name).to_python()
        assert [event for _, event in rows[1:] if event] == events


def test_a_workbook_without_the_sheet_that_was_read_is_given_up(tmp_path):
    workbook(tmp_path / "f.xlsx")
    unnamed = Unnamed(rows={"Borte": frozenset({2})}, words=("første",))
    assert redact(tmp_path / "f.xlsx", tmp_path / "u.xlsx", HER, unnamed) == "copy_dropped"
