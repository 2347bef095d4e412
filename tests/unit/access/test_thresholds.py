import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction

from vft.access import actions, thresholds
from vft.access.models import Role, SmallCells, User
from vft.access.writes import writing
from vft.errors import AccessDenied, VftError

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return actions.add_user(username="a", password="x", role=Role.ADMINISTRATOR, unit="")


def test_it_is_five_until_someone_sets_another(administrator):
    assert thresholds.small_cells() == 5
    for threshold in (10, 3):
        thresholds.set_small_cells(threshold=threshold, by=administrator)
        assert thresholds.small_cells() == threshold
    assert LogEntry.objects.get_for_model(SmallCells).count() == 2


@pytest.mark.parametrize("threshold", [-1, 0, 2, 51])
def test_it_is_never_below_three(threshold, administrator):
    with pytest.raises(VftError, match="fra 3 til 50"):
        thresholds.set_small_cells(threshold=threshold, by=administrator)
    assert thresholds.small_cells() == 5


def test_the_database_too_refuses_less_than_three(administrator):
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        SmallCells(threshold=2, set_by=administrator).save()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_sets_it(role):
    other = actions.add_user(username="u", password="x", role=role, unit="")
    with pytest.raises(AccessDenied):
        thresholds.set_small_cells(threshold=3, by=User.objects.get(pk=other.pk))
    assert thresholds.small_cells() == 5
