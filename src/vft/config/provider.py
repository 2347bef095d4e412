"""The municipality's own login (OpenID Connect), where there is one.

VFT_OIDC_ISSUER       its address, which answers with /.well-known/openid-configuration
VFT_OIDC_CLIENT_ID    what VFT is called there
VFT_OIDC_SECRET_FILE  a file with the secret, readable by the server only
VFT_OIDC_NAME         what the button says: «Logg inn med …»
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_NEEDED = ("VFT_OIDC_ISSUER", "VFT_OIDC_CLIENT_ID", "VFT_OIDC_SECRET_FILE")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def application(environment: Mapping[str, str]) -> dict[str, Any] | None:
    """The provider as allauth wants it described; None where none is set.

    Its id follows from the issuer, so that nobody at another issuer is taken for someone here.

    Raises:
        ImproperlyConfigured: some of it is missing, or the issuer is asked without TLS.
    """
    missing = [name for name in _NEEDED if not environment.get(name)]
    if len(missing) == len(_NEEDED):
        return None
    if missing:
        raise ImproperlyConfigured(f"Innlogging med OIDC mangler {', '.join(missing)}.")
    issuer = environment["VFT_OIDC_ISSUER"].rstrip("/")
    _require_tls(issuer)
    return {
        "provider_id": f"oidc-{sha256(issuer.encode()).hexdigest()[:16]}",
        "name": environment.get("VFT_OIDC_NAME") or "kommunens innlogging",
        "client_id": environment["VFT_OIDC_CLIENT_ID"],
        "secret": _secret(Path(environment["VFT_OIDC_SECRET_FILE"])),
        "settings": {
            "server_url": issuer,
            "oauth_pkce_enabled": True,
            "email_authentication": False,
            "scope": ["openid", "profile"],
        },
    }


def _require_tls(issuer: str) -> None:
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise ImproperlyConfigured("VFT_OIDC_ISSUER må begynne med https://.")


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"VFT_OIDC_SECRET_FILE {file} kan ikke leses.") from error
