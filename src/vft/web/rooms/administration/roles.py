"""What each role opens, and how many have it."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.access import scope
from vft.access.models import Role, RoleAssignment
from vft.web.rooms.administration import doors

#: What each act is called, in the order of the gate's own table.
ACTS = {
    scope.FIGURES: gettext_lazy("Se tall"),
    scope.DELIVERIES: gettext_lazy("Se datagrunnlaget"),
    scope.UPLOAD: gettext_lazy("Laste opp eksporter"),
    scope.MAPPINGS: gettext_lazy("Se tilordninger"),
    scope.TOKENS: gettext_lazy("Lage nøkler til API-et"),
    scope.ANNOTATE: gettext_lazy("Skrive merknader"),
    scope.DISCREPANCIES: gettext_lazy("Se avvik: utstyr og kroner"),
    scope.ROWS: gettext_lazy("Se radene bak et tall, med pseudonym"),
    scope.PERSONS: gettext_lazy("Se hvem personene er"),
    scope.ADMINISTER: gettext_lazy("Administrere brukere"),
    scope.ACCESS_LOG: gettext_lazy("Se innsynsloggen"),
}


def page(request: HttpRequest) -> HttpResponse:
    """Roles beside each other, as the gate itself answers."""
    scope.require(request.user, scope.ADMINISTER)
    held = Counter(
        RoleAssignment.objects.filter(user__is_active=True)
        .order_by()
        .values_list("role", "user")
        .distinct()
        .values_list("role", flat=True)
    )
    context = {
        "roles": [(role.label, held[role.value]) for role in Role],
        "acts": [(title, [_cell(role, act) for role in Role]) for act, title in ACTS.items()],
    }
    return doors.shown(request, "roles", context)


def _cell(role: Role, act: str) -> str:
    """How far a role opens an act."""
    return {
        scope.Reach.NOWHERE: "–",
        scope.Reach.EVERYWHERE: _("ja"),
        scope.Reach.OWN_UNITS: _("egne enheter"),
        scope.Reach.NAMED_UNITS: _("egen bydel"),
    }[scope.reach(role, act)]
