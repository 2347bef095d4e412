import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vft.access import actions, identities
from vft.access.models import AccessLog, Identity
from vft.access.writes import WrittenOutsideAction
from vft.errors import AccessDenied

pytestmark = pytest.mark.django_db

SCHEMA = pa.schema(
    {
        "recipient_id": pa.int64(),
        "identity": pa.string(),
        "given_name": pa.string(),
        "family_name": pa.string(),
        "address_blocked": pa.bool_(),
    }
)


def people(*rows):
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, r, strict=True)) for r in rows], SCHEMA)


def stored():
    return {
        i.recipient_id: (i.identity, i.given_name, i.family_name, i.address_blocked)
        for i in Identity.objects.all()
    }


KARI = (1, "01814099999", "Kari", "Nordmann", False)
OLA = (2, "01814088888", "Ola", "Hansen", None)


def test_people_are_remembered():
    assert identities.remember(people(KARI, OLA)) == 2
    assert stored() == {
        1: ("01814099999", "Kari", "Nordmann", False),
        2: ("01814088888", "Ola", "Hansen", False),
    }


def test_the_same_again_writes_nothing():
    identities.remember(people(KARI, OLA))
    logged = AccessLog.objects.count()
    assert identities.remember(people(KARI, OLA)) == 0
    assert AccessLog.objects.count() == logged


@pytest.mark.parametrize(
    ("told", "known"),
    [
        # recipient, identity, given, family, blocked -> what is stored then
        ((1, "01814099999", None, None, None), ("01814099999", "Kari", "Nordmann", False)),
        ((1, "01814099999", "Kari", "Berg", None), ("01814099999", "Kari", "Berg", False)),
        ((1, "01814099999", None, None, True), ("01814099999", "Kari", "Nordmann", True)),
    ],
)
def test_what_a_file_lacks_is_left_as_it_was(told, known):
    identities.remember(people(KARI))
    identities.remember(people(told))
    assert stored()[1] == known


def test_a_blocking_is_not_lifted_by_a_file_that_does_not_tell():
    identities.remember(people((1, "01814099999", "Kari", "Nordmann", True)))
    identities.remember(people((1, "01814099999", "Kari", "Nordmann", None)))
    assert stored()[1][3] is True
    identities.remember(people((1, "01814099999", "Kari", "Nordmann", False)))
    assert stored()[1][3] is False


def test_a_recipient_named_twice_in_a_file_is_one_row_with_the_last_of_each():
    identities.remember(people(KARI, (1, "01814099999", None, None, True)))
    assert stored() == {1: ("01814099999", "Kari", "Nordmann", True)}


def test_few_queries_whatever_the_number():
    def queries(count, start):
        rows = [(n, f"0181401{n:04d}", "A", "B", False) for n in range(start, start + count)]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            identities.remember(people(*rows))
        return len(seen)

    assert queries(100, 0) == queries(1, 1000)


def test_the_database_holds_no_name_in_clear():
    identities.remember(people(KARI))
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity, given_name, family_name FROM access_identity")
        row = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"Kari" not in row
    assert b"0181409" not in row


def test_those_who_are_named_are_logged():
    identities.remember(people(KARI, OLA))
    nurse = actions.create_user(username="nurse", password="x")
    found = identities.names([2, 1, 3], by=nurse, role="koordinator", purpose="Rydde i registre")
    assert {key: person.name for key, person in found.items()} == {
        1: "Nordmann, Kari",
        2: "Hansen, Ola",
    }
    rows = AccessLog.objects.filter(user="nurse").values_list("recipient_id", "role", "purpose")
    assert sorted(rows) == [(n, "koordinator", "Rydde i registre") for n in (1, 2)]


def test_without_a_purpose_nobody_is_shown():
    nurse = actions.create_user(username="nurse", password="x")
    with pytest.raises(AccessDenied, match="formålet"):
        identities.names([1], by=nurse, role="koordinator", purpose="  ")


def test_someone_forgotten_is_gone_and_the_log_says_so():
    identities.remember(people(KARI, OLA))
    assert identities.forget(1)
    assert not identities.forget(1)
    assert set(stored()) == {2}
    assert AccessLog.objects.filter(what="Identitet slettet", recipient_id=1).count() == 2


def test_keys_are_rotated_and_the_old_one_is_useless(home):
    identities.remember(people(KARI, OLA))
    before = (home / "keys" / "identities.key").read_text()
    assert identities.rotate_keys() == 2
    after = (home / "keys" / "identities.key").read_text()
    assert before != after
    assert len(after.split()) == 1
    assert stored()[1] == ("01814099999", "Kari", "Nordmann", False)
    assert identities.remember(people(KARI, OLA)) == 0


def test_only_actions_write():
    with pytest.raises(WrittenOutsideAction):
        Identity(recipient_id=9, identity="x").save()
    with pytest.raises(WrittenOutsideAction):
        Identity.objects.filter(pk=1).update(address_blocked=True)
    with pytest.raises(WrittenOutsideAction):
        AccessLog.objects.all().delete()
    with pytest.raises(WrittenOutsideAction):
        AccessLog.objects.create(user="x", count=1)


def test_a_row_of_the_log_is_never_changed():
    identities.forget(1)
    row = AccessLog.objects.get()
    row.purpose = "noe annet"
    with pytest.raises(WrittenOutsideAction, match="never"):
        row.save()
    with pytest.raises(WrittenOutsideAction, match="never"):
        row.delete()
