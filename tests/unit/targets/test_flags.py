"""What is said beside a target, and when."""

import pytest

from vft.targets.best_practice import best_practice
from vft.targets.rule import Rule


@pytest.fixture
def flags(values):
    def of(key, actual, *, rule=Rule.MAX, potential=None):
        found = best_practice(
            key=values(**key),
            actual=values(**actual),
            rule=rule,
            potential=values(**potential) if potential is not None else None,
        )
        return [(flag.code.value, flag.unit) for flag in found.flags]

    return of


EVEN = {"A": "50", "B": "50"}
#: Shares → what is said of their sum.
SUMS = {
    "as parts of 1": (("0.5", "0.5"), "Nøkkelen summerer til 1, som om andelene er brøkdeler"),
    "nearly": (("0.62", "0.36"), "Nøkkelen summerer til 0,98, som om andelene er brøkdeler"),
    "neither of 1 nor of 100": (("0.9", "0.62"), "Nøkkelen summerer til 1,52, ikke 100 prosent."),
    "one is missing": (("50", "39.75"), "Nøkkelen summerer til 89,75, ikke 100 prosent."),
}


@pytest.mark.parametrize(("shares", "said"), SUMS.values(), ids=SUMS.keys())
def test_a_sum_that_is_off_says_what_may_be_wrong(values, shares, said):
    key = values(**dict(zip("AB", shares, strict=True)))
    found = best_practice(key=key, actual=values(A=90, B=80), rule=Rule.SECOND).flags
    assert next(flag.message for flag in found if flag.code.value == "key_sum").startswith(said)


#: Key, users → what is flagged.
CASES = {
    "nothing": (EVEN, {"A": 150, "B": 100}, []),
    "just over half as much again": (EVEN, {"A": 151, "B": 100}, [("one_unit_drives", "A")]),
    "the only one with users": (EVEN, {"A": 90, "B": 0}, [("one_unit_drives", "A")]),
    "a tie": (EVEN, {"A": 100, "B": 100}, [("tied_maximum", None)]),
    "few": (EVEN, {"A": 19, "B": 15}, [("few_users", "A")]),
    "enough": (EVEN, {"A": 20, "B": 15}, []),
    "nobody": (EVEN, {"A": 0, "B": 0}, [("no_users", None)]),
    "not in the key": (
        EVEN,
        {"A": 90, "B": 90, "C": 9},
        [("not_in_key", "C"), ("tied_maximum", None)],
    ),
    "not in use": (EVEN, {"A": 90}, [("not_in_actual", "B")]),
    "hidden": (EVEN, {"A": 90, "B": ":"}, [("actual_unknown", "B")]),
    "zero share": (EVEN | {"C": "0"}, {"A": 90, "B": 80, "C": 0}, [("zero_share", "C")]),
    "zero share in use": (
        EVEN | {"C": "0"},
        {"A": 90, "B": 80, "C": 5},
        [("zero_share", "C"), ("below_actual", "C")],
    ),
    "shares of another whole": ({"A": "0.5", "B": "0.5"}, {"A": 90, "B": 80}, [("key_sum", None)]),
    "a sum that rounding explains": (
        {"A": "33.3", "B": "33.3", "C": "33.3"},
        {"A": 90, "B": 80, "C": 70},
        [],
    ),
    "a sum that rounding does not explain": (
        {"A": "33.3", "B": "33.3", "C": "33.2"},
        {"A": 90, "B": 80, "C": 70},
        [("key_sum", None)],
    ),
}


def test_who_sets_a_shrunken_target_is_who_is_highest_after_shrinking(flags):
    key = {"A": "1", "B": "33", "C": "33", "D": "33"}
    # A's rate is 11 against B's 9.1; shrunken, 8.1 against 8.8
    actual = {"A": 11, "B": 300, "C": 220, "D": 215}

    assert flags(key, actual, rule=Rule.MAX) == [("few_users", "A")]
    assert flags(key, actual, rule=Rule.SHRUNK) == [("below_actual", "A"), ("below_actual", "B")]


@pytest.mark.parametrize(("key", "actual", "expected"), CASES.values(), ids=CASES.keys())
def test_each_case_is_flagged_and_no_other(flags, key, actual, expected):
    assert flags(key, actual) == expected


def test_a_rule_that_leaves_the_top_flags_who_is_there_already(flags):
    assert flags(EVEN, {"A": 140, "B": 100}, rule=Rule.SECOND) == [("below_actual", "A")]


def test_a_target_above_the_potential_is_flagged_and_not_cut(values):
    found = best_practice(
        key=values(A="50", B="50"),
        actual=values(A=120, B=100),
        rule=Rule.MAX,
        potential=values(A=120, B=119),
    )
    assert [(flag.code, flag.unit) for flag in found.flags] == [("above_potential", "B")]
    assert found.targets == {"A": 120, "B": 120}
    assert "120" in found.flags[0].message
    assert "119" in found.flags[0].message


def test_a_potential_that_a_target_cannot_be_held_against_is_said(flags):
    found = flags(EVEN, {"A": 120, "B": 100}, potential={"A": ":", "C": "9"})
    assert found == [("not_in_key", "C"), ("potential_unknown", "A"), ("not_in_potential", "B")]


def test_without_potentials_nothing_is_said_of_them(flags):
    assert flags(EVEN, {"A": 120, "B": 100}) == []
