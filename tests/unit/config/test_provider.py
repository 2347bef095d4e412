import pytest
from django.core.exceptions import ImproperlyConfigured

from vft.config import provider


@pytest.fixture
def whole(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hemmelig\n")
    return {
        "VFT_OIDC_ISSUER": "https://id.fjordheim.example/",
        "VFT_OIDC_CLIENT_ID": "vft",
        "VFT_OIDC_SECRET_FILE": str(secret),
    }


def test_none_where_none_is_set():
    assert provider.application({"VFT_OIDC_NAME": "Fjordheim"}) is None


def test_the_whole_is_what_allauth_is_told(whole):
    told = provider.application(whole)
    assert told["client_id"] == "vft"
    assert told["secret"] == "hemmelig"
    assert told["settings"]["server_url"] == "https://id.fjordheim.example"
    assert told["settings"]["oauth_pkce_enabled"]
    assert not told["settings"]["email_authentication"]


def test_another_issuer_is_another_provider(whole):
    other = whole | {"VFT_OIDC_ISSUER": "https://id.havnes.example"}
    ids = {provider.application(e)["provider_id"] for e in (whole, other)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"VFT_OIDC_CLIENT_ID": ""}, "mangler VFT_OIDC_CLIENT_ID"),
        ({"VFT_OIDC_ISSUER": "http://id.fjordheim.example"}, "https://"),
        ({"VFT_OIDC_SECRET_FILE": "/finnes/ikke"}, "kan ikke leses"),
    ],
)
def test_what_is_wrong_is_said(wrong, says, whole):
    with pytest.raises(ImproperlyConfigured, match=says):
        provider.application(whole | wrong)
