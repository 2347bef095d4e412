from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from vft.benefits.price_list import find, from_rows, packaged
from vft.benefits.unit_price import UnitPrice
from vft.errors import VftError

# the state's rates for a car, kroner per kilometre
STATE_KM = [
    ("2012-06-01", 3.90),
    ("2015-01-01", 4.10),
    ("2018-06-21", 4.10),
    ("2018-06-22", 3.90),
    ("2018-12-31", 3.90),
    ("2019-01-01", 4.03),
    ("2022-12-31", 4.03),
    ("2023-01-01", 4.48),
    ("2024-02-29", 4.90),
    ("2025-12-31", 5.00),
    ("2026-01-01", 5.30),
]


def of(code, *, on=None, time_of_day="any", prices=None):
    day = date.fromisoformat(on) if on else None
    return find(code, time_of_day=time_of_day, on=day, prices=prices or packaged())


@pytest.mark.parametrize(("on", "rate"), STATE_KM)
def test_the_states_rate_is_the_one_of_the_day(on, rate):
    assert of("state-km", on=on).value == rate


@pytest.mark.parametrize("on", ["2011-12-31", "2013-01-01", "2014-12-31", "2027-01-01"])
def test_a_day_without_a_documented_rate_has_none(on):
    with pytest.raises(VftError, match="ingen verdi som gjelder"):
        of("state-km", on=on)


def test_a_rate_of_many_periods_asks_for_the_day():
    with pytest.raises(VftError, match="Oppgi start"):
        of("state-km")


def test_the_tax_free_rate_is_not_dated_and_lacks_it():
    price = of("tax-free-km", on="2024-01-01")
    assert (price.value, price.lacks()) == (3.50, ["dato (starts_on)"])


def test_every_other_packaged_price_lacks_nothing_and_has_an_owner_and_a_price_year():
    usable = [price for price in packaged() if price.price != "tax-free-km"]
    assert len(usable) > 10
    assert all(not p.lacks() and p.owner and p.price_year and p.title for p in usable)


def test_no_two_packaged_prices_hold_on_the_same_day():
    dated = sorted(
        (p.price, p.time_of_day, p.starts_on, p.ends_on or date.max)
        for p in packaged()
        if p.starts_on
    )
    followed = [(one, after) for one, after in pairwise(dated) if one[:2] == after[:2]]
    assert len(followed) > 5
    assert [one for one, after in followed if one[3] > after[2]] == []


# price, time of day → kroner
AT = [("any", 400), ("day", 400), ("evening", 500), ("night", 600)]


@pytest.mark.parametrize(("when", "value"), AT)
def test_the_price_of_the_time_of_day_goes_before_that_of_any(hour, when, value):
    prices = [
        UnitPrice.model_validate(hour(kroner, price="hjemme", time_of_day=time))
        for kroner, time in ((400, "any"), (500, "evening"), (600, "night"))
    ]
    assert of("hjemme", time_of_day=when, prices=prices).value == value


def test_an_unknown_price_and_one_of_other_times_only_are_told(hour):
    at_night = [UnitPrice.model_validate(hour(price="natt", time_of_day="night"))]
    with pytest.raises(VftError, match="«finnes-ikke» finnes ikke"):
        of("finnes-ikke")
    with pytest.raises(VftError, match="ikke for denne tiden på døgnet"):
        of("natt", time_of_day="day", prices=at_night)


def test_two_prices_of_the_same_day_are_told(hour):
    twice = [UnitPrice.model_validate(hour(value, price="hjemme")) for value in (400, 500)]
    with pytest.raises(VftError, match="flere priser som gjelder"):
        of("hjemme", on="2021-06-01", prices=twice)


def test_one_price_alone_is_found_also_when_it_is_out_of_date(hour):
    (alone,) = [UnitPrice.model_validate(hour(price="hjemme", ends_on="2022-01-01"))]
    assert of("hjemme", on="2024-01-01", prices=[alone]) == alone


def test_a_row_of_the_lake_is_a_price():
    row = {
        "price": "hjemme",
        "title": "Hjemmetjeneste",
        "value": Decimal("426.0000"),
        "per": "hour",
        "hour_definition": "paid",
        "time_of_day": "any",
        "price_year": 2021,
        "starts_on": date(2021, 1, 1),
        "ends_on": None,
        "origin": "Budsjett",
        "owner": "Økonomi",
        "source": "vft.unit_prices",
        "delivery": 3,
    }
    (price,) = from_rows([row])
    assert (price.value, price.lacks(), price.covers(date(2030, 1, 1))) == (426.0, [], True)
