"""The planted truth comes out of the course: effect, rates, hazard, adoption."""

import numpy as np
import pytest

from vft.sources.invented.config import NEVER, YEAR, Dispenser, replication
from vft.sources.invented.course import Course, days_within
from vft.sources.invented.model import simulate


@pytest.fixture(scope="module")
def course() -> Course:
    return simulate(replication(), seed=11)


def _steady(course: Course) -> np.ndarray:
    """Cells of adopters in periods 2–9 after adoption, whole at home."""
    period = np.arange(course.config.periods)
    since = period[None, :] - course.adopted[:, None]
    home = days_within(period, course.care.start, course.care.end) == 28
    return (course.adopted >= 0)[:, None] & (since >= 2) & (since <= 9) & home


@pytest.mark.parametrize(("segment", "effect"), [(0, -67), (1, -122), (None, -98)])
def test_a_dispenser_takes_away_the_minutes_that_were_planted(course, segment, effect):
    cells = _steady(course)
    if segment is not None:
        cells &= (course.people.segment == segment)[:, None]

    found = (course.minutes - course.minutes_untreated)[cells].mean()

    assert found == pytest.approx(effect, abs=1.5)


def test_the_period_of_adoption_costs_and_the_next_is_a_ramp(course):
    since = np.arange(course.config.periods)[None, :] - course.adopted[:, None]
    adopter = (course.adopted >= 0)[:, None]
    by_period = [
        (course.minutes - course.minutes_untreated)[adopter & (since == k)].mean()
        for k in (-1, 0, 1)
    ]

    assert by_period == pytest.approx([0, 40, -49], abs=2)


def test_before_after_shows_an_effect_where_there_is_none(course):
    """Those who get a dispenser have just risen: they would have fallen anyway."""
    period = np.arange(course.config.periods)
    since = period[None, :] - course.adopted[:, None]
    adopter = (course.adopted >= 0)[:, None]
    home = days_within(period, course.care.start, course.care.end) == 28
    before = course.minutes_untreated[adopter & home & (since == -1)].mean()
    after = course.minutes_untreated[_steady(course)].mean()

    assert after - before < -20


def test_deaths_and_nursing_homes_come_at_their_rates(course):
    config, people = course.config, course.people
    until = np.minimum(course.home_until_untreated, config.last_day)
    years = np.maximum(until - people.present, 0).sum() / YEAR
    observed = course.home_until_untreated < config.last_day
    dead = observed & (people.death == course.home_until_untreated)
    moved_in = observed & (course.institution_untreated == course.home_until_untreated)

    # frailty makes the frailest leave first, so the rates fall a little below the planted
    assert dead.sum() / years == pytest.approx(0.12, abs=0.012)
    assert moved_in.sum() / years == pytest.approx(0.09, abs=0.012)


def test_a_dispenser_defers_the_nursing_home_by_its_hazard_ratio(course):
    """Admissions per year of adopters, against the same persons' untreated course."""
    start = course.services["DMS"].start
    adopter = start < NEVER
    rates = []
    for admitted in (course.institution, course.institution_untreated):
        until = np.minimum(np.minimum(admitted, course.people.death), course.config.last_day)
        years = (until - start)[adopter].sum() / YEAR
        rates.append(((admitted == until) & adopter).sum() / years)

    assert rates[0] / rates[1] == pytest.approx(0.75, abs=0.06)


def test_without_an_effect_both_courses_are_the_same():
    nothing = Dispenser(effect=(0.0, 0.0), test_cost=0.0, hazard_ratio=1.0)
    course = simulate(replication(recipients=1500, dispenser=nothing), seed=3)

    assert (course.adopted >= 0).sum() > 50
    assert np.array_equal(course.minutes, course.minutes_untreated)
    assert np.array_equal(course.institution, course.institution_untreated)


def test_districts_begin_one_after_the_other(course):
    adopted, district = course.adopted, course.people.district
    first = [adopted[(adopted >= 0) & (district == d)].min() for d in range(15)]

    assert min(first) >= 10
    assert max(first) >= 30
    assert len(set(first)) > 10


def test_adopters_are_heavier_and_have_risen(course):
    period = np.arange(course.config.periods)
    home = days_within(period, course.care.start, course.care.end) == 28
    since = period[None, :] - course.adopted[:, None]
    adopter = (course.adopted >= 0)[:, None]
    level = {k: course.minutes_untreated[adopter & home & (since == k)].mean() for k in (-1, -5)}

    assert level[-1] > course.minutes_untreated[home].mean() + 60
    assert level[-1] > level[-5] + 20


def test_a_hidden_confounder_bends_the_untreated_course_of_adopters():
    def trend(strength: float) -> float:
        it = Dispenser(hidden=strength)
        course = simulate(replication(recipients=4000, dispenser=it), seed=5)
        return course.people.hidden[course.adopted >= 0].mean()

    assert abs(trend(0.0)) < 0.15
    assert trend(0.8) > 0.4


def test_the_same_seed_gives_the_same_course_and_another_seed_another():
    small = replication(recipients=300)
    one, same, other = (simulate(small, seed=s) for s in (1, 1, 2))

    assert np.array_equal(one.minutes, same.minutes)
    assert not np.array_equal(one.people.severity[:50], other.people.severity[:50])
