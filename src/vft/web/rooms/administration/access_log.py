"""Who has been shown whom, and why. Reading it is kept in it."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import audit, scope
from vft.access.models import AccessLog, Role
from vft.web import norwegian
from vft.web.listed import Figure, Listed, configured
from vft.web.rooms.account.own import me
from vft.web.rooms.administration import doors, filters


class Looks(Listed):
    """One line for each person that someone was shown, or for each job."""

    time = tables.Column(verbose_name=gettext_lazy("Tid"), attrs={"td": {"class": "whole"}})
    user = tables.Column(verbose_name=gettext_lazy("Bruker"))
    role = tables.Column(verbose_name=gettext_lazy("Rolle"), default="–")
    purpose = tables.Column(verbose_name=gettext_lazy("Formål"))
    what = tables.Column(verbose_name=gettext_lazy("Hva"))
    recipient_id = tables.Column(
        verbose_name=gettext_lazy("Pseudonym"),
        default="–",
        attrs={"th": {"class": "figure"}, "td": {"class": "figure"}},
    )
    count = Figure(gettext_lazy("Antall"))

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_time(self, value: datetime) -> str:
        """Norwegian time."""
        return norwegian.moment(value)

    def render_role(self, value: str) -> str:
        """As it is called; a job has none."""
        return str(Role(value).label) if value in Role.values else "–"

    def render_recipient_id(self, value: int) -> str:
        """Whole, so that it can be copied into the filter."""
        return str(value)


class LogFilters(filters.Filters):
    """Who, when, why, and about whom."""

    hvem = filters.text(gettext_lazy("Bruker"))
    fra = filters.day(gettext_lazy("Fra og med"))
    til = filters.day(gettext_lazy("Til og med"))
    formaal = filters.text(gettext_lazy("Formål inneholder"))
    mottaker = forms.IntegerField(
        label=gettext_lazy("Pseudonym"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        min_value=-(2**63),
        max_value=2**63 - 1,
        error_messages={
            "invalid": gettext_lazy("Et pseudonym er et tall. Viser alle i stedet."),
            "min_value": gettext_lazy("Tallet er for stort for et pseudonym. Viser alle."),
            "max_value": gettext_lazy("Tallet er for stort for et pseudonym. Viser alle."),
        },
    )


def page(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    scope.require(request.user, scope.ACCESS_LOG)
    form = LogFilters(request)
    found = _narrowed(form.asked)
    count = found.count()
    audit.log_read(by=me(request), recipient=form.asked.get("mottaker"), count=count)
    table = configured(request, Looks(found, order_by="-time"))
    table.label = _("Innsynslogg")
    context = {"form": form, "table": table, "found": count, "asked": bool(form.asked)}
    return doors.shown(request, "access-log", context)


def _narrowed(asked: dict[str, Any]) -> QuerySet[AccessLog]:
    wanted: dict[str, Any] = filters.moments(asked, column="time")
    names = {"hvem": "user__icontains", "formaal": "purpose__icontains"}
    wanted |= {column: asked[name] for name, column in names.items() if name in asked}
    if "mottaker" in asked:
        wanted["recipient_id"] = asked["mottaker"]
    return AccessLog.objects.filter(**wanted)
