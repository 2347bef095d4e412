"""A simulated scenario: equal to closed forms, to plain NumPy, and to itself."""

import numpy as np
import pytest
from scipy.stats import norm

from vft.errors import VftError
from vft.simulation.break_even import break_even_scale, published_shares
from vft.simulation.monte_carlo import simulated
from vft.simulation.pert import Pert

PERTS = {
    "people": (90, 100, 130),
    "share": (0.3, 0.5, 0.6),
    "hours": (40, 85, 110),
    "rent": (18_000, 20_000, 24_000),
    "realised": (0.3, 0.5, 0.8),
}


def start_up(scenario, *, fixed_share, years_in_use):
    """The start-up as a scenario: one krone saved for each user, its costs as shares of that."""
    s = published_shares()
    keys = {
        "users": 1000,
        "all": 1,
        "saving": {"value": 1, "per": "item"},
        "one": 1,
        "rent": s.rent + s.operation * (1 - fixed_share),
        "passing": s.start_up + s.closing,
        "years": years_in_use,
        "fixed": 1000 * (s.training + s.administration + s.operation * fixed_share),
    }
    service = {
        "service": "DMS",
        "population": "users",
        "uptake": "all",
        "benefits": [{"title": "Spart", "kind": "items", "count": "one", "price": "saving"}],
        "costs": [
            {"title": "Leie og drift", "amount": "rent", "applies_to": "each_user"},
            {"title": "Start og slutt", "amount": "passing", "applies_to": "new_user",
             "years_in_use": "years"},
        ],
    }  # fmt: skip
    fixed = [{"title": "Fast", "amount": "fixed", "applies_to": "group"}]
    return scenario(keys, services=[service], costs=fixed)


@pytest.mark.parametrize(
    ("years", "fixed"), [(2.5, 0.3), (2.5, 0.5), (2.5, 0.8), (1.5, 0.3), (4.0, 0.1)]
)
def test_break_even_equals_the_closed_form(scenario, years, fixed):
    told = start_up(scenario, fixed_share=fixed, years_in_use=years)
    found = simulated(told, draws=10).break_even
    expected = break_even_scale(fixed_share=fixed, years_in_use=years)
    if expected is None:
        assert (found.scale_at_means, found.p50, found.share_never) == (None, None, 1.0)
    else:
        assert found.scale_at_means == pytest.approx(expected)
        assert found.p50 == pytest.approx(expected)
        assert found.users_at_means == pytest.approx(1000 * expected)


def test_npv_equals_the_closed_form_of_its_means(one_service):
    """Independent keys: the mean of a product is the product of means. The interval reaches it."""
    draws = 40_000
    found = simulated(one_service(PERTS), draws=draws, seed=7)
    mean = {name: Pert(minimum=a, mode=m, maximum=b).mean for name, (a, m, b) in PERTS.items()}
    users = mean["people"] * mean["share"]
    annuity = sum(1.04**-t for t in range(4))
    exact = annuity * (users * (mean["hours"] * 400 - mean["rent"]) - 100_000)
    assert found.npv.at_means == pytest.approx(exact)
    around = (found.npv.spread.p90 - found.npv.spread.p10) / (2 * norm.ppf(0.9))
    assert abs(found.npv.spread.mean - exact) < 3 * around / np.sqrt(draws)


def test_it_equals_plain_numpy(one_service):
    """Written out by hand on the same draws, without any of the scenario's machinery."""
    told = one_service(PERTS, horizon_years=2)
    found = simulated(told, draws=5000, seed=3)
    from vft.simulation.draws import drawn

    keys = {n: Pert(minimum=a, mode=m, maximum=b) for n, (a, m, b) in PERTS.items()}
    v = drawn(keys, count=5000, seed=3)
    yearly = v["people"] * v["share"] * (v["hours"] * 400 - v["rent"]) - 100_000
    npv = yearly * (1 + 1 / 1.04 + 1 / 1.04**2)
    spread = found.npv.spread
    assert [spread.p10, spread.p50, spread.p90] == pytest.approx(np.percentile(npv, [10, 50, 90]))
    assert found.npv.probability_positive == np.mean(npv > 0)
    realised = v["realised"] * v["people"] * v["share"] * v["hours"] * 400
    assert found.years[1].realisable.mean == pytest.approx(realised.mean())


def test_the_same_seed_gives_the_same_figures(one_service):
    told = one_service(PERTS)
    first, again = (simulated(told, draws=2000, seed=5) for _ in range(2))
    assert first == again
    assert first.npv != simulated(told, draws=2000, seed=6).npv


def test_hours_avoided_cost_and_the_realisable_are_apart(one_service):
    found = simulated(one_service({}), draws=10)
    year = found.years[0]
    assert (year.hours.mean, year.avoided_cost.mean, year.realisable.mean) == (
        4000,
        1_600_000,
        800_000,
    )
    assert year.fte.mean == pytest.approx(4000 / 1668.5)
    assert found.npv.at_means > 0 > found.npv_realisable.at_means


def test_correlation_widens_what_is_multiplied_and_keeps_each_key(one_service):
    def of(spearman):
        pairs = [{"keys": ["people", "hours"], "spearman": spearman}]
        return simulated(one_service(PERTS, correlations=pairs), draws=20_000)

    low, high = of(-0.8), of(0.8)
    assert high.correlations[0].achieved == pytest.approx(0.8, abs=0.01)
    assert low.correlations[0].achieved == pytest.approx(-0.8, abs=0.01)
    widths = [one.years[0].hours.p90 - one.years[0].hours.p10 for one in (low, high)]
    assert widths[0] < 0.8 * widths[1]
    # the number of users does not depend on hours, and its draws are the same ones
    assert low.years[0].users.p50 == pytest.approx(high.years[0].users.p50, rel=0.01)


def test_a_missing_key_gives_no_kroner_and_is_named(one_service):
    found = simulated(one_service({"price": {"value": 400, "starts_on": None}}), draws=100)
    assert found.hours is not None
    assert found.npv is None
    assert found.break_even is None
    assert found.present_value.avoided_cost is None
    assert found.present_value.costs is not None
    assert any("«price» mangler dato" in sentence for sentence in found.undocumented)


def test_decompositions_sum_to_their_totals(one_service):
    people = {"value": 100, "profile": [1, 1.1, 1.2, 1.3]}
    share = {"value": 0.2, "profile": [1, 2, 3, 3]}
    found = simulated(one_service({"people": people, "share": share}), draws=10)
    growth = found.growth_of_hours
    # 20 users to 78, 80 hours each: people alone 480, uptake alone 3 200, together 960 more
    assert growth.effects == pytest.approx({"population": 480, "uptake": 3200, "hours_per_user": 0})
    assert (growth.interaction, growth.total) == (pytest.approx(960), pytest.approx(4640))
    assert found.hours_by_service.total == pytest.approx(found.hours.mean)


# hours a user of the one, share that overlaps → change of uptake, of overlap, of all, from year 0
OVERLAPS = [
    # 1 000 h of the one and 2 000 of the other, which doubles: the least is the one's both years
    (10, {"value": 0.25}, (2000, 0, 2000)),
    # 4 000 h: the least is the other's, 2 000 and then 4 000
    (40, {"value": 0.25}, (2000, -500, 1500)),
    (40, {"value": 0.25, "profile": [1, 2]}, (2000, -1500, 500)),
]


@pytest.mark.parametrize(("hours", "share", "change"), OVERLAPS)
def test_growth_has_what_overlaps_take_away(scenario, hours, share, change):
    keys = {
        "people": 1000,
        "tenth": 0.1,
        "fifth": {"value": 0.2, "profile": [1, 2]},
        "hours": hours,
        "ten": 10,
        "twice": share,
    }
    services = [
        {"service": name, "population": "people", "uptake": uptake,
         "benefits": [{"title": "Tid", "kind": "hours", "count": each}]}
        for name, uptake, each in (("DT", "tenth", "hours"), ("TA", "fifth", "ten"))
    ]  # fmt: skip
    overlaps = [{"services": ["DT", "TA"], "share": "twice"}]
    told = scenario(keys, services=services, overlaps=overlaps, horizon_years=1)
    found = simulated(told, draws=1000)
    growth = found.growth_of_hours
    parts = (growth.effects["uptake"], growth.effects["overlap"], growth.total)
    assert parts == pytest.approx(change)
    first, last = (year.hours.mean for year in found.years)
    assert growth.total == pytest.approx(last - first)
    assert sum(growth.effects.values()) + growth.interaction == pytest.approx(growth.total)


def test_what_a_reader_must_know_is_said(one_service):
    old = {"value": 20_000, "ends_on": "2024-06-01", "price_year": 2021}
    guessed = {"value": 80, "estimated": True, "derivation": "et rundt tall", "price_year": 2024}
    told = one_service({"rent": old, "hours": guessed}, start="2025-01-01")
    warnings = "\n".join(simulated(told, draws=100).warnings)
    assert "«rent» gjaldt til 01.06.2024" in warnings
    assert "«hours» er anslått: et rundt tall" in warnings
    assert "Med 100 trekninger er P10, P90 og sjanser usikre" in warnings
    assert "ulike prisår" in warnings


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (10**9, 1), (10, -1)])
def test_impossible_draws_are_refused(one_service, draws, seed):
    with pytest.raises(VftError, match="trekninger"):
        simulated(one_service({}), draws=draws, seed=seed)


# year of the price's kroner, of the rent's → what is known in kroner of 2024
CONVERTED = [(2021, 2021, (True, True)), (2025, 2021, (False, True)), (2021, 2025, (True, False))]


@pytest.mark.parametrize(("of_price", "of_rent", "known"), CONVERTED)
def test_kroner_beyond_the_deflator_are_null_and_the_others_stand(
    one_service, of_price, of_rent, known
):
    price = {"value": 400, "per": "hour", "hour_definition": "paid", "price_year": of_price}
    rent = {"value": 20_000, "price_year": of_rent}
    fixed = {"value": 1, "price_year": 2024}
    keys = {"price": price, "rent": rent, "fixed": fixed}
    year = simulated(one_service(keys, price_year=2024), draws=1000).years[0]
    assert year.hours.mean == pytest.approx(4000)
    assert ((year.avoided_cost is not None), (year.costs is not None)) == known
    grown = 1.067 * 1.052 * 1.043
    if year.avoided_cost is not None:
        assert year.avoided_cost.mean == pytest.approx(1_600_000 * grown)
    if year.costs is not None:
        assert year.costs.mean == pytest.approx(1_000_000 * grown + 1)


#: Years 0 to 3 at 4 %.
ANNUITY = sum(1.04**-year for year in range(4))


# hours of 400 kroner of one of 50 users, beside a rent of 20 000 → the chance of more than nothing
@pytest.mark.parametrize(("hours", "chance"), [(51, 1), (50, 0), (49, 0)])
def test_as_much_as_it_costs_is_no_gain(one_service, hours, chance):
    found = simulated(one_service({"hours": hours, "fixed": 0}), draws=1000)
    assert found.npv.at_means == pytest.approx((hours - 50) * 400 * 50 * ANNUITY)
    assert found.npv.probability_positive == chance


# costs of DMS and DT, costs of both → who is asked for costs; net is known where nobody is
COSTS_TOLD = [
    (None, None, (), "DMS og DT"),
    ((), None, (), "DT"),
    ((), None, ({"title": "Drift", "amount": "fixed", "applies_to": "group"},), "DT"),
    ((), (), (), None),
]


@pytest.mark.parametrize(("of_dms", "of_dt", "common", "asked"), COSTS_TOLD)
def test_costs_that_nobody_gave_are_not_0(one_service, of_dms, of_dt, common, asked):
    whole = one_service({}, costs=common)
    services = tuple(
        whole.services[0].model_copy(update={"service": name, "costs": costs})
        for name, costs in (("DMS", of_dms), ("DT", of_dt))
    )
    found = simulated(whole.model_copy(update={"services": services}), draws=1000)
    of_net = (found.years[0].costs, found.npv, found.npv_realisable, found.present_value.costs)
    of_scale = (found.break_even, found.break_even_realisable)
    assert [one is not None for one in (*of_net, *of_scale)] == [asked is None] * 6
    assert found.present_value.avoided_cost is not None
    told = [one.split(":")[0] for one in found.undocumented if "(costs)" in one]
    assert told == ([] if asked is None else [asked])
