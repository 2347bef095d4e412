import pytest


def visits(before, after, **fields):
    return {"kind": "visits", "before": before, "after": after, **fields}


def only(evaluated, code, *lines, **fields):
    """The one warning of a code, or None."""
    found = [one for one in evaluated(lines=list(lines), **fields).warnings if one.code == code]
    assert len(found) <= 1
    return found[0] if found else None


# before, after → whether another reading is likely: the same period would be a fall too
READINGS = [
    ((4, "day"), (2, "week"), True),
    ((5, "week"), (1, "month"), True),
    ((2, "night"), (7, "30_days"), False),
    ((4, "day"), (4, "week"), False),
    ((4, "day"), (0, "week"), False),
    ((4, "day"), (2, "day"), False),
    ((4, "day"), (2, "night"), False),
]


@pytest.mark.parametrize(("before", "after", "asks"), READINGS)
def test_periods_that_differ_are_asked_about_when_the_same_could_be_meant(
    evaluated, before, after, asks
):
    sides = [{"count": count, "per": per} for count, per in (before, after)]
    assert (only(evaluated, "different_periods", visits(*sides)) is not None) == asks


def test_both_figures_of_two_readings_are_told(evaluated):
    line = visits({"count": 4, "per": "day"}, {"count": 2, "per": "week"}, minutes=26)
    found = only(evaluated, "different_periods", line)
    assert found.message.endswith(
        "før er 4 per døgn, etter er 2 per uke. Er det ikke heller 2 per døgn? Begge tall vises."
    )
    assert found.figures["avoided_hours"] == pytest.approx((1460 - 730 / 7) * 26 / 60)
    assert found.figures["other_reading_hours"] == pytest.approx(730 * 26 / 60)


def test_a_source_that_says_two_things_is_told_with_both_figures(evaluated):
    also = {"before": 4, "after": 2, "quote": "fire til to"}
    line = visits(4, {"count": 2, "per": "week"}, per="day", also_stated=also)
    found = only(evaluated, "contradictory_source", line)
    assert "4 per døgn til 2 per uke og «fire til to»" in found.message
    assert found.figures["avoided_count"] == pytest.approx(1460 - 730 / 7)
    assert found.figures["other_reading_count"] == 730
    assert only(evaluated, "different_periods", line) is None


def test_a_source_that_says_the_same_twice_contradicts_nothing(evaluated):
    also = {"before": {"count": 28, "per": "week"}, "after": {"count": 2, "per": "day"}}
    same = {"before": 4, "after": 2}
    line = visits(4, 2, per="day", also_stated=same)
    assert only(evaluated, "contradictory_source", line) is None
    assert only(evaluated, "contradictory_source", {**line, "also_stated": also}) is None


# minutes before and after → warned
MINUTES = [(20, 30, True), (30, 20, False), (20, 20, False), (None, 30, False)]


@pytest.mark.parametrize(("before", "after", "warned"), MINUTES)
def test_more_minutes_after_than_before_are_told(evaluated, before, after, warned):
    line = visits({"count": 4, "minutes": before}, {"count": 2, "minutes": after}, per="day")
    assert (only(evaluated, "more_minutes_after", line) is not None) == warned


def test_travel_counts_among_the_minutes(evaluated):
    sides = [{"count": 2, "travel_minutes": travel} for travel in (5, 15)]
    line = visits(*sides, per="day", minutes=20)
    assert only(evaluated, "more_minutes_after", line).figures == {
        "minutes_before": 25,
        "minutes_after": 35,
    }


# counts a year → warned; a service that is new is no mistake
MORE = [(2, 3, True), (3, 2, False), (2, 2, False), (0, 3, False), (None, 3, False)]


@pytest.mark.parametrize(("before", "after", "warned"), MORE)
def test_more_after_than_before_is_told(evaluated, before, after, warned):
    line = visits(before, after, per="year")
    assert (only(evaluated, "more_after", line) is not None) == warned


def test_a_weekend_by_the_day_is_told(evaluated):
    line = visits(4, 2, per="day", time_of_day="weekend")
    assert only(evaluated, "weekend_by_the_day", line)
    assert not only(evaluated, "weekend_by_the_day", {**line, "per": "week"})
    assert not only(evaluated, "weekend_by_the_day", {**line, "time_of_day": "evening"})


# visits a day of an hour each, in two lines → warned
A_DAY = [(12, 12, False), (12, 13, True)]


@pytest.mark.parametrize(("first", "second", "warned"), A_DAY)
def test_no_day_has_more_than_24_hours_whatever_the_lines(evaluated, first, second, warned):
    lines = [visits(count, 1, per="day", minutes=60) for count in (first, second)]
    for recipients in (1, 9):
        found = only(evaluated, "over_24_hours", *lines, recipients=recipients)
        assert (found is not None) == warned
    assert not only(
        evaluated, "over_24_hours", *[{**line, "applies_to": "group"} for line in lines]
    )


# time of day, minutes a day → whether that part of the day has room for them
PARTS = [
    ("day", 480, True),
    ("day", 481, False),
    ("evening", 420, True),
    ("evening", 421, False),
    ("night", 540, True),
    ("night", 541, False),
    ("weekend", 24 * 60 * 2 / 7, True),
    ("weekend", 24 * 60 * 2 / 7 + 1, False),
    (None, 541, True),
]


@pytest.mark.parametrize(("part", "minutes", "fits"), PARTS)
def test_no_part_of_the_day_has_more_hours_than_it_has(evaluated, part, minutes, fits):
    line = visits(1, 0, per="day", minutes=minutes, time_of_day=part)
    assert (only(evaluated, "over_part_of_day", line) is None) == fits


def test_hours_of_a_day_are_told_the_norwegian_way(evaluated):
    line = visits(25, 1, per="day", minutes=90)
    found = only(evaluated, "over_24_hours", line)
    assert found.message.startswith("Hjelpen før er 37,5 timer i døgnet for hver mottaker")


def test_no_year_has_more_days_in_institution_than_days(evaluated):
    line = {"kind": "institution_days", "before": 366, "after": 0, "per": "year"}
    assert only(evaluated, "more_than_a_year", line)
    assert not only(evaluated, "more_than_a_year", {**line, "before": 365})
    assert not only(evaluated, "more_than_a_year", {**line, "applies_to": "group"}, recipients=2)


def test_a_service_in_addition_that_replaces_something_is_told(evaluated):
    assert only(evaluated, "additive_replaces", visits(4, 2, per="day"), additive=True)
    assert not only(evaluated, "additive_replaces", visits(0, 2, per="day"), additive=True)


def test_minutes_are_told_with_norwegian_numbers(evaluated):
    sides = [{"count": 9, "per": "day", "minutes": minutes} for minutes in (1200.5, 1300.25)]
    told = only(evaluated, "more_minutes_after", visits(*sides)).message
    assert "etter (1\N{NO-BREAK SPACE}300,25 minutter) enn før (1\N{NO-BREAK SPACE}200,5 " in told


TWO = visits({"count": 4, "per": "day"}, {"count": 2, "per": "week"}, minutes=30)
SAID = {"before": {"count": 3, "per": "day", "minutes": 20}, "after": {"count": 1, "per": "day"}}

# line → visits, hours and kroner of the other reading
OTHERS = [
    (TWO, (730, 365, 146_000)),
    ({**TWO, "also_stated": SAID}, (730, 182.5, 73_000)),
    # without minutes after, the hours of the other reading are not known
    (visits({"count": 4, "per": "day", "minutes": 30}, {"count": 2, "per": "week"}),
     (730, None, None)),
    (visits(4, 2, per="day", minutes=30), None),
    (visits(4, 2, per="day", minutes=30, also_stated={"before": 4, "after": 2}), None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "other"), OTHERS)
def test_the_other_reading_has_its_own_kroner(evaluated, hour, line, other):
    result = evaluated(days_per_year=365, lines=[{**line, "price": hour(400)}])
    read = result.lines[0].other_reading
    assert (None if read is None else (read.visits, read.hours, read.nok)) == other
    assert result.total.avoided.visits == result.lines[0].avoided.visits
