import pytest
from auditlog.models import LogEntry

from vft.access import actions, demo_users
from vft.access.models import Role, RoleAssignment, User

pytestmark = pytest.mark.django_db


def test_giving_and_taking_a_role_is_kept():
    user = actions.create_user(username="u", password="x")
    actions.give_role(user=user, role=Role.ANALYST, unit="")
    actions.take_role(user=user, role=Role.ANALYST, unit="")
    kept = LogEntry.objects.get_for_model(RoleAssignment)
    assert [e.action for e in kept.order_by("id")] == [
        LogEntry.Action.CREATE,
        LogEntry.Action.DELETE,
    ]


def test_a_password_is_never_kept():
    actions.create_user(username="u", password="topp-hemmelig")
    assert all("password" not in e.changes for e in LogEntry.objects.get_for_model(User))


def test_demo_users_can_log_in_and_have_new_passwords_each_time(client):
    districts = [("030101", "Gamle Oslo"), ("030102", "Grünerløkka")]
    first, second = (demo_users.create(districts=districts) for _ in range(2))
    assert [(u.username, u.role, u.unit) for u in second] == [
        ("byleder", "leder", ""),
        ("analytiker", "analytiker", ""),
        ("administrator", "administrator", ""),
        ("leder.bydel", "leder", "030101"),
        ("koordinator.bydel", "koordinator", "030101"),
    ]
    assert not client.login(username="byleder", password=first[0].password)
    assert all(client.login(username=u.username, password=u.password) for u in second)
    assert RoleAssignment.objects.count() == 5
