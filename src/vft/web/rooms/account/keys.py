"""Making a key for a program, shown once, and revoking one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from vft.access import scope, tokens
from vft.access.models import ApiToken, User
from vft.web.rooms.account.own import me
from vft.web.rooms.account.page import unit_name

#: What each act is called where one chooses.
ACTS: dict[str, str | Promise] = {
    scope.FIGURES: _("Tall og indikatorer"),
    scope.DELIVERIES: _("Rettelser: tall som er endret siden forrige publisering"),
}
_DAYS = {"30": _("30 dager"), "90": _("90 dager"), "365": _("ett år")}


class KeyForm(forms.Form):
    """What the key is for, what it opens, where, and for how long."""

    name = forms.CharField(
        label=_("Navn"),
        help_text=_("Hva den skal brukes til, for eksempel «Styringspanelet»."),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
        error_messages={
            "required": _("Skriv hva nøkkelen skal brukes til."),
            "max_length": _("Navnet er for langt. Skriv høyst 80 tegn."),
        },
    )
    acts = forms.MultipleChoiceField(
        label=_("Åpner"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        error_messages={"required": _("Velg minst én ting som nøkkelen skal åpne.")},
    )
    unit = forms.ChoiceField(
        label=_("Gjelder"), required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )
    days = forms.ChoiceField(
        label=_("Varer"),
        choices=tuple(_DAYS.items()),
        widget=forms.Select(attrs={"class": "ds-input"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = [(act, ACTS[act]) for act in tokens.ACTS if scope.may_somewhere(user, act)]
        self.fields["acts"].choices = acts  # type: ignore[attr-defined] # a choice field
        held = scope.visible_units(user)
        units = sorted((code, unit_name(code)) for code in held.units)
        own = _("Hele kommunen") if held.whole else _("Alle enhetene mine")
        self.fields["unit"].choices = [("", own), *units]  # type: ignore[attr-defined] # a choice field

    def clean_acts(self) -> list[str]:
        """Figures are among them: without those the others open nothing."""
        acts: list[str] = self.cleaned_data["acts"]
        if scope.FIGURES not in acts:
            raise forms.ValidationError(
                _("Velg «Tall og indikatorer» også. Uten det åpner nøkkelen ingenting.")
            )
        return acts


@sensitive_variables("secret")
def new(request: HttpRequest) -> HttpResponse:
    """Make a key. Its secret is on this one answer and nowhere else."""
    user = me(request)
    scope.require(user, scope.TOKENS)
    form = KeyForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        token, secret = tokens.make(
            owner=user, name=form.cleaned_data["name"], opens=_opening(form), now=timezone.now()
        )
        return render(request, "web/key_made.html", {"token": token, "secret": secret})
    return render(request, "web/key.html", {"form": form}, status=422 if form.errors else 200)


def _opening(form: KeyForm) -> tokens.Opening:
    said = form.cleaned_data
    return tokens.Opening(
        acts=frozenset(said["acts"]),
        units=frozenset({said["unit"]} - {""}),
        expires_at=timezone.now() + timedelta(days=int(said["days"])),
    )


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Close one of one's own keys for good. Someone else's is not there."""
    user = me(request)
    token = get_object_or_404(ApiToken, pk=token_id, owner=user)
    tokens.revoke(token=token, by=user, now=timezone.now())
    return redirect("account")
