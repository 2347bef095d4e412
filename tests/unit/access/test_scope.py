import re

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


def table():
    """(act, role) → what the gate's own table says of it."""
    _, head, body, _ = re.split(r"^=+(?: =+)+$", scope.__doc__, flags=re.MULTILINE)
    roles = head.split()[1:]
    rows = [re.findall(r"named unit|\S+", line) for line in body.strip().splitlines()]
    return {(row[0], role): c for row in rows for role, c in zip(roles, row[1:], strict=True)}


#: cell of the table → (unit where the role is held, unit asked of) → open
HERE, EVERYWHERE, NOWHERE = {"here"}, {"here", "elsewhere", "no unit"}, set()
MEANS = {
    "x": {"030101": EVERYWHERE, "": EVERYWHERE},
    "unit": {"030101": HERE, "": {"here", "elsewhere"}},
    "named unit": {"030101": HERE, "": NOWHERE},
    ".": {"030101": NOWHERE, "": NOWHERE},
}


def test_the_table_is_of_every_act_and_role():
    acts = {name for name, value in vars(scope).items() if name.isupper() and value in scope.ALL}
    assert set(table()) == {(act, role.value) for act in acts for role in Role}
    assert len(acts) == len(scope.ALL)


@pytest.mark.parametrize("held", ["030101", ""])
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_the_table_says(role, held):
    user = someone((role, held))
    asked = {"here": PART, "elsewhere": OTHER, "no unit": None}
    for (act, of), cell in table().items():
        if of == role:
            found = {n for n, u in asked.items() if scope.may(user, getattr(scope, act), u)}
            assert found == MEANS[cell][held], act


@pytest.mark.parametrize("role", list(Role))
def test_small_counts_are_shown_as_they_are_to_all_but_administrators(role):
    assert scope.visible_units(someone((role, ""))).whole == (role is not Role.ADMINISTRATOR)


def test_the_way_in_is_shown_where_there_is_somewhere_to_go():
    user = someone((Role.COORDINATOR, "030101"))
    assert scope.may_somewhere(user, scope.PERSONS)
    assert scope.require_somewhere(user, scope.PERSONS).units == {"030101"}
    assert not scope.may_somewhere(user, scope.ADMINISTER)
    with pytest.raises(AccessDenied):
        scope.require_somewhere(user, scope.ADMINISTER)


def test_a_reader_that_opens_less_is_not_given_more():
    user = someone((Role.COORDINATOR, ""))
    less = scope.Reader(user=user, acts=frozenset({scope.FIGURES}), units=frozenset({"030101"}))
    assert scope.may(less, scope.FIGURES)
    assert not scope.may(less, scope.PERSONS, DISTRICT)
    assert not scope.visible_units(less).covers(OTHER)
    assert scope.as_reader(less) is less
    with pytest.raises(AccessDenied):
        scope.role_used(less, DISTRICT)


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


@pytest.mark.parametrize("act", [*scope.ALL, "x"])
def test_nothing_is_open_without_a_role(act):
    superuser = User.objects.create_superuser("root", password="x")
    closed = someone(*((role, "") for role in Role))
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
