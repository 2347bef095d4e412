from datetime import UTC, datetime, timedelta

import pytest

from vft.access import limits
from vft.access.limits import Limit
from vft.access.models import Spent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
THREE = Limit(name="three", times=3, span=timedelta(minutes=10))
OVER = NOW + timedelta(minutes=10)


def spend(times, *, key="kari", now=NOW):
    return [limits.spend(THREE, key, now=now) for _ in range(times)]


def test_the_fourth_of_three_is_told_when_to_try_again():
    assert spend(4) == [None, None, None, OVER]


def test_the_limit_is_counted_from_the_first_and_begins_anew():
    spend(2)
    assert spend(2, now=NOW + timedelta(minutes=9)) == [None, OVER]
    assert spend(1, now=OVER) == [None]


def test_each_has_her_own_limit_and_capitals_count_for_nothing():
    spend(3)
    assert spend(1, key="KARI") == [OVER]
    assert spend(1, key="ola") == [None]


def test_asking_counts_nothing():
    spend(2)
    assert limits.closed_until(THREE, "kari", now=NOW) is None
    spend(1)
    assert [limits.closed_until(THREE, "kari", now=NOW) for _ in range(2)] == [OVER, OVER]
    assert limits.closed_until(THREE, "kari", now=OVER) is None


def test_a_limit_can_be_lifted():
    spend(3)
    assert limits.lift(THREE, "kari")
    assert not limits.lift(THREE, "kari")
    assert spend(1) == [None]


def test_who_it_is_is_not_kept_and_what_is_over_is_removed():
    spend(1, key="et passord i feil felt")
    assert "passord" not in str(Spent.objects.values().get())
    spend(1, key="ola", now=OVER)
    assert Spent.objects.count() == 1
