"""Known breaks that someone has written here, beside those that were delivered with the data."""

from collections.abc import Iterable
from datetime import datetime

from vft.access import scope
from vft.access.models import LocalAnnotation, User
from vft.access.writes import writing
from vft.errors import VftError


def written(*, lineage: Iterable[str], service: str) -> list[LocalAnnotation]:
    """Those that concern a service in a unit, oldest first; one question.

    ``lineage``: the unit's code and those above it. ``service``: empty for none in particular,
    which only what is written of all services concerns.
    """
    return list(
        LocalAnnotation.objects.filter(
            withdrawn_at=None, unit__in=["", *lineage], service__in={"", service}
        ).order_by("starts_on", "id")
    )


def add(*, annotation: LocalAnnotation, lineage: Iterable[str], by: User) -> LocalAnnotation:
    """Keep one that is not kept yet; it is shown from now on, as written by ``by``.

    ``lineage``: of its unit, from the publication.

    Raises:
        AccessDenied: her roles do not cover the unit.
        VftError: it ends before it starts.
    """
    _require(by, annotation.unit, lineage)
    if annotation.ends_on is not None and annotation.ends_on < annotation.starts_on:
        raise VftError("Merknaden slutter før den starter. Ingenting er lagret.")
    annotation.written_by = by
    with writing():
        annotation.save()
    return annotation


def withdraw(
    *, annotation: LocalAnnotation, lineage: Iterable[str], by: User, now: datetime
) -> None:
    """Show it no more. It is kept, with who wrote it.

    Raises:
        AccessDenied: her roles do not cover its unit.
    """
    _require(by, annotation.unit, lineage)
    if annotation.withdrawn_at is None:
        with writing():
            annotation.withdrawn_at = now
            annotation.save(update_fields=["withdrawn_at"])


def _require(by: User, unit: str, lineage: Iterable[str]) -> None:
    if unit:
        scope.require(by, scope.ANNOTATE, lineage)
    else:
        scope.require_whole(by, scope.ANNOTATE)
