"""Indikatorer: what is counted, how one figure came about, and the rows behind it by role."""

import pytest

from vft.access.models import AccessLog

USERS = "/indikatorer/concurrent_users/"
GAMLE_OSLO = "utvalg=service:TA&enhet=district:030101&maal=concurrent&maaned=2024-10"

pytestmark = pytest.mark.usefixtures("home")


def test_the_catalogue_has_every_indicator_with_its_question(log_in):
    page = log_in("leder").get("/indikatorer/").content.decode()
    assert "Samtidige brukere" in page
    assert "Hvordan ligger vi an med å ta i bruk velferdsteknologi?" in page
    assert USERS in page


def test_a_figure_is_explained_with_its_definition_and_what_it_was_made_of(log_in):
    page = log_in("leder").get(f"{USERS}?{GAMLE_OSLO}").content.decode()
    assert "5\N{NO-BREAK SPACE}999" in page
    assert "oktober 2024" in page
    assert "Gyldig vedtak og utstyr som virker siste dag i måneden." in page
    assert "Helseetaten, fagansvarlig for velferdsteknologi" in page
    assert "av tilstand 12 av datalageret, med versjon test av koden" in page


def test_a_share_is_shown_as_its_parts(log_in):
    address = "/indikatorer/technology_first/?utvalg=service:TA&enhet=municipality:0301&maal=share"
    page = log_in("byleder").get(address).content.decode()
    assert "Regnet ut slik:" in page
    assert "× 100 =" in page
    assert "beskrivende" in page


def test_a_corrected_figure_says_what_it_was(log_in):
    asked = "utvalg=service:TA&enhet=municipality:0301&maal=concurrent&maaned=2024-10"
    page = log_in("byleder").get(f"{USERS}?{asked}").content.decode()
    assert "Før sto det 11\N{NO-BREAK SPACE}480." in page


def test_the_specs_own_rows_are_shown(log_in):
    page = log_in("leder").get(USERS).content.decode()
    assert "Hvem og hva som telles: eksempler" in page
    assert "Eksempel</th>" in page
    assert "Unike brukere i måneden</th>" in page


def test_an_unknown_indicator_is_not_found(log_in):
    assert log_in("leder").get("/indikatorer/finnes_ikke/").status_code == 404


WHY = """
who           | unit             | what is said
leder         | district:030101  | Rollen din åpner ikke for radene bak tallet.
byleder       | municipality:0301| Rollen din åpner ikke for radene bak tallet.
koordinator   | district:030101  | Du ser hvem som er bak tallet, med navn.
koordinator   | district:030102  | Rollen din åpner radene i andre enheter, ikke i
saksbehandler | district:030101  | Du ser hvem som er bak tallet, med navn.
analytiker    | district:030102  | Du ser radene bak tallet med pseudonym, uten navn.
administrator | district:030101  | Rollen din åpner ikke for radene bak tallet.
"""


@pytest.mark.parametrize("line", WHY.strip().splitlines()[1:])
def test_the_page_says_how_far_the_reader_may_go_and_why_no_further(line, log_in):
    who, unit, says = (cell.strip() for cell in line.split("|"))
    page = log_in(who).get(f"{USERS}?utvalg=service:TA&enhet={unit}").content.decode()
    assert says in page


@pytest.mark.parametrize("who", ["leder", "byleder", "controller", "administrator", "uten rolle"])
def test_rows_are_refused_to_whoever_may_not_see_them(who, log_in):
    answer = log_in(who).post(f"{USERS}rader/?{GAMLE_OSLO}", {"purpose": "Jeg vil se dem"})
    assert answer.status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("unit", ["district:030102", "municipality:0301"])
def test_rows_of_other_units_are_refused(unit, log_in):
    asked = f"utvalg=service:TA&enhet={unit}"
    answer = log_in("koordinator").post(f"{USERS}rader/?{asked}", {"purpose": "Oppfølging"})
    assert answer.status_code == 403
    assert not AccessLog.objects.exists()


def test_rows_ask_for_a_purpose(log_in):
    answer = log_in("koordinator").post(f"{USERS}rader/?{GAMLE_OSLO}", {"purpose": "  "})
    assert answer.status_code == 422
    assert "Skriv hva du skal bruke opplysningene til." in answer.content.decode()
    assert not AccessLog.objects.exists()
