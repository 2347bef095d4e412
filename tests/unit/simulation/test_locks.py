"""Digital locks: hours, and when a lock pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.errors import VftError
from vft.simulation.locks import (
    break_even_call_outs,
    lock_hours,
    minutes_per_call_out,
    minutes_per_visit,
)


@pytest.mark.parametrize(
    ("call_outs", "share", "minutes", "hours"),
    [
        (1350, 0.5, 8, 90.0),
        (1350, 0, None, 0.0),
        (None, 0.5, 8, None),
        (1350, 0.5, None, None),
    ],
)
def test_hours_saved(call_outs, share, minutes, hours):
    found = lock_hours(call_outs=call_outs, share_with_lock=share, minutes_saved=minutes)
    assert found == hours


def test_minutes_before_less_after():
    assert minutes_per_call_out(before=30, after=22) == 8
    assert minutes_per_call_out(before=None, after=22) is None


def test_minutes_known_by_the_shift():
    assert minutes_per_visit(minutes_per_shift=25, visits_per_shift=10) == 2.5
    assert minutes_per_visit(minutes_per_shift=25, visits_per_shift=0) is None


@given(st.floats(1, 1e4), st.floats(0.5, 60), st.floats(100, 1000))
def test_at_break_even_the_lock_costs_what_it_saves(cost, minutes, price):
    calls = break_even_call_outs(cost_per_lock=cost, minutes_saved=minutes, hour_price=price)
    hours = lock_hours(call_outs=calls, share_with_lock=1.0, minutes_saved=minutes)
    assert hours * price == pytest.approx(cost)


def test_a_lock_that_saves_nothing_never_pays():
    assert break_even_call_outs(cost_per_lock=600, minutes_saved=0, hour_price=426) is None


def test_impossible_inputs_are_refused():
    with pytest.raises(VftError, match="0 til 1"):
        lock_hours(call_outs=1, share_with_lock=1.5, minutes_saved=8)
    with pytest.raises(VftError, match="under 0"):
        minutes_per_call_out(before=-1, after=0)
