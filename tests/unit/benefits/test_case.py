import pytest

from vft.benefits.case import Case
from vft.errors import VftError

VISITS = {"kind": "visits", "before": 4, "after": 2, "per": "day"}

# a line → what is said of it
REFUSED = [
    ({"per": None}, "before mangler per"),
    ({"per": None, "before": {"count": 4, "per": "day"}}, "after mangler per"),
    ({"kind": "items", "minutes": 5}, "minutes hører ikke til items"),
    ({"kind": "items", "before": {"count": 1, "km": 5}}, "before.km hører ikke til items"),
    ({"kind": "hours", "travel_minutes": 5}, "travel_minutes hører ikke til hours"),
    ({"kind": "institution_places"}, "per hører ikke til institution_places"),
    ({"kind": "hours", "minutes_include_travel": True}, "minutes_include_travel hører ikke"),
    ({"minutes_include_travel": True, "travel_minutes": 5}, "reisen er alt med"),
    (
        {"per": None, "before": {"count": 1, "per": "day"}, "after": {"count": 0, "per": "day"}}
        | {"also_stated": {"before": 1, "after": {"count": 1, "per": "day"}}},
        "also_stated.before mangler per",
    ),
]


@pytest.mark.parametrize(("told", "says"), REFUSED)
def test_a_line_that_does_not_fit_its_kind_is_refused(case, told, says):
    with pytest.raises(VftError, match=says):
        case(lines=[{**VISITS, **told}])


def test_a_side_that_is_not_documented_needs_no_period(case):
    told = {"kind": "visits", "before": None, "after": {"count": None}}
    assert case(lines=[told]).lines[0].before is None


def test_lines_are_named_by_their_place_and_only_once(case):
    named = case(lines=[VISITS, {**VISITS, "id": "drosje"}, VISITS])
    assert [line.id for line in named.lines] == ["line-1", "drosje", "line-3"]
    with pytest.raises(VftError, match="samme id: line-1"):
        case(lines=[VISITS, {**VISITS, "id": "line-1"}])


def test_checks_at_night_are_at_night_unless_told_otherwise(case):
    checks = {**VISITS, "kind": "night_checks"}
    told = case(lines=[checks, {**checks, "time_of_day": "weekend"}, VISITS])
    assert [line.when for line in told.lines] == ["night", "weekend", "any"]


def test_what_is_not_told_is_not_documented_and_the_rest_is_the_usual(case):
    told = case()
    assert (told.running_costs, told.start_up_costs, told.horizon_years) == (None, None, None)
    assert (told.days_per_year, told.hours_per_fte, told.discount_rate) == (365, 1668.5, 0.04)


def test_a_case_is_read_alike_from_its_own_json():
    told = Case.model_validate({"lines": [{**VISITS, "price": 426}], "start": "2021-01-01"})
    assert Case.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize("side", ["before", "after"])
def test_none_needs_no_period_for_it_is_none_in_any(case, side):
    told = {**VISITS, "per": None, "before": {"count": 4, "per": "day"}, "after": 0}
    if side == "before":
        told |= {"before": 0, "after": {"count": 4, "per": "day"}}
    assert case(lines=[told]).lines[0].per is None
