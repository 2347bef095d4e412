import pytest

from vft.benefits.costs import running, start_up, undeflated

# a running cost → kroner a year for three recipients
RUNNING = [
    ({"amount": 100}, 300),
    ({"amount": 100, "per": "month"}, 3600),
    ({"amount": 7, "per": "week"}, 1095),
    ({"amount": 100, "per": "month", "applies_to": "group"}, 1200),
    ({"amount": 100, "count": 2}, 600),
    ({"amount": 0}, 0),
    ({"amount": -50, "per": "month"}, -1800),
    ({"amount": None}, None),
    ({"amount": None, "count": 0}, 0),
]


@pytest.mark.parametrize(("cost", "kroner"), RUNNING)
def test_a_running_cost_is_so_much_a_year(case, cost, kroner):
    told = case(recipients=3, running_costs=[cost])
    assert running(told, perspective="capacity") == kroner


def test_a_start_up_is_paid_once(case):
    told = case(recipients=3, start_up_costs=[{"amount": 50}, {"amount": 7, "applies_to": "group"}])
    assert start_up(told, perspective="capacity") == 157


def test_no_costs_are_nothing_and_untold_costs_are_not_documented(case):
    assert running(case(running_costs=[]), perspective="capacity") == 0
    assert running(case(), perspective="capacity") is None
    assert start_up(case(), perspective="capacity") is None


def test_one_undocumented_cost_leaves_the_sum_undocumented(case):
    told = case(running_costs=[{"amount": 100}, {"amount": None}])
    assert running(told, perspective="capacity") is None


def test_a_cost_of_another_perspective_is_not_added(case):
    told = case(running_costs=[{"amount": 100}, {"amount": 9, "perspective": "elsewhere"}])
    assert running(told, perspective="capacity") == 100
    assert running(told, perspective="elsewhere") == 9


def test_costs_are_told_in_the_price_year_of_the_case(case):
    cost = {"title": "Leie", "amount": 100, "price_year": 2021}
    told = case(price_year=2022, running_costs=[cost, {"amount": 1}])
    assert running(told, perspective="capacity") == pytest.approx(107.7)
    beyond = case(price_year=2030, running_costs=[cost])
    assert running(beyond, perspective="capacity") is None
    assert undeflated(told) == []
    assert "«Leie»: Kan ikke regne om" in undeflated(beyond)[0]
