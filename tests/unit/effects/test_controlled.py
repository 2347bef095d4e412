"""Design B on panels where the answer is plain to see, and its gates."""

import numpy as np
import pytest
from small_panels import small

from vft.effects.contrast import Reading, contrast
from vft.effects.controlled import controlled, design

PERIODS = 24


def _town(effect, *, adopters=60, seed=1, before=0.0, spread=30.0):
    """Adopters at periods 10–13 and three times as many who never adopt; nothing else differs.

    ``before``: what adopters had more of long before, in periods that are not matched on.
    """
    rng = np.random.default_rng(seed)
    lines = {}
    for n in range(4 * adopters):
        course = 200 + spread * rng.standard_normal() + 10 * rng.standard_normal(PERIODS)
        start = 10 + n % 4 if n < adopters else None
        if start is not None:
            course[start:] += effect
            course[: start - 5] += before
        lines[f"m{n:03d}"] = (course.tolist(), start)
    return lines


def test_a_planted_effect_is_found_in_its_interval():
    found = controlled(small(_town(-50.0, seed=2)))

    low, high = found.effect.interval
    assert low < -50 < high
    assert high - low < 10
    assert found.verdict == "causal"
    assert found.reasons == []


def test_with_the_same_history_the_difference_is_exact():
    """Everybody steady at 100 but the adopters, who fall by 30 from the period they start."""
    lines = {f"a{n}": ([100] * 10 + [70] * 14, 10) for n in range(20)}
    lines |= {f"k{n}": ([100] * 24, None) for n in range(20)}

    found = controlled(small(lines))

    assert found.effect.value == pytest.approx(-30)
    assert found.placebo.value == pytest.approx(0)
    assert [m.estimate.value for m in found.event_study if m.time >= 0] == pytest.approx([-30] * 13)


def test_weights_count_adopters_alike_and_their_controls_together():
    """By hand: one adopter falls 30 while her two controls rise 0 and 20; the other falls 10."""
    lines = {
        "en": ([100] * 10 + [70] * 4, 10),
        "en-lik1": ([100] * 14, None),
        "en-lik2": ([100] * 10 + [120] * 4, None),
        "to": ([1500] * 10 + [1490] * 4, 10),
        "to-lik": ([1500] * 14, None),
    }
    made = design(small(lines))

    found = contrast(made, Reading(corrected=False)).over(2, 9)

    assert found.n == 2
    assert found.value == pytest.approx(((70 - 110) + (1490 - 1500)) / 2)


def test_a_control_who_adopts_is_left_out_from_then_on():
    lines = {f"a{n}": ([100] * 10 + [70] * 14, 10) for n in range(5)}
    lines |= {f"k{n}": ([100] * 14 + [40] * 10, 14) for n in range(5)}
    made = design(small(lines))

    found = contrast(made, Reading(corrected=False))

    assert found.over(3, 3).value == pytest.approx(-30)
    assert found.over(4, 4) is None  # nobody left to compare with


def test_a_difference_long_before_is_caught_by_the_placebo():
    found = controlled(small(_town(-50.0, before=15.0)))

    assert found.placebo.value == pytest.approx(15, abs=6)
    assert found.verdict == "indicative"
    assert "allerede før" in " ".join(found.reasons)


def test_without_a_long_history_there_is_no_placebo_and_no_cause():
    lines = {who: (course[8:], start and start - 8) for who, (course, start) in _town(-50).items()}

    found = controlled(small(lines))

    assert found.placebo is None
    assert found.verdict == "indicative"
    assert "for kort" in found.reasons[0]


@pytest.mark.parametrize(
    ("adopters", "verdict"), [(4, "refused"), (12, "counts_only"), (40, "indicative")]
)
def test_few_adopters_say_little(adopters, verdict):
    assert controlled(small(_town(-50.0, adopters=adopters))).verdict == verdict


def test_nobody_adopts():
    found = controlled(small({"kari": ([100] * 12, None), "ola": ([100] * 12, None)}))

    assert found.verdict == "refused"
    assert found.effect is None


def test_nobody_to_compare_with():
    lines = {f"a{n}": ([100 + n] * 24, 10) for n in range(30)}

    found = controlled(small(lines))

    assert (found.n_matched, found.verdict) == (0, "counts_only")
    assert found.effect is None


def test_the_zero_point_decides_before_after_but_not_the_controlled():
    """All rise by 5 a period: before/after from an early zero point is nothing but the trend."""
    rise = 5.0 * np.arange(PERIODS)
    lines = {
        who: ((np.array(course) + rise).tolist(), start)
        for who, (course, start) in _town(0.0).items()
    }

    found = controlled(small(lines))

    alone = [z.before_after.value for z in found.zero_points]
    pairs = [z.controlled.value for z in found.zero_points]
    assert max(alone) - min(alone) == pytest.approx(6.5 * 5, abs=5)
    assert pairs == pytest.approx([0] * 4, abs=5)


def test_a_gap_that_still_widens_is_not_called_an_effect():
    """Adopters fall by 8 a period for ever: it may be the service, or where they were heading."""
    lines = {
        who: ([y - 8.0 * max(t - start, 0) if start else y for t, y in enumerate(course)], start)
        for who, (course, start) in _town(0.0, seed=2).items()
    }

    found = controlled(small(lines))

    assert found.growth.value == pytest.approx(-32, abs=5)
    assert found.verdict == "indicative"
    assert "vokser fortsatt" in found.reasons[0]
