"""What each of the vendors' codes is read as, and where that is changed."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import scope
from vft.pipeline.code_lists import Code
from vft.web.listed import Listed, configured
from vft.web.rooms.administration import doors, filters
from vft.web.uploads import home


class Codes(Listed):
    """One line for each code."""

    source_title = tables.Column(verbose_name=gettext_lazy("Kilde"))
    column = tables.Column(verbose_name=gettext_lazy("Felt"))
    theirs = tables.Column(verbose_name=gettext_lazy("Kode i kilden"))
    ours = tables.Column(verbose_name=gettext_lazy("Leses som"))
    is_own = tables.Column(verbose_name=gettext_lazy("Bestemt av"))

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_ours(self, value: str, record: Code) -> str:
        """The code, and what it is called where it is a service."""
        return f"{value} {record.name}".strip()

    def render_is_own(self, *, value: bool) -> str:
        """Whose mapping it is."""
        return _("kommunen") if value else _("programmet")


class CodeFilters(filters.Filters):
    """A source, and a part of a code."""

    kilde = forms.ChoiceField(
        label=gettext_lazy("Kilde"),
        error_messages={"invalid_choice": gettext_lazy("Fant ikke kilden. Viser alle.")},
    )
    kode = filters.text(gettext_lazy("Kode inneholder"))

    def __init__(self, request: HttpRequest, codes: list[Code]) -> None:
        super().__init__(request)
        sources = sorted({(c.source, c.source_title) for c in codes}, key=lambda s: s[1])
        self.fields["kilde"].choices = [("", _("Alle kilder")), *sources]  # type: ignore[attr-defined] # a choice field


def page(request: HttpRequest) -> HttpResponse:
    """The codes of every mapping in use. They are changed in files, not here."""
    from vft.pipeline import code_lists

    scope.require(request.user, scope.MAPPINGS)
    everything = code_lists.codes(home())
    form = CodeFilters(request, everything)
    found = [code for code in everything if _fits(code, form.asked)]
    table = configured(request, Codes(found))
    table.label = _("Tilordninger")
    context = {"form": form, "table": table, "found": len(found), "all": len(everything)}
    return doors.shown(request, "mappings", context)


def _fits(code: Code, asked: dict[str, Any]) -> bool:
    part = asked.get("kode", "").casefold()
    words = f"{code.theirs} {code.ours} {code.name}".casefold()
    return asked.get("kilde", "") in {"", code.source} and part in words
