"""Pages are made ready before they are opened, for each who has a role, and alike."""

import shutil

import pytest
from django.core.management import call_command

from vft.access import actions
from vft.access.models import Role
from vft.access.scope import Scope
from vft.web import ahead, book
from vft.web.charts import svg
from vft.web.unseen import Unseen

NOBODY = Scope(whole=False, units=frozenset())
PAGES = ("/", "/skalering/", "/skalering/?indikator=concurrent_users")


def user(name, role, unit):
    made = actions.create_user(username=name, password="x")
    actions.give_role(user=made, role=role, unit=unit)
    return made


@pytest.fixture
def forgotten():
    """As in a process that has just started: nothing is held in memory."""

    def forget():
        book._opened.cache_clear()
        svg._held.clear()

    forget()
    yield forget
    forget()


@pytest.mark.django_db
def test_each_scope_that_someone_has_is_made_ready_once_and_nobody_s(home):  # noqa: ARG001 - is published
    user("a", Role.LEADER, "")
    user("b", Role.LEADER, "030101")
    user("c", Role.COORDINATOR, "030101")
    actions.close_user(user=user("d", Role.LEADER, "030102"))
    user("e", Role.ADMINISTRATOR, "")
    whole = Scope(whole=True, units=frozenset())
    district = Scope(whole=False, units=frozenset({"030101"}))
    assert ahead.scopes() == (whole, district, NOBODY)


def test_what_is_ready_is_neither_drawn_nor_worked_out_again(home, log_in, forgotten, monkeypatch):
    client = log_in("leder")
    before = [client.get(page).content for page in PAGES]
    forgotten()
    shutil.rmtree(home / "cache")
    call_command("prepare_pages", "--once")
    forgotten()

    def never(*_asked):
        raise AssertionError("made anew")

    monkeypatch.setattr(Unseen, "_work_out", never)
    monkeypatch.setattr(svg, "_drawn", never)
    after = [client.get(page) for page in PAGES]
    assert [answer.status_code for answer in after] == [200] * len(PAGES)
    for was, now in zip(before, after, strict=True):
        assert was.count(b"<svg") == now.content.count(b"<svg") > 0


@pytest.mark.django_db
def test_without_a_publication_there_is_nothing_to_make_ready():
    assert ahead.wanted() is None
    call_command("prepare_pages", "--once")
