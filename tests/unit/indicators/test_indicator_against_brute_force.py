"""Samtidige brukere of random small worlds, against one person and one day at a time."""

import pytest
import visible
from acceptance import brute_force
from hypothesis import HealthCheck, given, settings
from random_lake import MONTHS, TODAY, as_lake, worlds
from thorough import many

from vft.indicators import compute, concurrent_users
from vft.indicators.frame import framed

KEY = ("measure", "slice_kind", "slice", "grouping", "unit", "geography", "month")


def computed(lake):
    engine = visible.InMemory(lake)
    changed_on = sorted(set(lake["unit_successions"]["changed_on"].to_pylist()))
    frame = framed(engine, months=MONTHS, changed_on=changed_on, today=TODAY, settle=engine.settled)
    expr = compute.figures(concurrent_users.INDICATOR, frame)
    found = engine.connection.to_pyarrow(expr).to_pylist()
    return {tuple(row[k] for k in KEY): row["value"] for row in found}


def check(world):
    lake = as_lake(world)
    by_hand = brute_force.figures({n: t.to_pylist() for n, t in lake.items()}, MONTHS, today=TODAY)
    found = computed(lake)
    different = {
        key: (found.get(key, "no row"), by_hand.get(key, "no row"))
        for key in found.keys() | by_hand.keys()
        if found.get(key, "no row") != by_hand.get(key, "no row")
    }
    assert not different


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds)
def test_every_figure_is_what_counting_by_hand_gives(world):
    check(world)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=many(100, short=25), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds)
def test_every_figure_of_many_worlds_is_what_counting_by_hand_gives(world):
    check(world)
