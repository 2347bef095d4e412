"""Routes compared: against Erlang C, and against each other on the same alarms."""

import pytest

from vft.errors import VftError
from vft.simulation.routing import response_load

ROUTE = {"answer_minutes": 5, "clarified_share": 0.5}
SERVICE = ROUTE | {"model": "service", "clarified_share": 0}
MUNICIPAL = ROUTE | {"model": "municipal_centre", "team": {"staff": 2}}
EXTERNAL = ROUTE | {
    "model": "external_centre", "team": {"staff": 2}, "other_alarms_per_day": 200,
}  # fmt: skip


def test_the_interval_reaches_erlang_c(response):
    # 12 alarms an hour of 5 minutes are 1 erlang; two operators: C = 1/3 exactly
    found = response_load(response(days=20, replications=10), seed=1).routes[0]
    assert found.share_waiting.low <= 1 / 3 <= found.share_waiting.high
    # mean wait C·s/(c − A) = 100 s
    assert found.mean_wait_seconds.low <= 100 <= found.mean_wait_seconds.high
    assert found.utilisation.mean == pytest.approx(0.5, abs=0.02)
    assert found.by_hour[0].erlang == pytest.approx(1)
    assert found.by_hour[0].erlang_c_answered_within == pytest.approx(1 - 2.718281828**-0.2 / 3)


def test_three_routes_on_the_same_alarms(response):
    told = response(routes=[SERVICE, MUNICIPAL, EXTERNAL], alarms_per_day=100, days=5)
    service, municipal, external = response_load(told).routes
    assert service.alarms_per_day == municipal.alarms_per_day == external.alarms_per_day
    assert service.call_outs_per_day == service.alarms_per_day
    assert municipal.call_outs_per_day == external.call_outs_per_day
    assert municipal.call_outs_per_day == pytest.approx(50, abs=8)
    # who shares her centre with others waits longer
    assert external.mean_wait_seconds.mean > municipal.mean_wait_seconds.mean
    assert municipal.hours_per_year_call_outs < 0.6 * service.hours_per_year_call_outs


def test_a_morning_peak_is_where_the_waiting_is(response):
    told = response(hourly_profile=[1] * 8 + [5] * 3 + [1] * 13, alarms_per_day=280, days=10)
    hours = response_load(told).routes[0].by_hour
    assert max(hours, key=lambda one: one.operators_needed).hour in {8, 9, 10}
    assert hours[9].answered_within < hours[5].answered_within
    assert hours[9].erlang == pytest.approx(280 * 5 / 36 * 5 / 60)


def test_locks_shorten_call_outs(response):
    plain = response_load(response(routes=[SERVICE], home_service={"staff": 9})).routes[0]
    lock = {"share": 1.0, "minutes_saved": 10}
    locked = response_load(response(routes=[SERVICE], home_service={"staff": 9}, locks=lock))
    ratio = locked.routes[0].hours_per_year_call_outs / plain.hours_per_year_call_outs
    assert ratio == pytest.approx(20 / 30)


DATED = {"starts_on": "2024-01-01", "origin": "Avtale 2024"}


@pytest.mark.parametrize(
    ("price", "nok", "why"),
    [
        (DATED | {"value": 40}, 40 * 288 * 365, None),
        ({"value": 40, "origin": "Avtale"}, None, "mangler dato"),
        (None, None, "ikke oppgitt"),
    ],
)
def test_no_kroner_without_a_dated_price(response, price, nok, why):
    found = response_load(response(routes=[MUNICIPAL | {"price_per_alarm": price}])).routes[0]
    assert found.nok_per_year == nok
    assert why is None if not found.undocumented else why in found.undocumented[0]


#: 30 hours a day.
BUSY = {"title": "Besøk", "per_day": 60, "minutes": 30}


def test_more_alarms_than_can_be_answered_are_told_and_not_run(response):
    # 1 000 à 5 minutes are 83 hours of work for 24 on duty
    told = response(operators=1, alarms_per_day=1000, days=300, replications=10)
    found = response_load(told).routes[0]
    assert found.demand == pytest.approx(1000 * 5 / 60 / 24)
    assert "det kommer 3,5 ganger så mye arbeid som vaktene rekker" in found.warnings[0]
    assert found.meets_target is False
    nothing = (
        found.answered_within, found.mean_wait_seconds, found.share_waiting, found.never_answered,
        found.mean_minutes_to_going_out, found.planned_delay_minutes, found.utilisation,
        found.by_hour[0].answered_within,
    )  # fmt: skip
    assert set(nothing) == {None}
    # what is of the alarms alone is told all the same
    assert found.alarms_per_day == pytest.approx(1000, rel=0.01)
    assert found.hours_per_year_answering == pytest.approx(1000 * 5 / 60 * 365, rel=0.01)
    assert found.by_hour[0].operators_needed > 1


@pytest.mark.parametrize(("alarms", "is_run"), [(287, True), (288, False)])
def test_one_who_is_never_free_has_no_usual_wait(response, alarms, is_run):
    found = response_load(response(operators=1, alarms_per_day=alarms)).routes[0]
    assert (found.mean_wait_seconds is not None) is is_run


def test_more_planned_work_than_can_be_done_takes_no_wait_from_alarms(response):
    team = {"staff": 2, "planned": [BUSY, BUSY]}
    found = response_load(response(routes=[MUNICIPAL | {"team": team}])).routes[0]
    # 24 hours of alarms and 60 of planned work for 48 on duty
    assert found.demand == pytest.approx(84 / 48)
    assert found.answered_within is not None
    assert found.planned_delay_minutes is None
    assert "det kommer 1,8 ganger" in found.warnings[0].casefold()
    assert found.utilisation is None
    assert "planlagt arbeid blir liggende" in found.warnings[0]
    # an alarm waits for the piece in hand, not for the pile: no longer the more days are run
    assert found.warnings[0].endswith("som når det alltid er planlagt arbeid i gang.")
    breaks_off = MUNICIPAL | {"team": team | {"interruptible": True}}
    assert "avbrytes" not in response_load(response(routes=[breaks_off])).routes[0].warnings[0]


def test_who_works_on_after_duty_is_not_more_than_busy(response):
    # one hour on duty and nearly an hour of work, which varies: some of it is done after duty
    visit = BUSY | {"per_day": 1, "minutes": 59, "to_hour": 1}
    team = {"staff": [1] + [0] * 23, "planned": [visit]}
    told = response(routes=[MUNICIPAL | {"team": team}], alarms_per_day=0, replications=3)
    busy = response_load(told, seed=0).routes[0].utilisation
    # 0.94, 1.06 and 1.16 times the duty: overtime makes up for no idle time
    assert busy.mean == pytest.approx((0.94 + 1 + 1) / 3, abs=0.005)
    assert 0 < busy.low < busy.mean < busy.high <= 1


def test_a_home_service_that_cannot_go_out_to_all_has_no_usual_time_to_it(response):
    told = response(routes=[MUNICIPAL], home_service={"staff": 2}, alarms_per_day=288)
    # 144 call-outs à 30 minutes are 72 hours for 48 on duty
    found = response_load(told).routes[0]
    assert (found.demand, found.home_demand) == (pytest.approx(0.5), pytest.approx(1.5))
    assert found.mean_wait_seconds is not None
    assert found.mean_minutes_to_going_out is None
    assert "Hjemmetjenesten får 1,5 ganger" in found.warnings[0]
    assert "utrykninger og planlagt arbeid blir liggende" in found.warnings[0]


def test_a_home_service_with_more_planned_work_than_it_can_do_still_goes_out(response):
    home = {"staff": 2, "planned": [BUSY, BUSY]}
    told = response(routes=[MUNICIPAL], home_service=home, alarms_per_day=48)
    # 24 call-outs à 30 minutes are 12 hours, with 60 of planned work, for 48 on duty
    found = response_load(told).routes[0]
    assert (found.demand, found.home_demand) == (pytest.approx(4 / 48), pytest.approx(1.5))
    assert found.planned_delay_minutes is None
    assert found.mean_minutes_to_going_out is not None
    assert found.utilisation is not None
    assert "rekker: planlagt arbeid blir liggende, og mer" in found.warnings[0]


def test_a_home_service_that_answers_itself_is_told_of_once(response):
    home = {"staff": 2, "planned": [BUSY, BUSY]}
    found = response_load(response(routes=[SERVICE], home_service=home, alarms_per_day=24))
    assert [one[:27] for one in found.routes[0].warnings] == ["Det kommer 1,5 ganger så my"]


def test_what_is_barely_too_much_is_not_told_as_just_enough(response):
    found = response_load(response(operators=1, alarms_per_day=289)).routes[0]
    assert "1,003 ganger" in found.warnings[0]


def test_each_replication_is_told_of(response):
    told = []
    both = response(routes=[MUNICIPAL, EXTERNAL], days=1, replications=2, alarms_per_day=9)
    response_load(both, tell=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_no_alarms_are_no_waits(response):
    found = response_load(response(alarms_per_day=0)).routes[0]
    assert found.answered_within is None
    assert found.meets_target is None
    assert found.call_outs_per_day == 0


def test_the_same_seed_gives_the_same_figures(response):
    told = response()
    assert response_load(told, seed=3) == response_load(told, seed=3)
    assert response_load(told, seed=3) != response_load(told, seed=4)


def test_shares_and_their_intervals_are_shares(response):
    found = response_load(response(operators=9, alarms_per_day=50)).routes[0]
    assert 0 <= found.share_waiting.low <= found.answered_within.high <= 1


def test_the_interval_of_a_share_ends_where_shares_do(response):
    # two replications are so few that the interval is far wider than what a share can be
    few = response(operators=1, alarms_per_day=60, days=1, replications=2)
    found = [response_load(few, seed=seed).routes[0] for seed in range(6)]
    assert min(one.answered_within.low for one in found) == 0
    assert max(one.answered_within.high for one in found) == 1
    assert min(one.mean_wait_seconds.low for one in found) == 0
    assert all(0 < one.answered_within.mean < 1 for one in found)


def test_more_alarms_than_can_be_run_are_refused(response):
    with pytest.raises(VftError, match="Velg færre døgn"):
        response_load(response(alarms_per_day=50_000, days=366, replications=1000))


def test_planned_work_is_counted_among_what_can_be_run(response):
    team = {"staff": 9, "planned": [BUSY | {"per_day": 10_000}]}
    told = response(routes=[MUNICIPAL | {"team": team}], alarms_per_day=1, days=366)
    with pytest.raises(VftError, match="planlagte oppgaver"):
        response_load(told.model_copy(update={"replications": 20}))


def test_the_load_of_a_service_that_goes_out_itself(response):
    told = response(
        routes=[SERVICE | {"clarified_share": 0.2}],
        home_service={"staff": 9},
        locks={"share": 0.5, "minutes_saved": 10},
    )
    # 12 an hour of 5 minutes and, for 8 in 10, 25 more: 12 · 25 / 60 erlang
    assert response_load(told).routes[0].by_hour[0].erlang == pytest.approx(5)
