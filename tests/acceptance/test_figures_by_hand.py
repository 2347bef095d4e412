"""Every published figure of the invented municipality is what counting by hand gives."""

from importlib import import_module

import pytest
from acceptance import brute_force
from acceptance.installation import Installation
from thorough import many

from vft.indicators import compute
from vft.indicators.catalogue import all_indicators
from vft.indicators.definition import Kind
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.panel.horizon import horizon
from vft.tables import ALL

INDICATORS = all_indicators()
#: What tells one row behind a figure from another, and more of it.
BEHIND = ["recipient_id", "thing", "detail"]
OTHERS = [i for i in INDICATORS.values() if i.id != "concurrent_users"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The small municipality, with its corrections."""
    return Installation.of_small(tmp_path_factory, "exports", "corrections")


@pytest.fixture(scope="module")
def lake(installation):
    """Table → rows, and the last day that the data speaks of."""
    engine = DuckDB(Lake(installation.home / "lake"))
    in_lake = (name for name, contract in ALL.items() if contract.home.value == "lake")
    rows = {name: engine.arrow(engine.table(name)).to_pylist() for name in in_lake}
    today = horizon(engine).last_day
    engine.close()
    return rows, today


def test_every_unit_grouping_service_group_and_month(installation, lake):
    rows, today = lake
    published = {k: v for k, (v, *_) in installation.figures().items()}
    months = sorted({key[6] for key in published})
    by_hand = brute_force.figures(rows, months, today=today)
    assert len(by_hand) > 10_000
    assert published == by_hand


@pytest.mark.long
@pytest.mark.parametrize("indicator", OTHERS, ids=lambda indicator: indicator.id)
def test_every_figure_of_every_other_indicator(installation, lake, indicator):
    rows, today = lake
    published = installation.figures(indicator=indicator.id)
    months = sorted({key[6] for key in published})[:: many(1, short=6)]
    published = {key: figure for key, figure in published.items() if key[6] in months}
    count = import_module(f"acceptance.by_hand.{indicator.id}").counts
    by_hand = count(rows, months, today=today)
    assert any(by_hand.values())
    assert set(published) == _wanted(indicator, rows, months, today=today)
    wrong = [
        (key, figure, expected)
        for key, figure in published.items()
        if not _agree(figure, expected := _expected(indicator, by_hand, key))
    ]
    assert wrong == []


def _wanted(indicator, rows, months, *, today):
    world = brute_force.World(rows, today=today)
    slices = [
        of
        for of, counted in _slices(rows).items()
        if of[0] in indicator.slice_kinds and not counted <= {*indicator.leaves_out}
    ]
    return {
        (measure.code, *of, grouping, unit, geography, month)
        for month in months
        for at_end, ever in [brute_force.standing(world, month)]
        for measure in indicator.measures
        for geography, grouping, unit in (at_end if measure.at_month_end else ever)
        for of in slices
    }


def _slices(rows):
    """Every slice there is, and what it counts."""
    products = {
        ("product", f"{d['service']}:{d['product']}"): {d["service"]}
        for d in rows["devices"]
        if d["service"] in brute_force.TECHNOLOGY
    }
    return brute_force.slices(rows) | products | {("everyone", "all"): {"everyone"}}


def _expected(indicator, by_hand, key):
    """What is counted by hand; None where there is nothing to count from."""
    measure = indicator.measure(key[0])
    if not measure.is_derived:
        return by_hand.get(key, None if measure.kind is Kind.QUANTITY else 0)
    over, under = (by_hand.get((m, *key[1:]), 0) for m in (measure.numerator, measure.denominator))
    return over / under * measure.per if under else None


def _agree(figure, expected):
    value, state, _complete = figure
    if state in {"missing", "not_documented"}:
        return value is None and not expected
    if state == "undefined":
        return value is None and expected is None
    return expected is not None and value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    "indicator", [i for i in INDICATORS.values() if i.behind], ids=lambda indicator: indicator.id
)
def test_as_many_rows_are_behind_a_figure_as_it_says(installation, indicator):
    """In a month in the middle, for every unit, slice and count."""
    published = installation.figures(indicator=indicator.id)
    months = sorted({key[6] for key, (_value, state, _) in published.items() if state == "value"})
    month = months[len(months) // 2]
    behind = _behind(installation, indicator, month)
    counts = {m.code for m in indicator.measures if m.kind is Kind.COUNT}
    told = {
        key: value
        for key, (value, state, _) in published.items()
        if key[6] == month and key[0] in counts and state == "value" and value
    }
    assert told
    # a unit that was merged within the window has cases, and no figure
    asked = (told | behind).keys() & published.keys()
    assert {key: behind.get(key, 0) for key in asked} == {key: told.get(key, 0) for key in asked}


def _behind(installation, indicator, month):
    engine = DuckDB(Lake(installation.home / "lake"))
    within = compute.setting(engine, horizon(engine), months=[month])
    rows = indicator.behind(within)
    costs = ["ore"] if any(m.unit == "kr" for m in indicator.measures) else []
    told = ["measure", "slice_kind", "slice", "home", "month", *BEHIND, *costs]
    assert list(rows.columns) == told
    placed = rows.join(within.in_home, "home")
    key = ["measure", "slice_kind", "slice", "grouping", "unit", "geography", "month"]
    who = placed.recipient_id.cast("string").fill_null("")
    who = who.concat(" ", placed.thing.fill_null(""))
    counted = engine.arrow(placed.group_by(key).agg(n=who.nunique())).to_pylist()
    engine.close()
    return {tuple(row[k] for k in key): row["n"] for row in counted}
