"""Standardised differences by hand: of adopters from all, and from those they are paired with."""

import numpy as np
import pytest
from small_panels import small

from vft.effects.balance import balance
from vft.effects.controlled import design


def test_before_and_after_matching_in_the_same_yardstick():
    """One adopter has two controls, the other one: adopters count alike."""
    lines = {
        "a": ([100] * 12, 6),
        "a1": ([100] * 12, None),
        "a2": ([100] * 12, None),
        "b": ([900] * 12, 6),
        "b1": ([900] * 12, None),
        "c": ([3000] * 12, None),
    }
    age = {"a": 80.0, "a1": 81.0, "a2": 83.0, "b": 90.0, "b1": 90.0, "c": 70.0}
    made = design(small(lines, age=age))

    (found,) = balance(made, {"age": made.panel.age})

    mine, everyone = np.array([80.0, 90.0]), np.array([81.0, 83.0, 90.0, 70.0])
    spread = np.sqrt((mine.var() + everyone.var()) / 2)
    assert len(made.matched) == 3
    assert found.after == pytest.approx((85 - (82 + 90) / 2) / spread)
    assert found.before == pytest.approx((85 - everyone.mean()) / spread)


def test_of_two_values_one_is_enough_and_of_more_all_but_the_last():
    lines = {f"a{n}": ([100] * 12, 6 if n < 4 else None) for n in range(12)}
    columns = {
        "sex": {who: ("f", "m")[n % 2] for n, who in enumerate(lines)},
        "need_group": {who: 1 + n % 3 for n, who in enumerate(lines)},
    }
    made = design(small(lines, **columns))

    found = balance(made, {})

    assert [b.name for b in found] == ["need_group=1", "need_group=2", "sex=f"]
    assert found[-1].title == "andelen i kjønn f"


def test_nobody_matched_has_no_balance():
    assert balance(design(small({"a": ([100] * 12, 6)})), {}) == []
