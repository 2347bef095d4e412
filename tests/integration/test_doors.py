"""Every address: who is let in, who is not, and what is always true of the answer."""

import re
from uuid import uuid4

import pytest
from django.urls import URLPattern, reverse

from vft.web import urls

#: Who asks: see USERS of the conftest. All but the first and the last four hold their role in
#: Gamle Oslo, 030101.
WHO = (
    *("byleder", "leder", "koordinator", "saksbehandler"),
    *("controller", "analytiker", "administrator", "uten rolle"),
)
#: A name that is not offered twice | its address | what each of WHO is answered, in order.
#: Add a line for every new address; a test asks for it.
ROUTES = """
overview         | /                                              | 200 200 200 200 200 200 200 403
scaling          | /skalering/                                    | 200 200 200 200 200 200 200 403
scaling-file     | /skalering/tall.csv                            | 200 200 200 200 200 200 200 403
wallboard        | /skalering/maaltavle.pdf                       | 200 200 200 200 200 200 200 403
indicators       | /indikatorer/                                  | 200 200 200 200 200 200 200 403
explain          | /indikatorer/concurrent_users/                 | 200 200 200 200 200 200 200 403
figure-rows      | /indikatorer/concurrent_users/rader/           | 405 405 405 405 405 405 405 405
holdings         | /datagrunnlag/                                 | 200 200 200 200 200 200 200 403
deliveries       | /datagrunnlag/leveranser/                      | 200 200 200 200 200 200 200 403
quarantine       | /datagrunnlag/avviste-rader/                   | 200 200 200 200 200 200 200 403
corrections      | /datagrunnlag/rettelser/                       | 200 200 200 200 200 200 200 403
registers        | /datagrunnlag/registre/                        | 200 200 200 200 200 200 200 403
register-names   | /datagrunnlag/registre/TA/district/030101/     | 403 403 200 403 403 403 403 403
upload           | /last-opp/                                     | 403 403 403 403 403 200 200 403
upload-report    | /last-opp/{uuid}/                              | 403 403 403 403 403 404 404 403
api-guide        | /api/                                          | 200 200 200 200 200 200 200 403
saved            | /lagrede-visninger/                            | 200 200 200 200 200 200 200 403
saved-new        | /lagrede-visninger/ny/                         | 405 405 405 405 405 405 405 405
saved-rename     | /lagrede-visninger/{uuid}/navn/                | 405 405 405 405 405 405 405 405
saved-remove     | /lagrede-visninger/{uuid}/slett/               | 405 405 405 405 405 405 405 405
administration      | /administrasjon/                            | 403 403 302 403 403 302 302 403
users               | /administrasjon/brukere/                    | 403 403 403 403 403 403 200 403
user-new            | /administrasjon/brukere/ny/                 | 403 403 403 403 403 403 200 403
user                | /administrasjon/brukere/0/                  | 403 403 403 403 403 403 404 403
role-take           | /administrasjon/brukere/1/roller/1/ta-bort/ | 405 405 405 405 405 405 405 405
user-key | /administrasjon/brukere/1/nokler/1/trekk-tilbake/ | 405 405 405 405 405 405 405 405
user-act            | /administrasjon/brukere/1/steng/            | 405 405 405 405 405 405 405 405
roles               | /administrasjon/roller/                     | 403 403 403 403 403 403 200 403
access-log          | /administrasjon/innsyn/                     | 403 403 403 403 403 403 200 403
changes             | /administrasjon/endringer/                  | 403 403 403 403 403 403 200 403
small-cells         | /administrasjon/smaa-tall/                  | 403 403 403 403 403 403 200 403
annotations         | /administrasjon/merknader/                  | 403 403 200 403 403 200 200 403
annotation-new      | /administrasjon/merknader/ny/               | 403 403 200 403 403 200 200 403
annotation          | /administrasjon/merknader/0/                | 403 403 404 403 403 404 404 403
annotation-withdraw | /administrasjon/merknader/1/trekk-tilbake/  | 405 405 405 405 405 405 405 405
mappings            | /administrasjon/tilordninger/               | 403 403 403 403 403 200 200 403
account          | /min-bruker/                                   | 200 200 200 200 200 200 200 200
password         | /min-bruker/passord/                           | 200 200 200 200 200 200 200 200
token-new        | /min-bruker/nokler/ny/                         | 200 200 200 200 200 200 403 403
token-revoke     | /min-bruker/nokler/1/trekk-tilbake/            | 405 405 405 405 405 405 405 405
mfa_index        | /min-bruker/                                   | 200 200 200 200 200 200 200 200
mfa_activate_totp     | /min-bruker/totrinn/                      | 200 200 200 200 200 200 200 200
mfa_deactivate_totp   | /min-bruker/totrinn/av/                   | 404 404 404 404 404 404 404 404
mfa_view_recovery_codes     | /min-bruker/reservekoder/           | 404 404 404 404 404 404 404 404
mfa_generate_recovery_codes | /min-bruker/reservekoder/nye/       | 200 200 200 200 200 200 200 200
account_reauthenticate      | /logg-inn/bekreft/                  | 200 200 200 200 200 200 200 200
mfa_reauthenticate          | /logg-inn/bekreft/kode/             | 302 302 302 302 302 302 302 302
"""
#: What is open to everyone: the way in and out, and the statement that law asks for.
OPEN = """
login            | /logg-inn/                                     | 302 302 302 302 302 302 302 302
account_login    | /logg-inn/                                     | 302 302 302 302 302 302 302 302
mfa_authenticate | /logg-inn/kode/                                | 302 302 302 302 302 302 302 302
login-leave      | /logg-inn/avbryt/                              | 405 405 405 405 405 405 405 405
provider         | /logg-inn/kommunens/                           | 405 405 405 405 405 405 405 405
provider-answer  | /logg-inn/kommunens/svar/                      | 404 404 404 404 404 404 404 404
logout           | /logg-ut/                                      | 405 405 405 405 405 405 405 405
accessibility    | /tilgjengelighet/                              | 200 200 200 200 200 200 200 200
"""
#: Addresses that name another district than the reader's, or a thing in it: whoever holds a role
#: in Gamle Oslo alone gets neither page nor file. What is on the whole municipality's pages of
#: other districts is judged by the tests of disclosure.
ELSEWHERE = """
figure-rows      | /indikatorer/concurrent_users/rader/?enhet=district:030102
figure-rows      | /indikatorer/concurrent_users/rader/?enhet=municipality:0301
register-names   | /datagrunnlag/registre/TA/district/030102/
register-names   | /datagrunnlag/registre/TA/municipality/0301/
register-names   | /datagrunnlag/registre/TA/hospital_sector/LDS/
register-names   | /datagrunnlag/registre/TA/district/999999/
"""


def lines(text):
    cells = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {
        (row[0], row[1].format(uuid=uuid4(), here="?enhet=district:030101")): row[2:]
        for row in cells
    }


ADDRESSES = dict(lines(ROUTES + OPEN.lstrip()).keys())
PAGES = [name for name, _ in lines(ROUTES)]


def answers(user):
    """page → what this user is answered."""
    at = WHO.index(user)
    return {
        name: int(row[0].split()[at]) for (name, _), row in lines(ROUTES + OPEN.lstrip()).items()
    }


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names(pattern.url_patterns)


def test_every_address_is_tried_here():
    assert set(names(urls.urlpatterns)) == set(ADDRESSES)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("user", WHO)
def test_who_is_let_in(user, log_in):
    client = log_in(user)
    found = {name: client.get(address).status_code for name, address in ADDRESSES.items()}
    assert found == answers(user)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("user", ["leder", "koordinator", "saksbehandler"])
def test_another_district_is_closed(user, method, log_in):
    client = log_in(user)
    for _, address in lines(ELSEWHERE):
        answer = getattr(client, method)(address, {"purpose": "Oppfølging av alarmer"})
        closed = {403, 404, 405} if method == "get" else {403, 404}
        assert answer.status_code in closed, address


def test_every_address_that_names_a_unit_is_tried_of_another_district():
    named = {name for name, address in ADDRESSES.items() if "030101" in address}
    assert named <= {name for name, _ in lines(ELSEWHERE)}


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
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    # no cache on the way keeps what one reader may see
    assert answer["Cache-Control"].startswith("private") or "no-store" in answer["Cache-Control"]
    if answer["Content-Type"].startswith("text/html") and answer.content:
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
    assert answer.status_code in {200, answers("analytiker")[name]}


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


def test_logging_out_takes_a_post_and_ends_the_session(log_in):
    client = log_in("leder")
    assert client.get("/logg-ut/").status_code == 405
    assert client.post("/logg-ut/").status_code == 302
    assert client.get("/").status_code == 302


#: What takes a POST only, and what each of WHO is answered who sends one.
POSTED = """
role-take | /administrasjon/brukere/0/roller/0/ta-bort/ | 403 403 403 403 403 403 404 403
user-key | /administrasjon/brukere/0/nokler/0/trekk-tilbake/ | 403 403 403 403 403 403 404 403
user-act | /administrasjon/brukere/0/steng/ | 403 403 403 403 403 403 404 403
annotation-withdraw | /administrasjon/merknader/0/trekk-tilbake/ | 403 403 404 403 403 404 404 403
figure-rows | /indikatorer/concurrent_users/rader/{here} | 403 403 422 422 403 422 403 403
saved-new | /lagrede-visninger/ny/ | 422 422 422 422 422 422 422 403
saved-rename | /lagrede-visninger/{uuid}/navn/ | 404 404 404 404 404 404 404 403
saved-remove | /lagrede-visninger/{uuid}/slett/ | 404 404 404 404 404 404 404 403
token-revoke | /min-bruker/nokler/0/trekk-tilbake/ | 404 404 404 404 404 404 404 404
login-leave | /logg-inn/avbryt/ | 302 302 302 302 302 302 302 302
provider | /logg-inn/kommunens/ | 404 404 404 404 404 404 404 404
logout | /logg-ut/ | 302 302 302 302 302 302 302 302
"""


def test_every_address_that_takes_a_post_only_is_tried_with_one():
    only = {name for name in ADDRESSES if answers("administrator").get(name) == 405}
    assert only == {name for name, _ in lines(POSTED)}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("user", WHO)
def test_who_may_send(user, log_in):
    at = WHO.index(user)
    for (name, address), row in lines(POSTED).items():
        answer = log_in(user).post(address)
        assert answer.status_code == int(row[0].split()[at]), name
