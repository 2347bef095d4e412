import pytest
from django.contrib.auth.models import AnonymousUser

from vft.access import actions, scope
from vft.access.models import Role, User
from vft.errors import AccessDenied

pytestmark = pytest.mark.django_db

CITY, DISTRICT, PART, OTHER = (
    ["0301"],
    ["030101", "0301"],
    ["03010101", "030101", "0301"],
    ["030102", "0301"],
)


def someone(*roles):
    user = actions.create_user(username="u", password="x")
    for role, unit in roles:
        actions.give_role(user=user, role=role, unit=unit)
    return user


@pytest.mark.parametrize(
    ("role", "unit", "opens"),
    [
        (Role.LEADER, "", "figures"),
        (Role.LEADER, "030101", "figures"),
        (Role.COORDINATOR, "030101", "figures, persons here"),
        (Role.COORDINATOR, "", "figures, persons here, persons elsewhere"),
        (Role.CASE_WORKER, "030101", "figures"),
        (Role.CONTROLLER, "", "figures"),
        (Role.ANALYST, "", "figures, upload"),
        (Role.ADMINISTRATOR, "", "figures, upload"),
    ],
)
def test_what_each_role_opens(role, unit, opens):
    user = someone((role, unit))
    acts = {
        "figures": scope.may(user, scope.FIGURES),
        "upload": scope.may(user, scope.UPLOAD),
        "persons here": scope.may(user, scope.PERSONS, PART),
        "persons elsewhere": scope.may(user, scope.PERSONS, OTHER),
    }
    assert ", ".join(act for act, allowed in acts.items() if allowed) == opens


def test_a_district_covers_its_parts_and_nothing_above_or_beside():
    seen = scope.visible_units(someone((Role.COORDINATOR, "030101")))
    assert [seen.covers(unit) for unit in (PART, DISTRICT, OTHER, CITY)] == [
        True,
        True,
        False,
        False,
    ]


def test_the_whole_municipality_covers_everything():
    assert scope.visible_units(someone((Role.LEADER, ""))).covers(OTHER)


def test_a_role_elsewhere_does_not_open_persons_here():
    user = someone((Role.LEADER, ""), (Role.COORDINATOR, "030102"))
    assert not scope.may(user, scope.PERSONS, DISTRICT)
    with pytest.raises(AccessDenied):
        scope.role_used(user, DISTRICT)
    assert scope.role_used(user, OTHER) == "koordinator"


@pytest.mark.parametrize("act", [scope.FIGURES, scope.DELIVERIES, scope.UPLOAD, scope.PERSONS, "x"])
def test_nothing_is_open_without_a_role(act):
    superuser = User.objects.create_superuser("root", password="x")
    closed = someone((Role.COORDINATOR, ""), (Role.ANALYST, ""))
    actions.close_user(user=closed)
    for user in (AnonymousUser(), superuser, closed):
        assert not scope.may(user, act, DISTRICT)
        with pytest.raises(AccessDenied):
            scope.require(user, act, DISTRICT)


def test_persons_of_no_unit_in_particular_are_closed():
    assert not scope.may(someone((Role.COORDINATOR, "")), scope.PERSONS)


def test_a_role_taken_is_gone():
    user = someone((Role.ANALYST, ""))
    assert actions.take_role(user=user, role=Role.ANALYST)
    assert not actions.take_role(user=user, role=Role.ANALYST)
    assert not scope.may(User.objects.get(pk=user.pk), scope.UPLOAD)
