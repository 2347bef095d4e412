"""The list of deliveries, and its filters."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from vft.access import scope
from vft.pipeline.holdings import Delivered
from vft.web import book, held
from vft.web.listed import configured
from vft.web.norwegian import alphabetical
from vft.web.rooms.holdings.tables import STATUSES, Deliveries


class Filters(forms.Form):
    """What the list is narrowed to. An empty field narrows nothing."""

    kilde = forms.ChoiceField(
        label=_("Kilde"),
        required=False,
        error_messages={"invalid_choice": _("Fant ikke «%(value)s». Viser alle kilder i stedet.")},
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        error_messages={"invalid_choice": _("Fant ikke «%(value)s». Viser alle i stedet.")},
    )
    fil = forms.CharField(
        label=_("Filnavn inneholder"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Filnavnet er for langt. Viser alle filer i stedet.")},
    )

    def __init__(self, request: HttpRequest, deliveries: list[Delivered]) -> None:
        super().__init__(request.GET)
        sources = sorted(
            {(d.source, d.source_title) for d in deliveries}, key=lambda s: alphabetical(s[1])
        )
        self.fields["kilde"].choices = [("", _("Alle kilder")), *sources]  # type: ignore[attr-defined] # a choice field
        self.fields["status"].choices = [("", _("Alle")), *STATUSES.items()]  # type: ignore[attr-defined] # a choice field
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def narrowed(self, deliveries: list[Delivered]) -> list[Delivered]:
        """The deliveries that fit; a filter that cannot be understood narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return [
            d
            for d in deliveries
            if asked.get("kilde") in {"", None, d.source}
            and asked.get("status") in {"", None, d.status}
            and (asked.get("fil") or "").casefold() in d.file_name.casefold()
        ]


def page(request: HttpRequest) -> HttpResponse:
    """Every file that was received, and what became of it."""
    scope.require(request.user, scope.DELIVERIES)
    everything = held.deliveries()
    filters = Filters(request, everything)
    found = filters.narrowed(everything)
    table = configured(request, Deliveries(found, order_by="-received_at"))
    context = {
        "form": filters,
        "table": table,
        "found": len(found),
        "all": len(everything),
        "publication": book.newest(),
    }
    return render(request, "web/holdings_deliveries.html", context)
