import pytest
from django.core.exceptions import ImproperlyConfigured

from vft.access.models import Role
from vft.config import second_factor

ALL = set(Role.values)


@pytest.mark.parametrize(
    ("said", "only_this_machine", "roles"),
    [
        (None, True, set()),
        (None, False, ALL),
        ("", False, ALL),
        ("alle", True, ALL),
        ("ingen", False, set()),
        ("koordinator, Saksbehandler", True, {"koordinator", "saksbehandler"}),
    ],
)
def test_for_which_roles(said, only_this_machine, roles):
    environment = {} if said is None else {"VFT_REQUIRE_MFA": said}
    assert second_factor.roles(environment, only_this_machine=only_this_machine) == roles


def test_a_role_that_there_is_not_is_refused():
    with pytest.raises(ImproperlyConfigured, match="sjef"):
        second_factor.roles({"VFT_REQUIRE_MFA": "leder,sjef"}, only_this_machine=True)
