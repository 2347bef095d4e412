"""What a scenario comes to, by hand: constant keys, so that every figure can be checked."""

import pytest

from vft.simulation.draws import at_means
from vft.simulation.outcome import outcome
from vft.simulation.uses import undocumented, used_keys


def found(told):
    keys = {name: told.keys[name].distribution for name in used_keys(told)}
    return outcome(told, at_means(keys))


def first(values):
    return None if values is None else values[0].tolist()


def test_one_service_by_hand(one_service):
    # 50 users: 4 000 h, 1,6 mill. kr, half of it realisable; 50 · 20 000 + 100 000 of costs
    got = found(one_service({}, horizon_years=1))
    assert first(got.hours) == [4000, 4000]
    assert first(got.avoided_cost) == [1_600_000, 1_600_000]
    assert first(got.realisable) == [800_000, 800_000]
    assert first(got.costs) == [1_100_000, 1_100_000]
    assert first(got.net) == [500_000, 500_000]
    assert first(got.net_realisable) == [-300_000, -300_000]


def test_users_follow_the_profiles_of_population_and_uptake(one_service):
    people = {"value": 100, "profile": [1.0, 1.5]}
    share = {"value": 0.2, "profile": [1, 2]}
    got = found(one_service({"people": people, "share": share}, horizon_years=1))
    assert first(got.services["DMS"].users) == pytest.approx([20, 60])


@pytest.mark.parametrize(
    ("benefit", "hours", "kroner"),
    [
        # 50 users · 2 a week · 365/7 · 26 min
        ({"kind": "visits", "count": "two", "per": "week", "minutes": "m26", "price": "price"},
         50 * 2 * 365 / 7 * 26 / 60, 50 * 2 * 365 / 7 * 26 / 60 * 400),
        ({"kind": "visits", "count": "two", "per": "month", "minutes": "m26", "price": "each"},
         50 * 24 * 26 / 60, 50 * 24 * 150),
        ({"kind": "items", "count": "two", "per": "year", "price": "each"}, 0, 50 * 2 * 150),
        ({"kind": "items", "count": "two", "per": "year", "price": "each", "km": "m26",
          "km_price": "km"}, 0, 50 * 2 * (150 + 26 * 5)),
        ({"kind": "hours", "count": "two", "per": "month", "price": "price"}, 1200, 480_000),
    ],
)  # fmt: skip
def test_each_kind_of_benefit(scenario, benefit, hours, kroner):
    keys = {
        "two": 2,
        "m26": 26,
        "price": {"value": 400, "per": "hour", "hour_definition": "paid"},
        "each": {"value": 150, "per": "visit"},
        "km": {"value": 5, "per": "km"},
        "users": 50,
        "all": 1,
    }
    service = {
        "service": "X",
        "population": "users",
        "uptake": "all",
        "benefits": [{"title": "Spart", **benefit}],
    }
    got = found(scenario(keys, services=[service], horizon_years=0))
    assert first(got.hours) == pytest.approx([hours])
    assert first(got.avoided_cost) == pytest.approx([kroner])


@pytest.mark.parametrize(
    ("cost", "years"),
    [
        # users are 50, 80 and 60
        ({"applies_to": "each_user", "per": "month"}, [50 * 120, 80 * 120, 60 * 120]),
        ({"applies_to": "new_user"}, [500, 300, 0]),
        ({"applies_to": "new_user", "years_in_use": "two"}, [250, 400, 300]),
        ({"applies_to": "group", "per": "once"}, [10, 0, 0]),
        ({"applies_to": "group", "per": "month"}, [120, 120, 120]),
    ],
)
def test_each_kind_of_cost(scenario, cost, years):
    keys = {"users": {"value": 50, "profile": [1, 1.6, 1.2]}, "all": 1, "ten": 10, "two": 2}
    service = {
        "service": "X",
        "population": "users",
        "uptake": "all",
        "costs": [{"title": "Det", "amount": "ten", **cost}],
    }
    got = found(scenario(keys, services=[service], horizon_years=2))
    assert first(got.costs) == pytest.approx(years)


def test_kroner_are_of_one_price_year(one_service):
    price = {"value": 400, "per": "hour", "hour_definition": "paid", "price_year": 2023}
    got = found(one_service({"price": price}, price_year=2024, horizon_years=0))
    # the deflator of 2024 is 4,3 %
    assert first(got.avoided_cost) == pytest.approx([1_600_000 * 1.043])
    assert first(got.costs) == [1_100_000]


UNDATED = {"starts_on": None}


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        # hours, avoided cost, realisable, costs
        ({"hours": {"value": None}}, (False, False, False, True)),
        ({"hours": {"value": 80} | UNDATED}, (True, False, False, True)),
        ({"people": {"value": 100, "origin": ""}}, (True, False, False, False)),
        ({"price": {"value": 400} | UNDATED}, (True, False, False, True)),
        ({"rent": {"value": 1} | UNDATED}, (True, True, True, False)),
        ({"realised": {"value": 0.5} | UNDATED}, (True, True, False, True)),
        ({"share": 0, "hours": {"value": None}}, (True, True, True, True)),
    ],
)
def test_what_is_not_documented_gives_null_and_never_0(one_service, keys, known):
    got = found(one_service(keys, horizon_years=0))
    parts = (got.hours, got.avoided_cost, got.realisable, got.costs)
    assert tuple(part is not None for part in parts) == known


def test_overlap_is_an_interaction_of_its_own(scenario):
    price = {"value": 400, "per": "hour", "hour_definition": "paid"}
    services = [
        {"service": name, "population": users, "uptake": "all",
         "benefits": [{"title": "Tid", "kind": "hours", "count": "ten", "price": "price"}]}
        for name, users in (("DMS", "many"), ("DT", "few"))
    ]  # fmt: skip
    told = scenario(
        {"many": 100, "few": 20, "all": 1, "ten": 10, "price": price, "twice": 0.25},
        services=services,
        overlaps=[{"services": ["DMS", "DT"], "share": "twice"}],
        horizon_years=0,
    )
    got = found(told)
    assert [first(one.hours) for one in got.services.values()] == [[1000], [200]]
    assert first(got.interaction_hours) == [-50]
    assert first(got.hours) == [1150]
    assert first(got.interaction_avoided_cost) == [-20_000]
    assert first(got.avoided_cost) == [460_000]


# what the service is told to spare → hours, avoided cost and net; whether it is asked for
SPARED = [(None, [None, None, None], True), ((), [[0.0], [0.0], [-1_100_000.0]], False)]


@pytest.mark.parametrize(("benefits", "figures", "asked"), SPARED)
def test_benefits_that_nobody_told_are_not_0(one_service, benefits, figures, asked):
    whole = one_service({}, horizon_years=0)
    service = whole.services[0].model_copy(update={"benefits": benefits})
    told = whole.model_copy(update={"services": (service,)})
    got = found(told)
    assert [first(one) for one in (got.hours, got.avoided_cost, got.net)] == figures
    assert first(got.costs) == [1_100_000]
    said = [one for one in undocumented(told) if one.startswith("DMS: gevinster (benefits) er")]
    assert bool(said) is asked
