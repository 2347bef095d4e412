"""The municipality's own login, against a real provider in a process of its own."""

import html
import re
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from vft.access import actions
from vft.access.models import Role, RoleAssignment, User
from vft.config import provider

pytestmark = pytest.mark.django_db
CALLBACK = "/logg-inn/kommunens/svar/"


@pytest.fixture(scope="module")
def issuer():
    """The address of a provider that demands a nonce."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _ready(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ready(address):
    for _ in range(150):
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return address
    message = "the provider did not start"
    raise RuntimeError(message)


@pytest.fixture
def municipal(issuer, settings, tmp_path):
    """An installation whose environment names the provider."""
    secret = tmp_path / "secret"
    secret.write_text("hemmelig\n")
    settings.VFT_OIDC = provider.application(
        {
            "VFT_OIDC_ISSUER": issuer,
            "VFT_OIDC_CLIENT_ID": "vft",
            "VFT_OIDC_SECRET_FILE": str(secret),
            "VFT_OIDC_NAME": "Fjordheim kommune",
        }
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.VFT_OIDC]}}
    return issuer


def set_out(client, *, onwards=""):
    """Press the button; gives the address at the provider."""
    page = client.post("/logg-inn/kommunens/", {"next": onwards}).content.decode()
    return html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1])


def at_provider(issuer, address, *, sub, **claims):
    """Be known there as someone; gives the answer that the browser is sent back with."""
    requests.put(f"{issuer}/users/{sub}", json=claims, timeout=5).raise_for_status()
    back = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    return urlsplit(back.headers["Location"])


def come_in(client, issuer, *, onwards="", **person):
    back = at_provider(issuer, set_out(client, onwards=onwards), **person)
    assert back.path == CALLBACK
    return client.get(f"{back.path}?{back.query}")


KARI = {
    "sub": "a81f", "preferred_username": "kari.berg", "given_name": "Kari", "family_name": "Berg",
    "email": "kari@fjordheim.example",
}  # fmt: skip


@pytest.mark.usefixtures("municipal")
def test_the_button_is_shown_where_there_is_a_provider(client):
    assert "Logg inn med Fjordheim kommune" in client.get("/logg-inn/").content.decode()


def test_without_a_provider_there_is_no_button_and_no_address(client):
    assert "kommunens/" not in client.get("/logg-inn/").content.decode()
    assert client.post("/logg-inn/kommunens/").status_code == 404
    assert client.get(CALLBACK).status_code == 404


def test_what_is_asked_for(client, municipal):
    address = urlsplit(set_out(client))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}" == municipal
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert set(asked["scope"].split()) == {"openid", "profile"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 32
    verifiers = re.findall(r"'pkce_code_verifier': '([^']+)'", str(dict(client.session)))
    digest = sha256(verifiers[0].encode()).digest()
    assert asked["code_challenge"] == urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.mark.usefixtures("home")
def test_someone_new_gets_no_role_and_is_told_what_to_do(client, municipal):
    answer = come_in(client, municipal, **KARI)
    assert answer["Location"] == "/"
    page = client.get("/")
    assert page.status_code == 403
    assert "Du har ingen rolle ennå" in page.content.decode()
    assert "kari.berg" in page.content.decode()
    assert not RoleAssignment.objects.exists()


def test_of_what_the_provider_says_name_and_subject_are_kept(client, municipal, settings):
    settings.VFT_OIDC["settings"]["scope"].append("email")  # also where it says more
    come_in(client, municipal, **KARI)
    user = User.objects.get()
    assert (user.username, user.get_full_name(), user.email) == ("kari.berg", "Kari Berg", "")
    assert not user.has_usable_password()
    kept = SocialAccount.objects.get()
    assert kept.uid == "a81f"
    assert set(kept.extra_data) == {"nonce"}
    assert not SocialToken.objects.exists()


@pytest.mark.usefixtures("home")
def test_roles_are_those_given_here(client, municipal):
    come_in(client, municipal, **KARI)
    actions.give_role(user=User.objects.get(), role=Role.LEADER, unit="030101")
    other = Client()
    answer = come_in(other, municipal, onwards="/skalering/", **KARI)
    assert answer["Location"] == "/skalering/"
    assert other.get("/skalering/").status_code == 200
    assert User.objects.count() == 1


def test_one_is_known_by_subject_whatever_else_changes(client, municipal):
    come_in(client, municipal, **KARI)
    married = KARI | {"preferred_username": "kari.lund", "email": "kari.lund@fjordheim.example"}
    come_in(Client(), municipal, **married)
    assert User.objects.count() == 1


@pytest.mark.parametrize("own", [True, False])
def test_nobody_is_taken_for_another_by_name_or_address(own, client, municipal):
    chief = actions.add_user(username="kari.berg", password="x", role=Role.ADMINISTRATOR, unit="")
    chief.email = KARI["email"]
    chief.save()
    claims = KARI | ({"email_verified": True} if own else {})
    come_in(client, municipal, **claims)
    new = User.objects.exclude(pk=chief.pk).get()
    assert client.session["_auth_user_id"] == str(new.pk)
    assert not new.roles.exists()


def test_an_identity_number_is_not_taken_as_a_name(client, municipal):
    come_in(client, municipal, **(KARI | {"preferred_username": "02013299997"}))
    assert "02013299997" not in str(User.objects.values().get())


def test_someone_whose_account_is_closed_stays_out(client, municipal):
    come_in(client, municipal, **KARI)
    actions.close_user(user=User.objects.get())
    other = Client()
    answer = come_in(other, municipal, **KARI)
    assert answer.status_code == 403
    assert "Brukeren din er stengt" in answer.content.decode()
    assert "_auth_user_id" not in other.session


@pytest.mark.usefixtures("home")
def test_the_provider_answers_for_the_second_factor(client, municipal, settings):
    settings.VFT_REQUIRE_MFA = frozenset({"leder"})
    come_in(client, municipal, **KARI)
    actions.give_role(user=User.objects.get(), role=Role.LEADER, unit="")
    other = Client()
    come_in(other, municipal, **KARI)
    assert other.get("/").status_code == 200


def other_browser(_client, back):
    return Client(), back.query


def other_state(client, back):
    return client, re.sub(r"state=[^&]+", "state=feil", back.query)


def no_state(client, back):
    return client, re.sub(r"&?state=[^&]+", "", back.query)


def other_code(client, back):
    return client, re.sub(r"code=[^&]+", "code=feil", back.query)


def refused(client, back):
    return client, re.sub(r"code=[^&]+", "error=access_denied", back.query)


def other_nonce(client, back):
    kept = client.session
    for state in kept["socialaccount_states"].values():
        state[0]["nonce"] = "en annen"
    kept.save()
    return client, back.query


@pytest.mark.parametrize(
    "happens", [other_browser, other_state, no_state, other_code, refused, other_nonce]
)
def test_an_answer_to_another_question_lets_nobody_in(happens, client, municipal):
    back = at_provider(municipal, set_out(client), **KARI)
    used, query = happens(client, back)
    answer = used.get(f"{CALLBACK}?{query}")
    assert answer.status_code == 403
    assert "Innloggingen ble ikke fullført" in answer.content.decode()
    assert "_auth_user_id" not in used.session
    assert not User.objects.exists()


def test_an_answer_is_used_once(client, municipal):
    back = at_provider(municipal, set_out(client), **KARI)
    assert client.get(f"{CALLBACK}?{back.query}").status_code == 302
    client.post("/logg-ut/")
    assert client.get(f"{CALLBACK}?{back.query}").status_code == 403


@pytest.mark.usefixtures("municipal")
def test_a_provider_that_is_down_is_said_so(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    answer = client.post("/logg-inn/kommunens/")
    assert answer.status_code == 403
    assert "innloggingstjenesten er oppe" in answer.content.decode()


def test_one_is_not_led_to_another_site_afterwards(client, municipal):
    assert come_in(client, municipal, onwards="https://example.org/", **KARI)["Location"] == "/"
