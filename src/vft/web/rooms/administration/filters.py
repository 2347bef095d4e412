"""What the lists of the room are narrowed to, as the address says."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_LOCAL = ZoneInfo("Europe/Oslo")


class Filters(forms.Form):
    """Choices in the address. One that cannot be understood narrows nothing, and says so."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["class"] = "ds-input"

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {"", None}}


def text(label: Any) -> forms.CharField:
    """A field for a part of a word."""
    return forms.CharField(
        label=label,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("For langt. Skriv høyst 100 tegn.")},
    )


def day(label: Any) -> forms.DateField:
    """A field for a date, written the Norwegian way."""
    return forms.DateField(
        label=label,
        input_formats=["%d.%m.%Y"],
        help_text=_("dd.mm.åååå"),
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Skriv datoen som dd.mm.åååå. Feltet avgrenser ikke listen.")},
    )


def moments(asked: dict[str, Any], *, column: str) -> dict[str, datetime]:
    """The days ``fra`` and ``til`` as a span of time, both included, for a question."""
    found = {}
    if "fra" in asked:
        found[f"{column}__gte"] = datetime.combine(asked["fra"], time.min, _LOCAL)
    if "til" in asked:
        found[f"{column}__lte"] = datetime.combine(asked["til"], time.max, _LOCAL)
    return found
