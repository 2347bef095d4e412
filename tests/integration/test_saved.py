"""Views that a reader saves under a name: her own list, addresses and no figures."""

from urllib.parse import quote

import pytest

from vft.access.writes import WrittenOutsideAction
from vft.web import saved_views
from vft.web.models import SavedView

pytestmark = pytest.mark.usefixtures("home")
QUERY = "indikator=concurrent_users&utvalg=service%3ATA&enhet=district%3A030101"


def save(client, name="Mandagsmøtet", **changes):
    told = {"name": name, "room": "scaling", "query": QUERY} | changes
    return client.post("/lagrede-visninger/ny/", told)


def test_a_view_is_saved_listed_in_both_rooms_and_leads_back(log_in):
    client = log_in("leder")
    assert save(client).status_code == 302
    for address in ("/lagrede-visninger/", "/", "/skalering/"):
        page = client.get(address).content.decode()
        assert f'href="/skalering/?{QUERY.replace("&", "&amp;")}">Mandagsmøtet</a>' in page
    assert client.get(SavedView.objects.get().address).status_code == 200


def test_what_is_saved_is_what_the_page_shows_however_it_was_asked_for(log_in):
    page = log_in("leder").get("/skalering/?utvalg=service:QQ&enhet=district:030101")
    kept = page.content.decode().split('name="query" value="')[1].split('"')[0]
    assert quote("service:TA", safe="") in kept
    assert "QQ" not in kept


def test_the_same_view_again_gets_the_new_name(log_in):
    client = log_in("leder")
    save(client, "Først")
    save(client, "Så")
    assert [view.name for view in SavedView.objects.all()] == ["Så"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": " "}, "Skriv et navn, så du finner visningen igjen."),
        ({"name": "x" * 81}, "Navnet er for langt."),
        ({"room": "https://example.org"}, "example.org"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is(told, says, log_in):
    answer = save(log_in("leder"), **told)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SavedView.objects.exists()


def test_no_more_are_saved_than_there_is_room_for(log_in, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST", 1)
    client = log_in("leder")
    save(client)
    answer = save(client, "En til", query="enhet=district%3A030102")
    assert answer.status_code == 422
    assert "Du har 1 lagrede visninger" in answer.content.decode()


def test_a_view_is_renamed_and_removed_by_its_owner(log_in):
    client = log_in("leder")
    save(client)
    view = SavedView.objects.get()
    client.post(f"/lagrede-visninger/{view.pk}/navn/", {f"{view.pk}-name": "Styremøtet"})
    assert "Styremøtet" in client.get("/lagrede-visninger/").content.decode()
    empty = client.post(f"/lagrede-visninger/{view.pk}/navn/", {f"{view.pk}-name": ""})
    assert empty.status_code == 422
    client.post(f"/lagrede-visninger/{view.pk}/slett/")
    assert not SavedView.objects.exists()


def test_nobody_sees_or_touches_anothers_view(log_in):
    save(log_in("leder"))
    view = SavedView.objects.get()
    client = log_in("byleder")
    assert "Mandagsmøtet" not in client.get("/lagrede-visninger/").content.decode()
    for act in ("navn", "slett"):
        answer = client.post(f"/lagrede-visninger/{view.pk}/{act}/", {f"{view.pk}-name": "x"})
        assert answer.status_code == 404
    assert SavedView.objects.get().name == "Mandagsmøtet"


def test_someone_without_a_role_may_not(log_in):
    client = log_in("uten rolle")
    assert save(client).status_code == 403
    assert client.get("/lagrede-visninger/").status_code == 403


def test_the_list_takes_as_many_questions_with_many_as_with_one(log_in, django_assert_num_queries):
    client = log_in("leder")
    save(client)
    client.get("/lagrede-visninger/")
    with django_assert_num_queries(4):  # session, user, roles, views
        client.get("/lagrede-visninger/")
    for number in range(5):
        save(client, f"Nr {number}", query=f"periode={number}")
    with django_assert_num_queries(4):
        client.get("/lagrede-visninger/")


def test_only_actions_write(log_in):
    save(log_in("leder"))
    view = SavedView.objects.get()
    with pytest.raises(WrittenOutsideAction):
        view.save()
