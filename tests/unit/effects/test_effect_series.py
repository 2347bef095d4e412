"""Breaks in district series: planted level and slope are found, and short series refused."""

import numpy as np
import pyarrow as pa
import pytest

from vft.effects.series import breaks, from_tables
from vft.errors import FileRefused


def _months(*, before=36, after=18, planted=(-20.0, -1.0), controls=4, seed=1, swing=0.0):  # noqa: PLR0913 - what each test differs in
    """One unit that starts, and others that do not; all with trend, season and common shocks."""
    level, slope = planted
    rng = np.random.default_rng(seed)
    n = before + after
    month = np.datetime64("2020-01") + np.arange(n)
    t = np.arange(n)
    common = 300 + 0.8 * t + 12 * np.sin(2 * np.pi * t / 12) + np.cumsum(rng.standard_normal(n))
    rows = []
    for k in range(controls + 1):
        y = common + 10 * k + 2 * rng.standard_normal(n)
        if k == 0:
            y = y + np.where(t >= before, level + slope * (t - before), 0)
            y = y + swing * np.sin(t / 5)
        rows += [
            {"unit": f"enhet{k}", "month": str(m), "outcome": float(v)}
            for m, v in zip(month, y, strict=True)
        ]
    starts = pa.table({"unit": ["enhet0"], "month": [str(month[before])]})
    return pa.Table.from_pylist(rows), starts


def _row(unit, month):
    return pa.table({"unit": [unit], "month": pa.array([month], pa.string()), "outcome": [1.0]})


def test_planted_level_and_slope_are_found():
    (found,) = breaks(from_tables(*_months()))

    for estimate, truth in ((found.level, -20), (found.slope, -1), (found.effect, -20 - 8.5)):
        low, high = estimate.interval
        assert low < truth < high
    assert found.effect.value == pytest.approx(found.glsar, abs=2)
    assert (found.before, found.after, found.controls) == (36, 18, 4)
    assert found.verdict == "causal"


@pytest.mark.parametrize(("before", "after"), [(23, 18), (36, 11)])
def test_too_short_series_are_refused_with_their_lengths(before, after):
    (found,) = breaks(from_tables(*_months(before=before, after=after)))

    assert (found.verdict, found.effect) == ("refused", None)
    assert f"{before} måneder før og {after} etter" in found.reasons[0]


def test_just_enough_is_enough():
    (found,) = breaks(from_tables(*_months(before=24, after=12)))

    assert found.effect is not None


def test_fake_dates_give_away_a_series_that_swings_by_itself():
    (found,) = breaks(from_tables(*_months(swing=40.0)))

    assert found.false_breaks > 0.10
    assert found.verdict == "indicative"
    assert "uekte datoer" in found.reasons[0]


def test_without_untreated_units_it_is_only_indicative():
    (found,) = breaks(from_tables(*_months(controls=0)))

    assert found.verdict == "indicative"
    assert "Ingen enhet uten" in found.reasons[0]


def test_false_findings_are_about_as_rare_as_they_should_be():
    found = [breaks(from_tables(*_months(planted=(0, 0), seed=s)))[0] for s in range(60)]

    assert sum(abs(one.effect.z) > 1.96 for one in found) <= 9


@pytest.mark.parametrize(
    ("start", "controls", "before"), [("2019-06", 3, 0), ("2030-06", 4, 54)], ids=["før", "etter"]
)
def test_who_started_before_the_series_is_no_control_and_who_starts_after_it_is(
    start, controls, before
):
    series, starts = _months()
    starts = pa.concat_tables([starts, pa.table({"unit": ["enhet1"], "month": [start]})])

    found, other = breaks(from_tables(series, starts))

    assert found.controls == controls
    assert (other.unit, other.verdict, other.before) == ("enhet1", "refused", before)


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("us")])
def test_a_date_is_its_month(kind):
    series, starts = _months()
    dated = pa.array(np.array(starts["month"].to_pylist(), dtype="datetime64[D]")).cast(kind)

    (found,) = breaks(from_tables(series, starts.set_column(1, "month", dated)))

    assert (found.before, found.after) == (36, 18)


def test_months_that_cannot_tell_a_break_from_the_season_are_refused():
    """24 before and 12 after, of January and February alone."""
    month = [f"{year}-{m}" for year in range(2000, 2018) for m in ("01", "02")]
    series = pa.table({"unit": ["a"] * 36, "month": month, "outcome": np.arange(36.0)})

    (found,) = breaks(from_tables(series, pa.table({"unit": ["a"], "month": ["2012-01"]})))

    assert (found.verdict, found.effect, found.before, found.after) == ("refused", None, 24, 12)
    assert "sesong ikke lar seg skille" in found.reasons[0]


def test_missing_months_are_gaps():
    series, starts = _months()
    keep = pa.array([not (n % 54 in {5, 40} and n < 54) for n in range(series.num_rows)])

    (found,) = breaks(from_tables(series.filter(keep), starts))

    assert (found.before, found.after) == (35, 17)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s, t: (s.drop_columns(["outcome"]), t), "«outcome» mangler"),
        (
            lambda s, t: (pa.concat_tables([s, s.slice(0, 1)]), t),
            "gjentar enhet og måned (rad 271: enhet0)",
        ),
        (
            lambda s, _: (s, pa.table({"unit": ["x"], "month": ["2023-01"]})),
            "«unit» har ingen serie i 1 rad (rad 1: «x»)",
        ),
        (
            lambda s, _: (s, pa.table({"unit": ["enhet0"], "month": ["januar"]})),
            "(rad 1: «januar»); skriv måneden som 2024-11",
        ),
        (
            lambda s, _: (s, pa.table({"unit": ["enhet0"], "month": ["2023"]})),
            "«month» er ingen måned i 1 rad (rad 1: «2023»)",
        ),
        (
            lambda s, _: (s, pa.table({"unit": ["enhet0"], "month": ["2023-01-99"]})),
            "«month» er ingen måned i 1 rad (rad 1: «2023-01-99»)",
        ),
        (
            lambda s, t: (pa.concat_tables([s, _row("enhet0", None)]), t),
            "«month» er ingen måned i 1 rad (rad 271); skriv måneden som 2024-11",
        ),
    ],
)
def test_faults_are_told(change, told):
    with pytest.raises(FileRefused) as refused:
        breaks(from_tables(*change(*_months())))

    assert told in str(refused.value)
