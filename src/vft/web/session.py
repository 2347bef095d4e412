"""Logging in and out."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Username and password."""

    error_messages = {  # noqa: RUF012 - Django's way to say it
        "invalid_login": _(
            "Brukernavn og passord passer ikke sammen. Se etter skrivefeil og prøv igjen."
        ),
        "inactive": _("Denne brukeren er stengt. Be administratoren åpne den."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Brukernavn")
        self.fields["username"].error_messages = {"required": _("Skriv brukernavnet ditt.")}
        self.fields["password"].label = _("Passord")
        self.fields["password"].error_messages = {"required": _("Skriv passordet ditt.")}
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"
            field.widget.attrs.pop("autofocus", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["autocomplete"] = "current-password"


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """The login page."""

    template_name = "web/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
