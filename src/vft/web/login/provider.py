"""The municipality's own login (OpenID Connect): code flow with PKCE, state and nonce.

Someone is known by issuer and subject alone, never by an address or a name. What she may do follows
from the roles she has been given here: someone new has none, and is told how to get one.
"""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

_NONCE = "nonce"


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    """What allauth asks of us about people who come from the municipality's own login."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's signature
        """Always: she is known by the municipality, and gets no role by it."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse an answer to another question than the one this browser asked.

        Raises:
            ImmediateHttpResponse: the nonce is not ours.
        """
        asked = sociallogin.state.get(_NONCE)
        if not asked or asked != sociallogin.account.extra_data.get(_NONCE):
            raise ImmediateHttpResponse(_failed(request))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Name and username as the provider tells them; no address, and no identity number."""
        said = dict(data)
        if str(said.get("username") or "").isdigit():
            said["username"] = ""
        return super().populate_user(request, sociallogin, said | {"email": ""})

    def on_authentication_error(self, request: HttpRequest, *_told: Any, **_more: Any) -> None:
        """Say that the login was not completed, in place of allauth's own pages.

        Raises:
            ImmediateHttpResponse: always.
        """
        raise ImmediateHttpResponse(_failed(request))


class _Protocol(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth publishes no types
    """The protocol, with what the standard demands and allauth leaves to us."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 - allauth's signature
        """The address that is registered at the provider."""
        return str(build_absolute_uri(request, reverse("provider-answer")))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who the provider says it is. Of what it says more, nothing is kept.

        Raises:
            OAuth2Error: there is no ID token, or the claims are of another than it names.
        """
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data
        named = said.get("id_token", {})
        if not named or said.get("userinfo", named).get("sub") != named.get("sub"):
            raise OAuth2Error("the claims are not of the subject of the ID token")
        login.email_addresses = []
        login.account.extra_data = {_NONCE: named.get(_NONCE)}
        return login


@require_POST
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider, by a page: a form may not lead to another site here."""
    provider = _provider(request)
    nonce = secrets.token_urlsafe(24)
    onwards = request.POST.get("next", "")
    try:
        answer = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=onwards if onwards and account_adapter().is_safe_url(onwards) else None,
            auth_params={_NONCE: nonce},
            nonce=nonce,
        )
    except RequestException:
        return _failed(request)
    context = {"address": answer.headers["Location"], "provider": settings.VFT_OIDC}
    return render(request, "web/login_onwards.html", context)


@require_GET
@login_not_required
def answer(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, and let in whom it names."""
    provider = _provider(request)
    protocol = _Protocol(request, provider.app.provider_id)
    view = OAuth2CallbackView.adapter_view(protocol)
    found: HttpResponse = view(request)
    return found


def _provider(request: HttpRequest) -> Any:
    if not settings.VFT_OIDC:
        raise Http404
    provider = provider_adapter(request).get_provider(request, settings.VFT_OIDC["provider_id"])
    provider.oauth2_adapter_class = _Protocol
    return provider


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "web/login_failed.html", {"provider": settings.VFT_OIDC}, status=403)
