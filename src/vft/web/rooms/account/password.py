"""Choosing another password."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from vft.access import actions, passwords
from vft.access.models import User
from vft.errors import AccessDenied
from vft.web.rooms.account.own import me


def _field(label: Any, autocomplete: str, required: Any, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"class": "ds-input", "autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, widget=widget, error_messages={"required": required}, **more
    )


class PasswordForm(forms.Form):
    """The password one has, and twice the one one wants."""

    old = _field(_("Passordet du har"), "current-password", _("Skriv passordet du har."))
    new = _field(
        _("Nytt passord"),
        "new-password",
        _("Skriv et nytt passord."),
        help_text=_("Minst tolv tegn. Flere ord etter hverandre er lette å huske."),
    )
    again = _field(_("Gjenta nytt passord"), "new-password", _("Skriv det nye passordet igjen."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        """Failed attempts are counted as at login."""
        old: str = self.cleaned_data["old"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, old):
            raise adapter.validation_error("incorrect_password")
        return old

    def clean_new(self) -> str:
        """Good enough, and another than before."""
        new: str = self.cleaned_data["new"]
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("Velg et annet passord enn det du har."))
        if wrong := passwords.complaints(new, user=self.user):
            raise forms.ValidationError(wrong)
        return new

    def clean_again(self) -> str:
        """The same once more."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("De to passordene er ikke like. Skriv dem på nytt."))
        return again


@sensitive_post_parameters()
def page(request: HttpRequest) -> HttpResponse:
    """Choose another password. One's other sessions end; this goes on."""
    user = me(request)
    if not user.has_usable_password():
        raise AccessDenied("Du logger inn med kommunens innlogging, og har ikke passord her.")
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(user=user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        return redirect("account")
    context = {"form": form, "is_first": user.password_is_first}
    return render(request, "web/password.html", context, status=422 if form.errors else 200)
