"""What is kept about writes (django-auditlog) and about every look at a person (our own log)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import TruncMinute
from django.utils import timezone

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
from vft.errors import AccessDenied

#: The name in the log of jobs that nobody is logged in to.
SYSTEM = "vft"


@dataclass(frozen=True)
class Looked:
    """What someone saw, or a job handled, within a minute. ``persons``: how many."""

    time: datetime
    user: str
    role: str
    purpose: str
    what: str
    persons: int


def register() -> None:
    """Follow the writes to what people have or set. Called once, when Django is ready."""
    auditlog.register(User, exclude_fields=["password", "last_login", "session_round"])
    auditlog.register(RoleAssignment)
    auditlog.register(ApiToken, exclude_fields=["digest", "last_used_on"])
    auditlog.register(SmallCells)
    auditlog.register(LocalAnnotation)


def changed(user: User, *, what: str, before: str, after: str) -> None:
    """Keep in the trail of changes what is changed of a user in rows that are not followed."""
    LogEntry.objects.log_create(
        user, force_log=True, action=LogEntry.Action.UPDATE, changes={what: [before, after]}
    )


def saw(*, by: User, role: str, purpose: str, what: str, recipients: Sequence[int]) -> None:
    """Log that someone is about to be shown persons. One row a recipient, before the showing.

    Raises:
        AccessDenied: without a purpose nobody is shown.
    """
    if not purpose.strip():
        raise AccessDenied("Innsyn i personer krever at du oppgir formålet.")
    rows = [
        _row(user=by.get_username(), role=role, purpose=purpose, what=what, recipient=r)
        for r in dict.fromkeys(recipients)
    ]
    with writing():
        AccessLog.objects.bulk_create(rows, batch_size=500)


def log_read(*, by: User, recipient: int | None, count: int) -> None:
    """Keep that someone has read this log: once a day for each person she looked for."""
    row = _row(
        user=by.get_username(),
        role=Role.ADMINISTRATOR,
        purpose="Kontroll av innsyn",
        what="Innsynsloggen lest",
        recipient=recipient,
        count=count,
    )
    today = AccessLog.objects.filter(time__date=timezone.localdate(), user=row.user, what=row.what)
    if not today.filter(recipient_id=recipient).exists():
        with writing():
            row.save()


def handled(*, what: str, purpose: str, count: int, recipient: int | None = None) -> None:
    """Log that a job handled persons without showing them."""
    with writing():
        _row(
            user=SYSTEM, role="", purpose=purpose, what=what, recipient=recipient, count=count
        ).save()


def looked(*, since: datetime, user: str | None = None) -> list[Looked]:
    """Read the log, oldest first: one row a minute for the same user, role, purpose and what.

    Names nobody who was looked at.
    """
    rows = AccessLog.objects.filter(time__gte=since, **({"user": user} if user else {}))
    by_minute = (
        rows.annotate(minute=TruncMinute("time"))
        .values_list("minute", "user", "role", "purpose", "what")
        .annotate(persons=Sum("count"))
        .order_by("minute", "user", "what", "purpose", "role")
    )
    return [Looked(*row) for row in by_minute]


def _row(  # noqa: PLR0913 - the columns that Normen asks for
    *, user: str, role: str, purpose: str, what: str, recipient: int | None, count: int = 1
) -> AccessLog:
    return AccessLog(
        user=user,
        organisation=settings.VFT_ORGANISATION,
        role=role,
        purpose=purpose.strip(),
        what=what,
        recipient_id=recipient,
        count=count,
    )
