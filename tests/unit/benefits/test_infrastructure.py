import pytest

from vft.benefits.infrastructure import published, with_infrastructure
from vft.errors import VftError


def test_the_published_mark_up_has_a_source():
    assert published().share == 0.30
    assert "2.1.1" in published().origin


def test_a_cost_is_marked_up_and_an_undocumented_one_stays_so():
    assert with_infrastructure(200_000) == 260_000
    assert with_infrastructure(200_000, mark_up=0.5) == 300_000
    assert with_infrastructure(None) is None
    assert with_infrastructure(0) == 0


@pytest.mark.parametrize(("cost", "mark_up"), [(-1, 0.3), (1, -0.3)])
def test_below_0_is_refused(cost, mark_up):
    with pytest.raises(VftError, match="under 0"):
        with_infrastructure(cost, mark_up=mark_up)
