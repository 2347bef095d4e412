"""Differences by hand: weights, the lags as they are, regression, and each person's part."""

from dataclasses import replace

import numpy as np
import pytest
from small_panels import small

from vft.effects import contrast as spans
from vft.effects.contrast import Reading, contrast
from vft.effects.controlled import design

PLAIN = Reading(corrected=False)


def _design(lines, *, remaining=None):
    """``remaining``: recipient → the probability of not having begun by the end of each period."""
    made = design(small(lines))
    if remaining is None:
        return made
    log = np.zeros(made.panel.outcome.shape)
    for who, left in remaining.items():
        log[made.panel.recipients == who] = np.log(left)
    return replace(made, remaining=log)


def test_the_spans_are_those_that_are_published():
    assert (spans.EFFECT, spans.HELD_OUT, spans.BEFORE, spans.AFTER) == ((2, 9), (-9, -6), -9, 12)
    assert (spans.FAR, spans.NEAR) == ((-16, -12), (-11, -6))
    assert (spans.EARLY, spans.LATE) == ((2, 5), (6, 9))


def test_a_control_who_was_likely_to_begin_stands_for_those_who_did():
    """Hers fell to half by the end of period 8, three after g: 2 to 1 from then on."""
    lines = {
        "en": ([100] * 12, 5),
        "sikker": ([100] * 5 + [110] * 7, None),
        "usikker": ([100] * 5 + [140] * 7, None),
        "to": ([100] * 12, 5),
    }
    left = {"sikker": [0.8] * 12, "usikker": [0.8] * 8 + [0.4] * 4}

    found = contrast(_design(lines, remaining=left), PLAIN)

    assert found.over(2, 2).value == pytest.approx(100 - (110 + 140) / 2)
    assert found.over(3, 3).value == pytest.approx(100 - (110 + 2 * 140) / 3)


def test_growth_is_the_later_less_the_earlier():
    lines = {f"a{n}": ([100] * 10 + [90] * 6 + [70] * 8, 10) for n in range(3)}
    lines |= {f"k{n}": ([100] * 24, None) for n in range(3)}

    found = contrast(_design(lines), PLAIN)

    assert found.between((2, 5), (6, 9)).value == pytest.approx(-20)
    assert found.over(2, 9).value == pytest.approx(-20)


def test_what_lags_foretell_is_taken_from_both_sides():
    """Everybody's minutes fall back half way to 100; adopters were higher, and no other effect."""
    rng = np.random.default_rng(1)
    lines = {}
    for n in range(400):
        start = 10 if n < 40 else None
        level = 100 + 20 * rng.standard_normal() + (10 if start else 0)
        lines[f"m{n:03d}"] = ([100 + (level - 100)] * 10 + [100 + (level - 100) / 2] * 10, start)
    made = _design(lines)

    assert contrast(made).over(2, 9).value == pytest.approx(0, abs=0.01)
    assert contrast(made, PLAIN).over(2, 9).value == pytest.approx(0, abs=2)


def test_lags_are_shown_as_they_are():
    """Adopters two minutes above controls all the way: regression on lags would hide it."""
    lines = {f"a{n}": ([302 + 10 * n] * 24, 10) for n in range(40)}
    lines |= {f"k{n}": ([100 + 10 * n] * 24, None) for n in range(100)}
    made = _design(lines)
    pairs = made.matched
    mine, theirs = (made.panel.outcome[who, 9] for who in (pairs.adopter, pairs.control))
    shared = 1 / np.bincount(pairs.adopter)[pairs.adopter]
    expected = np.sum((mine - theirs) * shared) / len(pairs.adopters)
    assert expected == pytest.approx(2)

    found = contrast(made)

    assert found.over(-1, -1).value == pytest.approx(expected)
    assert found.over(-5, -5).value == pytest.approx(expected)
    assert found.over(-6, -6).value == pytest.approx(0, abs=1e-6)  # the placebo is corrected
    assert found.over(2, 2).value == pytest.approx(0, abs=1e-6)


def test_a_level_that_both_share_makes_nobody_unsure():
    def town(level):
        rng = np.random.default_rng(4)
        lines = {}
        for n in range(40):
            course = level + rng.standard_normal(24)
            lines[f"m{n:02d}"] = (course.tolist(), 10 if n < 20 else None)
        return contrast(_design(lines), PLAIN).over(2, 9)

    assert town(1000).error == pytest.approx(town(100).error)
    assert town(100).error < 1


def test_who_is_adopter_now_and_control_before_counts_as_both():
    """The late are 10 above the others, are controls of the early until 14, and fall by 40."""
    lines = {f"tidlig{n}": ([100] * 10 + [80] * 14, 10) for n in range(3)}
    lines |= {f"sen{n}": ([110] * 14 + [70] * 10, 14) for n in range(2)}
    lines |= {f"aldri{n}": ([100] * 24, None) for n in range(3)}
    # so that a standard deviation is more than ten minutes
    lines |= {f"fjern{n}": ([3000 * n] * 24, None) for n in (1, 2)}
    made = _design(lines)
    pairs = made.matched

    found = contrast(made, PLAIN)

    row, names = found.times.tolist().index(2), made.panel.recipients.astype(str)
    late = np.flatnonzero(np.char.startswith(names, "sen"))
    for who in late:
        as_control = 3 * (1 / 5) * (pairs.control == who).any()
        middle = (3 * (2 / 5 * 110 + 3 / 5 * 100) + 2 * 100) / 5
        assert found.total[row, who] == pytest.approx(70 - middle - as_control * (110 - middle))
    assert found.count[row, late].all()


def test_regression_weighs_those_most_who_resemble_adopters():
    """Hazard of beginning at g, from the probabilities of remaining before and after it."""
    lines = {"en": ([100] * 12, 5), "to": ([100] * 12, 5), "k": ([100] * 12, None)}
    left = {"k": [0.9] * 5 + [0.45] * 7}
    made = _design(lines, remaining=left)

    assert made.panel.recipients.tolist() == ["en", "k", "to"]
    weight = spans._hazard(made.remaining, np.array([1, 1]), np.array([5, 4]))
    assert weight == pytest.approx([0.5, 0.0])


def test_regression_is_of_those_who_resemble_adopters():
    """Above 500 minutes double, below they stay; only those above are ever likely to begin."""

    def course(level):
        return [level] * 10 + [2 * level if level > 500 else level] * 10

    rng = np.random.default_rng(3)
    levels = {f"lav{n:02d}": 100 + 40 * rng.random() for n in range(60)}
    levels |= {f"høy{n:02d}": 600 + 40 * rng.random() for n in range(60)}
    levels |= {f"a{n}": 603 + 5 * n for n in range(6)}
    lines = {
        who: (course(level), 10 if who.startswith("a") else None) for who, level in levels.items()
    }
    left = {who: [0.9] * 10 + [0.8 if who.startswith("høy") else 0.9] * 10 for who in levels}

    assert contrast(_design(lines, remaining=left)).over(2, 9).value == pytest.approx(0, abs=1e-6)
