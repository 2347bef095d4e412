"""The second step of logging in, and saying again who one is before something is changed."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.base import views as mfa_views
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vft.access import limits, login
from vft.web.login.password import dressed


class _CodeField(forms.Form):
    """The field of a code, in our words, with failed attempts counted."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        code = self.fields["code"]
        code.label = _("Kode")
        code.help_text = _("Seks siffer fra appen, eller en av reservekodene.")
        code.error_messages["required"] = _("Skriv koden fra appen.")
        code.widget.attrs["inputmode"] = "numeric"
        dressed(code)

    def clean_code(self) -> str:
        """The code, if it is hers and has not been used."""
        user = self.user  # type: ignore[attr-defined] # allauth's forms have one
        # codes have a count of their own, or the right password would clear it between guesses
        name, address = f"code:{user.pk}", get_adapter().get_client_ip(self.request)
        login.require_within_limits(username=name, address=address)
        code = str(super().clean_code())  # type: ignore[misc] # allauth's, which comes next
        limits.lift(limits.FAILURES_OF_USER, name)
        limits.give_back(limits.FAILURES_FROM_ADDRESS, address)
        return code


class CodeForm(_CodeField, mfa_forms.AuthenticateForm):  # type: ignore[misc] # allauth publishes no types
    """A code as one logs in."""


class CodeAgainForm(_CodeField, mfa_forms.ReauthenticateForm):  # type: ignore[misc] # allauth publishes no types
    """A code, to say again who one is."""


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc] # allauth publishes no types
    """The password, to say again who one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = _("Passord"), ""
        field.error_messages["required"] = _("Skriv passordet ditt.")
        dressed(field)


class Code(mfa_views.AuthenticateView):  # type: ignore[misc] # allauth publishes no types
    """The page that asks for the code, after name and password were right."""

    template_name = "web/login_code.html"

    def _build_forms(self) -> Any:
        sent = self.request.POST if self.request.method == "POST" else None
        self.auth_form = CodeForm(sent, user=self.stage.login.user, request=self.request)
        self.webauthn_form = None
        return self.auth_form


class CodeAgain(mfa_views.ReauthenticateView):  # type: ignore[misc] # allauth publishes no types
    """The page that asks for a code again."""

    template_name = "web/login_again.html"
    form_class = CodeAgainForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form counts failures, and by address too."""
        given: dict[str, Any] = super().get_form_kwargs()
        return given | {"request": self.request}


class PasswordAgain(account_views.ReauthenticateView):  # type: ignore[misc] # allauth publishes no types
    """The page that asks for the password again."""

    template_name = "web/login_again.html"
    form_class = PasswordAgainForm


@require_POST
@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the second step, to log in as someone else."""
    request.session.flush()
    return redirect("login")
