"""The books balance: users last month, new, ended and moved make users this month, everywhere."""

import pytest
import visible
from acceptance.by_hand import flows as by_hand
from hypothesis import HealthCheck, given, settings
from random_lake import MONTHS, TODAY, as_lake, worlds
from thorough import many

from vft.indicators import compute, flows
from vft.indicators.frame import framed

KEY = ("measure", "slice_kind", "slice", "grouping", "unit", "geography", "month")


def computed(lake):
    engine = visible.InMemory(lake)
    changed_on = sorted(set(lake["unit_successions"]["changed_on"].to_pylist()))
    frame = framed(engine, months=MONTHS, changed_on=changed_on, today=TODAY, settle=engine.settled)
    found = engine.arrow(compute.figures(flows.INDICATOR, frame)).to_pylist()
    return {tuple(row[k] for k in KEY): row["value"] for row in found}


def require_balance(figures):
    """Stock is stock before and what came less what went, for every unit that had a stock."""
    checked = 0
    for (measure, *place, month), stock in figures.items():
        if measure != "users" or stock is None or month == MONTHS[0]:
            continue
        before = figures.get(("users", *place, MONTHS[MONTHS.index(month) - 1]))
        if before is None:  # the unit is new
            continue
        of = {m: figures[(m, *place, month)] for m in ("new", "ended", "moved_in", "moved_out")}
        came = before + of["new"] - of["ended"] + of["moved_in"] - of["moved_out"]
        assert stock == came, (place, month, before, of, stock)
        net = figures[("net", *place, month)]
        assert net == of["new"] - of["ended"], (place, month, net, of)
        reasons = [m.code for m in flows.INDICATOR.measures if m.code.startswith("ended_")]
        assert sum(figures[(m, *place, month)] for m in reasons) == of["ended"], (place, month)
        checked += 1
    assert checked > 0


def check(world):
    lake = as_lake(world)
    figures = computed(lake)
    require_balance(figures)
    rows = {name: table.to_pylist() for name, table in lake.items()}
    assert {k: v for k, v in figures.items() if v} == by_hand.counts(rows, MONTHS, today=TODAY)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds)
def test_books_balance_and_are_what_counting_by_hand_gives(world):
    check(world)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=many(100, short=15), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds)
def test_books_of_many_worlds_balance_and_are_what_counting_by_hand_gives(world):
    check(world)
