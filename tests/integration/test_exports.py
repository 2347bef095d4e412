"""The figures of a page as files: in every format the same, and no more than the page shows."""

import csv
import io
import json

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.usefixtures("home")
ENDINGS = ("csv", "xlsx", "json", "parquet")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def in_csv(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def read(ending, answer):
    """(unit, month, measure) → the figure, or the state in words, as the file has it."""
    return READERS[ending](answer.content)


def _from_lines(heading, lines):
    """Of a table with a column for each measure, which tells its unit in brackets."""
    return {
        (line["Enhet (kode)"], line["Måned"], name.partition(" (")[0]): _number(line[name])
        for line in (dict(zip(heading, cells, strict=True)) for cells in lines)
        for name in heading
        if name.endswith("(personer)")
    }


def _number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


def _csv(content):
    heading, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return _from_lines(heading, lines)


def _xlsx(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    heading, *lines = book.get_sheet_by_name("Tall").to_python()
    return _from_lines(heading, lines)


def _json(content):
    told = json.loads(content)
    names = told["extension"]["status"]["label"]
    axes = [told["dimension"][d]["category"] for d in told["id"]]
    found, place = {}, 0
    for measure in axes[0]["index"]:
        for _slice in axes[1]["index"]:
            for unit in axes[2]["index"]:
                for month in axes[4]["index"]:
                    value, status = told["value"][place], told["status"].get(str(place))
                    key = (unit, month, axes[0]["label"][measure])
                    found[key] = names[status] if value is None else value
                    place += 1
    return found


def _parquet(content):
    words = {"suppressed": "skjult", "missing": "mangler"}
    rows = pl.read_parquet(io.BytesIO(content)).iter_rows(named=True)
    return {
        (r["unit"], r["month"], r["measure_label"]): words.get(r["state"], r["value"]) for r in rows
    }


READERS = {"csv": _csv, "xlsx": _xlsx, "json": _json, "parquet": _parquet}


@pytest.mark.parametrize("user", ["byleder", "leder"])
def test_every_format_tells_the_same(user, log_in):
    client = log_in(user)
    query = "utvalg=service:DT&enhet=municipality:0301&periode=24"
    found = {e: read(e, client.get(f"/skalering/tall.{e}?{query}")) for e in ENDINGS}
    assert len(found["csv"]) == 4 * 4 * 24
    for ending in ENDINGS:
        assert found[ending] == found["csv"], ending


@pytest.mark.parametrize("ending", ENDINGS)
def test_small_counts_of_others_are_hidden_in_every_format(ending, log_in):
    query = "utvalg=service:TA&enhet=municipality:0301"
    found = read(ending, log_in("leder").get(f"/skalering/tall.{ending}?{query}"))
    of = "Samtidige brukere"
    assert found["0301", "2024-11", of] == 11482
    assert found["030101", "2024-11", of] == 6000
    assert found["030117", "2024-11", of] == "skjult"
    assert found["030102", "2024-11", of] == "skjult"


def test_what_is_to_be_shared_hides_small_counts_of_ones_own_too(log_in):
    client = log_in("byleder")
    query = "utvalg=service:TA&enhet=municipality:0301"
    of = "Samtidige brukere"
    own = read("csv", client.get(f"/skalering/tall.csv?{query}"))
    assert own["030117", "2024-11", of] == 3
    for ending in ENDINGS:
        found = read(ending, client.get(f"/skalering/tall.{ending}?{query}&til=deling"))
        assert found["030117", "2024-11", of] == "skjult"
        assert found["0301", "2024-11", of] == 11482


def test_a_file_says_whether_it_may_be_shared(log_in):
    client = log_in("byleder")
    own = json.loads(client.get("/skalering/tall.json").content)["note"]
    shared = json.loads(client.get("/skalering/tall.json?til=deling").content)["note"]
    assert own[0] == "Egne enheters små tall er vist som de er: filen skal ikke deles videre."
    assert shared[0] == "Små tall er skjult for alle enheter: filen kan deles."


def test_missing_and_zero_are_said_apart(log_in):
    found = in_csv(log_in("byleder").get("/skalering/tall.csv?utvalg=service:DT"))
    newest = next(r for r in found if r["Enhet"] == "Oslo" and r["Måned"] == "2024-11")
    assert newest["Ulike brukere i måneden (personer)"] == "mangler"
    assert newest["Bare vedtak (personer)"] == "0"


def test_a_share_has_decimals_and_of_nobody_there_is_none(log_in):
    client = log_in("byleder")
    query = "indikator=technology_first&utvalg=service:DT&enhet=municipality:0301"
    oslo, marka = [
        row
        for row in in_csv(client.get(f"/skalering/tall.csv?{query}"))
        if row["Enhet"] in {"Oslo", "Marka"} and row["Måned"] == "2024-11"
    ]
    assert oslo["Andel teknologi først (prosent)"] == "40"
    assert marka["Andel teknologi først (prosent)"] == "lar seg ikke regne ut"
    assert marka["Nye mottakere (personer)"] == "0"


def test_a_line_of_the_file(log_in):
    answer = log_in("byleder").get("/skalering/tall.csv?utvalg=service:TA&periode=12")
    found = in_csv(answer)
    assert len(found) == 12 * 4
    assert found[0] == {
        "Utvalg (kode)": "service:TA",
        "Utvalg": "Trygghetsalarm",
        "Enhet (kode)": "0301",
        "Enhet": "Oslo",
        "Geografi (kode)": "now",
        "Geografi": "Som nå",
        "Måned": "2024-01",
        "Siste dag i måneden": "31.01.2024",
        "Samtidige brukere (personer)": "11472",
        "Bare vedtak (personer)": "35",
        "Bare utstyr (personer)": "2",
        "Ulike brukere i måneden (personer)": "11590",
        "Komplett": "ja",
    }
    assert found[11]["Komplett"] == "nei"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_browser_saves_it_under_a_name_that_says_what_it_is(ending, log_in):
    answer = log_in("byleder").get(f"/skalering/tall.{ending}?utvalg=service:TA")
    name = f"samtidige-brukere_ta_0301.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == TYPES[ending]


def test_the_workbook_says_what_the_figures_are(log_in):
    answer = log_in("leder").get("/skalering/tall.xlsx?utvalg=service:TA&enhet=municipality:0301")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    about = book.get_sheet_by_name("Om filen").to_python()
    told = dict(about)
    assert told["Publisering"] == "2"
    assert told["Enheter"] == "Oslo, Gamle Oslo, Grünerløkka, Marka"
    notes = [text for label, text in about if label == "Merk"]
    assert "Ikke komplett, og ingen nedgang: desember 2024." in notes
    assert "Noen tall er skjult for den som hentet filen." in notes
    assert "01.03.2024: 7 500 alarmer byttet" in notes
    assert "Per siste dag i måneden: Samtidige brukere, Bare vedtak, Bare utstyr." in notes
    (definition,) = book.get_sheet_by_name("Definisjoner").to_python()[1:]
    assert definition[:2] == ["concurrent_users", "Samtidige brukere"]


def test_a_group_is_named_with_its_grouping(log_in):
    query = "enhet=hospital_sector:LDS&sammenlign=hospital_sector"
    found = in_csv(log_in("byleder").get(f"/skalering/tall.csv?{query}"))
    assert {r["Enhet (kode)"] for r in found} == {"hospital_sector:LDS", "hospital_sector:OUS"}


def test_what_is_not_understood_gives_no_file(log_in):
    client = log_in("byleder")
    for ending in ENDINGS:
        answer = client.get(f"/skalering/tall.{ending}?utvalg=service:QQ")
        assert answer.status_code == 404
        assert "Filen er ikke laget. Fant ikke «service:QQ»" in answer.content.decode()
    assert client.get("/skalering/tall.ods").status_code == 404


def test_too_much_for_a_file_is_refused_with_what_to_do(log_in, monkeypatch):
    monkeypatch.setattr("vft.web.cube.MOST_CELLS", 100)
    answer = log_in("byleder").get("/skalering/tall.csv?periode=12")
    assert answer.status_code == 409
    assert "Utvalget har 192 tall, og en fil har høyst 100" in answer.content.decode()


def test_the_page_offers_every_format_of_what_it_shows(log_in):
    client = log_in("byleder")
    page = client.get("/skalering/?utvalg=service:DT&enhet=district:030101").content.decode()
    for ending in ENDINGS:
        assert (
            f"/skalering/tall.{ending}?indikator=concurrent_users&amp;utvalg=service%3ADT" in page
        )
