"""The room Administrasjon: what an administrator does, sees, and is kept from."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from vft.access import actions, annotations, audit, limits, scope, thresholds, tokens
from vft.access.models import (
    AccessLog,
    ApiToken,
    LocalAnnotation,
    Role,
    RoleAssignment,
    SmallCells,
    User,
)
from vft.access.writes import writing

pytestmark = pytest.mark.django_db
USERS = "/administrasjon/brukere/"
NEW = {
    "username": "kari", "given_name": "Kari", "family_name": "Berg", "role": "leder",
    "unit": "030101",
}  # fmt: skip


@pytest.fixture
def chief(log_in):
    """An administrator's browser."""
    return log_in("administrator")


@pytest.fixture
def kari():
    return actions.add_user(
        username="kari", password="lykt-bekk-4711-vidde", role=Role.LEADER, unit="030101"
    )


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def rows(answer):
    """The cells of the list, a line a row."""
    body = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)
    if body is None:
        return []
    lines = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", line)]
        for line in lines
    ]


def held():
    return set(RoleAssignment.objects.values_list("user__username", "role", "unit"))


@pytest.mark.usefixtures("home")
def test_a_new_user_is_given_a_password_that_she_must_change(chief):
    page = chief.post(f"{USERS}ny/", NEW)
    password = re.search(r'class="secret">([^<]+)<', page.content.decode())[1]
    assert ("kari", "leder", "030101") in held()
    hers = Client()
    hers.post("/logg-inn/", {"username": "kari", "password": password})
    assert hers.get("/")["Location"] == "/min-bruker/passord/"
    assert password not in str(list(User.objects.values()))


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"username": ""}, "Skriv et brukernavn."),
        ({"username": "Administrator"}, "Brukernavnet er tatt."),
        ({"username": "02013299997"}, "kan ikke bare ha siffer"),
        ({"username": "kari berg"}, "Bruk bare bokstaver"),
        ({"role": ""}, "Velg en rolle."),
        ({"role": "sjef"}, "Velg en rolle."),
        ({"unit": ""}, "Velg hvor rollen gjelder."),
        ({"unit": "030199"}, "Velg en enhet fra listen."),
        ({"role": "saksbehandler", "unit": "hele"}, "Rollen saksbehandler må gjelde en enhet."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_made(wrong, says, chief):
    answer = chief.post(f"{USERS}ny/", NEW | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(says) == 2
    assert 'aria-invalid="true"' in page
    assert not User.objects.filter(username__iexact="kari").exists()


@pytest.mark.usefixtures("home")
def test_units_are_those_of_the_publication(chief):
    page = chief.get(f"{USERS}ny/").content.decode()
    assert '<option value="030101">Gamle Oslo</option>' in page
    assert '<option value="hele">Hele kommunen</option>' in page
    assert "Lovisenberg" not in page


@pytest.mark.usefixtures("home")
def test_roles_are_given_and_taken(chief, kari):
    chief.post(f"{USERS}{kari.pk}/", {"role": "koordinator", "unit": "030102"})
    assert ("kari", "koordinator", "030102") in held()
    first = kari.roles.get(role="leder")
    chief.post(f"{USERS}{kari.pk}/roller/{first.pk}/ta-bort/")
    assert ("kari", "leder", "030101") not in held()
    page = text(chief.get(f"{USERS}{kari.pk}/"))
    assert "Rolle VFT-koordinator 030102, kari" in page
    assert "laget" in page
    assert "fjernet" in page


def test_a_role_of_someone_else_is_not_taken_by_another_address(chief, kari):
    other = actions.add_user(username="ola", password="x", role=Role.LEADER, unit="")
    role = kari.roles.get()
    assert chief.post(f"{USERS}{other.pk}/roller/{role.pk}/ta-bort/").status_code == 404
    assert ("kari", "leder", "030101") in held()


def test_the_last_administrator_is_not_shut_out(chief):
    me = User.objects.get(username="administrator")
    answer = chief.post(f"{USERS}{me.pk}/roller/{me.roles.get().pk}/ta-bort/")
    assert answer.status_code == 409
    assert "Du kan ikke stenge deg selv ute" in text(answer)
    assert chief.post(f"{USERS}{me.pk}/steng/").status_code == 409
    assert ("administrator", "administrator", "") in held()
    assert User.objects.get(pk=me.pk).is_active


def test_an_administrator_closes_and_reopens(chief, kari):
    chief.post(f"{USERS}{kari.pk}/steng/")
    assert not User.objects.get(pk=kari.pk).is_active
    chief.post(f"{USERS}{kari.pk}/apne/")
    assert User.objects.get(pk=kari.pk).is_active


def test_a_lockout_is_shown_and_lifted(chief, kari):
    for _ in range(5):
        Client().post("/logg-inn/", {"username": "Kari", "password": "feil"})
    assert rows(chief.get(f"{USERS}?status=sperret"))[0][0] == "kari"
    page = text(chief.get(f"{USERS}{kari.pk}/"))
    assert "etter mislykkede forsøk" in page
    chief.post(f"{USERS}{kari.pk}/opphev-sperre/")
    assert limits.closed_until(limits.FAILURES_OF_USER, "kari", now=timezone.now()) is None
    assert "sperre etter mislykkede forsøk: ja → nei" in text(chief.get(f"{USERS}{kari.pk}/"))


def test_a_second_factor_is_reset_and_sessions_end(chief, kari):
    TOTP.activate(kari, "JBSWY3DPEHPK3PXP")
    hers = Client()
    hers.force_login(kari)
    chief.post(f"{USERS}{kari.pk}/nullstill-totrinn/")
    assert "Totrinnsinnlogging ikke satt opp" in text(chief.get(f"{USERS}{kari.pk}/"))
    assert hers.get("/min-bruker/").status_code == 302


def test_a_new_password_ends_the_old_one_and_is_shown_once(chief, kari):
    page = chief.post(f"{USERS}{kari.pk}/nytt-passord/")
    password = re.search(r'class="secret">([^<]+)<', page.content.decode())[1]
    assert "no-store" in page["Cache-Control"]
    kari.refresh_from_db()
    assert kari.check_password(password)
    assert kari.password_is_first
    assert password not in text(chief.get(f"{USERS}{kari.pk}/"))


def test_someones_key_is_revoked(chief, kari):
    now = timezone.now()
    opens = tokens.Opening(
        acts=frozenset({scope.FIGURES}), units=frozenset(), expires_at=now + timedelta(days=1)
    )
    token, secret = tokens.make(owner=kari, name="Panel", opens=opens, now=now)
    assert "Panel" in text(chief.get(f"{USERS}{kari.pk}/"))
    chief.post(f"{USERS}{kari.pk}/nokler/{token.pk}/trekk-tilbake/")
    assert tokens.reader(secret, now=now) is None


def test_an_act_that_there_is_not_is_not_found(chief, kari):
    assert chief.post(f"{USERS}{kari.pk}/slett/").status_code == 404


MANY = {
    "anne": (Role.LEADER, "030101"),
    "bjørn": (Role.COORDINATOR, "030102"),
    "cato": (Role.ANALYST, ""),
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["administrator", "anne", "bjørn", "cato"]),
        ("?sorter=-username", ["cato", "bjørn", "anne", "administrator"]),
        ("?navn=bj", ["bjørn"]),
        ("?rolle=leder", ["anne"]),
        ("?status=apen&rolle=analytiker", ["cato"]),
        ("?status=stengt", []),
        ("?rolle=sjef", ["administrator", "anne", "bjørn", "cato"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(asked, found, chief):
    for name, (role, unit) in MANY.items():
        actions.add_user(username=name, password="x", role=role, unit=unit)
    assert [row[0] for row in rows(chief.get(USERS + asked))] == found


def test_the_list_asks_as_much_with_one_user_as_with_many(chief, django_assert_max_num_queries):
    chief.get(USERS)
    with django_assert_max_num_queries(12) as few:
        chief.get(USERS)
    for number in range(40):
        actions.add_user(username=f"u{number}", password="x", role=Role.LEADER, unit="")
    with django_assert_max_num_queries(len(few)):
        page = chief.get(USERS)
    assert "Side 1 av 2" in text(page)


def test_an_administrator_sees_no_person_and_no_small_count():
    user = actions.add_user(username="a", password="x", role=Role.ADMINISTRATOR, unit="")
    for act in (scope.PERSONS, scope.ROWS, scope.DISCREPANCIES):
        assert not scope.may_somewhere(user, act)
    assert scope.visible_units(user).is_empty


def saw(user, *, purpose, recipients, what="Navn vist"):
    by = User(username=user)
    audit.saw(by=by, role="koordinator", purpose=purpose, what=what, recipients=recipients)


LOG = "/administrasjon/innsyn/"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?sorter=recipient_id", [("kari", "11"), ("kari", "12"), ("ola", "11")]),
        ("?hvem=ola", [("ola", "11")]),
        ("?formaal=rydde&sorter=-recipient_id", [("kari", "12"), ("kari", "11")]),
        ("?mottaker=11&sorter=user", [("administrator", "11"), ("kari", "11"), ("ola", "11")]),
        ("?til=01.01.2020", []),
        ("?fra=01.01.2020&hvem=ola", [("ola", "11")]),
        ("?fra=i+går&hvem=ola", [("ola", "11")]),
        ("?mottaker=x&hvem=ola", [("ola", "11")]),
        ("?mottaker=99999999999999999999&hvem=ola", [("ola", "11")]),
    ],
)
def test_the_access_log_is_searched(asked, found, chief):
    saw("kari", purpose="Rydde i registrene", recipients=[11, 12])
    saw("ola", purpose="Oppfølging", recipients=[11])
    listed = {(row[1], row[5]) for row in rows(chief.get(LOG + asked))}
    assert listed - {("administrator", "–")} == set(found)


def test_reading_the_log_is_kept_in_it_once_a_day(chief):
    saw("kari", purpose="Oppfølging", recipients=[11])
    for _ in range(3):
        chief.get(LOG)
        chief.get(f"{LOG}?mottaker=11")
    kept = AccessLog.objects.filter(user="administrator", what="Innsynsloggen lest")
    assert sorted(kept.values_list("recipient_id", flat=True), key=str) == [11, None]


def test_an_empty_log_says_so_and_a_filter_shows_the_way_back(chief):
    assert "Ingenting passer filteret" in text(chief.get(f"{LOG}?hvem=ingen"))


def test_changes_are_told_with_who_made_them(chief, kari):
    chief.post(f"{USERS}{kari.pk}/", {"role": "analytiker", "unit": "hele"})
    chief.post(f"{USERS}{kari.pk}/steng/")
    page = chief.get("/administrasjon/endringer/?av=administrator&hva=brukere")
    assert [row[1:] for row in rows(page)] == [
        ["administrator", "Bruker kari", "åpen: ja → nei"],
    ]
    roles = rows(chief.get("/administrasjon/endringer/?hva=roller&av=administrator"))
    assert [row[2:] for row in roles] == [["Rolle Analytiker, kari", "laget"]]


@pytest.mark.usefixtures("kari")
def test_what_the_command_line_changed_is_told_as_such(chief):
    listed = rows(chief.get("/administrasjon/endringer/?hva=roller"))
    assert ["vft", "Rolle Leder 030101, kari", "laget"] in [row[1:] for row in listed]


def test_the_threshold_is_set_and_its_history_told(chief):
    page = "/administrasjon/smaa-tall/"
    assert "Grensen er 5" in text(chief.get(page))
    chief.post(page, {"threshold": "10"})
    assert thresholds.small_cells() == 10
    told = r"Grensen er 10 10 \d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d administrator"
    assert re.search(told, text(chief.get(page)))


@pytest.mark.parametrize("threshold", ["2", "51", "", "fem", "-1"])
def test_a_threshold_below_three_is_refused_in_words(threshold, chief):
    answer = chief.post("/administrasjon/smaa-tall/", {"threshold": threshold})
    assert answer.status_code == 422
    assert "Grensen må være et helt tall fra 3 til 50." in text(answer)
    assert not SmallCells.objects.exists()


NOTE = {
    "text": "Alarmene byttes", "starts_on": "01.03.2026", "ends_on": "", "unit": "030101",
    "service": "TA",
}  # fmt: skip
NOTES = "/administrasjon/merknader/"


@pytest.mark.usefixtures("home")
def test_a_note_is_listed_with_those_of_the_publication_and_shown_on_charts(log_in):
    client = log_in("koordinator")
    assert client.post(f"{NOTES}ny/", NOTE)["Location"] == NOTES
    listed = [row[:2] + row[3:] for row in rows(client.get(NOTES))]
    assert listed == [
        ["01.03.2026", "–", "Gamle Oslo", "Trygghetsalarm", "koordinator"],
        ["01.03.2024", "–", "hele kommunen", "Trygghetsalarm", "datagrunnlaget"],
    ]
    shown = annotations.written(lineage=["030101", "0301"], service="TA")
    assert [a.starts_on for a in shown] == [date(2026, 3, 1)]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Skriv hva som skjedde."),
        ({"starts_on": "i går"}, "Skriv datoen som dd.mm.åååå."),
        ({"ends_on": "01.02.2026"}, "Merknaden slutter før den starter."),
        ({"unit": ""}, "Velg hvor det gjelder."),
        ({"unit": "hele"}, "Velg en enhet der du har en rolle."),
        ({"unit": "030102"}, "Velg en enhet der du har en rolle."),
    ],
)
def test_a_note_that_is_wrong_or_elsewhere_is_not_kept(wrong, says, log_in):
    answer = log_in("koordinator").post(f"{NOTES}ny/", NOTE | wrong)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not LocalAnnotation.objects.exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("user", "unit", "status"),
    [
        ("koordinator", "030101", 200),
        ("koordinator", "030102", 403),
        ("koordinator", "", 403),
        ("analytiker", "", 200),
    ],
)
def test_a_note_is_withdrawn_by_whoever_has_its_unit(user, unit, status, log_in):
    with writing():
        row = LocalAnnotation(
            starts_on=date(2026, 3, 1), unit=unit, text="Byttet",
            written_by=actions.create_user(username="x", password="x"),
        )  # fmt: skip
        row.save()
    client = log_in(user)
    address = f"{NOTES}{row.pk}/"
    assert (f'href="{address}"' in client.get(NOTES).content.decode()) == (status == 200)
    assert client.get(address).status_code == status
    client.post(f"{address}trekk-tilbake/")
    row.refresh_from_db()
    assert (row.withdrawn_at is not None) == (status == 200)


@pytest.mark.usefixtures("home")
def test_mappings_say_what_a_code_is_read_as_and_by_whose_word(chief):
    page = chief.get("/administrasjon/tilordninger/?kilde=gerica.tjenester&kode=TRYG")
    assert [row[2:] for row in rows(page)]
    assert all(row[0] == "Gerica: vedtak" for row in rows(page))
    assert {row[4] for row in rows(page)} == {"programmet"}
    assert "tilordninger" in text(page)


def test_the_table_of_roles_is_the_gates_own(chief):
    page = chief.get("/administrasjon/roller/").content.decode()
    line = re.search(r"Se hvem personene er</th>(.*?)</tr>", page)[1]
    cells = re.findall(r"<td>(.*?)</td>", line)
    assert cells == ["–", "egne enheter", "egen bydel", "–", "–", "–"]


def test_a_key_is_made_shown_once_and_revoked(client, kari):
    client.force_login(kari)
    made = client.post(
        "/min-bruker/nokler/ny/",
        {"name": "Panel", "acts": [scope.FIGURES], "unit": "030101", "days": "30"},
    ).content.decode()
    secret = re.search(r'class="secret">(vft_[^<]+)<', made)[1]
    found = tokens.reader(secret, now=timezone.now())
    assert scope.visible_units(found).units == {"030101"}
    page = client.get("/min-bruker/").content.decode()
    assert "Panel" in page
    assert secret not in page
    client.post(f"/min-bruker/nokler/{ApiToken.objects.get().pk}/trekk-tilbake/")
    assert tokens.reader(secret, now=timezone.now()) is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Skriv hva nøkkelen skal brukes til."),
        ({"acts": []}, "Velg minst én ting"),
        ({"acts": [scope.DELIVERIES]}, "Velg «Tall og indikatorer» også."),
        ({"acts": [scope.FIGURES, scope.PERSONS]}, "gyldig"),
        ({"unit": "030102"}, "gyldig"),
        ({"days": "9999"}, "gyldig"),
    ],
)
def test_a_key_that_is_wrong_is_not_made(wrong, says, client, kari):
    client.force_login(kari)
    wish = {"name": "Panel", "acts": [scope.FIGURES], "unit": "030101", "days": "30"} | wrong
    answer = client.post("/min-bruker/nokler/ny/", wish)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not ApiToken.objects.exists()


def test_someone_elses_key_is_not_there(client, kari):
    opens = tokens.Opening(
        acts=frozenset({scope.FIGURES}),
        units=frozenset(),
        expires_at=datetime(2026, 3, 3, tzinfo=UTC),
    )
    token, _ = tokens.make(
        owner=kari, name="Panel", opens=opens, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    client.force_login(actions.create_user(username="ola", password="x"))
    assert client.post(f"/min-bruker/nokler/{token.pk}/trekk-tilbake/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
