"""One user: her roles, her way in, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from vft.access import administration, scope, second_factor, tokens
from vft.access.models import ApiToken, Role, RoleAssignment, User
from vft.errors import VftError
from vft.web import norwegian
from vft.web.rooms.account.own import me
from vft.web.rooms.account.page import listed_keys, unit_names
from vft.web.rooms.administration import doors, places
from vft.web.rooms.administration.changes import newest_of
from vft.web.rooms.administration.users import locked_until


class RoleForm(forms.Form):
    """A role, and where it holds."""

    role = forms.ChoiceField(
        label=_("Rolle"),
        choices=[("", _("Velg en rolle")), *Role.choices],
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={"required": _("Velg en rolle."), "invalid_choice": _("Velg en rolle.")},
    )
    unit = forms.ChoiceField(
        label=_("Gjelder i"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={
            "required": _("Velg hvor rollen gjelder."),
            "invalid_choice": _("Velg en enhet fra listen."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = places.choices()  # type: ignore[attr-defined] # a choice field

    def clean(self) -> dict[str, Any]:
        """A role that must name a unit names one."""
        said = self.cleaned_data
        if said.get("role") in scope.NEEDS_NAMED_UNIT and said.get("unit") == places.WHOLE:
            role = norwegian.in_sentence(str(Role(said["role"]).label))
            self.add_error(
                "unit", _("Rollen %(role)s må gjelde en enhet. Velg hvilken.") % {"role": role}
            )
        return said

    @property
    def given(self) -> tuple[Role, str]:
        """The role and the unit, once it is valid; an empty unit is the whole municipality."""
        unit = self.cleaned_data["unit"]
        return Role(self.cleaned_data["role"]), "" if unit == places.WHOLE else unit


def page(request: HttpRequest, user_id: int) -> HttpResponse:
    """What she may, and how she logs in; a role can be given."""
    scope.require(request.user, scope.ADMINISTER)
    user = get_object_or_404(User, pk=user_id)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        role, unit = form.given
        administration.give(user=user, role=role, unit=unit, by=me(request))
        return redirect("user", user.pk)
    return _shown(request, user, form, status=422 if form.errors else 200)


def _shown(
    request: HttpRequest, user: User, form: RoleForm, *, says: str = "", status: int = 200
) -> HttpResponse:
    names = unit_names()
    context = {
        "user_shown": user,
        "form": form,
        "says": says,
        "roles": [(r, names.get(r.unit, r.unit)) for r in user.roles.order_by("role", "unit")],
        "has_second_factor": second_factor.is_set_up(user),
        "elsewhere": second_factor.logs_in_elsewhere(user),
        "locked_until": locked_until([user]).get(user.pk),
        "keys": listed_keys(user),
        "changes": newest_of(user),
        "is_me": user.pk == me(request).pk,
    }
    return doors.shown(request, "user", context, status=status)


#: the last part of the address → what is done; gives a password to hand over, where there is one
_ACTS: dict[str, Callable[..., str | bool | None]] = {
    "steng": administration.close,
    "apne": administration.reopen,
    "nytt-passord": administration.new_password,
    "nullstill-totrinn": second_factor.remove,
    "opphev-sperre": administration.lift_lockout,
}


@require_POST
@sensitive_variables("done")
def act(request: HttpRequest, user_id: int, what: str) -> HttpResponse:
    """Do one thing with a user's account. A new password is shown on this answer only."""
    scope.require(request.user, scope.ADMINISTER)
    user = get_object_or_404(User, pk=user_id)
    if what not in _ACTS:
        raise Http404
    try:
        done = _ACTS[what](user=user, by=me(request))
    except VftError as error:
        return _shown(request, user, RoleForm(), says=str(error), status=409)
    if isinstance(done, str):
        return handed_over(request, user, done)
    return redirect("user", user.pk)


@require_POST
def take(request: HttpRequest, user_id: int, role_id: int) -> HttpResponse:
    """Take a role from a user."""
    scope.require(request.user, scope.ADMINISTER)
    held = get_object_or_404(RoleAssignment, pk=role_id, user_id=user_id)
    try:
        administration.take(assignment=held, by=me(request))
    except VftError as error:
        return _shown(request, held.user, RoleForm(), says=str(error), status=409)
    return redirect("user", user_id)


@require_POST
def revoke(request: HttpRequest, user_id: int, token_id: int) -> HttpResponse:
    """Close a user's key for good."""
    scope.require(request.user, scope.ADMINISTER)
    token = get_object_or_404(ApiToken, pk=token_id, owner_id=user_id)
    tokens.revoke(token=token, by=me(request), now=timezone.now())
    return redirect("user", user_id)


def handed_over(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """The page with a password to hand over, shown once."""
    context = {"user_shown": user, "password": password}
    return render(request, "web/administration_password.html", context)
