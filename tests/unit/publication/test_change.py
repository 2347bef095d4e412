"""Signals of change on planted truth: what is nothing, what is something, what cannot be said."""

import numpy as np
import pytest
import visible
from scipy import stats

from vft.publication import change
from vft.tables.period import months_between

MONTHS = months_between("2020-01", "2024-12")
SERIES = 1_000
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(len(MONTHS)) / 12)
#: What three sigma and eight on one side give by chance when everything is known: per month.
OUTSIDE, RUN = 2 * stats.norm.sf(3), 2 / 2**8
#: A baseline of two years around 100, without season: its mean is 100.
BASELINE = [
    *(96, 104, 99, 101, 108, 92, 100, 95, 105, 98, 102, 100),
    *(103, 97, 106, 94, 99, 101, 107, 93, 98, 102, 96, 104),
]


def months(n):
    return MONTHS[:n]


def verdicts(chart):
    return [month.verdict.value for month in chart.series()]


def poisson(rng, mean):
    return rng.poisson(mean, (SERIES, len(MONTHS)))


def overdispersed(rng, mean, times):
    """Counts whose variance is so many times their mean."""
    shape = np.broadcast_to(mean / (times - 1), (SERIES, len(MONTHS)))
    return rng.negative_binomial(shape, 1 / times)


def shares(rng, probability, among):
    return rng.binomial(among, probability, (SERIES, len(MONTHS)))


NULLS = {
    "few": lambda rng: (poisson(rng, 8), None, "count"),
    "many": lambda rng: (poisson(rng, 400), None, "count"),
    "overdispersed": lambda rng: (overdispersed(rng, 100, 4), None, "count"),
    "very overdispersed": lambda rng: (overdispersed(rng, 2000, 30), None, "count"),
    "seasonal": lambda rng: (poisson(rng, 100 * SEASON), None, "count"),
    "seasonal and overdispersed": lambda rng: (overdispersed(rng, 300 * SEASON, 3), None, "count"),
    "a share": lambda rng: (shares(rng, 0.3, 60), np.full((SERIES, 60), 60.0), "share"),
    "an amount for each": lambda rng: (
        50 * rng.normal(700, 60, (SERIES, 60)),
        np.full((SERIES, 60), 50.0),
        "rate",
    ),
}


@pytest.mark.parametrize("name", NULLS)
def test_nothing_is_seldom_called_something(name):
    """False alarms of 1 000 series in which nothing happens, in the 36 months after a baseline."""
    values, bases, kind = NULLS[name](np.random.default_rng(2024))
    chart = change.judge(values, bases, kind=kind, months=MONTHS)
    monitored = chart.verdict[:, change.BASELINE :]
    outside = (monitored == list(change.Verdict).index(change.Verdict.OUTSIDE)).mean()
    run = (monitored == list(change.Verdict).index(change.Verdict.RUN)).mean()
    assert outside < 2 * OUTSIDE
    assert RUN / 2 < run < 2 * RUN


SHIFTS = """
mean | times | found_within_a_year
20   | 1.5   | 0.9
100  | 1.2   | 0.85
100  | 0.8   | 0.85
100  | 1.4   | 0.99
"""


@pytest.mark.parametrize(
    "row", visible.rows(SHIFTS), ids=lambda row: f"{row['mean']}×{row['times']}"
)
def test_a_planted_shift_is_found(row):
    after = np.arange(len(MONTHS)) >= 36
    mean = float(row["mean"]) * np.where(after, float(row["times"]), 1.0)
    chart = change.judge(poisson(np.random.default_rng(7), mean), kind="count", months=MONTHS)
    found = chart.signals[:, 36:48].any(axis=1).mean()
    assert found > float(row["found_within_a_year"])
    towards = chart.side[:, 36:48][chart.signals[:, 36:48]]
    assert (towards == np.sign(float(row["times"]) - 1)).mean() > 0.98


def test_a_shift_is_found_in_a_seasonal_series_too():
    after = np.arange(len(MONTHS)) >= 36
    mean = 100 * SEASON * np.where(after, 1.4, 1.0)
    chart = change.judge(poisson(np.random.default_rng(7), mean), kind="count", months=MONTHS)
    assert chart.signals[:, 36:48].any(axis=1).mean() > 0.95


def test_limits_are_those_of_a_prediction_with_student_t():
    """Chance gives 10 around 100; the moving ranges give less, so that chance's is used."""
    (month, *_) = change.judge([[*BASELINE, 100]], kind="count", months=months(25)).series()[24:]
    free = 0.62 * 23
    half = 10 * stats.t.ppf(stats.norm.cdf(3), free) * np.sqrt(1 + 1 / 24)
    assert month.centre == pytest.approx(100)
    assert month.upper == pytest.approx(100 + half, abs=0.1)
    assert month.lower == pytest.approx(100 - half, abs=0.1)


def test_limits_widen_as_much_as_months_vary_more_than_chance_gives():
    """The same months ten times as far apart: Laney's sigma z is their moving ranges'."""
    far = [100 + 10 * (value - 100) for value in BASELINE]
    month = change.judge([[*far, 100]], kind="count", months=months(25)).series()[24]
    z = (np.array(far) - 100) / 10
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    assert sigma_z > 5
    half = 10 * sigma_z * stats.t.ppf(stats.norm.cdf(3), 0.62 * 23) * np.sqrt(1 + 1 / 24)
    assert month.upper == pytest.approx(100 + half, rel=0.005)
    assert month.lower == 0


@pytest.mark.parametrize("free", [8, 12, 14.26, 23, 100, 1000])
def test_three_sigma_of_a_sigma_that_is_estimated(free):
    exact = stats.t.ppf(stats.norm.cdf(3), free)
    assert change.three_sigma(np.array(free)) == pytest.approx(exact, abs=0.01)


CASES = """
case                                   | after                               | verdicts
inside                                 | 100 120 80                          | usual usual usual
above the limit                        | 100 160                             | usual outside
below the limit                        | 40 100                              | outside usual
seven above                            | 110 110 110 110 110 110 110         | usual usual usual usual usual usual usual
eight above                            | 110 110 110 110 110 110 110 110     | usual usual usual usual usual usual usual run
the run goes on                        | 90 90 90 90 90 90 90 90 90          | usual usual usual usual usual usual usual run run
one on the other side ends it          | 110 110 110 110 99 110 110 110 110  | usual usual usual usual usual usual usual usual usual
one on the centre ends it              | 110 110 110 110 100 110 110 110 110 | usual usual usual usual usual usual usual usual usual
a month without a figure is not judged | 110 nan 160                         | usual nothing outside
"""  # noqa: E501 - a table is read across


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_is_said_of_the_months_after_the_baseline(case):
    after = [float(value) for value in case["after"].split()]
    chart = change.judge([[*BASELINE, *after]], kind="count", months=months(24 + len(after)))
    assert verdicts(chart) == ["basis"] * 24 + case["verdicts"].split()


def test_a_signal_is_told_in_words_that_name_the_side():
    months_of = change.judge([[*BASELINE, 160, 40]], kind="count", months=months(26)).series()
    high, low = months_of[24:]
    assert (high.is_signal, low.is_signal, months_of[0].is_signal) == (True, True, False)
    assert high.reason == "Høyere enn tilfeldigheter gir: over den øvre grensen."
    assert low.reason == "Lavere enn tilfeldigheter gir: under den nedre grensen."


def test_limits_are_frozen_whatever_comes_after():
    short = change.judge([[*BASELINE, 100]], kind="count", months=months(25)).series()
    long = change.judge([[*BASELINE, 100] + [300] * 12], kind="count", months=months(37)).series()
    assert long[:25] == short


def test_it_is_silent_where_few_are_expected():
    few = [[4] * 24 + [40]]
    (month, *_) = change.judge(few, kind="count", months=months(25)).series()[24:]
    assert (month.verdict, month.upper) == (change.Verdict.TOO_FEW, None)
    enough = change.judge([[5] * 24 + [40]], kind="count", months=months(25)).series()[24]
    assert enough.verdict is change.Verdict.OUTSIDE


def test_a_share_needs_enough_of_both_outcomes():
    """57 of 60 leaves three that did not: too few to say that it fell."""
    chart = change.judge([[57] * 24 + [30]], [[60] * 25], kind="share", months=months(25))
    assert verdicts(chart)[24] == "too_few"
    chart = change.judge([[30] * 24 + [10]], [[60] * 25], kind="share", months=months(25), per=100)
    month = chart.series()[24]
    assert (month.verdict, month.centre) == (change.Verdict.OUTSIDE, 50)
    assert 0 < month.lower < 50 < month.upper < 100


def test_an_amount_for_each_needs_enough_to_share_it():
    few = change.judge([[4000] * 24 + [9000]], [[4] * 25], kind="rate", months=months(25))
    assert verdicts(few)[24] == "too_few"
    some = change.judge([[40000] * 24 + [90000]], [[40] * 25], kind="rate", months=months(25))
    assert verdicts(some)[24] == "outside"


def test_it_is_silent_until_the_baseline_is_whole():
    chart = change.judge([BASELINE[:23]], kind="count", months=months(23))
    assert verdicts(chart) == ["too_short"] * 23
    assert np.isnan(chart.upper).all()
    late = [np.nan, *BASELINE[:-1], 160]
    assert verdicts(change.judge([late], kind="count", months=months(25)))[24] == "basis"


def test_a_known_break_is_not_judged_and_begins_a_new_baseline():
    level = BASELINE + [100, 160, 160] + [2 * value for value in BASELINE] + [200, 320]
    known = ("2022-02", "2022-03")
    chart = change.judge([level], kind="count", months=months(53), breaks=[known])
    assert verdicts(chart) == (
        ["basis"] * 24 + ["usual"] + ["known"] * 2 + ["basis"] * 24 + ["usual", "outside"]
    )
    assert chart.series()[51].centre == pytest.approx(200)
    assert chart.series()[24].centre == pytest.approx(100)


def test_limits_follow_the_season_where_there_is_one():
    """Factors are shrunken: nearly all of a strong season is kept, none where there is none."""
    seasonal = change.judge([[round(400 * s) for s in SEASON]], kind="count", months=MONTHS)
    high, low = (seasonal.centre[0, MONTHS.index(month)] for month in ("2022-04", "2022-10"))
    assert high == pytest.approx(520, rel=0.02)
    assert low == pytest.approx(280, rel=0.02)
    without = change.judge([BASELINE * 2 + BASELINE[:12]], kind="count", months=MONTHS)
    assert np.unique(without.centre).tolist() == [100]


def test_series_are_judged_alone_however_many_there_are():
    rng = np.random.default_rng(3)
    together = np.stack([rng.poisson(50, 60), rng.poisson(9, 60), 300 * SEASON])
    chart = change.judge(together, kind="count", months=MONTHS)
    for row, alone in enumerate(together):
        assert chart.series(row) == change.judge(alone, kind="count", months=MONTHS).series()
