"""Best practice: the published figures, brute force on other keys, and what cannot be computed."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vft.errors import VftError
from vft.targets import unit_values
from vft.targets.best_practice import best_practice, round_half_up
from vft.targets.rule import Rule

#: FO3 in percent, users (reconstructed so that district 1 sets the target), published target.
JANUARY_2024 = """
 1 6.449  791  791
 2 5.641  600  692
 3 4.941  540  606
 4 3.756  400  461
 5 7.741  820  949
 6 5.699  610  699
 7 7.534  830  924
 8 7.281  760  893
 9 5.079  520  623
10 5.595  600  686
11 6.435  650  789
12 9.205 1000 1129
13 9.593 1010 1177
14 8.764  900 1075
15 6.287  640  771
"""


def published():
    rows = [line.split() for line in JANUARY_2024.strip().splitlines()]
    key = {unit: unit_values.value_of(share) for unit, share, _, _ in rows}
    actual = {unit: unit_values.value_of(users) for unit, _, users, _ in rows}
    return key, actual, {unit: int(target) for unit, _, _, target in rows}


def test_the_published_targets_of_january_2024_come_out():
    key, actual, targets = published()
    found = best_practice(key=key, actual=actual, rule=Rule.MAX)
    assert found.targets == targets
    assert sum(found.targets.values()) == 12_265
    assert found.k == pytest.approx(122.65, abs=0.005)
    assert 122.6415 <= found.k <= 122.6586
    assert found.flags == []


@st.composite
def keys_and_users(draw):
    """Shares in thousandths of a percent that sum to 100, with zeros; users with zeros and ties."""
    n = draw(st.integers(2, 20))
    parts = draw(st.lists(st.sampled_from((0, 1, 2, 3, 5, 8, 50)), min_size=n, max_size=n))
    parts[0] = max(parts[0], 1)
    parts[1] = max(parts[1], 1)
    thousandths = [100_000 * part // sum(parts) for part in parts]
    thousandths[0] += 100_000 - sum(thousandths)
    users = draw(st.lists(st.integers(0, 40) | st.integers(0, 30_000), min_size=n, max_size=n))
    return [Decimal(t).scaleb(-3) for t in thousandths], users


def found_by(rule, shares, users):
    key = {str(i): unit_values.value_of(str(share)) for i, share in enumerate(shares)}
    actual = {str(i): unit_values.value_of(str(count)) for i, count in enumerate(users)}
    return best_practice(key=key, actual=actual, rule=rule)


@given(keys_and_users())
def test_max_and_second_equal_brute_force(case):
    shares, users = case
    rates = sorted(
        Fraction(count) / Fraction(share)
        for share, count in zip(shares, users, strict=True)
        if share
    )
    for rule, k in ((Rule.MAX, rates[-1]), (Rule.SECOND, rates[-2])):
        found = found_by(rule, shares, users)
        assert found.k == pytest.approx(float(k))
        for share, target in zip(shares, found.targets.values(), strict=True):
            wanted = k * Fraction(share)
            # the one whole number within half below and not quite half above
            assert wanted - Fraction(1, 2) < target <= wanted + Fraction(1, 2)


@given(keys_and_users())
def test_p80_is_that_of_numpy(case):
    shares, users = case
    rates = [count / float(share) for share, count in zip(shares, users, strict=True) if share]
    assert found_by(Rule.P80, shares, users).k == pytest.approx(np.percentile(rates, 80))


@settings(deadline=None)  # the first one loads SciPy
@given(keys_and_users())
def test_the_shrunken_maximum_is_no_higher_than_the_maximum(case):
    shares, users = case
    used = [(float(share), count) for share, count in zip(shares, users, strict=True) if share]
    highest = max(count / share for share, count in used)
    lowest = min(count / share for share, count in used)
    k = found_by(Rule.SHRUNK, shares, users).k
    assert lowest * (1 - 1e-6) <= k <= highest * (1 + 1e-6)


@given(st.decimals(min_value=0, max_value=10_000, places=3))
def test_halves_are_rounded_up(value):
    assert round_half_up(Fraction(value)) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_half_is_a_half_though_floats_would_miss_it(values):
    # 5.35 · 100/10 = 53.5 exactly; with floats 0.0535 · 1000 falls on either side
    found = best_practice(
        key=values(A="10", B="5.35", C="84.65"), actual=values(A=100, B=0, C=0), rule=Rule.MAX
    )
    assert found.targets == {"A": 100, "B": 54, "C": 847}


def test_a_small_unit_sets_no_target_below_the_gate(values):
    key, actual = values(A="1", B="49", C="50"), values(A=9, B=98, C=150)
    assert best_practice(key=key, actual=actual, rule=Rule.MAX).k == 9
    assert best_practice(key=key, actual=actual, rule=Rule.MAX, min_n=10).k == 3


def test_the_shrunken_maximum_cares_less_for_a_small_unit_than_for_a_large_one(values):
    small = best_practice(
        key=values(A="1", B="33", C="33", D="33"),
        actual=values(A=20, B=300, C=330, D=360),
        rule=Rule.SHRUNK,
    )
    large = best_practice(
        key=values(A="40", B="20", C="20", D="20"),
        actual=values(A=800, B=182, C=200, D=218),
        rule=Rule.SHRUNK,
    )
    # both have A at 20 and the rest at about 10
    assert small.k < 15
    assert large.k > 19


UNKNOWN = {"missing": "", "hidden": ":", "not documented": "ikke dokumentert"}


@pytest.mark.parametrize("written", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_unknown_use_is_no_zero_and_the_unit_still_has_a_target(values, written):
    key = values(A="20", B="30", C="50")
    found = best_practice(key=key, actual=values(A=20, B=written, C=40), rule=Rule.P80)
    # the 80th percentile of {1, 0.8}, not of {1, 0.8, 0}
    assert found.k == pytest.approx(0.96)
    assert found.targets["B"] == 29


def test_a_unit_without_a_share_has_no_target(values):
    found = best_practice(
        key=values(A="60", B="40"), actual=values(A=60, B=20, C=500), rule=Rule.MAX
    )
    assert found.targets == {"A": 60, "B": 40, "C": None}


@pytest.mark.parametrize(
    ("rule", "actual", "min_n"),
    [
        (Rule.MAX, {"A": ":", "B": ""}, 0),
        (Rule.MAX, {"A": 10, "B": 12}, 13),
        (Rule.SECOND, {"A": 10, "B": ""}, 0),
        (Rule.MAX, {"X": 10}, 0),
    ],
)
def test_no_unit_to_measure_by_is_an_error_and_not_a_target_of_zero(values, rule, actual, min_n):
    with pytest.raises(VftError, match="kjent faktisk bruk"):
        best_practice(key=values(A="50", B="50"), actual=values(**actual), rule=rule, min_n=min_n)
