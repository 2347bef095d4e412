"""Erlang C against published values, and against the formula as it is written."""

from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.errors import VftError
from vft.simulation.erlang_c import (
    answered_within,
    mean_wait,
    operators_needed,
    waiting_probability,
)

#: Call Centre Helper's worked example: 200 calls an hour of 180 s are 10 erlang, 20 s promised.
PUBLISHED = [
    # operators, share waiting, answered within 20 s
    (11, 0.682, 0.390),
    (12, 0.449, 0.640),
    (13, 0.285, 0.796),
    (14, 0.174, 0.888),
]


@pytest.mark.parametrize(("operators", "waiting", "within"), PUBLISHED)
def test_published_table(operators, waiting, within):
    found = waiting_probability(load=10, operators=operators)
    share = answered_within(load=10, operators=operators, handling_seconds=180, within_seconds=20)
    assert found == pytest.approx(waiting, abs=0.0006)
    assert share == pytest.approx(within, abs=0.0006)


def test_published_worked_example_of_55_operators():
    # Tanner, «Erlang C: details of calculation»: 0,2 calls/s of 240 s, 55 agents
    assert waiting_probability(load=48, operators=55) == pytest.approx(0.239, abs=0.0005)
    assert mean_wait(load=48, operators=55, handling_seconds=240) == pytest.approx(8.2, abs=0.05)
    share = answered_within(load=48, operators=55, handling_seconds=240, within_seconds=15)
    assert share == pytest.approx(0.846, abs=0.001)


def as_written(load, operators):
    """The formula with exact fractions."""
    queue = load**operators / factorial(operators) * operators / (operators - load)
    return queue / (sum(load**k / Fraction(factorial(k)) for k in range(operators)) + queue)


@given(st.integers(1, 30), st.fractions(0, 1, max_denominator=50).filter(lambda part: part < 1))
def test_it_is_the_formula_as_written(operators, part):
    load = part * operators
    found = waiting_probability(load=float(load), operators=operators)
    assert found == pytest.approx(float(as_written(load, operators)), rel=1e-9)


def test_a_load_too_great_for_the_sums_alone():
    assert 0.97 < waiting_probability(load=2000, operators=2001) < 0.98


def test_more_load_than_operators_is_a_queue_that_grows():
    assert waiting_probability(load=3, operators=3) == 1
    assert mean_wait(load=3, operators=3, handling_seconds=60) is None
    assert answered_within(load=3, operators=3, handling_seconds=60, within_seconds=600) == 0


@given(st.floats(0, 40), st.floats(0, 0.99), st.floats(0, 300))
def test_one_operator_fewer_than_needed_is_too_few(load, target, within):
    told = {"load": load, "handling_seconds": 180, "within_seconds": within}
    needed = operators_needed(**told, target=target)
    assert answered_within(operators=needed, **told) >= target
    if needed - 1 > load:
        assert answered_within(operators=needed - 1, **told) < target


@pytest.mark.parametrize("told", [{"load": -1, "operators": 2}, {"load": 1, "operators": 0}])
def test_nothing_to_queue_for_is_refused(told):
    with pytest.raises(VftError, match="minst én operatør"):
        waiting_probability(**told)


def test_a_target_of_everything_is_refused():
    with pytest.raises(VftError, match="under 1"):
        operators_needed(load=1, handling_seconds=60, within_seconds=20, target=1)
