import csv
import io
import re
from html import unescape

import pytest

NB = "\N{NO-BREAK SPACE}"
COUNTED = "Samtidige brukere (personer)"
pytestmark = pytest.mark.usefixtures("home")


def rows(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def at(found, enhet, dato="30.11.2024"):
    return next(r for r in found if r["Enhet"] == enhet and r["Siste dag i måneden"] == dato)


def test_the_finding_is_the_title(log_in):
    page = log_in("byleder").get("/skalering/?utvalg=service:TA").content.decode()
    assert f"Trygghetsalarm: 11{NB}482 i Oslo, 12 flere enn i november 2023" in page
    assert f"Gamle Oslo har flest (6{NB}000), Marka har færrest (3)" in page


def test_those_who_are_in_no_unit_are_counted_where_that_gives_nobody_away(log_in):
    query = "/skalering/?utvalg=total:ALL&maal=concurrent"
    assert f"11{NB}500 i Oslo er ikke med her" in log_in("byleder").get(query).content.decode()
    one_hidden = "/skalering/?utvalg=service:TA&enhet=municipality:0301"
    assert "er ikke med her" not in log_in("leder").get(one_hidden).content.decode()
    assert "er ikke med her" not in log_in("byleder").get(one_hidden).content.decode()


def test_measures_references_and_known_breaks_stand_beside(log_in):
    page = log_in("byleder").get("/skalering/?utvalg=service:TA").content.decode()
    assert re.search(r"Bare vedtak</a></dt><dd>45<", page)
    assert re.search(r"Bare utstyr</a></dt><dd>12<", page)
    assert f"Publisert av andre: 11{NB}500 per 30.11.2024. Kilde: Oslo 2024." in page
    assert "01.03.2024: 7 500 alarmer byttet" in page


def test_an_incomplete_month_is_marked(log_in):
    page = log_in("byleder").get("/skalering/?utvalg=service:TA").content.decode()
    assert f"Desember 2024 er ikke komplett og tegnes ikke. Foreløpig tall: 5{NB}741." in page


def test_small_counts_of_others_are_hidden_in_chart_table_and_file_alike(log_in):
    client = log_in("leder")
    query = "?utvalg=service:TA&enhet=municipality:0301"
    page = client.get(f"/skalering/{query}").content.decode()
    charts = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
    tables = "".join(re.findall(r"<table.*?</table>", page, flags=re.DOTALL))
    lines = rows(client.get(f"/skalering/tall.csv{query}"))
    assert f"5{NB}479" not in charts + tables
    assert "skjult" in charts
    assert "skjult" in tables
    assert at(lines, "Marka")[COUNTED] == "skjult"
    assert at(lines, "Grünerløkka")[COUNTED] == "skjult"
    assert at(lines, "Gamle Oslo")[COUNTED] == "6000"
    assert at(lines, "Oslo")[COUNTED] == "11482"


def test_what_is_hidden_from_a_reader_throughout_is_said_and_not_drawn(log_in):
    client = log_in("leder")
    query = "?utvalg=service:TA&sammenlign=hospital_sector"
    page = re.sub(r"\s+", " ", client.get(f"/skalering/{query}").content.decode())
    compared = page.split('id="enhetene"')[1]
    assert "Alle tallene er skjult for deg i denne måneden" in compared
    assert "<svg" not in compared
    assert "flinkest" not in compared


def test_those_of_a_whole_month_are_not_said_to_be_of_its_last_day(log_in):
    client = log_in("byleder")
    during = client.get("/skalering/?utvalg=service:TA&maal=unique_in_month").content.decode()
    assert "Ulike brukere i måneden i løpet av november 2024" in during
    assert "Ulike brukere i måneden, trygghetsalarm, i løpet av november 2024." in during
    assert "siste dag i" not in during
    on_one_day = client.get("/skalering/?utvalg=service:TA").content.decode()
    assert "Samtidige brukere siste dag i november 2024" in on_one_day
    assert "i løpet av" not in on_one_day


def test_a_changed_filter_brings_the_results_alone(log_in):
    client = log_in("byleder")
    part = client.get("/skalering/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Vis tallene som tabell" in part
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/skalering/", headers=back).content.decode()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("utvalg=service:QQ", "Fant ikke «service:QQ» under Tjeneste. Viser Trygghetsalarm"),
        ("enhet=district:9999", "Fant ikke «district:9999» under Enhet. Viser Oslo i stedet."),
        ("sammenlign=municipality", "Fant ikke «municipality» under Sammenlign. Viser Bydel"),
        ("maal=x", "Fant ikke «x» under Mål. Viser Samtidige brukere i stedet."),
        ("geografi=mars", "Fant ikke «mars» under Geografi. Viser Som nå i stedet."),
        ("periode=99", "Fant ikke «99» under Periode. Viser Siste 3 år i stedet."),
        ("maal=<b>", "Fant ikke «&lt;b&gt;» under Mål."),
    ],
)
def test_a_choice_that_names_nothing_is_said_and_what_is_shown_instead(query, says, log_in):
    client = log_in("byleder")
    whole = client.get(f"/skalering/?{query}")
    part = client.get(f"/skalering/?{query}", headers={"HX-Request": "true"})
    assert whole.status_code == part.status_code == 200
    assert says in whole.content.decode()
    assert says in part.content.decode()
    file = client.get(f"/skalering/tall.csv?{query}")
    assert file.status_code == 404
    assert "Filen er ikke laget. Fant ikke «" in file.content.decode()


def test_what_is_understood_or_empty_is_not_remarked_on(log_in):
    query = "?utvalg=service:DT&enhet=district:030101&maal=&periode=0&geografi=da&side=3"
    page = log_in("byleder").get(f"/skalering/{query}").content.decode()
    assert "Fant ikke" not in page


def test_the_file_offered_is_of_what_the_page_shows(log_in):
    client = log_in("byleder")
    page = client.get("/skalering/?utvalg=service:QQ&enhet=district:030101").content.decode()
    address = unescape(re.search(r'href="(/skalering/tall\.csv[^"]+)"', page)[1])
    assert at(rows(client.get(address)), "Gamle Oslo")["Utvalg"] == "Trygghetsalarm"


@pytest.mark.parametrize(
    "query",
    [
        "utvalg=service:FINNES-IKKE",
        "enhet=district:9999",
        "enhet=",
        "maal=x&periode=99&geografi=mars&sammenlign=måne",
        "enhet=hospital_sector:LDS&sammenlign=hospital_sector",
        "enhet=district:030101&sammenlign=municipality",
        "geografi=da&periode=0&maal=unique_in_month",
        "utvalg=group:ALARM",
        "utvalg=total:ALL",
    ],
)
def test_any_address_opens(query, log_in):
    assert log_in("leder").get(f"/skalering/?{query}").status_code == 200


def test_few_questions_are_asked(log_in, questions):
    client = log_in("byleder")
    client.get("/skalering/")
    questions.clear()
    client.get("/skalering/")
    assert len(questions) <= 1  # what the page shows is held; known breaks are asked for anew


def first(log_in, query, *, as_="byleder"):
    """The room for the indicator of shares, as one line."""
    page = log_in(as_).get(f"/skalering/?indikator=technology_first&{query}").content.decode()
    return re.sub(r"[ \n]+", " ", page)


def test_another_indicator_leads_with_its_question_and_its_own_measures(log_in):
    page = first(log_in, "utvalg=service:TA&maal=concurrent")
    assert "Hvor mange får teknologi først?" in page
    assert "Fant ikke" not in page  # the measure follows from the indicator that was left
    assert f"Andel teknologi først, trygghetsalarm: 33,0{NB}% i Oslo" in page
    assert "det samme som i november 2023" in page
    assert "Høyere er bedre." in page
    assert "Antallet følger størrelsen" not in page


def test_a_share_is_told_with_how_many_it_is_of_and_what_chance_could_do(log_in):
    page = first(log_in, "utvalg=service:TA")
    assert f"330 av 1{NB}000. Med så mange kan tilfeldigheter alene gi fra 30,2{NB}% til" in page
    assert "det er få" not in page.lower()
    assert "8 av 20." in (few := first(log_in, "utvalg=service:DT"))
    assert "Det er få: les heller flere måneder sammen." in few


def test_only_units_that_chance_does_not_explain_are_named(log_in):
    large = first(log_in, "utvalg=service:TA")
    assert "Grünerløkka ligger lavere enn tilfeldigheter kan forklare" in large
    small = first(log_in, "utvalg=service:DT")
    assert "Forskjellene mellom enhetene er ikke større enn tilfeldigheter kan gi" in small
    assert "Bleke søyler er av færre enn 30" in small


def test_the_share_of_nobody_is_not_zero(log_in):
    page = first(log_in, "utvalg=service:TA&enhet=district:030117")
    assert "Alle månedene lar seg ikke regne ut: det er ingen å måle." in page
    assert "lar seg ikke regne ut" in page.split('id="enhetene"')[1]


def test_a_median_is_told_in_days_and_shorter_is_better(log_in):
    page = first(log_in, "utvalg=service:TA&maal=days")
    assert f"Median dager til teknologi, trygghetsalarm: 12{NB}dager i Oslo" in page
    assert "Lavere er bedre." in page
    assert f"Grünerløkka har lengst (20{NB}dager), Gamle Oslo har kortest (11{NB}dager)" in page
    of_few = first(log_in, "utvalg=service:DT&maal=days")
    assert "Hver enhet har for få til at de bør sammenlignes" in of_few


def test_what_compares_unlike_groups_is_labelled_descriptive(log_in):
    assert "Beskrivende betyr" in first(log_in, "utvalg=service:TA")
    assert "Beskrivende betyr" not in log_in("byleder").get("/skalering/").content.decode()


def test_products_are_one_picture_with_their_share_of_the_service(log_in):
    page = first(log_in, "utvalg=service:TA&maal=part").split('id="produktene"')[1]
    assert "Fast alarm er 75" in page
    assert re.search(r"Mobil alarm</th><td>Trygghetsalarm</td><td class=\"figure\">100<", page)
    assert 'id="produktene"' not in first(log_in, "utvalg=service:DT&maal=part")


def test_another_unit_is_drawn_and_tabled_beside(log_in):
    page = first(log_in, "utvalg=service:TA&enhet=district:030101&mot=district:030102")
    assert f"Stiplet linje: 20,0{NB}% i Grünerløkka" in page
    table = page.split("Vis tallene som tabell")[1]
    assert ">Grünerløkka</th>" in table
    hidden = log_in("leder").get(
        "/skalering/?utvalg=service:TA&enhet=district:030101&mot=district:030117"
    )
    assert "Stiplet linje i Marka." in hidden.content.decode()


def test_as_many_questions_are_asked_for_many_units_as_for_few(log_in, questions):
    client = log_in("byleder")

    def asked(query):
        address = f"/skalering/?indikator=technology_first&utvalg=service:TA&periode=24&{query}"
        questions.clear()
        client.get(address)
        return len(questions)

    asked("utvalg=service:DT")  # the publication's lists are asked for once
    # four measures, two of them and the level beside three units or two, products, known breaks
    assert asked("sammenlign=district") == asked("sammenlign=hospital_sector") <= 12


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            "utvalg=service:TA",
            f"Ingen måned er komplett ennå. Foreløpig tall for desember 2024: 5{NB}741.",
        ),
        (
            "utvalg=service:DT&maal=unique_in_month",
            "Ingen måned er komplett ennå. Det er ikke noe foreløpig tall.",
        ),
    ],
)
def test_a_month_that_is_not_complete_is_never_told_to_be_missing(log_in, query, says):
    page = log_in("byleder").get(f"/skalering/?{query}").content.decode()
    assert says in page
    beside = re.findall(r"<dd>(.*?)</dd>", page.split('<dl class="beside">')[1].split("</dl>")[0])
    assert "Det er ingen tall å vise" not in page
    assert "tegnes ikke" not in page
    assert len(beside) == 4
    assert all(figure.endswith(("(ikke komplett ennå)", "ikke komplett ennå")) for figure in beside)


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    "room", ["indikatorer/concurrent_users/", "datagrunnlag/registre/", "skalering/"]
)
def test_every_room_opens_before_a_month_is_complete(log_in, room):
    answer = log_in("koordinator").get(f"/{room}?utvalg=service:TA")
    assert answer.status_code == 200
