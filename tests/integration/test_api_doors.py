"""Every address of the API: who is let in, and who is not."""

from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from vft.access import actions, scope, tokens
from vft.access.models import ApiToken, Role, User
from vft.access.tokens import Opening
from vft.access.writes import writing

pytestmark = pytest.mark.usefixtures("home")
WHO = ("byleder", "leder", "koordinator", "controller", "analytiker", "administrator", "uten rolle")
#: Name | address | what each of WHO, logged in, is answered.
ROUTES = """
indicators   | /indicators                                | 200 200 200 200 200 200 403
indicator    | /indicators/concurrent_users               | 200 200 200 200 200 200 403
slices       | /slices                                    | 200 200 200 200 200 200 403
groupings    | /groupings                                 | 200 200 200 200 200 200 403
units        | /units                                     | 200 200 200 200 200 200 403
months       | /months                                    | 200 200 200 200 200 200 403
figures      | /figures                                   | 200 200 200 200 200 200 403
file         | /indicators/concurrent_users/figures.csv   | 200 200 200 200 200 200 403
publications | /publications                              | 200 200 200 200 200 200 403
publication  | /publications/1                            | 200 200 200 200 200 200 403
corrections  | /corrections                               | 200 200 200 200 200 200 403
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in ROUTES.strip().splitlines()]


def test_every_operation_is_tried_here():
    names = {
        name for name in get_resolver().namespace_dict["api"][1].reverse_dict if str(name) == name
    }
    assert names - {"openapi-json", "api-root"} == {name for name, *_ in LINES}


@pytest.mark.parametrize("user", WHO)
def test_who_is_let_in(user, log_in):
    client = log_in(user)
    at = WHO.index(user)
    found = {name: client.get(f"/api/v1{address}").status_code for name, address, _ in LINES}
    assert found == {name: int(answers.split()[at]) for name, _, answers in LINES}


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_strangers_are_told_to_bring_a_key(line, client):
    answer = client.get(f"/api/v1{line[1]}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_the_contract_is_open_to_all(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_what_is_not_declared_is_refused(line, log_in):
    answer = log_in("byleder").get(f"/api/v1{line[1]}?tull=1")
    assert answer.status_code == 422
    (wrong,) = answer.json()["errors"]
    assert wrong["field"] == "tull"
    assert "«tull» finnes ikke her." in wrong["says"]


@pytest.fixture
def key(db):  # noqa: ARG001 - keys need the database
    now = timezone.now()
    owner = actions.create_user(username="eier", password="x", given_name="x")
    actions.give_role(user=owner, role=Role.ANALYST, unit="")
    opens = Opening(
        acts=frozenset({scope.FIGURES}), units=frozenset(), expires_at=now + timedelta(days=1)
    )
    return tokens.make(owner=owner, name="program", opens=opens, now=now)


def asked(client, secret, address="/figures"):
    headers = {"Authorization": f"Bearer {secret}"}
    return client.get(f"/api/v1{address}", headers=headers).status_code


@pytest.mark.parametrize(
    ("acts", "address", "not_opened"),
    [
        ([scope.FIGURES], "/figures", None),
        ([scope.FIGURES], "/corrections", "rettelser"),
        ([scope.DELIVERIES], "/figures", "tall og indikatorer"),
        ([scope.DELIVERIES], "/publications/1", "tall og indikatorer"),
        ([scope.DELIVERIES], "/corrections", "tall og indikatorer"),
    ],
)
def test_a_key_opens_no_more_than_it_says_and_says_so(acts, address, not_opened, client, key):
    token, secret = key
    with writing():  # keys from before could be made without figures
        ApiToken.objects.filter(pk=token.pk).update(acts=acts)
    answer = client.get(f"/api/v1{address}", headers={"Authorization": f"Bearer {secret}"})
    if not_opened is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 403
    says = f"Nøkkelen åpner ikke {not_opened}. Lag en ny som gjør det på Min bruker."
    assert answer.json()["detail"] == says


def test_a_key_closes_with_its_owner_and_when_revoked(client, key):
    token, secret = key
    tokens.revoke(token=token, by=token.owner, now=timezone.now())
    assert asked(client, secret) == 401


def test_a_key_is_worth_no_more_than_its_owners_role(client, key):
    token, secret = key
    owner = User.objects.get(pk=token.owner_id)
    actions.take_role(user=owner, role=Role.ANALYST, unit="")
    assert asked(client, secret) == 403


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Basic x", "Bearer x y", "bearer vft_"])
def test_what_is_no_key_opens_nothing(sent, client, key):  # noqa: ARG001 - there is one to miss
    headers = {"Authorization": sent}
    assert client.get("/api/v1/figures", headers=headers).status_code == 401
