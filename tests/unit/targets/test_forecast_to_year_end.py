"""Forecasts: what a series allows, what is held out, and what is refused."""

from math import inf, nan

import numpy as np
import pytest

from vft.errors import VftError
from vft.tables.period import months_between
from vft.targets.forecast import forecast
from vft.targets.method import Method
from vft.targets.series import Series

MONTHS = months_between("2021-01", "2024-12")


def of(values, **more):
    values = [float(v) for v in values]
    return Series(unit=None, months=tuple(MONTHS[: len(values)]), values=tuple(values), **more)


def noisy(n, *, growth=3.0, size=2.0, season=0.0):
    time = np.arange(n)
    wave = season * np.sin(2 * np.pi * time / 12)
    return 200 + growth * time + wave + np.random.default_rng(4).normal(0, size, n)


def test_growth_goes_on_to_december():
    said = forecast(of(noisy(30)), year=2023)
    assert [m.month for m in said.months] == months_between("2023-07", "2023-12")
    assert said.method is Method.GROWTH
    assert said.year_end.low < 200 + 3 * 35 < said.year_end.high
    assert said.year_end.high - said.year_end.low < 20
    assert (said.known, said.last_known, said.coverage) == (30, "2023-06", 0.8)


def test_seasons_are_found_and_go_on():
    said = forecast(of(noisy(36, growth=0, season=40)), year=2024)
    assert said.method is Method.SEASONS
    values = [m.value for m in said.months]
    assert values == pytest.approx(
        [200 + 40 * np.sin(2 * np.pi * m / 12) for m in range(12)], abs=8
    )


def test_a_level_shift_is_named_and_does_not_become_growth():
    values = noisy(30, growth=0) + 100 * (np.arange(30) >= 20)
    said = forecast(of(values), year=2023)
    assert said.shifts == ["2022-09"]
    assert "Nivåskift fra 2022-09." in said.notes
    assert said.year_end.value == pytest.approx(300, abs=8)
    assert said.year_end.high - said.year_end.low < 40


def test_incomplete_last_months_are_held_out_and_said():
    said = forecast(of(noisy(20), incomplete=("2022-09",)), year=2022)
    assert said.excluded == ["2022-09"]
    assert said.months[0].month == "2022-09"
    assert any("2022-09 er ikke komplett" in note for note in said.notes)


def test_a_last_month_that_looks_half_delivered_is_held_out_and_said_unless_kept():
    values = [*noisy(20), 60]
    said = forecast(of(values), year=2022)
    assert said.excluded == ["2022-09"]
    assert any("langt under" in note for note in said.notes)
    assert said.months[0].value > 200
    assert forecast(of(values), year=2022, keep_last=True).excluded == []


def test_missing_months_are_no_zeros():
    values = noisy(30)
    gaps = values.copy()
    gaps[[10, 11, 20]] = nan
    said = forecast(of(gaps), year=2023)
    assert said.missing == ["2021-11", "2021-12", "2022-09"]
    assert said.year_end.value == pytest.approx(
        forecast(of(values), year=2023).year_end.value, abs=5
    )
    assert any("ikke regnet som 0" in note for note in said.notes)


def test_months_without_a_value_are_told_by_their_reason():
    said = forecast(of([10, nan, nan, nan, 12, 11], reasons={MONTHS[2]: "er skjult"}), year=2021)
    assert "2021-02, 2021-04 mangler, og er ikke regnet som 0." in said.notes
    assert "2021-03 er skjult, og er ikke regnet som 0." in said.notes


def test_zeros_are_zeros_and_nobody_is_fewer_than_none():
    said = forecast(of([3, 2, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0]), year=2022)
    assert all(0 <= m.low <= m.value <= m.high for m in said.months)
    assert said.year_end.high < 6


@pytest.mark.parametrize("level", [0, 40])
def test_a_series_that_never_changed_is_held(level):
    said = forecast(of([level] * 12), year=2022)
    assert (said.method, said.year_end.value) == (Method.LEVEL, level)
    assert said.year_end.low <= level < said.year_end.high < level + 5


def test_few_months_hold_the_level_and_the_interval_widens():
    said = forecast(of([10, 14, 12, 15]), year=2021)
    widths = [m.high - m.low for m in said.months]
    assert said.method is Method.LEVEL
    assert {m.value for m in said.months} == {15}
    assert widths == sorted(widths)
    assert any("for kort" in note for note in said.notes)


def test_a_longer_history_gives_a_narrower_interval():
    wide = forecast(of(noisy(10)), year=2021).months[1]
    narrow = forecast(of(noisy(46)), year=2024).months[1]
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_year_that_is_over_has_nothing_to_forecast():
    said = forecast(of(noisy(24)), year=2022)
    assert (said.months, said.year_end) == ([], None)
    assert any("ferdig" in note for note in said.notes)


REFUSED = {
    "too few": ([5, 6], 2021, "2 komplette måneder"),
    "none": ([nan, nan, nan, 4], 2021, "1 komplett måned med"),
    "nothing": ([], 2021, "0 komplette måneder"),
    "too far": (list(range(12)), 2025, "48 måneder fra 2021-12"),
}


@pytest.mark.parametrize(("values", "year", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_series_cannot_tell_is_refused(values, year, said):
    with pytest.raises(VftError, match=said):
        forecast(of(values), year=year)


@pytest.mark.parametrize("factor", [0.01, 1, 1000])
def test_the_forecast_follows_the_unit_of_the_series(factor):
    values = np.random.default_rng(2).normal(0, 5, 30).cumsum() + 5000
    said = forecast(of(values * 1000), year=2023).year_end
    other = forecast(of(values * 1000 * max(factor, 1)), year=2023).year_end
    assert other.high == pytest.approx(said.high * max(factor, 1), rel=1e-6)
    assert said.high < inf
