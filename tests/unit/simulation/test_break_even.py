"""Break-even from start-up shares: the published figures, and what they rest on."""

import pytest

from vft.errors import VftError
from vft.simulation.break_even import StartUpShares, break_even_scale, published_shares

FIGURES = [
    # years in use, fixed share of operation, times its own number of users
    (2.5, 0.3, 26.9),
    (2.5, 0.5, 4.35),
    (2.5, 0.8, 2.45),
    (1.5, 0.3, None),
]


@pytest.mark.parametrize(("years", "fixed", "scale"), FIGURES)
def test_the_known_figures(years, fixed, scale):
    found = break_even_scale(fixed_share=fixed, years_in_use=years)
    assert found is None if scale is None else found == pytest.approx(scale, abs=0.01)


def test_the_shares_are_those_of_the_report():
    shares = published_shares()
    told = (shares.rent, shares.training, shares.administration)
    assert told == (0.30, 0.30, 0.07)
    assert (shares.start_up, shares.operation, shares.closing) == (0.39, 0.74, 0.01)
    assert "tabell 3" in shares.origin


def test_other_shares():
    own = StartUpShares(
        rent=0.2, training=0.1, administration=0.1, start_up=0.3, operation=0.4, closing=0.1
    )
    # v = 0,2 + 0,4/2 + 0,4·0,5 = 0,6; F = 0,2 + 0,4·0,5 = 0,4
    found = break_even_scale(fixed_share=0.5, years_in_use=2, shares=own)
    assert found == pytest.approx(1.0)


@pytest.mark.parametrize("told", [(1.1, 2), (-0.1, 2), (0.3, 0)])
def test_impossible_inputs_are_refused(told):
    with pytest.raises(VftError, match="Fast andel"):
        break_even_scale(fixed_share=told[0], years_in_use=told[1])


# rent as a share of what a user saves → how many times its users it takes to pay 0.5
@pytest.mark.parametrize(("rent", "scale"), [(0.996, 125), (1.0, None), (1.5, None)])
def test_a_user_who_saves_hardly_more_than_she_costs_pays_at_a_great_scale(rent, scale):
    own = StartUpShares(
        rent=rent, training=0.5, administration=0, start_up=0, operation=0, closing=0
    )
    found = break_even_scale(fixed_share=1, years_in_use=1, shares=own)
    assert found == (None if scale is None else pytest.approx(scale))
