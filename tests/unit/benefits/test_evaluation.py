"""What must hold for every case, whatever it tells."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.benefits.case import Case
from vft.benefits.evaluation import evaluate

HOUR = {
    "value": 400,
    "per": "hour",
    "hour_definition": "paid",
    "price_year": 2021,
    "starts_on": "2021-01-01",
    "origin": "Budsjett",
    "owner": "Økonomi",
}
KM = {**HOUR, "value": 4, "per": "km", "hour_definition": None}
PER = st.sampled_from(["day", "week", "14_days", "30_days", "month", "year"])
COUNT = st.none() | st.integers(0, 40) | st.floats(0, 40)
MINUTES = st.none() | st.floats(0, 120)
FLOWS = ("visits", "alarms", "hours", "km", "institution_days", "nok")


@st.composite
def lines(draw):
    """A line of visits, checks or alarms, with what is documented and what is not."""
    sides = [{"count": draw(COUNT), "per": draw(PER), "minutes": draw(MINUTES)} for _ in range(2)]
    return {
        "kind": draw(st.sampled_from(["visits", "night_checks", "alarms"])),
        "before": sides[0],
        "after": sides[1],
        "km": draw(st.none() | st.floats(0, 30)),
        "price": draw(st.sampled_from([HOUR, None])),
        "km_price": KM,
        "time_of_day": draw(st.sampled_from([None, "day", "night"])),
    }


OTHER = {
    "hours": HOUR,
    "items": {**KM, "per": "item"},
    "institution_days": {**KM, "per": "day"},
    "institution_places": {**KM, "per": "year"},
}


@st.composite
def other_lines(draw):
    """A line of what takes no minutes each."""
    kind = draw(st.sampled_from(sorted(OTHER)))
    per = {} if kind == "institution_places" else {"per": draw(PER)}
    sides = [{"count": draw(COUNT), **per} for _ in range(2)]
    price = draw(st.sampled_from([OTHER[kind], None]))
    return {"kind": kind, "before": sides[0], "after": sides[1], "price": price}


ANY = lines() | other_lines()


def of(told, **fields):
    return evaluate(Case.model_validate({"lines": told, **fields}))


def close(first, second):
    """Equal but for rounding; null only where the other is."""
    if first is None or second is None:
        return first is second
    return first == pytest.approx(second, rel=1e-9, abs=1e-6)


@given(st.lists(ANY, min_size=1, max_size=4), st.integers(1, 50))
def test_twice_the_recipients_are_twice_the_hours_and_kroner(told, recipients):
    once = of(told, recipients=recipients).total
    twice = of(told, recipients=2 * recipients).total
    for flow in FLOWS:
        one, two = getattr(once.avoided, flow), getattr(twice.avoided, flow)
        assert close(two, None if one is None else 2 * one)
        assert close(getattr(twice.per_recipient, flow), getattr(once.per_recipient, flow))


@given(st.lists(ANY, min_size=1, max_size=4), st.integers(1, 50))
def test_the_same_before_and_after_is_nothing_everywhere(told, recipients):
    same = [{**line, "after": {**line["before"]}} for line in told]
    counted = [line for line in same if line["before"]["count"] is not None]
    result = of(counted, recipients=recipients, additive=True)
    assert all(getattr(result.total.avoided, flow) == 0 for flow in FLOWS)
    assert all(getattr(line.avoided, flow) == 0 for line in result.lines for flow in FLOWS)
    assert (result.total.fte, result.economy.gross_per_year) == (0, 0)


@given(
    st.lists(lines(), min_size=1, max_size=4),
    lines(),
    st.sampled_from(["before", "after"]),
    st.none() | st.floats(0.1, 120),
)
def test_null_stays_null(told, missing, side, minutes):
    unknown = {**missing, side: {**missing[side], "count": None, "minutes": minutes}}
    result = of([*told, unknown], recipients=1, horizon_years=4.0)
    assert result.lines[-1].avoided.hours is None
    assert result.total.avoided.hours is None
    assert result.total.fte is None
    assert result.total.avoided.nok is None
    assert result.economy.horizon.gross is None
    assert result.economy.present_value.net is None
    assert result.lines[-1].id in {
        name for one in result.total.undocumented if one.quantity == "nok" for name in one.lines
    }


@given(lines())
def test_unknown_times_of_no_minutes_are_unknown_times_and_no_hours(line):
    side = {"count": None, "per": "day", "minutes": 0}
    result = of([{**line, "before": side, "after": side}], recipients=1).lines[0].avoided
    times = result.alarms if line["kind"] == "alarms" else result.visits
    assert (times, result.hours) == (None, 0)


@given(st.lists(ANY, max_size=3), ANY, st.floats(0.01, 0.99))
def test_a_line_split_in_two_gives_the_same_total(told, split, share):
    def part(size):
        sides = {}
        for side in ("before", "after"):
            count = split[side]["count"]
            sides[side] = {**split[side], "count": None if count is None else count * size}
        return {**split, **sides}

    whole = of([*told, split]).total
    halves = of([*told, part(share), part(1 - share)]).total
    for flow in FLOWS:
        assert close(getattr(halves.avoided, flow), getattr(whole.avoided, flow))


@given(st.lists(ANY, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_lines_is_nothing(told, chance):
    named = [{**line, "id": f"linje {place}"} for place, line in enumerate(told)]
    shuffled = list(named)
    chance.shuffle(shuffled)
    first, second = (
        of(order, running_costs=[], start_up_costs=[], horizon_years=4.0)
        for order in (named, shuffled)
    )
    assert first.total == second.total
    assert first.economy == second.economy


@given(st.lists(ANY, min_size=1, max_size=4))
def test_avoided_is_before_less_after(told):
    for line in of(told).lines:
        for flow in FLOWS:
            before, after = getattr(line.before, flow), getattr(line.after, flow)
            if before is not None and after is not None:
                assert close(getattr(line.avoided, flow), before - after)


@given(st.lists(ANY, max_size=3))
def test_a_result_is_json_without_words_for_numbers(told):
    written = of(told, horizon_years=2.5).model_dump_json()
    json.loads(written, parse_constant=pytest.fail)


def test_lines_show_the_price_they_used_as_stated_and_in_the_price_year(evaluated):
    line = {"kind": "hours", "before": 2, "after": 1, "per": "year", "price": HOUR}
    used = evaluated(lines=[line], price_year=2022).lines[0].price
    assert (used.stated_value, used.stated_price_year) == (400, 2021)
    assert (used.value, used.price_year) == (pytest.approx(426.8), 2022)
    assert used.origin == "Budsjett"


def test_a_reduction_of_nothing_before_is_not_documented(evaluated):
    line = {"kind": "hours", "before": 0, "after": 1, "per": "year"}
    assert evaluated(lines=[line]).lines[0].reduction is None


def test_effects_without_a_price_stand_beside_the_money(evaluated):
    effects = [{"title": "Tryggere", "score": 5}, {"title": "Ikke målt", "score": None}]
    with_effects = evaluated(additive=True, non_priced_effects=effects)
    assert [effect.score for effect in with_effects.non_priced_effects] == [5, None]
    assert with_effects.economy == evaluated(additive=True).economy
