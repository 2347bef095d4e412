"""The queue, on alarms so few that what happens can be followed by hand. Minutes."""

import numpy as np
import pytest

from vft.simulation.alarms import Alarms
from vft.simulation.queue import run


def alarms(*rows):
    """(comes, answer, call-out or None) of the municipality's own alarms."""
    comes, answer, out = zip(*rows, strict=True)
    return Alarms(
        comes=np.array(comes, float),
        answer=np.array(answer, float),
        call_out=np.array([minutes or 0 for minutes in out], float),
        clarified=np.array([minutes is None for minutes in out]),
        ours=np.full(len(rows), True),
    )


def waits(told, given):
    return run(told, told.routes[0], given, chance=np.random.default_rng(0))


SERVICE = {"model": "service", "answer_minutes": 5, "clarified_share": 0.5}
CENTRE = SERVICE | {"model": "municipal_centre", "team": {"staff": 1}}


def test_one_at_a_time_in_their_order(response):
    found = waits(response(operators=1), alarms((10, 5, None), (12, 5, None), (13, 5, None)))
    assert found.answered.tolist() == [0, 3, 7]
    assert found.worked == 15


def test_two_operators_answer_two(response):
    found = waits(response(operators=2), alarms((10, 5, None), (12, 5, None), (13, 5, None)))
    assert found.answered.tolist() == [0, 0, 2]


def test_who_answers_in_the_service_goes_out_herself(response):
    told = response(routes=[SERVICE], home_service={"staff": 1})
    found = waits(told, alarms((10, 5, 30), (20, 5, None)))
    assert found.answered.tolist() == [0, 25]
    assert found.going_out[0] == 5
    assert np.isnan(found.going_out[1])


def test_a_centre_answers_on_while_the_home_service_is_out(response):
    told = response(routes=[CENTRE], home_service={"staff": 1})
    found = waits(told, alarms((10, 5, 30), (16, 5, 30), (22, 5, None)))
    assert found.answered.tolist() == [0, 0, 0]
    # the second is answered at 21 and waits until the first call-out is done at 45
    assert found.going_out[:2].tolist() == [5, 29]


def test_nobody_answers_when_nobody_is_on_duty(response):
    staff = [0] * 8 + [1] * 16
    found = waits(response(operators=staff), alarms((60, 5, None), (60 * 9, 5, None)))
    assert found.answered.tolist() == [7 * 60, 0]


def test_who_goes_off_duty_finishes_what_she_has(response):
    staff = [2] + [1] * 22 + [2]
    found = waits(response(operators=staff), alarms((58, 10, None), (59, 30, None), (61, 5, None)))
    # one of the two is off from 60, but until 68 both are at work; the one who is left takes it
    assert found.answered.tolist() == [0, 0, 89 - 61]


PLANNED = {"title": "Besøk", "per_day": 1, "minutes": 40, "from_hour": 0, "to_hour": 1}


@pytest.mark.parametrize(("interruptible", "waited"), [(False, 30), (True, 0)])
def test_an_alarm_breaks_off_planned_work_only_where_it_may(response, interruptible, waited):
    team = {"staff": 1, "planned": [PLANNED], "interruptible": interruptible}
    told = response(
        routes=[CENTRE | {"team": team}], handling="constant", home_service={"staff": 1}
    )
    # the planned work begins at 30 and takes 40 minutes
    found = waits(told, alarms((40, 5, None)))
    assert found.answered.tolist() == [waited]
    # broken off or not, all of it is done, each of the four days
    assert found.worked == pytest.approx(4 * 40 + 5)
    assert found.planned[0] == 0


def test_planned_work_waits_for_alarms(response):
    team = {"staff": 1, "planned": [PLANNED]}
    told = response(
        routes=[CENTRE | {"team": team}], handling="constant", home_service={"staff": 1}
    )
    found = waits(told, alarms((25, 10, None), (28, 10, None)))
    assert found.answered.tolist() == [0, 7]
    assert found.planned[0] == 15


def test_what_is_never_answered_stays_infinite(response):
    end = 4 * 24 * 60
    found = waits(response(operators=1), alarms((end - 20, 60, None), (end - 10, 5, None)))
    assert found.answered.tolist() == [0, np.inf]


@pytest.mark.parametrize("interruptible", [False, True])
def test_going_off_duty_breaks_off_nothing(response, interruptible):
    team = {"staff": [1] + [0] * 23, "planned": [PLANNED], "interruptible": interruptible}
    told = response(
        routes=[CENTRE | {"team": team}], handling="constant", home_service={"staff": 1}
    )
    # the alarm is answered at 10 and takes 15; the planned work goes on from 30 past the hour
    found = waits(told, alarms((10, 15, None), (62, 5, None)))
    assert found.answered.tolist() == [0, 24 * 60 - 62]
    assert found.planned[0] == 0
    long = waits(told, alarms((10, 90, None)))
    assert long.answered.tolist() == [0]
    # the planned work of the first day is left until someone is back
    assert long.planned[0] == 24 * 60 - 30


def test_who_has_waited_longest_is_next_among_alarms_and_before_all_planned_work(response):
    team = {"staff": 1, "planned": [PLANNED | {"per_day": 3, "minutes": 100}]}
    told = response(
        routes=[CENTRE | {"team": team}], handling="constant", home_service={"staff": 1}
    )
    # planned at 10, 30 and 50; the first takes until 110, then the two alarms, then the others
    found = waits(told, alarms((60, 7, None), (70, 7, None)))
    assert found.answered.tolist() == [50, 47]
    assert found.planned[:3].tolist() == [0, 124 - 30, 224 - 50]
