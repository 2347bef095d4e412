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


def test_outcome_is_given_exactly_where_a_recipient_was_at_home_all_period(drawn):
    present = drawn.panel["present"].to_numpy(zero_copy_only=False)

    assert np.array_equal(~drawn.panel["outcome"].is_null().to_numpy(), present)
    assert present.any()
    assert not present.all()


def test_nobody_has_a_row_after_leaving_and_leaving_is_told_in_the_last(drawn):
    person = drawn.panel["recipient_id"].to_numpy()
    left = ~drawn.panel["exit"].is_null().to_numpy()
    last = np.append(np.diff(person) != 0, True)

    assert left.sum() > 50
    assert last[left].all()


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
