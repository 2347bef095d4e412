"""Population from json-stat2, CSV and Excel: the same people, nobody twice, gaps kept."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from vft.errors import FileRefused
from vft.sources.ssb import population

#: As SSB's regional projection has it: variants are statistics variables.
PROJECTION = {
    "class": "dataset",
    "label": "Framskrevet folkemengde",
    "source": "SSB",
    "updated": "2024-06-05",
    "id": ["Region", "Kjonn", "Alder", "ContentsCode", "Tid"],
    "size": [1, 2, 2, 4, 1],
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "dimension": {
        "Region": {"label": "region", "category": {"index": ["030101"], "label": {"030101": "GO"}}},
        "Kjonn": {
            "label": "kjønn",
            "category": {"index": {"2": 0, "1": 1}, "label": {"1": "Menn", "2": "Kvinner"}},
        },
        "Alder": {
            "label": "alder",
            "category": {
                "index": ["080", "105+"],
                "label": {"080": "80 år", "105+": "105 år eller eldre"},
            },
        },
        "ContentsCode": {
            "label": "statistikkvariabel",
            "category": {
                "index": ["Personer", "Personer1", "Personer2", "Personer3"],
                "label": {
                    "Personer": "Hovedalternativet (MMMM)",
                    "Personer1": "Lav nasjonal vekst (LLML)",
                    "Personer2": "Høy nasjonal vekst (HHMH)",
                    "Personer3": "Sterk aldring (LHML)",
                },
            },
        },
        "Tid": {"label": "år", "category": {"index": ["2030"], "label": {"2030": "2030"}}},
    },
    "value": [50, 45, 55, 60, 3, 2, 4, 5, 40, 35, 44, 47, None, 1, 1, 1],
    "status": {"12": ".."},
}


def of_jsonstat(table):
    return population.of_jsonstat(json.dumps(table).encode(), path=Path("x.json"))


def visible(found):
    rows = found.rows.astype(object).where(found.rows.notna(), None)
    return [tuple(row) for row in rows.to_numpy().tolist()]


def test_a_projection_with_variants_sexes_and_a_missing_cell():
    assert visible(of_jsonstat(PROJECTION)) == [
        ("030101", "female", 80, 80, 2030, "mid", 50, None),
        ("030101", "female", 80, 80, 2030, "low", 45, None),
        ("030101", "female", 80, 80, 2030, "high", 55, None),
        ("030101", "female", 105, -1, 2030, "mid", 3, None),
        ("030101", "female", 105, -1, 2030, "low", 2, None),
        ("030101", "female", 105, -1, 2030, "high", 4, None),
        ("030101", "male", 80, 80, 2030, "mid", 40, None),
        ("030101", "male", 80, 80, 2030, "low", 35, None),
        ("030101", "male", 80, 80, 2030, "high", 44, None),
        ("030101", "male", 105, -1, 2030, "mid", None, ".."),
        ("030101", "male", 105, -1, 2030, "low", 1, None),
        ("030101", "male", 105, -1, 2030, "high", 1, None),
    ]


def test_what_is_left_out_is_said():
    found = of_jsonstat(PROJECTION)
    assert found.left_out == (
        "alternativet «Sterk aldring (LHML)» er verken lavt, midtre eller høyt",
    )
    assert found.source == "SSB, Framskrevet folkemengde, 2024-06-05"


def test_a_dimension_that_is_not_known_must_have_one_category():
    table = json.loads(json.dumps(PROJECTION).replace("Kjonn", "Sivilstand"))
    table["dimension"]["Sivilstand"]["label"] = "sivilstand"
    with pytest.raises(FileRefused, match=r"dimension\.Sivilstand: er ikke enhet"):
        of_jsonstat(table)


CSV = """region;alder;kjønn;år;personer
0301;80-84 år;menn;2030;1 200
0301;80-84 år;kvinner;2030;1 500
0301;85 år og eldre;menn;2030;:
0301;85 år og eldre;kvinner;2030;0
"""
FROM_CSV = [
    ("0301", "male", 80, 84, 2030, "mid", 1200, None),
    ("0301", "female", 80, 84, 2030, "mid", 1500, None),
    ("0301", "male", 85, -1, 2030, "mid", None, ":"),
    ("0301", "female", 85, -1, 2030, "mid", 0, None),
]


def from_csv(tmp_path, text):
    path = tmp_path / "befolkning.csv"
    path.write_text(text, encoding="utf-8")
    return population.read(path)


def test_csv_with_a_hidden_cell_and_a_zero(tmp_path):
    assert visible(from_csv(tmp_path, CSV)) == FROM_CSV


def test_a_workbook_is_read_as_the_csv_is(tmp_path):
    path = tmp_path / "befolkning.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, line in enumerate(CSV.splitlines()):
            cells = [
                int(c.replace(" ", "")) if c[:1].isdigit() and "år" not in c and c != "0301" else c
                for c in line.split(";")
            ]
            sheet.write_row(i, 0, cells)
    assert visible(population.read(path)) == FROM_CSV


def test_totals_are_left_out_where_their_parts_are(tmp_path):
    totals = "0301;i alt;menn;2030;9999\n0301;80-84 år;begge kjønn;2030;2700\n"
    assert visible(from_csv(tmp_path, CSV + totals)) == FROM_CSV


def test_a_table_of_totals_alone_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="bare summer: ta med hver alder"):
        from_csv(tmp_path, "unit,age,year,persons\n0301,i alt,2030,10\n")


@pytest.mark.parametrize(
    ("label", "read_as"), [("Lav nasjonal vekst (LLML)", "low"), ("Personer", "mid")]
)
def test_one_alternative_alone_is_the_one_it_says(label, read_as):
    table = json.loads(json.dumps(PROJECTION).replace("Hovedalternativet (MMMM)", label))
    table["size"][3] = 1
    table["dimension"]["ContentsCode"]["category"]["index"] = ["Personer"]
    table["value"], table["status"] = [50, 3, 40, None], {"3": ".."}
    assert set(of_jsonstat(table).rows["variant"]) == {read_as}


def test_both_sexes_alone_are_kept(tmp_path):
    found = from_csv(tmp_path, "unit,age,year,persons\n0301,80+,2030,10\n")
    assert visible(found) == [("0301", "both", 80, -1, 2030, "mid", 10, None)]


BAD_ROWS = {
    "0301;80-84 år;menn;2030;1": "rad 6: 0301, menn, 80–84 år, 2030 står også tidligere",
    "0301;82 år;menn;2030;1": "80–84 år og 82 år overlapper",
    "0301;åtti;menn;2030;1": "rad 6: «åtti» er ikke en alder; skriv 80",
    "0301;90 år;x;2030;1": "rad 6: «x» er ikke et kjønn; skriv menn",
    "0301;70 år;menn;i fjor;1": "rad 6: «i fjor» er ikke et årstall",
    "0301;70 år;menn;2030;-1": "rad 6, kolonnen «persons»: «-1» er negativt",
    "0301;70 år;menn;2030;1.200": "«1.200» kan leses på to måter; skriv 1200 eller",
    "0301;70 år;menn;2030;mange": "«mange» er ikke et tall",
    f"0301;70 år;menn;2030;{'9' * 400}": "rad 6, kolonnen «persons»: «9{20} …» er for stort",
    "0302;80-84 år;begge kjønn;2030;300": "0302, 80–84 år, 2030: begge kjønn står uten menn og",
    ";70 år;menn;2030;1": "rad 6: enheten er ikke oppgitt",
}


@pytest.mark.parametrize(("row", "said"), BAD_ROWS.items())
def test_a_row_that_cannot_be_right_is_named(tmp_path, row, said):
    with pytest.raises(FileRefused, match=said):
        from_csv(tmp_path, f"{CSV}{row}\n")


def test_every_fault_of_a_table_is_told_at_once(tmp_path):
    rows = "0301;åtti;menn;2030;1\n0301;70 år;x;2030;-1\n0301;80-84 år;menn;2030;1\n"
    with pytest.raises(FileRefused) as refusal:
        from_csv(tmp_path, CSV + rows)
    for said in (
        "rad 6: «åtti» er ikke en alder",
        "rad 7: «x» er ikke et kjønn",
        "rad 7, kolonnen «persons»: «-1» er negativt",
        "rad 8: 0301, menn, 80–84 år, 2030 står også tidligere",
    ):
        assert said in str(refusal.value)


def test_a_part_that_is_written_wrong_is_not_said_to_be_missing(tmp_path):
    both = "0302;80-84 år;begge kjønn;2030;300\n0302;80-84 år;kvinner;2030;200\n"
    with pytest.raises(FileRefused, match="rad 8: «åtti» er ikke en alder") as refusal:
        from_csv(tmp_path, f"{CSV}{both}0302;åtti;menn;2030;100\n")
    assert "begge kjønn står uten" not in str(refusal.value)


def test_a_cell_of_a_dataset_is_named_as_one():
    with pytest.raises(FileRefused, match=r"value\[0\]: −50 er under 0"):
        of_jsonstat({**PROJECTION, "value": [-50, *PROJECTION["value"][1:]]})


def test_cells_that_are_under_0_are_told_with_those_that_are_no_figures():
    with pytest.raises(FileRefused, match="Det er 2 feil") as refusal:
        of_jsonstat({**PROJECTION, "value": [-50, "to", *PROJECTION["value"][2:]]})
    assert "value[0]: −50 er under 0" in str(refusal.value)
    assert 'value[1]: "to" er ikke et tall' in str(refusal.value)


def test_a_year_is_written_as_one_also_where_another_is_none(tmp_path):
    rows = "0301;70 år;menn;i fjor;1\n0301;80-84 år;menn;2030;1\n"
    with pytest.raises(FileRefused, match="80–84 år, 2030 står også tidligere"):
        from_csv(tmp_path, f"{CSV}{rows}")


def test_age_groups_may_differ_between_years(tmp_path):
    found = from_csv(tmp_path, f"{CSV}0301;80 år og eldre;menn;2040;1\n")
    assert len(found.rows) == 5
