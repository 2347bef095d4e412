"""Known breaks: those that came with the data, and those that are written here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vft.access import annotations, scope
from vft.access.models import LocalAnnotation, User
from vft.web import book, norwegian
from vft.web.listed import Listed, configured
from vft.web.rooms.account.own import me
from vft.web.rooms.account.page import unit_names
from vft.web.rooms.administration import doors, filters, places


@dataclass(frozen=True, kw_only=True)
class Line:
    """An annotation in the list. ``written_by``: empty for one that came with the data."""

    starts_on: date
    ends_on: date | None
    text: str
    unit: str
    service: str
    written_by: str
    pk: int | None


class Annotations(Listed):
    """Known breaks, the newest first."""

    starts_on = tables.Column(verbose_name=gettext_lazy("Fra"), attrs={"td": {"class": "whole"}})
    ends_on = tables.Column(
        verbose_name=gettext_lazy("Til"), default="–", attrs={"td": {"class": "whole"}}
    )
    text = tables.Column(verbose_name=gettext_lazy("Tekst"))
    unit = tables.Column(verbose_name=gettext_lazy("Enhet"))
    service = tables.Column(verbose_name=gettext_lazy("Tjeneste"))
    written_by = tables.Column(verbose_name=gettext_lazy("Skrevet av"), empty_values=())

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_starts_on(self, value: date) -> str:
        """dd.mm.åååå."""
        return norwegian.day(value)

    def render_ends_on(self, value: date) -> str:
        """dd.mm.åååå."""
        return norwegian.day(value)

    def render_text(self, value: str, record: Line) -> str:
        """With a link to withdrawing it, where it can be."""
        if record.pk is None:
            return value
        return format_html(
            '{} <a class="ds-link" href="{}">{}</a>',
            value,
            reverse("annotation", args=[record.pk]),
            _("Trekk tilbake"),
        )

    def render_written_by(self, value: str) -> str:
        """Who, or that it came with the data."""
        return value or _("datagrunnlaget")


class AnnotationFilters(filters.Filters):
    """A part of the text, and when."""

    tekst = filters.text(gettext_lazy("Tekst inneholder"))
    fra = filters.day(gettext_lazy("Fra og med"))
    til = filters.day(gettext_lazy("Til og med"))


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%d.%m.%Y"],
        widget=forms.DateInput(
            format="%d.%m.%Y", attrs={"class": "ds-input", "autocomplete": "off"}
        ),
        **more,
    )


class AnnotationForm(forms.Form):
    """What happened, when, where, and to which service."""

    text = forms.CharField(
        label=gettext_lazy("Hva skjedde?"),
        help_text=gettext_lazy("Kort, slik det skal stå på diagrammene. Aldri om en person."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Skriv hva som skjedde."),
            "max_length": gettext_lazy("Teksten er for lang. Skriv høyst 300 tegn."),
        },
    )
    starts_on = _day(
        gettext_lazy("Fra og med"),
        help_text=gettext_lazy("dd.mm.åååå"),
        error_messages={
            "required": gettext_lazy("Skriv hvilken dag det begynte."),
            "invalid": gettext_lazy("Skriv datoen som dd.mm.åååå."),
        },
    )
    ends_on = _day(
        gettext_lazy("Til og med"),
        help_text=gettext_lazy("dd.mm.åååå, eller tomt."),
        required=False,
        error_messages={"invalid": gettext_lazy("Skriv datoen som dd.mm.åååå.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Gjelder i"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={
            "required": gettext_lazy("Velg hvor det gjelder."),
            "invalid_choice": gettext_lazy("Velg en enhet fra listen."),
        },
    )
    service = forms.ChoiceField(
        label=gettext_lazy("Tjeneste"),
        required=False,
        widget=forms.Select(attrs={"class": "ds-input"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        here = book.newest()
        services = [(s.code, s.name) for s in here.services] if here else []
        self.fields["unit"].choices = places.choices()  # type: ignore[attr-defined] # a choice field
        self.fields["service"].choices = [("", _("Alle tjenester")), *services]  # type: ignore[attr-defined] # a choice field

    def clean_unit(self) -> str:
        """One of those she has the role for; empty for the whole municipality."""
        chosen: str = self.cleaned_data["unit"]
        unit = "" if chosen == places.WHOLE else chosen
        held = scope.units_for(self.by, scope.ANNOTATE)
        if not held.whole and (not unit or not held.covers(places.lineage(unit))):
            raise forms.ValidationError(_("Velg en enhet der du har en rolle."))
        return unit

    def clean(self) -> dict[str, Any]:
        """It does not end before it starts."""
        said = self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Merknaden slutter før den starter."))
        return said


def page(request: HttpRequest) -> HttpResponse:
    """All that charts show, and a way to write another."""
    scope.require_somewhere(request.user, scope.ANNOTATE)
    form = AnnotationFilters(request)
    everything = [*_published(), *_local(me(request))]
    found = [line for line in everything if _fits(line, form.asked)]
    table = configured(request, Annotations(found, order_by="-starts_on"))
    table.label = _("Merknader")
    context = {"form": form, "table": table, "found": len(found), "all": len(everything)}
    return doors.shown(request, "annotations", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write one; charts show it at once."""
    scope.require_somewhere(request.user, scope.ANNOTATE)
    by = me(request)
    form = AnnotationForm(request.POST if request.method == "POST" else None, by=by)
    if request.method == "POST" and form.is_valid():
        row = LocalAnnotation(**form.cleaned_data)
        annotations.add(annotation=row, lineage=places.lineage(row.unit), by=by)
        return redirect("annotations")
    return doors.shown(
        request, "annotation-new", {"form": form}, status=422 if form.errors else 200
    )


def one(request: HttpRequest, annotation_id: int) -> HttpResponse:
    """One that is written here, and whether it shall be withdrawn. Another unit's is not there."""
    scope.require_somewhere(request.user, scope.ANNOTATE)
    row = get_object_or_404(LocalAnnotation, pk=annotation_id, withdrawn_at=None)
    if not row.unit:
        scope.require_whole(request.user, scope.ANNOTATE)
    else:
        scope.require(request.user, scope.ANNOTATE, places.lineage(row.unit))
    return doors.shown(request, "annotation", {"annotation": row})


@require_POST
def withdraw(request: HttpRequest, annotation_id: int) -> HttpResponse:
    """Show it no more."""
    scope.require_somewhere(request.user, scope.ANNOTATE)
    row = get_object_or_404(LocalAnnotation, pk=annotation_id)
    annotations.withdraw(
        annotation=row, lineage=places.lineage(row.unit), by=me(request), now=timezone.now()
    )
    return redirect("annotations")


def _fits(line: Line, asked: dict[str, Any]) -> bool:
    return (
        asked.get("tekst", "").casefold() in line.text.casefold()
        and asked.get("fra", line.starts_on) <= (line.ends_on or date.max)
        and line.starts_on <= asked.get("til", date.max)
    )


def _published() -> list[Line]:
    """Those of the newest publication, each once."""
    here = book.newest()
    if here is None:
        return []
    codes = sorted({unit.code for unit in here.units[book.NOW].values()})
    found = {
        noted: None
        for s in here.slices.values()
        for noted in here.publication.annotations(units=codes, slice_=s.code)
    }
    names = unit_names()
    return [
        Line(
            starts_on=a.starts_on,
            ends_on=a.ends_on,
            text=a.text,
            unit=names.get(a.unit or "", a.unit or ""),
            service=_service(a.service or ""),
            written_by="",
            pk=None,
        )
        for a in found
    ]


def _local(reader: User) -> list[Line]:
    names, held = unit_names(), scope.units_for(reader, scope.ANNOTATE)
    rows = LocalAnnotation.objects.filter(withdrawn_at=None).select_related("written_by")
    return [
        Line(
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            text=row.text,
            unit=names.get(row.unit, row.unit),
            service=_service(row.service),
            written_by=row.written_by.get_full_name() or row.written_by.get_username(),
            pk=row.pk if held.covers(places.lineage(row.unit)) else None,
        )
        for row in rows
    ]


def _service(code: str) -> str:
    here = book.newest()
    names = {s.code: s.name for s in here.services} if here else {}
    return names.get(code, code) or _("alle")
