import pytest

from vft.benefits.unit_price import UnitPrice, require_one_hour_definition, spelt_out
from vft.errors import VftError
from vft.tables.unit_prices import TABLE


def test_a_price_has_the_columns_of_the_lakes_contract_and_a_note():
    assert set(UnitPrice.model_fields) == {*TABLE.column, "note"}


def test_a_price_knows_the_codes_of_the_lakes_contract_and_a_years():
    defined = UnitPrice.model_json_schema()["properties"]
    for name, extra in (("per", {"year"}), ("hour_definition", set()), ("time_of_day", set())):
        told = defined[name].get("enum") or defined[name]["anyOf"][0]["enum"]
        assert set(told) == {*TABLE.column[name].codes, *extra}


LACKS = [
    ({}, []),
    ({"value": None}, ["beløp (value)"]),
    ({"per": None}, ["enhet (per)"]),
    ({"starts_on": None}, ["dato (starts_on)"]),
    ({"origin": None}, ["kilde (origin)"]),
    ({"origin": " "}, ["kilde (origin)"]),
    ({"hour_definition": None}, ["timebegrep (hour_definition)"]),
    ({"hour_definition": None, "per": "km"}, []),
    ({"starts_on": None, "origin": None}, ["dato (starts_on)", "kilde (origin)"]),
]


@pytest.mark.parametrize(("without", "lacks"), LACKS)
def test_a_price_says_what_it_lacks_before_it_may_give_kroner(hour, without, lacks):
    assert UnitPrice.model_validate(hour(**without)).lacks() == lacks


def test_a_code_and_a_number_are_short_for_a_price():
    assert spelt_out("hjemme") == {"price": "hjemme"}
    assert spelt_out(426) == {"value": 426}
    assert spelt_out(True) is True
    assert UnitPrice(price="hjemme").is_reference
    assert not UnitPrice(price="hjemme", value=1).is_reference
    assert not UnitPrice(value=1).is_reference


def test_paid_and_direct_hours_are_never_mixed(hour):
    paid, direct = (
        UnitPrice.model_validate(hour(title=title, hour_definition=hours))
        for title, hours in (("A", "paid"), ("B", "direct"))
    )
    kilometre = UnitPrice.model_validate(hour(per="km", hour_definition=None))
    assert require_one_hour_definition([paid, kilometre, paid]) == "paid"
    assert require_one_hour_definition([kilometre]) is None
    with pytest.raises(VftError, match="«A» er per betalt time, «B» er per time hos"):
        require_one_hour_definition([paid, direct])


def test_a_price_that_ends_before_it_starts_is_refused(hour):
    with pytest.raises(ValueError, match="ends_on er før starts_on"):
        UnitPrice.model_validate(hour(ends_on="2020-12-31"))
