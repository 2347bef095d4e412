import pytest

from vft.benefits.activity import measure

# kind and fields → count, visits, alarms, hours, km and institution days a year before
YEARS = [
    ("visits", {"before": {"count": 4, "per": "day"}, "minutes": 30}, 1460, 1460, 0, 730, None, 0),
    ("visits", {"before": {"count": 7, "per": "week"}, "minutes": 60}, 365, 365, 0, 365, None, 0),
    ("visits", {"before": {"count": 1, "per": "month", "km": 5}}, 12, 12, 0, None, 60, 0),
    ("visits", {"before": {"count": 14, "per": "14_days", "km": 0}}, 365, 365, 0, None, 0, 0),
    ("visits", {"before": {"count": 3, "per": "year"}, "minutes": 20}, 3, 3, 0, 1, None, 0),
    ("visits", {"before": {"count": 0, "per": "day"}}, 0, 0, 0, 0, 0, 0),
    ("visits", {"before": 0}, 0, 0, 0, 0, 0, 0),
    ("visits", {"before": None, "per": "day", "minutes": 5}, *[None] * 2, 0, *[None] * 2, 0),
    ("visits", {"before": {"count": None}}, *[None] * 2, 0, *[None] * 2, 0),
    ("night_checks", {"before": 2, "per": "night", "minutes": 15}, 730, 730, 0, 182.5, None, 0),
    ("alarms", {"before": 500, "per": "month", "minutes": 20}, 6000, 0, 6000, 2000, None, 0),
    ("hours", {"before": 10, "per": "month"}, 120, 0, 0, 120, 0, 0),
    ("items", {"before": 2, "per": "year"}, 2, 0, 0, 0, 0, 0),
    ("institution_days", {"before": 30, "per": "year"}, 30, 0, 0, 0, 0, 30),
    ("institution_places", {"before": 0.5}, 0.5, 0, 0, 0, 0, 182.5),
]
NAMES = ("count", "visits", "alarms", "hours", "km", "institution_days")


@pytest.mark.parametrize(("kind", "told", *NAMES), YEARS)
def test_a_line_is_so_much_a_year(  # noqa: PLR0913, PLR0917 - the columns of the table
    case, kind, told, count, visits, alarms, hours, km, institution_days
):
    whole = case(lines=[{"kind": kind, "after": None, **told}])
    found = measure(whole.lines[0], whole).before
    assert found.count == (None if count is None else pytest.approx(count))
    assert found.visits == (None if visits is None else pytest.approx(visits))
    assert found.alarms == alarms
    assert found.hours == (None if hours is None else pytest.approx(hours))
    assert found.km == (None if km is None else pytest.approx(km))
    assert found.institution_days == institution_days


# what is told of minutes → minutes of one visit
TRAVEL = [
    ({"minutes": 20}, 20),
    ({"minutes": 20, "minutes_include_travel": True}, 20),
    ({"minutes": 20, "minutes_include_travel": False}, 20),
    ({"minutes": 20, "minutes_include_travel": False, "travel_minutes": 6}, 26),
    ({"minutes": 20, "travel_minutes": 6}, 26),
    ({"travel_minutes": 6}, None),
]


@pytest.mark.parametrize(("told", "minutes"), TRAVEL)
def test_travel_that_is_told_apart_is_added(case, told, minutes):
    line = {"kind": "visits", "before": 60, "after": 0, "per": "year", **told}
    whole = case(lines=[line])
    hours = measure(whole.lines[0], whole).before.hours
    assert hours == minutes


def test_a_sides_own_minutes_and_period_go_before_the_lines(case):
    line = {
        "kind": "visits",
        "per": "month",
        "minutes": 30,
        "before": 10,
        "after": {"count": 10, "per": "year", "minutes": 6},
    }
    whole = case(lines=[line])
    year = measure(whole.lines[0], whole)
    assert (year.before.hours, year.after.hours, year.avoided.hours) == (60, 1, 59)


def test_recipients_count_for_each_and_not_for_a_group(case):
    line = {"kind": "alarms", "per": "year", "before": 60, "after": 0, "minutes": 1}
    whole = case(recipients=9, lines=[line, {**line, "applies_to": "group"}])
    assert [measure(one, whole).avoided.hours for one in whole.lines] == [9, 1]


def test_unknown_recipients_leave_a_group_known(case):
    line = {"kind": "alarms", "per": "year", "before": 60, "after": 0, "minutes": 1}
    whole = case(recipients=None, lines=[line, {**line, "applies_to": "group"}])
    assert [measure(one, whole).avoided.hours for one in whole.lines] == [None, 1]


# days in the case's year → institution days of a place, checks of a night check every night
@pytest.mark.parametrize(("days", "in_place", "checks"), [(365, 182.5, 365), (360, 180, 360)])
def test_a_year_has_the_days_that_the_case_says(case, days, in_place, checks):
    whole = case(
        days_per_year=days,
        lines=[
            {"kind": "institution_places", "before": 0.5, "after": 0},
            {"kind": "night_checks", "before": 1, "after": 0, "per": "night", "minutes": 15},
        ],
    )
    place, check = (measure(line, whole).before for line in whole.lines)
    assert (place.institution_days, check.count) == (in_place, checks)


# before and after → hours avoided, with no minutes told
@pytest.mark.parametrize(
    ("before", "after", "hours"), [(4, 4, 0), (4, 2, None), (None, None, None)]
)
def test_what_is_as_before_is_nothing_avoided(case, before, after, hours):
    whole = case(lines=[{"kind": "visits", "before": before, "after": after, "per": "day"}])
    assert measure(whole.lines[0], whole).avoided.hours == hours
