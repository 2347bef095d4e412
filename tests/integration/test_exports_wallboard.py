"""The måltavle of a unit, as a reader gets it."""

import io

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.usefixtures("home")
ADDRESS = "/skalering/maaltavle.pdf"
NB = "\N{NO-BREAK SPACE}"


def text_of(answer):
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().replace(NB, " ").split())


def test_the_municipality_in_the_newest_complete_month(log_in):
    answer = log_in("byleder").get(ADDRESS)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="maaltavle-oslo-2024-11.pdf"'
    text = text_of(answer)
    for said in (
        "Velferdsteknologi i Oslo",
        "November 2024",
        "Trygghetsalarm 11 482 1 flere enn i oktober 2024",
        "12 flere enn i november 2023",
        "jan 2023: 11 460",
        "1 tall er rettet siden forrige publisering.",
        "01.03.2024: 7 500 alarmer byttet",
        "siste dag i måneden, 30.11.2024",
        "Publisering 2, 15.12.2024 kl. 07.30.",
    ):
        assert said in text


def test_other_indicators_stand_beside(log_in):
    # nobody is new in all of technology together in the sample, so there is no share to tell
    text = text_of(log_in("byleder").get(ADDRESS))
    assert "Andre tall Andel teknologi først: lar seg ikke regne ut" in text


def test_another_month_is_told_by_itself(log_in):
    text = text_of(log_in("byleder").get(f"{ADDRESS}?maaned=2024-02"))
    assert "Februar 2024" in text
    assert "Trygghetsalarm 11 473 1 flere enn i januar 2024" in text
    assert "7 500 alarmer byttet" not in text  # it had not happened yet


def test_small_counts_of_others_are_hidden_and_the_word_explained(log_in):
    client = log_in("leder")
    hidden = text_of(client.get(f"{ADDRESS}?enhet=district:030117"))
    assert "Trygghetsalarm skjult" in hidden
    assert "Skjult: Tallet finnes, men er skjult" in hidden
    assert "rettet siden" not in hidden
    own = text_of(client.get(f"{ADDRESS}?enhet=district:030101"))
    assert "Trygghetsalarm 6 000" in own
    assert "Skjult:" not in own


def test_a_page_with_small_counts_says_so_and_can_be_had_without(log_in):
    client = log_in("byleder")
    own = text_of(client.get(f"{ADDRESS}?enhet=district:030117"))
    assert "Trygghetsalarm 3" in own
    assert "Små tall er vist. Heng siden bare der" in own
    shared = text_of(client.get(f"{ADDRESS}?enhet=district:030117&til=deling"))
    assert "Trygghetsalarm skjult" in shared
    assert "Små tall er vist" not in shared


def test_zero_is_a_figure(log_in):
    assert "Digitalt tilsyn 0" in text_of(log_in("byleder").get(f"{ADDRESS}?enhet=district:030117"))


def test_her_own_unit_meets_the_reader(log_in):
    assert "Velferdsteknologi i Gamle Oslo" in text_of(log_in("leder").get(ADDRESS))


@pytest.mark.parametrize(
    "query",
    ["enhet=district:9999", "enhet=0301", "maaned=2024-12", "maaned=2022-12", "maaned=x"],
)
def test_a_unit_or_month_that_there_is_not_gives_no_page(query, log_in):
    answer = log_in("byleder").get(f"{ADDRESS}?{query}")
    assert answer.status_code == 404
    assert "Måltavlen er ikke laget" in answer.content.decode()


def test_who_has_no_role_gets_no_page(log_in):
    assert log_in("uten rolle").get(ADDRESS).status_code == 403


def test_the_same_publication_makes_the_same_page(log_in):
    client = log_in("byleder")
    assert client.get(ADDRESS).content == client.get(ADDRESS).content
