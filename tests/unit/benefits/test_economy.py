import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.benefits.case import Case
from vft.benefits.economy import economy, payback

kroner = st.floats(0, 1e7)


def money(gross=100, running=40, start_up=90, **fields):
    return economy(gross=gross, running=running, start_up=start_up, case=Case(**fields))


def test_the_first_year_pays_the_start_up_and_later_years_do_not():
    found = money()
    assert (found.first_year.costs, found.first_year.net) == (130, -30)
    assert (found.later_years.costs, found.later_years.net) == (40, 60)
    assert (found.net_per_year, found.payback, found.payback_years) == (60, "paid_back", 1.5)


def test_the_present_value_leaves_the_first_year_as_it_is():
    found = money(horizon_years=3.0)
    assert found.horizon.net == 3 * 60 - 90
    assert found.present_value.net == pytest.approx(-90 + 60 + 60 / 1.04 + 60 / 1.04**2)
    assert found.present_value.gross == pytest.approx(100 + 100 / 1.04 + 100 / 1.04**2)
    assert [year.net for year in found.years] == [-30, 60, 60]
    assert sum(year.net_present for year in found.years) == pytest.approx(found.present_value.net)


@given(kroner, kroner, kroner, st.integers(1, 40), st.floats(0.001, 0.5))
def test_the_present_value_is_the_closed_form_of_an_annuity(gross, running, start_up, years, rate):
    found = money(gross, running, start_up, horizon_years=float(years), discount_rate=rate)
    annuity = (1 - (1 + rate) ** -years) / (1 - 1 / (1 + rate))
    expected = (gross - running) * annuity - start_up
    assert found.present_value.net == pytest.approx(expected, rel=1e-6, abs=1e-3)


def test_half_a_last_year_counts_for_its_half():
    found = money(running=0, start_up=0, horizon_years=1.5)
    assert found.horizon.gross == 150
    assert found.present_value.gross == pytest.approx(100 + 50 / 1.04)
    assert [year.share_of_year for year in found.years] == [1, 0.5]


def test_a_need_that_grows_gives_more_each_year():
    found = money(running=0, start_up=0, horizon_years=3.0, need_growth=0.1)
    assert found.horizon.gross == pytest.approx(100 + 110 + 121)
    assert found.later_years.gross == pytest.approx(110)
    assert found.first_year.gross == 100


def test_costs_do_not_grow_with_the_need():
    found = money(running=40, start_up=0, horizon_years=3.0, need_growth=0.1)
    assert found.horizon.costs == 3 * 40


def test_what_is_left_at_the_end_is_worth_less_today():
    found = money(gross=0, running=0, start_up=100, horizon_years=2.0, residual_value=52.0)
    assert found.horizon.net == -48
    assert found.present_value.net == pytest.approx(-100 + 52 / 1.04**2)


def test_without_a_horizon_there_is_no_sum_over_years():
    found = money()
    assert (found.horizon.net, found.present_value.net, found.years) == (None, None, ())


# net a year, start-up → payback
PAYBACK = [
    (60, 90, "paid_back", 1.5),
    (60, 0, "at_once", 0),
    (0, 0, "at_once", 0),
    (0, 90, "never", None),
    (-1, 0, "never", None),
    (None, 90, "not_documented", None),
    (60, None, "not_documented", None),
]


@pytest.mark.parametrize(("net", "start_up", "state", "years"), PAYBACK)
def test_never_and_not_documented_are_two_states(net, start_up, state, years):
    assert payback(net=net, start_up=start_up) == (state, years)


# what is not documented → what of the horizon is
NULLS = [
    ({"gross": None}, (None, 90 + 3 * 40, None)),
    ({"running": None}, (300, None, None)),
    ({"start_up": None}, (300, None, None)),
]


@pytest.mark.parametrize(("missing", "horizon"), NULLS)
def test_null_stays_null_and_says_why(missing, horizon):
    found = money(**missing, horizon_years=3.0)
    assert (found.horizon.gross, found.horizon.costs, found.horizon.net) == horizon
    assert found.present_value.net is None
    assert len(found.undocumented) == 1
    assert found.payback == "not_documented"


def test_numbers_are_plain():
    found = money(horizon_years=2.0)
    assert not isinstance(found.horizon.net, np.floating)
