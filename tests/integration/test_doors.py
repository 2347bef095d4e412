"""Every address: who is let in, who is not, and what is always true of the answer."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from vft.access.models import User
from vft.web import urls

ADDRESSES = {
    "overview": "/",
    "scaling": "/skalering/",
    "scaling-file": "/skalering/tall.csv",
    "holdings": "/datagrunnlag/",
    "deliveries": "/datagrunnlag/leveranser/",
    "quarantine": "/datagrunnlag/avviste-rader/",
    "corrections": "/datagrunnlag/rettelser/",
    "registers": "/datagrunnlag/registre/",
    "register-names": "/datagrunnlag/registre/TA/district/030101/",
    "upload": "/last-opp/",
    "upload-report": f"/last-opp/{uuid4()}/",
    "accessibility": "/tilgjengelighet/",
    "login": "/logg-inn/",
    "logout": "/logg-ut/",
}
OPEN = {"login", "accessibility", "logout"}
PAGES = [name for name in ADDRESSES if name not in OPEN]

#: user → what each page answers, in the order of PAGES (the report is of an unknown upload)
ANSWERS = {
    "byleder":       [200, 200, 200, 200, 200, 200, 200, 200, 403, 403, 403],
    "leder":         [200, 200, 200, 200, 200, 200, 200, 200, 403, 403, 403],
    "koordinator":   [200, 200, 200, 200, 200, 200, 200, 200, 200, 403, 403],
    "analytiker":    [200, 200, 200, 200, 200, 200, 200, 200, 403, 200, 404],
    "administrator": [200, 200, 200, 200, 200, 200, 200, 200, 403, 200, 404],
    "uten rolle":    [403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
}  # fmt: skip


def test_every_address_is_tried_here():
    assert {p.name for p in urls.urlpatterns} == set(ADDRESSES)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("user", ANSWERS)
def test_who_is_let_in(user, log_in):
    client = log_in(user)
    found = [client.get(ADDRESSES[name]).status_code for name in PAGES]
    assert dict(zip(PAGES, found, strict=True)) == dict(zip(PAGES, ANSWERS[user], strict=True))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_nobody_is_let_in_without_logging_in(name, client):
    answer = client.get(ADDRESSES[name])
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('login')}?next={ADDRESSES[name]}"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", [*PAGES, "accessibility"])
def test_nothing_inline_and_nothing_from_elsewhere(name, log_in):
    answer = log_in("koordinator").get(ADDRESSES[name])
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    if answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        assert not re.search(r"(src|href|action)=\"(https?:)?//", page)
        assert '<html lang="nb"' in page


@pytest.mark.parametrize("name", PAGES)
def test_nothing_published_says_what_to_do(name, log_in):
    answer = log_in("analytiker").get(ADDRESSES[name])
    if name in {"overview", "scaling", "scaling-file", "corrections", "registers"}:
        assert "Ingen tall er publisert ennå" in answer.content.decode()
    assert answer.status_code in {200, 404}


@pytest.mark.usefixtures("home")
def test_doors_are_shown_to_those_they_open_to(log_in):
    assert "Last opp" not in log_in("leder").get("/").content.decode()
    assert "Last opp" in log_in("analytiker").get("/").content.decode()


def test_an_unknown_address_says_so(log_in):
    answer = log_in("leder").get("/finnes-ikke/")
    assert answer.status_code == 404
    assert "Vi finner ikke denne siden" in answer.content.decode()


def test_a_fault_says_what_was_kept(log_in, settings):
    settings.VFT_HOME = None
    client = log_in("leder")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Ingenting av det som var lagret, er endret" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_words_beside_a_summary(client):
    User.objects.create_user("byleder", password="riktig")
    page = client.post("/logg-inn/", {"username": "byleder", "password": "feil"}).content.decode()
    assert "Brukernavn og passord passer ikke sammen" in page
    assert "For å gå videre må du rette opp" in page


@pytest.mark.django_db
def test_empty_fields_are_named(client):
    page = client.post("/logg-inn/", {}).content.decode()
    assert page.count("Skriv brukernavnet ditt.") == 2
    assert page.count("Skriv passordet ditt.") == 2
    assert 'aria-invalid="true"' in page


def test_logging_out_takes_a_post_and_ends_the_session(log_in):
    client = log_in("leder")
    assert client.get("/logg-ut/").status_code == 405
    assert client.post("/logg-ut/").status_code == 302
    assert client.get("/").status_code == 302
