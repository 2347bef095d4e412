"""Who may write of which unit, and which of them a chart is shown."""

from datetime import UTC, date, datetime

import pytest
from auditlog.models import LogEntry

from vft.access import actions, annotations
from vft.access.models import LocalAnnotation, Role, User
from vft.errors import AccessDenied, VftError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LINEAGE = {"": [], "030101": ["030101", "0301"], "030102": ["030102", "0301"]}


def someone(role, unit, name="u"):
    user = actions.add_user(username=name, password="x", role=role, unit=unit)
    return User.objects.get(pk=user.pk)


def add(by, *, unit="", service="", text="Alarmene byttes", ends_on=None):
    row = LocalAnnotation(
        starts_on=date(2026, 3, 1), ends_on=ends_on, unit=unit, service=service, text=text
    )
    return annotations.add(annotation=row, lineage=LINEAGE[unit], by=by)


@pytest.mark.parametrize(
    ("role", "held", "unit", "may"),
    [
        (Role.ANALYST, "", "", True),
        (Role.ANALYST, "", "030101", True),
        (Role.COORDINATOR, "030101", "030101", True),
        (Role.COORDINATOR, "030101", "030102", False),
        (Role.COORDINATOR, "030101", "", False),
        (Role.ADMINISTRATOR, "", "", True),
        (Role.LEADER, "", "", False),
        (Role.CONTROLLER, "", "030101", False),
    ],
)
def test_one_writes_of_the_units_one_has_a_role_for(role, held, unit, may):
    by = someone(role, held)
    if may:
        assert add(by, unit=unit).written_by == by
    else:
        with pytest.raises(AccessDenied):
            add(by, unit=unit)
    assert LocalAnnotation.objects.exists() == may


def test_a_chart_shows_what_concerns_its_unit_and_service():
    by = someone(Role.ANALYST, "")
    add(by, text="alle")
    add(by, text="her", unit="030101")
    add(by, text="der", unit="030102")
    add(by, text="alarm", service="TA")
    add(by, text="tilsyn", service="DT")
    shown = annotations.written(lineage=LINEAGE["030101"], service="TA")
    assert [a.text for a in shown] == ["alle", "her", "alarm"]
    assert [a.text for a in annotations.written(lineage=[], service="")] == ["alle"]


def test_one_that_is_withdrawn_is_kept_and_shown_nowhere():
    by = someone(Role.ANALYST, "")
    row = add(by)
    annotations.withdraw(annotation=row, lineage=[], by=by, now=NOW)
    assert annotations.written(lineage=[], service="") == []
    kept = LogEntry.objects.get_for_model(LocalAnnotation).order_by("id")
    assert [e.action for e in kept] == [LogEntry.Action.CREATE, LogEntry.Action.UPDATE]


def test_someone_without_the_unit_withdraws_nothing():
    row = add(someone(Role.ANALYST, ""), unit="030101")
    other = someone(Role.COORDINATOR, "030102", name="o")
    with pytest.raises(AccessDenied):
        annotations.withdraw(annotation=row, lineage=LINEAGE["030101"], by=other, now=NOW)
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_one_cannot_end_before_it_starts():
    with pytest.raises(VftError, match="slutter før"):
        add(someone(Role.ANALYST, ""), ends_on=date(2026, 2, 28))
    assert not LocalAnnotation.objects.exists()
