"""Alarms as they are drawn."""

import numpy as np
import pytest

from vft.simulation.alarms import Alarms, counted, drawn_alarms, minutes, whole_days


def test_they_come_as_often_as_told_in_each_hour(response):
    told = response(hourly_profile=[0] * 8 + [3] * 3 + [1] * 13, alarms_per_day=2200, days=20)
    alarms = drawn_alarms(told, told.routes[0], seed=1, replication=0)
    hours = (alarms.comes[counted(told, alarms)] // 60).astype(int) % 24
    found = np.bincount(hours, minlength=24) / 20
    assert np.all(found[:8] == 0)
    assert found[8:11] == pytest.approx([300] * 3, rel=0.05)
    assert found[11:] == pytest.approx([100] * 13, rel=0.1)
    assert np.all(np.diff(alarms.comes) >= 0)


@pytest.mark.parametrize(
    ("handling", "cv"), [("exponential", 1), ("lognormal", 0.6), ("constant", 0)]
)
def test_minutes_have_their_mean_and_variation(response, handling, cv):
    told = response(handling=handling, variation=cv or 1.0)
    found = minutes(told, 6.0, 50_000, chance=np.random.default_rng(2))
    assert found.mean() == pytest.approx(6, rel=0.02)
    assert found.std() / found.mean() == pytest.approx(cv, abs=0.03)


def test_another_route_gets_the_very_same_alarms(response):
    shared = {"model": "external_centre", "team": {"staff": 4}, "answer_minutes": 9,
              "clarified_share": 0.2, "other_alarms_per_day": 500}  # fmt: skip
    own = shared | {"model": "municipal_centre", "other_alarms_per_day": 0, "clarified_share": 0.6}
    told = response(routes=[shared, own])
    first, second = (drawn_alarms(told, one, seed=1, replication=0) for one in told.routes)
    np.testing.assert_array_equal(first.comes[first.ours], second.comes)
    assert (~first.ours).sum() > 0
    assert not np.any(counted(told, first) & ~first.ours)
    # a better centre clarifies those that the other did, and more
    assert np.all(second.clarified[first.clarified[first.ours]])


def test_a_lock_saves_its_minutes_at_its_share_of_doors(response):
    told = response(handling="constant", locks={"share": 0.25, "minutes_saved": 6}, days=20)
    out = drawn_alarms(told, told.routes[0], seed=1, replication=0).call_out
    assert set(np.round(out, 6)) == {24.0, 30.0}
    assert np.mean(out < 30) == pytest.approx(0.25, abs=0.02)


def test_what_counts_is_ours_between_the_warm_up_and_the_cool_down(response):
    # minutes from the first midnight: two days count, the second and the third
    rows = [(0, 1, 0), (1439, 1, 0), (1440, 1, 1), (2000, 0, 0), (4319, 1, 1), (4320, 1, 0)]
    comes, ours, counts = zip(*rows, strict=True)
    nothing = np.zeros(len(rows))
    given = Alarms(
        comes=np.array(comes, float),
        answer=nothing,
        call_out=nothing,
        clarified=nothing > 0,
        ours=np.array(ours) > 0,
    )
    told = response(days=2)
    assert whole_days(told) == 4
    assert counted(told, given).tolist() == [bool(one) for one in counts]
