import re
from importlib.resources import files

import pytest
from small_exports import UNITS, residences, vedtak

from vft.pipeline import holdings
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest

pytestmark = pytest.mark.usefixtures("home")


def text(answer):
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def test_freshness_and_refused_rows_are_told(log_in):
    page = text(log_in("leder").get("/datagrunnlag/"))
    assert "Gerica: vedtak" in page
    assert "1 av 13 leste rader har feil og er ikke brukt. De kom i én fil." in page


def test_what_a_narrow_screen_has_no_columns_for_stands_under_the_source(log_in):
    page = text(log_in("leder").get("/datagrunnlag/"))
    under = re.findall(r'<th scope="row">Gerica: vedtak<span class="row-more">(.*?)</span>', page)
    beside = r'Gerica: vedtak.*?<td class="whole wide-only">(.*?)</td><td class="wide-only">(.*?)<'
    received, owner = re.findall(beside, page)[0]
    assert under == [f"Mottatt {received}, én fil. {owner}"]


def test_deliveries_tell_what_became_of_each_file(log_in):
    page = text(log_in("leder").get("/datagrunnlag/leveranser/"))
    assert "3 av 3 leveranser" in page
    assert "enheter.csv" in page
    assert "Lest inn" in page
    assert "Avvist" in page


@pytest.mark.parametrize(
    ("query", "files"),
    [
        ("status=refused", ["grupperinger.csv"]),
        ("status=loaded&sorter=file_name", ["enheter.csv", "gerica_tjenester.csv"]),
        ("fil=ENHET", ["enheter.csv"]),
        ("fil=finnes-ikke", []),
        ("kilde=vft.units", ["enheter.csv"]),
        ("sorter=file_name&kilde=x", ["enheter.csv", "gerica_tjenester.csv", "grupperinger.csv"]),
        ("sorter=-file_name", ["grupperinger.csv", "gerica_tjenester.csv", "enheter.csv"]),
        ("sorter=drop+table&side=99&fil=enhet", ["enheter.csv"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(query, files, log_in):
    page = text(log_in("leder").get(f"/datagrunnlag/leveranser/?{query}"))
    assert re.findall(r"<td[^>]*> ?(\w+\.csv) ?<", page) == files


@pytest.mark.parametrize(
    ("address", "says", "still"),
    [
        ("leveranser/?kilde=x", "Fant ikke «x». Viser alle kilder i stedet.", "3 av 3 leveranser"),
        ("leveranser/?status=x", "Fant ikke «x». Viser alle i stedet.", "3 av 3 leveranser"),
        ("leveranser/?fil=" + "x" * 101, "Filnavnet er for langt. Viser alle", "3 av 3 leveranser"),
        (
            "avviste-rader/?kilde=x",
            "Fant ikke «x» under Kilde. Viser alle kilder i stedet.",
            "Til-dato er før fra-dato.",
        ),
        (
            "registre/?tjeneste=group:ALARM",
            "Fant ikke «group:ALARM» under Tjeneste. Viser Trygghetsalarm i stedet.",
            "Trygghetsalarm, siste dag i november 2024",
        ),
    ],
)
def test_a_choice_that_names_nothing_is_said_and_narrows_nothing(address, says, still, log_in):
    answer = log_in("byleder").get(f"/datagrunnlag/{address}")
    assert answer.status_code == 200
    assert says in text(answer)
    assert still in text(answer)


@pytest.mark.parametrize("address", ["XX/district/030101/", "TA/district/9999/", "TA/x/030101/"])
def test_a_page_of_what_is_not_there_is_not_found(address, log_in):
    answer = log_in("koordinator").get(f"/datagrunnlag/registre/{address}")
    assert answer.status_code == 404


@pytest.fixture
def sources_by_name(settings, tmp_path, db):  # noqa: ARG001 - identities are kept in the database
    """Three sources that have been loaded, two of them with rows refused."""
    home = Home(tmp_path)
    home.prepare()
    exports = tmp_path / "eksporter"
    own = exports / "tilordninger"
    own.mkdir(parents=True)
    for name, title, content in (
        ("units", "Ås: enheter", UNITS),
        ("gerica_tjenester", "Ærlig: vedtak", vedtak(ends_on="01.01.2024")),
        ("gerica_bosted", "Øde: bosted", residences() + "ikke et nummer;030101;01.01.2020;\n"),
    ):
        ready = (files("vft.sources") / "mappings" / f"{name}.toml").read_text(encoding="utf-8")
        own_words = f'title = "{title}"\nrefuse_above = 0.9'
        said = re.sub(r"(?m)^title = .*$", own_words, ready.replace("refuse_above", "# "), count=1)
        (own / f"{name}.toml").write_text(said, encoding="utf-8")
        file = {"units": "enheter"}.get(name, name)
        (exports / f"{file}.csv").write_text(content, encoding="utf-8")
    ingest(home, exports)
    settings.VFT_HOME = tmp_path
    return home


def options(page):
    return re.findall(r'<option value="[^"]+"[^>]*>(\w+): \w+</option>', page)


def test_sources_come_in_norwegian_order(sources_by_name, log_in):
    assert [f.source_title[:2] for f in holdings.freshness(sources_by_name)] == ["Ær", "Ød", "Ås"]
    client = log_in("leder")
    listed = options(text(client.get("/datagrunnlag/leveranser/")))
    assert listed == ["Ærlig", "Øde", "Ås"]
    refused = options(text(client.get("/datagrunnlag/avviste-rader/")))
    assert refused == ["Ærlig", "Øde"]


def test_refused_rows_are_explained_with_what_to_do(log_in):
    page = text(log_in("leder").get("/datagrunnlag/avviste-rader/"))
    assert "Til-dato er før fra-dato." in page
    assert "Rett datoene i fagsystemet." in page
    assert "rad 10 i gerica_tjenester.csv" in page


def test_corrections_of_others_are_counted_not_shown(log_in):
    page = text(log_in("leder").get("/datagrunnlag/rettelser/"))
    assert "11\N{NO-BREAK SPACE}480" in page
    assert "1 tall i andre enheter er også rettet" in page
    assert "Grünerløkka" not in page
    everything = text(log_in("byleder").get("/datagrunnlag/rettelser/"))
    assert "Grünerløkka" in everything


def test_corrections_are_counted_over_the_list(log_in):
    page = text(log_in("leder").get("/datagrunnlag/rettelser/"))
    listed = page.split("<tbody>")[1].split("</tbody>")[0].count("<tr>")
    assert listed == 1
    assert "1 rettet tall, for alle mål." in page


@pytest.mark.parametrize(
    "address", ["", "leveranser/", "avviste-rader/", "rettelser/", "registre/"]
)
def test_the_publication_is_named_at_the_foot(address, log_in):
    page = text(log_in("byleder").get(f"/datagrunnlag/{address}"))
    assert "Oslo. Publisering 2, " in page.split("<footer")[1]


def test_registers_stand_beside_each_other(log_in):
    page = text(log_in("byleder").get("/datagrunnlag/registre/?tjeneste=service:TA"))
    cells = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page)
    found = {name: re.findall(r"<td class=\"figure\">(.*?)</td>", row) for name, row in cells}
    assert " ".join(found["Oslo"]).replace("\N{NO-BREAK SPACE}", "") == "11527 11494 11482 45 12"


def test_only_the_coordinator_is_offered_the_names_and_in_her_unit_alone(log_in):
    page = text(log_in("koordinator").get("/datagrunnlag/registre/?tjeneste=service:TA"))
    assert re.findall(r'href="(/datagrunnlag/registre/TA/[^"]+)"', page) == [
        "/datagrunnlag/registre/TA/district/030101/"
    ]
    assert "Vis hvem" not in text(log_in("byleder").get("/datagrunnlag/registre/"))


def test_no_names_are_offered_where_the_registers_agree(log_in):
    page = text(log_in("koordinator").get("/datagrunnlag/registre/?tjeneste=service:DT"))
    assert re.search(
        r"Gamle Oslo</th>(<td class=\"figure\">24</td>){3}<td class=\"figure\">0", page
    )
    assert "Vis hvem" not in page


@pytest.mark.parametrize("code", ["030102", "030117"])
def test_names_elsewhere_are_refused(code, log_in):
    client = log_in("koordinator")
    address = f"/datagrunnlag/registre/TA/district/{code}/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"purpose": "Rydde i registrene"}).status_code == 403


def test_names_take_a_purpose(log_in):
    client = log_in("koordinator")
    address = "/datagrunnlag/registre/TA/district/030101/"
    answer = client.post(address, {"purpose": ""})
    assert answer.status_code == 422
    assert "Skriv hva du skal bruke opplysningene til." in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
