"""The room Last opp: send an export, watch it being read, see what came of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import scope
from vft.web import held, norwegian, uploads
from vft.web.frame import whole_or_part
from vft.web.models import Upload
from vft.web.rooms.holdings.quarantine import by_source

_A_PAGE = 20


class UploadForm(forms.Form):
    """One export."""

    file = forms.FileField(
        label=gettext_lazy("Eksportfil"),
        help_text=gettext_lazy("CSV, Excel eller Parquet, med det navnet fagsystemet gir filen."),
        error_messages={
            "required": gettext_lazy("Velg filen du vil laste opp."),
            "empty": gettext_lazy("Filen er tom. Hent eksporten på nytt fra fagsystemet."),
            "max_length": gettext_lazy("Filnavnet er for langt. Gi filen et kortere navn."),
        },
        max_length=200,
        widget=forms.FileInput(attrs={"class": "ds-input"}),
    )

    def __init__(self, *args: Any, demo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if demo:
            self.fields["invented"] = _only_invented()

    def clean_file(self) -> Any:
        """Refuse what cannot be read before it is kept."""
        from vft.pipeline.ingest import may_be_export

        file = self.cleaned_data["file"]
        if not may_be_export(file.name):
            raise forms.ValidationError(
                _(
                    "«%(name)s» er ikke navnet på en eksport, og filen er ikke tatt imot. Navn "
                    "som slutter på .toml eller .md, eller begynner med punktum, blir ikke lest. "
                    "En tilordning legges i mappen tilordninger i installasjonen."
                ),
                params={"name": file.name},
            )
        if file.size > settings.VFT_UPLOAD_MAX_BYTES:
            largest = norwegian.size(settings.VFT_UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                _("Filen er større enn %(largest)s. Del den, eller les den inn med vft ingest."),
                params={"largest": largest},
            )
        return file


def _only_invented() -> forms.BooleanField:
    """In a demo: the sender's word that nobody in the file is real. Without it nothing is kept."""
    return forms.BooleanField(
        label=_("Alle personer i filen er oppdiktede"),
        error_messages={
            "required": _(
                "Denne installasjonen er en demo, og virkelige personer må ikke blandes med "
                "oppdiktede. Filen er ikke tatt imot. Last den opp i kommunens egen "
                "installasjon, eller bekreft at alle i filen er oppdiktede."
            ),
        },
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )


def page(request: HttpRequest) -> HttpResponse:
    """Send a file; see those sent before. A demo takes files of invented persons alone."""
    scope.require(request.user, scope.UPLOAD)
    sent = request.method == "POST"
    demo = uploads.home().demo.is_dir()
    form = UploadForm(*((request.POST, request.FILES) if sent else ()), demo=demo)
    if sent and form.is_valid():
        upload = uploads.receive(file=form.cleaned_data["file"], by=request.user)  # type: ignore[arg-type] # logged in
        return redirect("upload-report", upload.pk)
    earlier = Paginator(Upload.objects.select_related("sent_by"), _A_PAGE)
    return render(
        request,
        "web/upload.html",
        {"form": form, "demo": demo, "earlier": earlier.get_page(request.GET.get("side"))},
        status=422 if form.errors else 200,
    )


def report(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far an upload is, and when it is over, what was read, kept and refused."""
    scope.require(request.user, scope.UPLOAD)
    upload = get_object_or_404(Upload, pk=upload_id)
    context = {"upload": upload, **_outcome(upload)}
    return whole_or_part(
        request, whole="web/upload_report.html", part="web/upload_status.html", context=context
    )


def _outcome(upload: Upload) -> dict[str, Any]:
    if not upload.is_over or upload.delivery is None:
        return {"receipt": None, "found": []}
    receipts = (d for d in held.deliveries() if d.delivery == upload.delivery)
    refused = held.quarantine(upload.delivery)
    return {"receipt": next(receipts, None), "found": by_source(refused)}
