"""For which roles a second factor is demanded at login."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

#: As in ``vft.access.models.Role``, which cannot be read before the settings are.
ROLES = ("leder", "koordinator", "saksbehandler", "controller", "analytiker", "administrator")
_ALL, _NONE = "alle", "ingen"


def roles(environment: Mapping[str, str], *, only_this_machine: bool) -> frozenset[str]:
    """The roles that VFT_REQUIRE_MFA names: ``alle``, ``ingen``, or some with commas.

    Unless set: all, but for an installation that answers this machine only.

    Raises:
        ImproperlyConfigured: it names a role that there is not.
    """
    default = _NONE if only_this_machine else _ALL
    said = (environment.get("VFT_REQUIRE_MFA") or default).strip().casefold()
    if said in {_ALL, _NONE}:
        return frozenset(ROLES) if said == _ALL else frozenset()
    named = frozenset(role.strip() for role in said.split(",") if role.strip())
    if unknown := sorted(named - set(ROLES)):
        raise ImproperlyConfigured(
            f"VFT_REQUIRE_MFA nevner {', '.join(unknown)}. Skriv {_ALL}, {_NONE}, eller noen av "
            f"{', '.join(ROLES)} med komma mellom."
        )
    return named
