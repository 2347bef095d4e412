"""Setting up the second factor: the app on the telephone, and the codes for when it is lost."""

from typing import Any

from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as totp_views
from django.utils.translation import gettext_lazy as _

from vft.access import second_factor
from vft.web.login.password import dressed


class SetUpForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc] # allauth publishes no types
    """The first code, which shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = _("Kode fra appen"), _("Seks siffer.")
        code.error_messages["required"] = _("Skriv koden som appen viser.")
        code.widget.attrs["inputmode"] = "numeric"
        dressed(code)


class SetUp(totp_views.ActivateTOTPView):  # type: ignore[misc] # allauth publishes no types
    """The page with the picture to scan."""

    template_name = "web/second_factor.html"
    form_class = SetUpForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the secret in groups of four, for who cannot scan."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {
            "groups": [secret[at : at + 4] for at in range(0, len(secret), 4)],
            "required": second_factor.is_required(self.request.user),
        }


class TurnOff(totp_views.DeactivateTOTPView):  # type: ignore[misc] # allauth publishes no types
    """The page that asks whether it shall be turned off."""

    template_name = "web/second_factor_off.html"


class RecoveryCodes(recovery_views.ViewRecoveryCodesView):  # type: ignore[misc] # allauth publishes no types
    """The codes for a lost telephone, shown once."""

    template_name = "web/recovery_codes.html"


class NewRecoveryCodes(recovery_views.GenerateRecoveryCodesView):  # type: ignore[misc] # allauth publishes no types
    """The page that asks whether the old codes shall be replaced."""

    template_name = "web/recovery_codes_new.html"
