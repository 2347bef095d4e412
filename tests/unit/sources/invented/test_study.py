"""The two tables of a course say what happened, and the truth beside them is exact."""

import numpy as np
import pytest

from vft.sources.invented.config import Dispenser, Rival, replication
from vft.sources.invented.course import days_within
from vft.sources.invented.model import simulate
from vft.sources.invented.study import Gaps, study


@pytest.fixture(scope="module")
def course():
    return simulate(replication(recipients=1_500, adopters=150, rival=Rival()), seed=3)


@pytest.fixture(scope="module")
def drawn(course):
    return study(course, extras=True, seed=3)


def test_exactly_as_many_adopt_as_were_asked_for(drawn):
    assert drawn.adoptions.num_rows == 150


def test_the_truth_is_the_mean_difference_in_periods_two_to_nine_at_home(course, drawn):
    home = days_within(np.arange(52), course.care.start, course.care.end) == 28
    cells = [
        course.minutes[person, t] - course.minutes_untreated[person, t]
        for person in np.flatnonzero(course.adopted >= 0)
        for t in range(course.adopted[person] + 2, min(course.adopted[person] + 10, 52))
        if home[person, t]
    ]

    assert drawn.effect == pytest.approx(np.mean(cells))


def test_of_new_recipients_the_truth_is_of_periods_two_to_twelve(course, drawn):
    home = days_within(np.arange(52), course.care.start, course.care.end) == 28
    first = [next((t for t in range(52) if home[p, t]), 99) for p in range(course.cared)]
    new = [
        p
        for p in np.flatnonzero(course.adopted >= 0)
        if first[p] > 0 and first[p] <= course.adopted[p] <= first[p] + 4
    ]
    cells = [
        course.minutes[p, t] - course.minutes_untreated[p, t]
        for p in new
        for t in range(course.adopted[p] + 2, min(course.adopted[p] + 13, 52))
        if home[p, t]
    ]

    assert len(new) > 5
    assert drawn.newcomers == pytest.approx(np.mean(cells))


def test_outcome_is_given_exactly_where_a_recipient_was_at_home_all_period(drawn):
    present = drawn.panel["present"].to_numpy(zero_copy_only=False)

    assert np.array_equal(~drawn.panel["outcome"].is_null().to_numpy(), present)
    assert present.any()
    assert not present.all()


def test_after_leaving_there_is_no_row_but_of_death_in_the_nursing_home(drawn):
    rows = drawn.panel.to_pandas()
    left = rows[rows["exit"].notna()]
    ways = left.groupby("recipient_id")["exit"].agg(tuple)
    # the last that a recipient left in
    ended = left.groupby("recipient_id")["period"].max()

    assert set(ways) == {("dead",), ("institution",), ("institution", "dead")}
    assert (ways == ("institution", "dead")).sum() > 20
    assert (rows.groupby("recipient_id")["period"].max()[ended.index] == ended).all()
    first = left.groupby("recipient_id")["period"].min()
    after = rows["period"] > rows["recipient_id"].map(first)
    assert (rows[after]["exit"] == "dead").all()


def test_resources_are_both_courses_by_days(course, drawn):
    """Person by person and day by day: what she had, less what she would have had."""

    def spent(person, t, home_until, institution, minutes):
        days = range(t * 28, t * 28 + 28)
        until = min(home_until[person], course.people.ended[person])
        home = sum(course.care.start[person] <= d < until for d in days)
        inside = institution[person] == until
        there = sum(inside and until <= d < course.people.death[person] for d in days)
        return np.array([minutes[person, t] * home / 28, there / 28])

    panel = drawn.panel.to_pandas()
    left = panel[panel["exit"].notna()].groupby("recipient_id")["period"].min()
    present = panel[panel["present"]].groupby("recipient_id")["period"].agg(set)
    cells = [
        spent(p, t, course.home_until, course.institution, course.minutes)
        - spent(
            p,
            t,
            course.home_until_untreated,
            course.institution_untreated,
            course.minutes_untreated,
        )
        for p in np.flatnonzero(course.adopted >= 0)
        for t in range(course.adopted[p] + 2, min(course.adopted[p] + 10, 52))
        if t in present.get(p, ()) or t >= left.get(p, 99)
    ]
    minutes, institution = np.mean(cells, axis=0)

    assert drawn.resources.minutes == pytest.approx(minutes)
    assert drawn.resources.institution == pytest.approx(institution)
    assert drawn.resources.institution < 0
    assert drawn.resources.worth(minute=2.0, institution=100.0) == pytest.approx(
        2 * minutes + 100 * institution
    )


def test_the_second_product_works_more_and_goes_to_the_needier(course, drawn):
    level = course.minutes_untreated[np.arange(course.cared), np.maximum(course.adopted - 1, 0)]
    adopter = course.adopted >= 0

    assert drawn.by_rival[True] < drawn.by_rival[False] < 0
    assert level[adopter & course.rival].mean() > level[adopter & ~course.rival].mean() + 20


def test_what_registers_leave_out_is_left_out(course, drawn):
    gaps = study(course, gaps=Gaps(values=0.1, rows=0.05, periods=(7,)), seed=3)

    rows, before = gaps.panel.num_rows, drawn.panel.num_rows
    assert rows == pytest.approx(0.95 * before * 51 / 52, rel=0.02)
    assert 7 not in set(gaps.panel["period"].to_pylist())
    nulls = gaps.panel["outcome"].null_count / rows - drawn.panel["outcome"].null_count / before
    assert nulls == pytest.approx(0.1, abs=0.015)
    assert gaps.effect == drawn.effect


def test_age_can_decide_who_gets_a_dispenser():
    by_age = Dispenser(jump=0.0, level=0.0, segment=0.0, age=0.2)
    plain = Dispenser(jump=0.0, level=0.0, segment=0.0)
    ages = []
    for rule in (plain, by_age):
        course = simulate(replication(recipients=1_500, adopters=150, dispenser=rule), seed=3)
        ages.append(course.people.age[: course.cared][course.adopted >= 0].mean())

    assert ages[1] > ages[0] + 3
