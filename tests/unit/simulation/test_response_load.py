"""A response service's file: rosters, and what does not fit together."""

import pytest

from vft.errors import VftError
from vft.simulation.response_load import packaged_profile

SERVICE = {"model": "service", "answer_minutes": 5, "clarified_share": 0}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"operators": [1, 2]}, "staff må være ett tall eller 24 tall, ikke 2"),
        ({"routes": []}, "routes: oppgi minst én"),
        ({"operators": 0}, "minst én i minst én time"),
        ({"hourly_profile": [0] * 24}, "hourly_profile kan ikke være 0 i alle timer"),
        ({"hourly_profile": [1, 2]}, "hourly_profile: må ha minst 24 i listen, ikke 2."),
        ({"hourly_profile": [1] * 25}, "hourly_profile: må ha høyst 24 i listen, ikke 25."),
        ({"hourly_profile": [1] * 23 + [-1]}, "hourly_profile[23]: må være minst 0, ikke -1."),
        ({"locks": {"share": 0.5, "minutes_saved": 30}}, "må være kortere enn hele"),
        ({"routes": [SERVICE | {"team": {"staff": 1}}]}, "service har ikke eget team"),
        ({"routes": [SERVICE | {"model": "external_centre"}]}, "team mangler"),
        ({"routes": [SERVICE | {"clarified_share": 1.1}]}, "clarified_share: må være høyst 1"),
    ],
)
def test_what_does_not_fit_is_told(response, fields, told):
    with pytest.raises(VftError) as refused:
        response(**fields)
    assert told in str(refused.value)


def test_planned_work_over_midnight_is_two(response):
    work = {"title": "Natt", "per_day": 2, "minutes": 10, "from_hour": 22, "to_hour": 6}
    with pytest.raises(VftError, match="del arbeid over midnatt"):
        response(home_service={"staff": 2, "planned": [work]})


def test_one_number_is_the_whole_day(response):
    assert response(operators=3).routes[0].team.staff == (3,) * 24


def test_the_estimated_day_has_its_peak_in_the_morning(response):
    weights = packaged_profile()
    assert sorted(sorted(range(24), key=lambda hour: -weights[hour])[:3]) == [8, 9, 10]
    assert sum(response(hourly_profile=None).profile) == pytest.approx(1)


LATE = "to_hour (6) må være etter from_hour (22); del arbeid over midnatt i to"


def test_every_fault_of_every_part_is_told_at_once(response):
    route = {"answer_minutes": 5, "clarified_share": 0.5, "price_per_alarm": {"value": -3}}
    late = {"title": "Natt", "per_day": 1, "minutes": 5, "from_hour": 22, "to_hour": 6}
    with pytest.raises(VftError) as refused:
        response(
            routes=[route | {"model": "municipal_centre"}, route | {"model": "service"}],
            home_service={"staff": 0, "planned": [late]},
            hourly_profile=[1] * 23,
        )
    assert [line.removeprefix("– ") for line in str(refused.value).splitlines()[1:-1]] == [
        "hourly_profile: må ha minst 24 i listen, ikke 23.",
        f"home_service.planned[0]: {LATE}.",
        "home_service: staff må være minst én i minst én time.",
        "routes[0]: team mangler: hvem svarer på alarmene?",
        "routes[0]: price_per_alarm kan ikke være under 0, og er −3.",
        "routes[1]: price_per_alarm kan ikke være under 0, og er −3.",
    ]  # fmt: skip
