"""What lags foretell: regressors by hand, who they are fitted on, and weighted least squares."""

import numpy as np
import pytest
import statsmodels.api as sm
from small_panels import small

from vft.effects.adjustment import coefficients, pool, regressors
from vft.effects.history import history


def test_regressors_are_the_lags_with_the_mean_where_one_is_missing():
    panel = small({"kari": ([10, 20, None, 40, 50, 0], None)})

    (row,) = regressors(panel, np.array([0]), np.array([5]))

    # one, lags 1–5, age, there from the beginning, then how long she has been known
    assert row[:8] == pytest.approx([1, 50, 40, 30, 20, 10, 80, 1])
    assert row[8:].sum() == 0


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (1, [0, 0, 0, 1, 0, 0, 0]),
        (4, [0, 0, 0, 0, 0, 0, 1]),
        (5, [0, 0, 0, 0, 0, 0, 0]),
        (8, [1, 0, 0, 0, 0, 0, 0]),
        (13, [1, 1, 0, 0, 0, 0, 0]),
        (26, [1, 1, 1, 0, 0, 0, 0]),
    ],
)
def test_how_long_she_has_been_known(since, told):
    """Bands from 8, 13 and 26 periods, then one for each of the first four."""
    panel = small({"kari": ([100] * 40, None)})
    panel.present[0, :3] = False

    (row,) = regressors(panel, np.array([0]), np.array([3 + since]))

    assert row[7] == 0
    assert row[8:].tolist() == told


def test_the_pool_is_all_who_are_untreated_then():
    panel = small(
        {
            "før": ([100] * 10, 4),
            "da": ([100] * 10, 6),
            "siden": ([100] * 10, 8),
            "aldri": ([100] * 10, None),
            "borte": ([100] * 6, None),
        }
    )

    found = pool(panel, history(panel), np.array([6, 6]))

    assert sorted(panel.recipients[found.person]) == ["aldri", "siden"]
    assert set(found.start) == {6}


def test_a_large_pool_is_thinned_evenly(monkeypatch):
    panel = small({f"m{n:02d}": ([100] * 10, None) for n in range(90)})
    monkeypatch.setattr("vft.effects.adjustment._LARGEST", 30)

    found = pool(panel, history(panel), np.array([6]))

    assert found.person.tolist() == list(range(0, 90, 3))


def test_coefficients_are_weighted_least_squares():
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(60), rng.standard_normal((60, 2))])
    y, weight = rng.standard_normal(60), rng.random(60) + 0.1
    y[:5] = np.nan

    found = coefficients(x, y, weight)

    assert found == pytest.approx(sm.WLS(y[5:], x[5:], weights=weight[5:]).fit().params)


def test_too_few_rows_foretell_nothing():
    x = np.ones((8, 3))

    assert coefficients(x, np.arange(8.0), np.ones(8)).tolist() == [0, 0, 0]
