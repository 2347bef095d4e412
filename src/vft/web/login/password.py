"""Logging in with a name and a password."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account import views as allauth_views
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vft.web.session import ENDED


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc] # allauth publishes no types
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Brukernavn")
        self.fields["login"].error_messages["required"] = _("Skriv brukernavnet ditt.")
        self.fields["password"].label = _("Passord")
        self.fields["password"].error_messages["required"] = _("Skriv passordet ditt.")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            dressed(field)

    def add_prefix(self, field_name: str) -> str:
        """What the field is called on the page: what password managers have saved it as."""
        return "username" if field_name == "login" else str(super().add_prefix(field_name))


def dressed(field: forms.Field) -> None:
    """Give a field of allauth's the looks of ours: a label above it, and nothing written in it."""
    field.widget.attrs["class"] = "ds-input"
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.pop("autofocus", None)


class Login(allauth_views.LoginView):  # type: ignore[misc] # allauth publishes no types
    """The login page."""

    template_name = "web/login.html"
    form_class = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the municipality's own login, and why the last session ended."""
        told = {
            "provider": settings.VFT_OIDC,
            "ended": self.request.session.pop(ENDED, False),
            "idle_minutes": settings.VFT_IDLE_SECONDS // 60,
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
        }
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | told
