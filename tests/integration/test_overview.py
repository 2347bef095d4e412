import re
import shutil
from dataclasses import replace

import pytest
from publication_sample import CITY, UNITS, write

from vft.access import actions
from vft.access.models import Role

NB = "\N{NO-BREAK SPACE}"
pytestmark = pytest.mark.usefixtures("home")


def test_the_city_leader_is_met_with_the_city(log_in):
    page = log_in("byleder").get("/").content.decode()
    assert '<h1 class="ds-heading" data-size="lg">Oslo</h1>' in page
    assert f"11{NB}482" in page
    assert "1 flere enn i oktober 2024 og 12 flere enn i november 2023." in page


def test_a_district_leader_is_met_with_her_district(log_in):
    page = log_in("leder").get("/").content.decode()
    assert '<h1 class="ds-heading" data-size="lg">Gamle Oslo</h1>' in page
    assert f"6{NB}000" in page


def test_another_unit_can_be_looked_at_without_its_small_counts(log_in):
    page = log_in("leder").get("/?enhet=district:030117").content.decode()
    tiles = page.split("tile__figure")[1:]
    assert "Marka" in page
    assert ">3<" not in page
    assert any("skjult" in tile for tile in tiles)


def test_the_tile_of_all_services_says_that_a_person_counts_once(log_in):
    page = log_in("byleder").get("/").content.decode()
    once = [tile for tile in page.split("tile__name")[1:] if "telles én gang" in tile]
    assert [re.findall(r'"[^"]*">([^<]+)</a>', tile)[0] for tile in once] == [
        "All velferdsteknologi"
    ]


def test_a_unit_that_is_not_there_is_said(log_in):
    answer = log_in("leder").get("/?enhet=district:9999")
    says = "Fant ikke «district:9999» under Enhet. Viser Gamle Oslo i stedet."
    assert answer.status_code == 200
    assert says in answer.content.decode()


def test_what_is_not_measured_has_no_figure(log_in):
    page = log_in("byleder").get("/").content.decode()
    assert page.count("Ikke målt ennå") == 4
    assert "kr" not in page.split("Spørsmål vi ikke kan svare på ennå")[1].split("</section>")[0]


def test_corrections_and_freshness_are_told(log_in):
    page = log_in("byleder").get("/").content.decode()
    assert "1 tall for Oslo er rettet, i 1 måned: samtidige brukere." in page
    day = r"\d\d\.\d\d\.\d{4}"
    assert re.search(
        rf"Gerica: vedtak</dt><dd>data til {day}<.*>mottatt {day} kl\. \d\d\.\d\d<", page
    )


def test_corrections_of_a_unit_of_the_same_code_in_another_grouping_are_not_counted(
    log_in, home, settings, tmp_path
):
    shutil.copytree(home, tmp_path / "home")
    settings.VFT_HOME = tmp_path / "home"
    city = replace(CITY, before={("concurrent", "TA", "030101", "2024-10"): 1})
    alike = UNITS | {("hospital_sector", "030101"): ("Sektor 030101", "0301")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("publication_sample.UNITS", alike)
        write(tmp_path / "home" / "publications", city)
    page = log_in("byleder").get("/?enhet=district:030101").content.decode()
    assert "1 tall for Gamle Oslo er rettet, i 1 måned: samtidige brukere." in page


@pytest.mark.parametrize(
    ("reader", "unit", "tells"),
    [
        ("leder", "district:030102", False),  # another's
        ("leder", "district:030101", True),
        ("leder", "municipality:0301", True),
        ("byleder", "district:030102", True),
    ],
)
def test_corrections_of_another_unit_are_not_told_to_a_reader_of_one(log_in, reader, unit, tells):
    page = log_in(reader).get(f"/?enhet={unit}").content.decode()
    assert ("Rettet siden forrige publisering" in page) is tells
    assert ("rettet, i 1 måned" in page or "er rettet." in page) is tells


def test_other_indicators_answer_in_their_own_words(log_in):
    page = re.sub(r"[ \n]+", " ", log_in("byleder").get("/").content.decode())
    answers = page.split('id="svar"')[1].split("</dl>")[0]
    assert "Andel teknologi først" in answers
    assert "lar seg ikke regne ut" in answers  # the sample has nobody of everything together
    assert "maal=share" in answers
    assert "Nye brukere" not in page  # no such indicator is published here


def test_what_changed_is_told_with_the_largest_change_first(log_in, home, settings, tmp_path):
    shutil.copytree(home, tmp_path / "home")
    settings.VFT_HOME = tmp_path / "home"
    #: October, to the figures of November that CITY has.
    before = {
        ("concurrent", "TA", "0301", "2024-10"): 11000,
        ("concurrent", "DT", "0301", "2024-10"): 12,
    }

    def figure(sample, _corrected, key, months_ago):
        last = sample.last.get(key[:3], 0)
        return before.get(key, last if months_ago <= 0 else max(last - months_ago, 0)), "value"

    write(tmp_path / "home" / "publications", replace(CITY, figure=figure, before={}))
    page = re.sub(r"[ \n]+", " ", log_in("byleder").get("/").content.decode())
    changes = page.split('id="endret"')[1].split("</ul>")[0]
    told = re.findall(r"<li>(.*?)</li>", changes)
    assert told == [
        f"Samtidige brukere, trygghetsalarm: 11{NB}482, 482 flere enn i oktober 2024.",
        "Samtidige brukere, digitalt tilsyn: 27, 15 flere enn i oktober 2024.",
    ]


def test_nothing_that_changed_is_said(log_in):
    page = log_in("byleder").get("/").content.decode()
    assert "Ingen av tallene her har endret seg mer enn de pleier" in page


def test_few_questions_are_asked(log_in, questions):
    client = log_in("byleder")
    client.get("/")
    questions.clear()
    client.get("/")
    assert len(questions) <= 6


def test_the_page_answers_the_same_number_of_database_queries_whoever_asks(
    log_in, django_assert_num_queries
):
    for user in ("byleder", "leder"):
        client = log_in(user)
        client.get("/")
        # session, user, roles, threshold, known breaks, saved views
        with django_assert_num_queries(6):
            client.get("/")


@pytest.mark.parametrize(
    ("role", "said"), [(Role.COORDINATOR, "kari (VFT-koordinator)"), (Role.LEADER, "kari (leder)")]
)
@pytest.mark.django_db
def test_the_top_of_the_page_names_the_role_as_it_is_written(role, said, client):
    user = actions.create_user(username="kari", password="x")
    actions.give_role(user=user, role=role, unit="030101")
    client.force_login(user)
    assert said in client.get("/").content.decode()


@pytest.mark.usefixtures("begun")
def test_a_history_without_a_complete_month_has_preliminary_figures_and_lacks_none(log_in):
    page = log_in("byleder").get("/").content.decode()
    assert "Ingen komplett måned er publisert." in page
    assert page.count("ikke komplett ennå") == page.count("tile__figure--words") + page.count(
        "answers__figure--words"
    )
    assert f"Foreløpig tall for desember 2024: 5{NB}741." in page
    assert "Det er ingen komplett måned å sammenligne." in page
    assert "mangler" not in page
