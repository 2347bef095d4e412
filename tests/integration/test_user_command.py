"""Users from the terminal, as an operator makes them on a new installation."""

import pytest
from publication_sample import Sample, write
from typer.testing import CliRunner

from vft.access import audit
from vft.access.models import RoleAssignment, User
from vft.commands import app
from vft.errors import VftError

pytestmark = pytest.mark.django_db
PASSWORD = "lykt-bekk-4711"


@pytest.fixture
def vft(monkeypatch, tmp_path):
    """Runs a command on an installation of its own; gives what it says, or raises its error."""
    monkeypatch.setenv("VFT_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments, text=""):
        done = CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    run.home = tmp_path
    return run


def add(vft, *place, name="kari", password=PASSWORD, role="koordinator"):
    return vft("user", "add", name, "--role", role, *place, text=f"{password}\n{password}\n")


def roles():
    return list(RoleAssignment.objects.order_by("id").values_list("user__username", "role", "unit"))


def test_an_added_user_can_log_in_and_has_her_role(vft, client):
    assert "koordinator i 030101" in add(vft, "--unit", "030101")
    assert client.login(username="kari", password=PASSWORD)
    assert roles() == [("kari", "koordinator", "030101")]


@pytest.mark.parametrize("place", [(), ("--unit", "030101", "--whole"), ("--unit", "")])
def test_the_whole_municipality_is_never_given_by_forgetting(vft, place):
    with pytest.raises(VftError, match="--whole"):
        add(vft, *place)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "kort"}, "for kort"),
        ({"password": "kari-kari", "name": "kari-kari"}, "ligner for mye"),
        ({"role": "sjef"}, "«sjef» er ingen rolle. Rollene er leder, koordinator"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(vft, wrong, says):
    with pytest.raises(VftError, match=says):
        add(vft, "--whole", **wrong)
    assert not User.objects.exists()


def test_a_user_is_not_added_twice(vft):
    add(vft, "--unit", "030101")
    with pytest.raises(VftError, match="finnes fra før"):
        add(vft, "--whole", password="en-helt-annen-2")
    assert roles() == [("kari", "koordinator", "030101")]


def test_a_published_unit_is_asked_for_by_its_code(vft):
    write(vft.home / "publications", Sample())
    with pytest.raises(VftError, match=r"«030109».*030101 Gamle Oslo"):
        add(vft, "--unit", "030109")
    add(vft, "--unit", "030102")
    assert roles() == [("kari", "koordinator", "030102")]


def test_roles_are_given_and_taken(vft):
    add(vft, "--unit", "030101")
    vft("user", "role", "kari", "--role", "leder", "--whole")
    vft("user", "role", "kari", "--role", "koordinator", "--unit", "030101", "--take")
    assert roles() == [("kari", "leder", "")]
    with pytest.raises(VftError, match="er ikke"):
        vft("user", "role", "kari", "--role", "leder", "--unit", "030101", "--take")


def test_a_closed_user_is_kept_out_until_opened(vft, client):
    add(vft, "--whole")
    vft("user", "close", "kari")
    assert not client.login(username="kari", password=PASSWORD)
    assert "stengt" in vft("user", "list")
    vft("user", "open", "kari")
    assert client.login(username="kari", password=PASSWORD)


def test_a_new_password_ends_the_old_one(vft, client):
    add(vft, "--whole")
    vft("user", "password", "kari", text="vidde-rogn-1905\n")
    assert not client.login(username="kari", password=PASSWORD)
    assert client.login(username="kari", password="vidde-rogn-1905")


def test_without_users_the_way_to_the_first_is_said(vft):
    assert "vft user add NAVN" in vft("user", "list")


def test_the_access_log_says_who_saw_how_many_in_norwegian_time(vft):
    add(vft, "--unit", "030101")
    kari = User.objects.get()
    audit.saw(
        by=kari, role="koordinator", purpose="Oppfølging", what="alarmer", recipients=[1, 2, 3]
    )
    audit.handled(what="sletting", purpose="Innsynskrav", count=1)
    said = vft("person", "log", "--user", "kari")
    assert "Oppfølging" in said
    assert said.count("alarmer") == 1
    assert " 3" in said
    assert "sletting" not in said
    assert "sletting" in vft("person", "log")
