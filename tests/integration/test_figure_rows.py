"""The rows behind a real figure: shown to whom, by what name, with what purpose, logged how."""

import re

import pytest
from factories import identity
from small_exports import NAMED, UNITS, recipients, residences, vedtak

from vft.access.models import AccessLog, Identity
from vft.access.writes import writing
from vft.indicators import catalogue
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.pipeline.run import refresh_and_publish

FIGURE = "utvalg=everyone:all&enhet=district:030101&maal=recipients&maaned=2024-04"
ADDRESS = f"/indikatorer/home_care/rader/?{FIGURE}"
PURPOSE = {"purpose": "Følge opp dem det gjelder"}


@pytest.fixture(scope="module")
def published(tmp_path_factory, django_db_setup, django_db_blocker):  # noqa: ARG001 - the database stands first
    """Three recipients of home nursing, published once: the home, and who they are."""
    home = Home(tmp_path_factory.mktemp("cared-for"))
    home.prepare()
    exports = tmp_path_factory.mktemp("exports")
    files = {
        "enheter.csv": UNITS,
        "gerica_brukere.csv": recipients(),
        "gerica_bosted.csv": residences(),
        "gerica_tjenester.csv": vedtak(count=len(NAMED)).replace("TRYGG", "HSYK"),
    }
    for name, content in files.items():
        (exports / name).write_text(content, encoding="utf-8")
    with django_db_blocker.unblock():
        ingest(home, exports)
        people = list(Identity.objects.all())
        with writing():  # each test begins with an empty database
            Identity.objects.all().delete()
            AccessLog.objects.all().delete()
    with pytest.MonkeyPatch.context() as chosen:
        chosen.setenv(catalogue.CHOICE, "home_care")
        refresh_and_publish(home)
    return home.root, people


@pytest.fixture
def cared_for(published, settings, db):  # noqa: ARG001 - names are kept in the database
    """Åse and one with a blocked address live in Gamle Oslo."""
    settings.VFT_HOME, people = published
    with writing():
        Identity.objects.bulk_create(people)


def shown(answer):
    page = re.sub(r"\s+", " ", answer.content.decode())
    return re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', page)


@pytest.mark.usefixtures("cared_for")
def test_the_figure_and_its_rows_are_the_same_number(log_in):
    client = log_in("koordinator")
    page = client.get(f"/indikatorer/home_care/?{FIGURE}").content.decode()
    assert '<strong class="explained__figure">2</strong>' in page
    assert len(shown(client.post(ADDRESS, PURPOSE))) == 2


@pytest.mark.usefixtures("cared_for")
def test_the_coordinator_sees_names_and_a_blocked_address_without(log_in):
    answer = log_in("koordinator").post(ADDRESS, PURPOSE)
    assert shown(answer) == [("Sperret adresse", ""), ("Ås, Åse", identity(0))]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("cared_for")
def test_every_person_seen_is_logged_once_with_the_purpose(log_in):
    log_in("koordinator").post(ADDRESS, PURPOSE)
    logged = AccessLog.objects.values_list("user", "role", "purpose", "count")
    assert set(logged) == {("koordinator", "koordinator", PURPOSE["purpose"], 1)}
    assert len({row.recipient_id for row in AccessLog.objects.all()}) == len(logged) == 2


@pytest.mark.usefixtures("cared_for")
@pytest.mark.parametrize(("asked", "logged"), [("naa", "som nå"), ("da", "som den gang")])
def test_the_log_tells_whether_the_unit_was_as_it_is_now_or_as_it_was(log_in, asked, logged):
    log_in("koordinator").post(f"{ADDRESS}&geografi={asked}", PURPOSE)
    said = set(AccessLog.objects.values_list("what", flat=True))
    assert said == {
        f"Radene bak home_care/recipients, everyone:all, district 030101 {logged}, 2024-04"
    }


@pytest.mark.usefixtures("cared_for")
def test_the_analyst_sees_pseudonyms_and_no_name(log_in):
    page = log_in("analytiker").post(ADDRESS, PURPOSE).content.decode()
    assert "Pseudonym" in page
    assert "Åse" not in page
    assert identity(0) not in page
    assert AccessLog.objects.count() == 2


@pytest.mark.usefixtures("cared_for")
def test_the_rows_can_be_taken_as_a_file_and_that_is_logged_too(log_in):
    answer = log_in("koordinator").post(ADDRESS, PURPOSE | {"som": "fil"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Navn;Fødselsnummer;Utstyr;Telles som;Detaljer"
    assert len(lines) == 3
    assert AccessLog.objects.count() == 2
