"""What comes to those on duty, in hours a day, beside the hours that they are there."""

import pytest

from vft.simulation.capacity import answering, erlang, going_out, minutes_each

VISITS = {"title": "Besøk", "per_day": 12, "minutes": 20}
SERVICE = {"model": "service", "answer_minutes": 5, "clarified_share": 0.5}
CENTRE = SERVICE | {"model": "municipal_centre", "team": {"staff": 2, "planned": [VISITS]}}
EXTERNAL = CENTRE | {"model": "external_centre", "other_alarms_per_day": 144}


# 288 alarms à 5 minutes are 24 hours, half of them à 30 minutes more 72, 12 visits 4
@pytest.mark.parametrize(
    ("route", "each", "hours"),
    [(SERVICE, 20, (96, 8, 120)), (CENTRE, 5, (24, 4, 48)), (EXTERNAL, 5, (36, 4, 48))],
)
def test_those_who_answer(response, route, each, hours):
    told = response(routes=[route], home_service={"staff": 5, "planned": [VISITS, VISITS]})
    found = answering(told, told.routes[0])
    assert minutes_each(told, told.routes[0]) == each
    assert (found.alarms, found.planned, found.on_duty) == pytest.approx(hours)
    assert found.share == pytest.approx((hours[0] + hours[1]) / hours[2])


@pytest.mark.parametrize(("route", "alarms"), [(SERVICE, 96), (CENTRE, 72), (EXTERNAL, 72)])
def test_those_who_go_out_go_to_our_own(response, route, alarms):
    told = response(routes=[route], home_service={"staff": 5, "planned": [VISITS]})
    found = going_out(told, told.routes[0])
    assert (found.alarms, found.planned, found.on_duty) == pytest.approx((alarms, 4, 120))


def test_a_lock_takes_its_minutes_from_the_doors_that_have_one(response):
    locks = {"share": 0.5, "minutes_saved": 10}
    told = response(routes=[CENTRE], home_service={"staff": 5}, locks=locks)
    assert going_out(told, told.routes[0]).alarms == pytest.approx(144 * 25 / 60)


@pytest.mark.parametrize(
    ("alarms_per_day", "visits", "alarms_grow", "planned_grows"),
    [(240, 11, False, False), (240, 12, False, True), (288, 0, True, True)],
)
def test_as_much_as_they_can_do_is_too_much(
    response, alarms_per_day, visits, alarms_grow, planned_grows
):
    # one on duty, 24 hours; 240 alarms à 5 minutes are 20 of them
    team = {"staff": 1, "planned": [VISITS | {"per_day": visits}]}
    told = response(routes=[CENTRE | {"team": team}], alarms_per_day=alarms_per_day)
    found = answering(told, told.routes[0])
    assert (found.alarms_grow, found.planned_grows) == (alarms_grow, planned_grows)


def test_each_hour_has_its_part_of_the_alarms(response):
    told = response(routes=[CENTRE], hourly_profile=[3] + [1] * 23)
    found = erlang(told, told.routes[0])
    assert found[0] == pytest.approx(288 * 3 / 26 * 5 / 60)
    assert sum(found) == pytest.approx(24)
