"""Name and password, the second step, lockout, and how sessions end."""

import re
import time

import pytest
from allauth import urls as allauth_urls
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from vft.access import actions, crypt, identities, limits, second_factor
from vft.access.login import BEGAN
from vft.access.models import Role, User
from vft.web import session

pytestmark = pytest.mark.django_db
PASSWORD = "lykt-bekk-4711-vidde"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOCKED = r"For mange mislykkede forsøk\. Prøv igjen kl\. \d\d\.\d\d"


@pytest.fixture
def kari():
    return actions.add_user(username="kari", password=PASSWORD, role=Role.LEADER, unit="")


@pytest.fixture
def with_app(kari):
    """Kari has an app on her telephone that knows the secret."""
    TOTP.activate(kari, SECRET)
    return kari


def code(*, steps=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def enter(client, *, password=PASSWORD, username="kari", **more):
    return client.post("/logg-inn/", {"username": username, "password": password}, **more)


def is_in(client):
    return client.get("/min-bruker/").status_code == 200


@pytest.mark.usefixtures("kari")
def test_name_and_password_lead_to_where_one_was_going(client):
    answer = client.post(
        "/logg-inn/",
        {"username": "kari", "password": PASSWORD, "next": "/skalering/?utvalg=service:TA"},
    )
    assert answer["Location"] == "/skalering/?utvalg=service:TA"
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:x"])
@pytest.mark.usefixtures("kari")
def test_one_is_not_led_to_another_site(elsewhere, client):
    answer = client.post(
        "/logg-inn/", {"username": "kari", "password": PASSWORD, "next": elsewhere}
    )
    assert answer["Location"] == "/"


@pytest.mark.usefixtures("kari")
def test_a_wrong_password_is_said_in_words_beside_a_summary(client):
    page = enter(client, password="feil").content.decode()
    assert "Brukernavn og passord passer ikke sammen" in page
    assert "For å gå videre må du rette opp" in page
    assert not is_in(client)


@pytest.mark.usefixtures("kari")
def test_an_unknown_name_is_told_the_same(client):
    def said(name):
        page = enter(client, username=name, password="feil").content.decode()
        return re.sub(r'(value="[^"]*")|(name="csrfmiddlewaretoken"[^>]*)', "", page)

    assert said("kari") == said("ingen")


def test_empty_fields_are_named(client):
    page = client.post("/logg-inn/", {}).content.decode()
    assert page.count("Skriv brukernavnet ditt.") == 2
    assert page.count("Skriv passordet ditt.") == 2
    assert 'aria-invalid="true"' in page


def test_a_closed_user_is_told_so_by_the_right_password_only(client, kari):
    actions.close_user(user=kari)
    assert "passer ikke sammen" in enter(client, password="feil").content.decode()
    answer = enter(client)
    assert answer.status_code == 403
    assert "Brukeren din er stengt" in answer.content.decode()


@pytest.mark.usefixtures("kari")
def test_five_failures_lock_the_name_and_say_until_when(client):
    for _ in range(5):
        assert not re.search(LOCKED, enter(client, password="feil").content.decode())
    assert re.search(LOCKED, enter(client).content.decode())
    assert not is_in(client)
    limits.lift(limits.FAILURES_OF_USER, "kari")
    enter(client)
    assert is_in(client)


def test_a_name_that_there_is_not_is_locked_too(client):
    for _ in range(5):
        enter(client, username="ingen", password="feil")
    assert re.search(LOCKED, enter(client, username="ingen").content.decode())


@pytest.mark.usefixtures("kari")
def test_what_succeeds_counts_as_no_failure():
    for _ in range(3):
        for _ in range(4):
            enter(Client(), password="feil")
        client = Client()
        enter(client)
        assert is_in(client)


@pytest.mark.usefixtures("kari")
def test_one_address_cannot_try_every_name(client):
    for number in range(50):
        enter(client, username=f"navn{number}", password="feil")
    assert re.search(LOCKED, enter(client).content.decode())
    other = Client(REMOTE_ADDR="192.0.2.7")
    enter(other)
    assert is_in(other)


@pytest.mark.usefixtures("kari")
def test_an_address_that_someone_says_is_hers_is_not_believed():
    for number in range(50):
        client = Client(headers={"x-forwarded-for": f"192.0.2.{number}"})
        enter(client, username=f"navn{number}", password="feil")
    assert re.search(LOCKED, enter(Client()).content.decode())


@pytest.mark.usefixtures("with_app")
def test_the_second_step_takes_the_code_of_the_app(client):
    assert enter(client)["Location"] == "/logg-inn/kode/"
    assert not is_in(client)
    assert client.post("/logg-inn/kode/", {"code": code()})["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("wrong", ["000000", "", "abcdef"])
@pytest.mark.usefixtures("with_app")
def test_a_wrong_code_lets_nobody_in(wrong, client):
    enter(client)
    page = client.post("/logg-inn/kode/", {"code": wrong}).content.decode()
    assert "Koden stemmer ikke" in page or "Skriv koden fra appen." in page
    assert not is_in(client)


@pytest.mark.usefixtures("with_app")
def test_the_second_step_without_a_code_at_all_asks_for_it(client):
    enter(client)
    assert "Skriv koden fra appen." in client.post("/logg-inn/kode/", {}).content.decode()


@pytest.mark.usefixtures("with_app")
def test_a_code_is_used_once():
    used, first, second = code(), Client(), Client()
    for client in (first, second):
        enter(client)
        client.post("/logg-inn/kode/", {"code": used})
    assert is_in(first)
    assert not is_in(second)


@pytest.mark.usefixtures("with_app")
def test_codes_cannot_be_tried_one_by_one_with_the_right_password_between(client):
    for _ in range(5):
        other = Client()
        enter(other)
        other.post("/logg-inn/kode/", {"code": "000000"})
    enter(client)
    page = client.post("/logg-inn/kode/", {"code": code()}).content.decode()
    assert re.search(LOCKED, page)
    assert not is_in(client)


@pytest.mark.usefixtures("with_app")
def test_one_can_leave_the_second_step(client):
    enter(client)
    assert client.post("/logg-inn/avbryt/")["Location"] == "/logg-inn/"
    assert client.get("/logg-inn/kode/")["Location"] == "/logg-inn/"


@pytest.mark.usefixtures("kari")
def test_setting_up_gives_a_picture_a_secret_and_codes_that_are_shown_once(client):
    enter(client)
    page = client.get("/min-bruker/totrinn/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    value = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/min-bruker/totrinn/", {"code": value})
    assert answer["Location"] == "/min-bruker/reservekoder/"
    codes = re.findall(
        r"<code>(\d{4} \d{4})</code>", client.get(answer["Location"]).content.decode()
    )
    assert len(set(codes)) == 10
    assert codes[0] not in client.get(answer["Location"]).content.decode()
    other = Client()
    enter(other)
    other.post("/logg-inn/kode/", {"code": codes[0]})
    assert is_in(other)
    again = Client()
    enter(again)
    again.post("/logg-inn/kode/", {"code": codes[0]})
    assert not is_in(again)


@pytest.mark.usefixtures("with_app")
def test_the_secret_is_encrypted_and_follows_when_the_keys_are_changed(client):
    kept = Authenticator.objects.get().data["secret"]
    assert SECRET not in str(Authenticator.objects.values().get())
    identities.rotate_keys()
    assert Authenticator.objects.get().data["secret"] != kept
    assert len(crypt.keys()) == 1
    enter(client)
    client.post("/logg-inn/kode/", {"code": code()})
    assert is_in(client)


@pytest.mark.usefixtures("kari", "home")
def test_a_role_that_demands_it_opens_nothing_before_it_is_set_up(client, settings):
    settings.VFT_REQUIRE_MFA = frozenset({"leder"})
    enter(client)
    for address in ("/", "/skalering/tall.csv", "/min-bruker/", "/min-bruker/nokler/ny/"):
        assert client.get(address)["Location"] == "/min-bruker/totrinn/"
    assert client.get("/min-bruker/totrinn/").status_code == 200
    assert client.post("/logg-ut/").status_code == 302


@pytest.mark.usefixtures("kari")
def test_a_role_that_does_not_demand_it_is_let_in_without(client, settings):
    settings.VFT_REQUIRE_MFA = frozenset({"koordinator"})
    enter(client)
    assert is_in(client)


def test_what_the_role_demands_is_not_turned_off(client, with_app, settings):
    enter(client)
    client.post("/logg-inn/kode/", {"code": code()})
    settings.VFT_REQUIRE_MFA = frozenset({"leder"})
    page = client.post("/min-bruker/totrinn/av/").content.decode()
    assert "Den kan ikke slås av" in page
    assert second_factor.is_set_up(with_app)
    settings.VFT_REQUIRE_MFA = frozenset()
    client.post("/min-bruker/totrinn/av/")
    assert not Authenticator.objects.exists()


def later(client, seconds, *keys):
    kept = client.session
    for key in keys:
        kept[key] -= seconds
    kept.save()


@pytest.mark.usefixtures("kari")
def test_changing_the_second_factor_long_after_login_takes_the_password_again(client):
    enter(client)
    is_in(client)
    later(client, 601, BEGAN)
    answer = client.get("/min-bruker/totrinn/")
    assert answer["Location"].startswith("/logg-inn/bekreft/?next=")
    assert (
        "Passordet stemmer ikke"
        in client.post(answer["Location"], {"password": "feil"}).content.decode()
    )
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/min-bruker/totrinn/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.usefixtures("kari")
def test_a_session_that_rests_ends_and_says_so(client, settings):
    enter(client)
    assert is_in(client)
    later(client, settings.VFT_IDLE_SECONDS, session._SEEN)
    assert not is_in(client)
    assert "Du er logget ut" in client.get("/logg-inn/").content.decode()


@pytest.mark.usefixtures("kari")
def test_a_session_that_is_used_goes_on_but_not_over_eight_hours(client, settings):
    enter(client)
    is_in(client)
    for _ in range(3):
        later(client, settings.VFT_IDLE_SECONDS - 1, session._SEEN)
        assert is_in(client)
    later(client, settings.SESSION_COOKIE_AGE, BEGAN)
    assert not is_in(client)


@pytest.mark.usefixtures("kari")
def test_the_session_has_another_key_after_login(client):
    client.get("/logg-inn/")
    client.session["before"] = True
    client.session.save()
    before = client.session.session_key
    enter(client)
    assert client.session.session_key != before


def password_changed(user):
    actions.change_password(user=user, password="rogn-elv-9900-kart")


def role_given(user):
    actions.give_role(user=user, role=Role.ANALYST, unit="")


def role_taken(user):
    actions.take_role(user=user, role=Role.LEADER, unit="")


def closed(user):
    actions.close_user(user=user)


@pytest.mark.parametrize("happens", [password_changed, role_given, role_taken, closed])
def test_sessions_end_when(happens, client, kari):
    enter(client)
    assert is_in(client)
    happens(User.objects.get(pk=kari.pk))
    assert not is_in(client)


def test_a_part_of_a_page_is_not_swapped_for_the_login_page(client):
    answer = client.get("/skalering/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/logg-inn/"


@pytest.mark.usefixtures("kari")
def test_a_password_is_changed_by_whoever_knows_it(client):
    enter(client)
    wrong = {"old": "feil", "new": "kort", "again": "kort"}
    page = client.post("/min-bruker/passord/", wrong).content.decode()
    assert "Passordet stemmer ikke" in page
    assert "minst 12 tegn" in page
    new = "rogn-elv-9900-kart"
    answer = client.post("/min-bruker/passord/", {"old": PASSWORD, "new": new, "again": new})
    assert answer["Location"] == "/min-bruker/"
    assert is_in(client)
    other = Client()
    enter(other, password=new)
    assert is_in(other)


@pytest.mark.usefixtures("home")
def test_whoever_has_a_password_that_others_know_changes_it_first(client, kari):
    kari.password_is_first = True
    kari.save()
    enter(client)
    assert client.get("/")["Location"] == "/min-bruker/passord/"
    new = "rogn-elv-9900-kart"
    client.post("/min-bruker/passord/", {"old": PASSWORD, "new": new, "again": new})
    assert client.get("/").status_code == 200


#: Of allauth's own routes, those that are offered.
OFFERED = {
    "account_login", "account_logout", "account_reauthenticate", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}  # fmt: skip


def routes(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from routes(pattern.url_patterns)


def test_what_allauth_has_beside_is_closed():
    theirs = {route.name for route in routes(allauth_urls.urlpatterns)}
    assert {"account_signup", "account_reset_password", "socialaccount_connections"} <= theirs
    for name in theirs - OFFERED:
        for arguments in ({}, {"provider_id": "x"}, {"key": "x"}, {"uidb36": "x", "key": "x"}):
            with pytest.raises(NoReverseMatch):
                reverse(name, kwargs=arguments)


@pytest.mark.parametrize(
    "address",
    ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/", "/logg-inn/signup/"],
)
def test_guessed_addresses_lead_nowhere(address, log_in):
    assert log_in("administrator").get(address).status_code == 404


def test_no_mail_is_ever_sent():
    from allauth.account.adapter import get_adapter

    with pytest.raises(RuntimeError, match="no mail is sent"):
        get_adapter().send_mail("account/email/x", "kari@example.org", {})
