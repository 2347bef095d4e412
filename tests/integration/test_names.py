"""The names the registers differ on: shown to whom, with what purpose, and logged how."""

import re
import shutil

import pytest
from factories import identity
from small_exports import NAMED, UNITS, recipients, residences, vedtak

from vft.access.models import AccessLog, Identity
from vft.access.writes import writing
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest

ADDRESS = "/datagrunnlag/registre/TA/district/030101/"


@pytest.fixture
def differing(settings, tmp_path, filled, db):  # noqa: ARG001 - names are kept in the database
    """Decisions without equipment, for recipients with names."""
    home = Home(tmp_path)
    home.prepare()
    exports = tmp_path / "exports"
    exports.mkdir()
    files = {
        "enheter.csv": UNITS,
        "gerica_brukere.csv": recipients(),
        "gerica_bosted.csv": residences(),
        "gerica_tjenester.csv": vedtak(count=len(NAMED)),
    }
    for name, content in files.items():
        (exports / name).write_text(content, encoding="utf-8")
    ingest(home, exports)
    shutil.copytree(filled / "publications", home.publications)


def shown(answer):
    page = re.sub(r"\s+", " ", answer.content.decode())
    return re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', page)


@pytest.mark.usefixtures("differing")
def test_the_coordinator_sees_those_of_her_unit_and_a_blocked_address_without_name(log_in):
    answer = log_in("koordinator").post(ADDRESS, {"purpose": "Rydde i registrene"})
    says = "i EPJ (vedtak uten utstyr som virker)"
    assert shown(answer) == [("Sperret adresse", "", says), ("Ås, Åse", identity(0), says)]
    assert "Innsynet er logget med formålet «Rydde i registrene»" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("differing")
def test_names_come_in_norwegian_order(log_in):
    with writing():
        for row in Identity.objects.filter(address_blocked=True):  # else it is Ås alone
            row.family_name, row.address_blocked = "Ærlig", False
            row.save()
    answer = log_in("koordinator").post(ADDRESS, {"purpose": "Rydde i registrene"})
    assert [name for name, *_ in shown(answer)] == ["Ærlig, Kari", "Ås, Åse"]


@pytest.mark.usefixtures("differing")
def test_one_whose_name_is_not_known_is_counted_and_not_logged(log_in):
    with writing():
        gone = next(row for row in Identity.objects.all() if row.identity == identity(0))
        gone.delete()
    answer = log_in("koordinator").post(ADDRESS, {"purpose": "Rydde i registrene"})
    assert [name for name, *_ in shown(answer)] == ["Sperret adresse", "ukjent navn"]
    assert AccessLog.objects.filter(user="koordinator").count() == 1


@pytest.mark.usefixtures("differing")
def test_each_person_shown_is_a_row_of_the_log(log_in):
    log_in("koordinator").post(ADDRESS, {"purpose": "Rydde i registrene"})
    rows = AccessLog.objects.filter(user="koordinator")
    assert rows.count() == 2
    assert set(rows.values_list("role", "purpose", "what")) == {
        ("koordinator", "Rydde i registrene", "EPJ mot leverandør: Trygghetsalarm, enhet 030101")
    }


@pytest.mark.usefixtures("differing")
def test_nothing_is_shown_nor_logged_before_a_purpose_is_given(log_in):
    client = log_in("koordinator")
    for answer in (client.get(ADDRESS), client.post(ADDRESS, {"purpose": "nei"})):
        assert shown(answer) == []
        assert "Ås" not in answer.content.decode()
    assert not AccessLog.objects.filter(user="koordinator").exists()


@pytest.mark.usefixtures("differing")
@pytest.mark.parametrize("user", ["byleder", "leder", "analytiker", "administrator"])
def test_nobody_else_is_shown_a_name(user, log_in):
    answer = log_in(user).post(ADDRESS, {"purpose": "Rydde i registrene"})
    assert answer.status_code == 403
    assert not AccessLog.objects.filter(user=user).exists()
