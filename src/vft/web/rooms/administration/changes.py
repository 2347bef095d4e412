"""What has been changed of users, roles, keys, thresholds and notes, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_tables2 as tables
from auditlog.models import LogEntry
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import audit, scope
from vft.access.models import ApiToken, LocalAnnotation, RoleAssignment, SmallCells, User
from vft.web import norwegian
from vft.web.listed import Listed, configured
from vft.web.rooms.administration import doors, filters

_KINDS: dict[str, tuple[type[Model], Any]] = {
    "brukere": (User, gettext_lazy("Brukere")),
    "roller": (RoleAssignment, gettext_lazy("Roller")),
    "nokler": (ApiToken, gettext_lazy("Nøkler")),
    "grense": (SmallCells, gettext_lazy("Grensen for små tall")),
    "merknader": (LocalAnnotation, gettext_lazy("Merknader")),
}
_ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("laget"),
    LogEntry.Action.UPDATE: gettext_lazy("endret"),
    LogEntry.Action.DELETE: gettext_lazy("fjernet"),
}
#: Fields in the words of the page; others are called what they are called.
_FIELDS = {
    "is_active": gettext_lazy("åpen"),
    "first_name": gettext_lazy("fornavn"),
    "last_name": gettext_lazy("etternavn"),
    "revoked_at": gettext_lazy("trukket tilbake"),
    "withdrawn_at": gettext_lazy("trukket tilbake"),
    "password_is_first": gettext_lazy("må bytte passord"),
}
_VALUES = {"True": gettext_lazy("ja"), "False": gettext_lazy("nei"), "None": "–", "": "–"}
_A_FEW = 10


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change, in words."""

    timestamp: datetime
    who: str
    what: str
    how: str


class Changes(Listed):
    """One line for each change."""

    timestamp = tables.Column(verbose_name=gettext_lazy("Tid"), attrs={"td": {"class": "whole"}})
    actor = tables.Column(verbose_name=gettext_lazy("Av"), empty_values=())
    object_repr = tables.Column(verbose_name=gettext_lazy("Hva"))
    changes = tables.Column(verbose_name=gettext_lazy("Endring"), empty_values=(), orderable=False)

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_timestamp(self, value: datetime) -> str:
        """Norwegian time."""
        return norwegian.moment(value)

    def render_actor(self, record: LogEntry) -> str:
        """Who did it; the command line is nobody who is logged in."""
        return _who(record)

    def render_object_repr(self, record: LogEntry) -> str:
        """What was changed."""
        return _what(record)

    def render_changes(self, record: LogEntry) -> str:
        """From what to what."""
        return _how(record)


class ChangeFilters(filters.Filters):
    """By whom, when, of what."""

    av = filters.text(gettext_lazy("Av bruker"))
    hva = forms.ChoiceField(
        label=gettext_lazy("Hva"),
        choices=[("", gettext_lazy("Alt")), *((k, title) for k, (_m, title) in _KINDS.items())],
        error_messages={"invalid_choice": gettext_lazy("Fant ikke valget. Viser alt.")},
    )
    fra = filters.day(gettext_lazy("Fra og med"))
    til = filters.day(gettext_lazy("Til og med"))


def page(request: HttpRequest) -> HttpResponse:
    """The trail, newest first."""
    scope.require(request.user, scope.ADMINISTER)
    form = ChangeFilters(request)
    found = _narrowed(form.asked)
    table = configured(request, Changes(found, order_by="-timestamp"))
    table.label = _("Endringer")
    context = {"form": form, "table": table, "found": found.count(), "asked": bool(form.asked)}
    return doors.shown(request, "changes", context)


def newest_of(user: User) -> list[Change]:
    """The newest changes of one user, and of her roles."""
    own = _entries([User]).filter(object_id=user.pk)
    roles = _entries([RoleAssignment]).filter(additional_data__user=user.pk)
    found = (own | roles).order_by("-timestamp", "-id")[:_A_FEW]
    return [Change(timestamp=e.timestamp, who=_who(e), what=_what(e), how=_how(e)) for e in found]


def _entries(models: Iterable[type[Model]]) -> "QuerySet[LogEntry]":
    kinds = ContentType.objects.get_for_models(*models).values()
    found: QuerySet[LogEntry] = LogEntry.objects.filter(content_type__in=kinds)
    return found.select_related("actor", "content_type")


def _narrowed(asked: dict[str, Any]) -> "QuerySet[LogEntry]":
    kinds = [_KINDS[asked["hva"]]] if "hva" in asked else _KINDS.values()
    found = _entries(model for model, _title in kinds)
    if "av" in asked:
        found = found.filter(actor__username__icontains=asked["av"])
    within: QuerySet[LogEntry] = found.filter(**filters.moments(asked, column="timestamp"))
    return within.order_by("-timestamp", "-id")


def _who(entry: LogEntry) -> str:
    return entry.actor.get_username() if entry.actor else audit.SYSTEM


def _what(entry: LogEntry) -> str:
    kind = entry.content_type.model_class()
    called = str(kind._meta.verbose_name) if kind else ""  # noqa: SLF001 - Django's documented way
    told = f"{called} {entry.object_repr}".strip()
    return told[:1].upper() + told[1:]


def _how(entry: LogEntry) -> str:
    action = str(_ACTIONS.get(entry.action, ""))
    if entry.action != LogEntry.Action.UPDATE:
        return action
    told = (
        f"{_FIELDS.get(field, field)}: {_value(before)} → {_value(after)}"
        for field, (before, after) in sorted(entry.changes_dict.items())
    )
    return "; ".join(told)


def _value(text: Any) -> str:
    return str(_VALUES.get(str(text), text))
