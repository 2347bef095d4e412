"""The list of users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_tables2 as tables
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import administration, limits, scope
from vft.access.models import Role, User
from vft.web import norwegian
from vft.web.listed import Listed, configured
from vft.web.rooms.account.page import unit_names
from vft.web.rooms.administration import doors, filters

_OPEN, _CLOSED, _LOCKED, _WITHOUT = "apen", "stengt", "sperret", "uten-rolle"
_STATES = {
    _OPEN: gettext_lazy("Åpen"),
    _CLOSED: gettext_lazy("Stengt"),
    _LOCKED: gettext_lazy("Sperret"),
    _WITHOUT: gettext_lazy("Uten rolle"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A user in the list."""

    pk: int
    username: str
    name: str
    roles: str
    held: frozenset[str]
    state: str
    second_factor: bool
    last_login: datetime | None


class Users(Listed):
    """Everyone who has, or has had, a way in."""

    username = tables.Column(verbose_name=gettext_lazy("Bruker"), attrs={"td": {"class": "whole"}})
    name = tables.Column(verbose_name=gettext_lazy("Navn"))
    roles = tables.Column(verbose_name=gettext_lazy("Roller"))
    state = tables.Column(verbose_name=gettext_lazy("Status"))
    second_factor = tables.Column(verbose_name=gettext_lazy("To trinn"))
    last_login = tables.Column(
        verbose_name=gettext_lazy("Sist innlogget"), default="–", attrs={"td": {"class": "whole"}}
    )

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_username(self, value: str, record: Line) -> str:
        """A link to her page."""
        return format_html(
            '<a class="ds-link" href="{}">{}</a>', reverse("user", args=[record.pk]), value
        )

    def render_state(self, value: str) -> str:
        """In words, and coloured where something must be done."""
        colour = {_OPEN: "success", _CLOSED: "neutral"}.get(value, "warning")
        return format_html(
            '<span class="ds-tag" data-size="sm" data-color="{}">{}</span>', colour, _STATES[value]
        )

    def render_second_factor(self, *, value: bool) -> str:
        """Ja or nei."""
        return _("ja") if value else _("nei")

    def render_last_login(self, value: datetime) -> str:
        """Norwegian time."""
        return norwegian.moment(value)


class UserFilters(filters.Filters):
    """Part of a name, a role, a state."""

    navn = filters.text(gettext_lazy("Navn inneholder"))
    rolle = forms.ChoiceField(
        label=gettext_lazy("Rolle"),
        choices=[("", gettext_lazy("Alle roller")), *Role.choices],
        error_messages={"invalid_choice": gettext_lazy("Fant ikke rollen. Viser alle.")},
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[("", gettext_lazy("Alle")), *_STATES.items()],
        error_messages={"invalid_choice": gettext_lazy("Fant ikke statusen. Viser alle.")},
    )


def page(request: HttpRequest) -> HttpResponse:
    """Who can log in, and what they may."""
    scope.require(request.user, scope.ADMINISTER)
    everyone, form = _lines(), UserFilters(request)
    found = [line for line in everyone if _fits(line, form.asked)]
    table = configured(request, Users(found, order_by="username"))
    table.label = _("Brukere")
    context = {"form": form, "table": table, "found": len(found), "all": len(everyone)}
    return doors.shown(request, "users", context)


def _fits(line: Line, asked: dict[str, Any]) -> bool:
    part = asked.get("navn", "").casefold()
    return (
        part in f"{line.username} {line.name}".casefold()
        and asked.get("rolle", "") in {"", *line.held}
        and asked.get("status", "") in {"", line.state}
    )


def _lines() -> list[Line]:
    """Four questions, however many there are."""
    users = list(User.objects.prefetch_related("roles"))
    with_app = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    locked = locked_until(users)
    names = unit_names()
    return [
        Line(
            pk=user.pk,
            username=user.username,
            name=user.get_full_name(),
            roles=", ".join(_said(r.get_role_display(), r.unit, names) for r in user.roles.all()),
            held=frozenset(r.role for r in user.roles.all()),
            state=_state(user, locked=user.pk in locked),
            second_factor=user.pk in with_app,
            last_login=user.last_login,
        )
        for user in users
    ]


def _said(role: str, unit: str, names: dict[str, str]) -> str:
    return f"{role} ({names.get(unit, unit)})" if unit else role


def _state(user: User, *, locked: bool) -> str:
    if not user.is_active:
        return _CLOSED
    if locked:
        return _LOCKED
    return _OPEN if user.roles.all() else _WITHOUT


def locked_until(users: list[User]) -> dict[int, datetime]:
    """Until when users are locked out after failed attempts, those who are: one question."""
    keys = {key: user.pk for user in users for key in administration.lockout_keys(user)}
    closed = limits.closed(limits.FAILURES_OF_USER, keys, now=timezone.now())
    return {keys[key]: until for key, until in sorted(closed.items(), key=lambda c: c[1])}
