"""The probability of not having begun, against hazards that are planted."""

import numpy as np
import pytest
from small_panels import small

from vft.effects.history import history
from vft.effects.remaining import log_remaining

PERIODS = 30


def _town(*, n=3000, seed=2, late=10):
    """From period 10 on, 2 of 100 begin each period of those above 100, and 1 of those below."""
    rng = np.random.default_rng(seed)
    lines, unit = {}, {}
    for k in range(n):
        level = 120.0 if k % 2 else 80.0
        begins = rng.random(PERIODS) < (0.02 if k % 2 else 0.01)
        begins[: late if k % 4 < 2 else 20] = False
        start = int(begins.argmax()) if begins.any() else None
        course = level + rng.standard_normal(PERIODS)
        lines[f"m{k:04d}"] = (course.round(1).tolist(), start)
        unit[f"m{k:04d}"] = "Nord" if k % 4 < 2 else "Sør"
    return small(lines, unit=unit)


def test_those_who_are_likelier_to_begin_remain_less():
    panel = _town()

    log = log_remaining(panel, history(panel))

    needy = panel.outcome[:, 0] > 100
    north = panel.unit[:, 0] == 0
    free = panel.adopted > PERIODS
    five = np.exp(log[:, 19] - log[:, 14])
    assert five[free & north & needy].mean() == pytest.approx(0.98**5, abs=0.01)
    assert five[free & north & ~needy].mean() == pytest.approx(0.99**5, abs=0.01)


def test_nobody_is_at_risk_before_the_unit_has_begun():
    panel = _town()

    log = log_remaining(panel, history(panel))

    south = panel.unit[:, 0] == 1
    assert (log[south, :20] == 0).all()
    assert (log[south & (panel.adopted > 25), 25] < 0).all()


def test_it_never_grows_and_stands_still_once_she_has_begun():
    panel = _town()

    log = log_remaining(panel, history(panel))

    assert (np.diff(log, axis=1) <= 0).all()
    begun = np.flatnonzero(panel.adopted < PERIODS - 2)
    after = panel.adopted[begun] + 1
    assert log[begun, after] == pytest.approx(log[begun, panel.adopted[begun]])


def test_many_who_do_not_begin_are_thinned_without_moving_the_figures(monkeypatch):
    panel = _town()
    whole = log_remaining(panel, history(panel))

    monkeypatch.setattr("vft.effects.remaining._LARGEST", 5_000)
    thinned = log_remaining(panel, history(panel))

    assert np.exp(thinned[:, -1]).mean() == pytest.approx(np.exp(whole[:, -1]).mean(), abs=0.02)


def test_too_few_who_begin_say_nothing():
    lines = {f"m{n}": ([100 + n] * 20, 12 if n < 5 else None) for n in range(60)}
    panel = small(lines)

    assert (log_remaining(panel, history(panel)) == 0).all()
