"""Deferred admission: time at home and the hazard ratio, against a library and planted hazards."""

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from small_panels import small

from vft.effects.admission import Followed, admission, hazard_ratio, time_at_home
from vft.effects.panel import DEAD, INSTITUTION
from vft.errors import VftError


def _rows(ratio, *, n=3000, seed=3):
    rng = np.random.default_rng(seed)
    treated = np.arange(n) < n // 3
    admitted = rng.exponential(1 / (0.03 * np.where(treated, ratio, 1.0)))
    dead = rng.exponential(1 / 0.02, n)
    time = np.minimum(np.ceil(np.minimum(admitted, dead)), 30).astype(int)
    event = np.where(admitted < dead, INSTITUTION, DEAD)
    return Followed(
        person=np.arange(n),
        treated=treated,
        time=time,
        event=np.where(np.minimum(admitted, dead) > 30, 0, event),
        weight=np.ones(n),
        covariates=rng.standard_normal((n, 3)),
    )


@pytest.mark.parametrize("ratio", [0.6, 1.0])
def test_a_planted_ratio_is_in_its_interval(ratio):
    value, low, high = hazard_ratio(_rows(ratio))

    assert low < ratio < high
    assert value == pytest.approx(ratio, abs=0.15)
    assert high / low < 1.6


def test_time_at_home_agrees_with_the_library():
    rows = _rows(1.0, n=500)
    fitted = KaplanMeierFitter().fit(rows.time, rows.event > 0)

    steps = restricted_mean_survival_time(fitted, t=13)

    # the library lets everybody stay to the end of the period they leave in
    curve = fitted.survival_function_at_times([0, 13]).to_numpy()
    assert time_at_home(rows.time, rows.event, rows.weight, 13) == pytest.approx(
        steps - (curve[0] - curve[1]) / 2, abs=1e-6
    )


def test_a_weight_of_two_is_the_same_as_standing_there_twice():
    rows = _rows(1.0, n=60)
    weight = np.where(np.arange(60) % 2, 2.0, 1.0)
    twice = np.repeat(np.arange(60), weight.astype(int))

    one = time_at_home(rows.time, rows.event, weight, 13)
    other = time_at_home(rows.time[twice], rows.event[twice], np.ones(len(twice)), 13)

    assert one == pytest.approx(other)


def _panel(*, adopters):
    lines = {f"a{n}": ([100 + n % 7] * 20, 8) for n in range(adopters)}
    lines |= {f"k{n}": ([100 + n % 7] * 20, None) for n in range(3 * adopters)}
    return small(lines, exit=dict.fromkeys(lines, None))


def test_too_few_events_give_no_hazard_ratio_and_say_so():
    found = admission(_panel(adopters=60))

    assert found.hazard_ratio is None
    assert found.verdict == "indicative"
    assert "under 30" in found.reasons[0]


@pytest.mark.parametrize(("adopters", "verdict"), [(4, "refused"), (10, "counts_only")])
def test_few_adopters_say_little(adopters, verdict):
    found = admission(_panel(adopters=adopters))

    assert (found.verdict, found.months_home) == (verdict, {})


def test_a_panel_that_does_not_say_how_one_left_is_refused():
    with pytest.raises(VftError, match="«exit»"):
        admission(small({"kari": ([100] * 8, 5)}))
