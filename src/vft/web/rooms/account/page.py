"""One's own account."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from vft.access import scope, second_factor, tokens
from vft.access.models import ApiToken, Role, User
from vft.web import book
from vft.web.rooms.account.own import me


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key in the list, and whether it can still be used."""

    token: ApiToken
    is_open: bool

    @property
    def state(self) -> str:
        """In words."""
        if self.is_open:
            return _("i bruk")
        return _("trukket tilbake") if self.token.revoked_at else _("utløpt")


def page(request: HttpRequest) -> HttpResponse:
    """What one may, and how one logs in. Open to everyone who is logged in."""
    user = me(request)
    context = {
        "me": user,
        "roles": roles(user),
        "has_second_factor": second_factor.is_set_up(user),
        "requires_second_factor": second_factor.is_required(user),
        "codes_left": _codes_left(user),
        "elsewhere": second_factor.logs_in_elsewhere(user),
        "may_make_tokens": scope.may(user, scope.TOKENS),
        "keys": listed_keys(user),
    }
    return render(request, "web/account.html", context)


def roles(user: User) -> list[tuple[str, str]]:
    """Each of one's roles, and where it holds, in words."""
    names = unit_names()
    return [(str(Role(role).label), names.get(unit, unit)) for role, unit in scope.roles_of(user)]


def unit_names() -> dict[str, str]:
    """What units are called in the newest publication, and no unit, by code."""
    here = book.newest()
    units = here.units[book.NOW].values() if here else ()
    names = {unit.code: unit.name for unit in units if unit.grouping in book.LEVELS}
    return names | {"": _("hele kommunen")}


def unit_name(code: str) -> str:
    """What a unit is called; its code where the newest publication does not know it."""
    return unit_names().get(code, code)


def _codes_left(user: User) -> int:
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return 0 if row is None else len(row.wrap().get_unused_codes())


def listed_keys(user: User) -> list[Key]:
    """Someone's keys, the newest first."""
    now = timezone.now()
    own = user.tokens.select_related("owner")
    return [Key(token=token, is_open=tokens.is_open(token, now=now)) for token in own]
