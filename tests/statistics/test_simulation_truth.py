"""Simulation where the answer is known: Erlang C, a closed-form present value, ranks, quantiles.

Seeds are fixed beforehand: 10 000 and on for ``make stats``. A limit is met when the Monte Carlo
95 % interval of the figure reaches it.
"""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import beta, spearmanr

from vft.simulation import erlang_c
from vft.simulation.draws import drawn
from vft.simulation.pert import Pert
from vft.simulation.present_value import present_value
from vft.simulation.response_load import ResponseLoad
from vft.simulation.routing import response_load

FIRST_SEED = 10_000
#: What a 95 % interval should cover, and how far a share of 200 may be from it by chance alone.
COVERAGE = 0.95

#: Alarms an hour, minutes each, operators.
CENTRES = [(12, 5.0, 2), (30, 4.0, 3), (6, 12.0, 2), (100, 6.0, 12), (40, 3.0, 3)]


def centre(alarms, minutes, operators, *, replications, days=3):
    """Alarms alike all day to one centre, nothing else to do: what Erlang C is of."""
    route = {
        "model": "municipal_centre",
        "team": {"staff": operators},
        "answer_minutes": minutes,
        "clarified_share": 1.0,
    }
    return ResponseLoad.model_validate(
        {
            "alarms_per_day": 24.0 * alarms,
            "hourly_profile": [1.0] * 24,
            "call_out_minutes": 30.0,
            "home_service": {"staff": 1},
            "routes": [route],
            "service_level": {"within_seconds": 60.0},
            "days": days,
            "replications": replications,
        }
    )


def reaches(found, exact, *, slack=1.0):
    """Whether an interval reaches a value; ``slack`` widens it."""
    half = slack * (found.high - found.low) / 2
    return abs(found.mean - exact) <= half


def against_erlang_c(alarms, minutes, operators, *, replications):
    told = centre(alarms, minutes, operators, replications=replications)
    found = response_load(told, seed=FIRST_SEED).routes[0]
    load, seconds = alarms * minutes / 60, minutes * 60
    within = erlang_c.answered_within(
        load=load, operators=operators, handling_seconds=seconds, within_seconds=60
    )
    return (
        (found.share_waiting, erlang_c.waiting_probability(load=load, operators=operators)),
        (found.answered_within, within),
        (
            found.mean_wait_seconds,
            erlang_c.mean_wait(load=load, operators=operators, handling_seconds=seconds),
        ),
    )


@pytest.mark.stats
@pytest.mark.timeout(0)
@pytest.mark.parametrize("one", CENTRES, ids=str)
def test_the_interval_reaches_erlang_c(one):
    figures = against_erlang_c(*one, replications=40)
    # fifteen intervals of 95 % are not all right: 1,5 times as wide they are 99,6 % sure each
    assert all(reaches(found, exact, slack=1.5) for found, exact in figures)
    # and narrow enough to tell one operator more from what is
    assert figures[1][0].high - figures[1][0].low < 0.06


def test_the_interval_reaches_erlang_c_in_short():
    for found, exact in against_erlang_c(12, 5.0, 2, replications=8):
        assert reaches(found, exact, slack=1.5)


@pytest.mark.stats
@pytest.mark.timeout(0)
def test_intervals_cover_as_often_as_they_say():
    told = centre(12, 5.0, 2, replications=8, days=2)
    runs = 200
    hits = [
        reaches(response_load(told, seed=FIRST_SEED + n).routes[0].share_waiting, 1 / 3)
        for n in range(runs)
    ]
    share = float(np.mean(hits))
    assert abs(share - COVERAGE) <= 1.96 * sqrt(COVERAGE * (1 - COVERAGE) / runs) + 0.01


def closed_form(keys):
    """E and V of users · (hours · price − rent), independent keys, over years 0–3 at 4 %."""
    mean = {name: key.mean for name, key in keys.items()}
    second = {
        name: key.mean**2 + key.width**2 * float(beta(*key.shape).var())
        for name, key in keys.items()
    }
    inside = mean["hours"] * mean["price"] - mean["rent"]
    inside_second = (
        second["hours"] * second["price"]
        - 2 * mean["hours"] * mean["price"] * mean["rent"]
        + second["rent"]
    )
    annuity = float(present_value(np.ones(4)))
    variance = second["users"] * inside_second - (mean["users"] * inside) ** 2
    return annuity * mean["users"] * inside, annuity * sqrt(variance)


KEYS = {
    "users": Pert(minimum=40, mode=50, maximum=80),
    "hours": Pert(minimum=40, mode=85, maximum=110),
    "price": Pert(minimum=380, mode=426, maximum=440),
    "rent": Pert(minimum=18_000, mode=21_000, maximum=25_000),
}


def simulated_npv(seed, count):
    v = drawn(KEYS, count=count, seed=seed)
    flows = (v["users"] * (v["hours"] * v["price"] - v["rent"]))[:, np.newaxis] * np.ones(4)
    return present_value(flows)


@pytest.mark.parametrize(
    "runs", [20, pytest.param(500, marks=[pytest.mark.stats, pytest.mark.timeout(0)])]
)
def test_npv_has_the_mean_and_spread_of_the_closed_form(runs):
    mean, deviation = closed_form(KEYS)
    draws = 4000
    found = [simulated_npv(FIRST_SEED + n, draws) for n in range(runs)]
    means = np.array([one.mean() for one in found])
    assert abs(means.mean() - mean) <= 1.96 * deviation / sqrt(draws * runs) * 1.5
    assert np.std(found) == pytest.approx(deviation, rel=0.02)
    # each run's own interval covers as often as it says
    hits = np.abs(means - mean) <= 1.96 * deviation / sqrt(draws)
    assert abs(hits.mean() - COVERAGE) <= 2.5 * sqrt(COVERAGE * (1 - COVERAGE) / runs)


def correlated(seed, wanted):
    pairs = {("users", "hours"): wanted}
    v = drawn(KEYS, count=4000, seed=seed, correlations=pairs)
    return float(spearmanr(v["users"], v["hours"]).statistic)


@pytest.mark.parametrize("wanted", [-0.9, -0.3, 0.0, 0.5, 0.95])
def test_rank_correlation_is_achieved_without_bias(wanted):
    found = [correlated(FIRST_SEED + n, wanted) for n in range(10)]
    assert np.mean(found) == pytest.approx(wanted, abs=0.005)
