"""Making a user."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from vft.access import administration, scope
from vft.access.models import User
from vft.web.rooms.account.own import me
from vft.web.rooms.administration import doors
from vft.web.rooms.administration.user import RoleForm, handed_over


def _text(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=150, widget=widget, **more)


class NewUserForm(RoleForm):
    """Who she is, and her first role."""

    username = _text(
        _("Brukernavn"),
        help_text=_("Bokstaver, tall og tegnene @ . + - _. Aldri et fødselsnummer."),
        validators=[
            UnicodeUsernameValidator(
                message=_("Bruk bare bokstaver, tall og tegnene @ . + - _ i brukernavnet.")
            )
        ],
        error_messages={"required": _("Skriv et brukernavn.")},
    )
    given_name = _text(_("Fornavn"), error_messages={"required": _("Skriv fornavnet.")})
    family_name = _text(_("Etternavn"), error_messages={"required": _("Skriv etternavnet.")})

    field_order = ("username", "given_name", "family_name", "role", "unit")

    def clean_username(self) -> str:
        """Taken by nobody, whatever the capitals, and no identity number."""
        name: str = self.cleaned_data["username"]
        if name.isdigit():
            raise forms.ValidationError(_("Et brukernavn kan ikke bare ha siffer."))
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Brukernavnet er tatt. Velg et annet."))
        return name


@sensitive_variables("password")
def page(request: HttpRequest) -> HttpResponse:
    """Make a user with a role; her first password is shown on this answer only."""
    scope.require(request.user, scope.ADMINISTER)
    form = NewUserForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, me(request)
        role, unit = form.given
        user, password = administration.invite(
            username=said["username"],
            given_name=said["given_name"],
            family_name=said["family_name"],
            by=by,
        )
        administration.give(user=user, role=role, unit=unit, by=by)
        return handed_over(request, user, password)
    return doors.shown(request, "new-user", {"form": form}, status=422 if form.errors else 200)
