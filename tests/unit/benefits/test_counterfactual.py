import pytest

PLACE = {"id": "plass", "kind": "institution_places", "before": 1, "after": 0}
HOME = {
    "id": "tilsyn",
    "kind": "visits",
    "before": 8,
    "after": 4,
    "per": "day",
    "minutes": 15,
}


@pytest.fixture(scope="module")
def both(evaluated, hour, price):
    def result(place=(), home=(), **fields):
        lines = [
            {**PLACE, "price": price(900_000, "year"), **dict(place)},
            {**HOME, "price": hour(400), **dict(home)},
        ]
        return evaluated(lines=lines, **fields)

    return result


def test_the_exclusive_figure_is_the_place_less_the_care_still_given(both, codes):
    result = both()
    assert result.total.avoided.nok == 900_000 + 4 * 365 / 4 * 400
    assert result.exclusive.avoided.nok == 900_000 - 4 * 365 / 4 * 400
    assert result.exclusive.avoided.hours == -365
    assert result.exclusive.less_than_stated_nok == 8 * 365 / 4 * 400
    assert "double_counting" in codes(result)


# place before and after, home before and after, recipients → exclusive kroner a year
OVERLAPS = [
    # half the year in institution: half of the care at home was given before
    (0.5, 0, 8, 4, 1, 450_000 + (4 - 4) * 36_500),
    # one of two recipients
    (0.5, 0, 8, 4, 2, 900_000 + 2 * (4 - 4) * 36_500),
    # some of the institution remains, and with it less care at home afterwards
    (1, 0.25, 8, 4, 1, 675_000 - 3 * 36_500),
    # two places for one recipient: no care at home before, and never less than none
    (2, 0, 8, 4, 1, 1_800_000 - 4 * 36_500),
]


@pytest.mark.parametrize(("before", "after", "home", "left", "recipients", "kroner"), OVERLAPS)
def test_home_care_counts_in_the_part_of_the_year_at_home(  # noqa: PLR0913, PLR0917 - the columns
    both, before, after, home, left, recipients, kroner
):
    result = both(
        place={"before": before, "after": after},
        home={"before": home, "after": left},
        recipients=recipients,
    )
    assert result.exclusive.avoided.nok == pytest.approx(kroner)


# place, home → nothing is counted twice
APART = [
    ({"after": 1}, {}),
    ({"before": None}, {}),
    ({}, {"before": 0}),
    ({}, {"before": None}),
    ({}, {"perspective": "elsewhere"}),
]


@pytest.mark.parametrize(("place", "home"), APART)
def test_a_case_that_counts_nothing_twice_has_no_exclusive_figure(both, codes, place, home):
    result = both(place, home)
    assert result.exclusive is None
    assert "double_counting" not in codes(result)


def test_money_that_is_not_documented_stays_so_in_the_exclusive_figure(both, codes):
    result = both(home={"price": None})
    assert result.exclusive.avoided.nok is None
    assert result.exclusive.avoided.hours == -365
    assert "double_counting" in codes(result)


def test_the_exclusive_figure_has_the_same_costs(both):
    result = both(
        horizon_years=4,
        running_costs=[{"amount": 1000, "origin": "Avtale"}],
        start_up_costs=[{"amount": 500, "origin": "Avtale"}],
    )
    assert result.exclusive.economy.horizon.costs == result.economy.horizon.costs == 4500
    difference = result.economy.horizon.net - result.exclusive.economy.horizon.net
    assert difference == pytest.approx(4 * 8 * 365 / 4 * 400)


def test_days_in_institution_share_the_year_too(evaluated, price, codes):
    lines = [
        {
            **PLACE,
            "kind": "institution_days",
            "per": "year",
            "before": 73,
            "price": price(1, "day"),
        },
        HOME,
    ]
    result = evaluated(lines=lines)
    assert result.exclusive.avoided.visits == pytest.approx(8 * 365 * 0.8 - 4 * 365)
    assert "double_counting" in codes(result)
