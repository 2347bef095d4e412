import pytest

from vft.benefits.evaluation import evaluate
from vft.benefits.unit_price import UnitPrice


def hours(price, **fields):
    return {"kind": "hours", "before": 2, "after": 1, "per": "year", "price": price, **fields}


def messages(result, code):
    return [one.message for one in result.warnings if one.code == code]


def test_a_price_that_lacks_nothing_needs_no_warning(evaluated, hour):
    assert evaluated(lines=[hours(hour())], start="2021-05-01").warnings == ()


# what the price lacks or is → the warning
DOUBTS = [
    ({"starts_on": None}, "price_not_usable", "mangler dato (starts_on)"),
    ({"price_year": None}, "price_year_assumed", "(2021), er brukt"),
    ({"owner": None}, "price_without_owner", "ingen eier"),
    ({"ends_on": "2021-02-01"}, "price_out_of_date", "gjaldt ikke 01.05.2021"),
    ({"starts_on": "2022-01-01"}, "price_out_of_date", "gjaldt ikke 01.05.2021"),
    ({"time_of_day": "night"}, "price_of_other_time", "(natt) enn linjen (hele døgnet)"),
]


@pytest.mark.parametrize(("told", "code", "says"), DOUBTS)
def test_what_is_wrong_with_a_price_is_said(evaluated, hour, told, code, says):
    result = evaluated(lines=[hours(hour(title="Hjelp", **told))], start="2021-05-01")
    assert [one.code for one in result.warnings] == [code]
    assert says in result.warnings[0].message
    assert result.warnings[0].lines == ("line-1",)


# start, price year → whether a price that held until the end of 2021 may be out of date
UNDATED = [(None, None, True), ("2021-05-01", None, False), (None, 2022, False)]


@pytest.mark.parametrize(("start", "year", "doubted"), UNDATED)
def test_a_price_that_has_ended_is_told_where_the_case_says_no_year(
    evaluated, hour, start, year, doubted
):
    ended = hour(title="Hjelp", ends_on="2022-01-01")
    found = evaluated(lines=[hours(ended)], start=start, price_year=year)
    assert [one[:48] for one in messages(found, "price_may_be_out_of_date")] == [
        "Prisen «Hjelp» gjelder til og med 31.12.2021, og"
    ] * doubted
    lasting = evaluated(lines=[hours(hour(title="Hjelp"))])
    assert not messages(lasting, "price_may_be_out_of_date")


def test_mixed_hours_without_names_are_told_by_their_lines(evaluated, hour):
    lines = [hours(hour(400)), hours(hour(800, hour_definition="direct"))]
    (said, _) = messages(evaluated(lines=lines), "mixed_hours")
    assert "«prisen på line-1» er per betalt time, «prisen på line-2» er per time hos" in said


def test_a_price_of_the_lines_own_time_of_day_needs_no_warning(evaluated, hour):
    line = hours(hour(time_of_day="night"), time_of_day="night")
    assert evaluated(lines=[line], start="2021-05-01").warnings == ()


def test_paid_and_direct_hours_in_one_case_give_no_kroner_per_hour(evaluated, hour, price):
    lines = [
        hours(hour(400, title="A")),
        hours(hour(800, title="B", hour_definition="direct"), perspective="capacity"),
        {**hours(price(50, "item")), "kind": "items"},
    ]
    result = evaluated(lines=lines)
    assert [line.avoided.nok for line in result.lines] == [None, None, 50]
    assert [line.avoided.hours for line in result.lines] == [1, 1, 0]
    assert result.total.avoided.nok is None
    assert len(messages(result, "mixed_hours")) == 2
    assert "«A» er per betalt time, «B» er per time hos" in messages(result, "mixed_hours")[0]


def test_hours_of_others_are_never_added_and_so_never_mixed(evaluated, hour):
    lines = [
        hours(hour(400)),
        hours(hour(800, hour_definition="direct"), perspective="elsewhere"),
    ]
    result = evaluated(lines=lines)
    assert [line.avoided.nok for line in result.lines] == [400, 800]


def test_two_prices_of_the_same_definition_are_not_mixed(evaluated, hour):
    lines = [hours(hour(value, hour_definition="direct")) for value in (400, 800)]
    assert evaluated(lines=lines).total.avoided.nok == 1200


def test_minutes_without_travel_at_a_paid_hour_are_the_least_it_can_be(evaluated, hour):
    line = {
        **hours(hour()),
        "kind": "visits",
        "minutes": 20,
        "minutes_include_travel": False,
    }
    assert messages(evaluated(lines=[line]), "travel_not_documented")
    assert not messages(evaluated(lines=[{**line, "travel_minutes": 5}]), "travel_not_documented")
    direct = {**line, "price": hour(hour_definition="direct")}
    assert not messages(evaluated(lines=[direct]), "travel_not_documented")


def test_kroner_of_several_years_are_told_unless_a_price_year_is_given(evaluated, hour):
    lines = [hours(hour(price_year=year)) for year in (2021, 2022)]
    told = messages(evaluated(lines=lines), "mixed_price_years")
    assert "(2021, 2022)" in told[0]
    assert not messages(evaluated(lines=lines, price_year=2022), "mixed_price_years")
    cost = {"amount": 5, "price_year": 2023, "origin": "Avtale"}
    assert messages(evaluated(lines=lines[:1], running_costs=[cost]), "mixed_price_years")


def test_costs_without_a_source_and_beyond_the_deflator_are_told(evaluated):
    result = evaluated(
        price_year=2030,
        running_costs=[{"title": "Leie", "amount": 5}, {"amount": 0}],
        start_up_costs=[{"title": "Kurs", "amount": 5, "price_year": 2021, "origin": "Avtale"}],
    )
    assert "«Leie»" in messages(result, "cost_without_source")[0]
    assert "«Kurs»" not in messages(result, "cost_without_source")[0]
    assert "uten navn" not in messages(result, "cost_without_source")[0]
    assert "«Kurs»" in messages(result, "cost_not_deflated")[0]


def test_a_price_per_kilometre_is_tried_too(evaluated, hour):
    line = {**hours(hour()), "kind": "visits", "minutes": 20, "km": 4, "km_price": 3.5}
    assert "kilde (origin)" in messages(evaluated(lines=[line]), "price_not_usable")[0]


def test_the_price_of_kilometres_is_also_of_a_year(evaluated, hour, price):
    side = {"count": 2, "per": "week", "minutes": 10, "km": 4}
    line = {"kind": "visits", "before": side, "after": {**side, "count": 1}, "price": hour()}
    earlier = price(4, "km", price_year=2020, starts_on="2020-01-01")
    told = messages(evaluated(lines=[{**line, "km_price": earlier}]), "mixed_price_years")
    assert "2020, 2021" in told[0]


def test_a_cost_without_a_year_is_said_to_be_taken_as_it_stands(evaluated, hour):
    cost = {"title": "Drift", "amount": 1000, "per": "month", "origin": "Avtale"}
    lines = [hours(hour())]
    assumed = messages(
        evaluated(lines=lines, running_costs=[cost], price_year=2024), "cost_price_year_assumed"
    )
    assert "«Drift»" in assumed[0]
    assert "2024-kroner" in assumed[0]
    dated = {**cost, "price_year": 2024}
    found = evaluated(lines=lines, running_costs=[dated], price_year=2024)
    assert not messages(found, "cost_price_year_assumed")


def of_the_lake(result):
    return messages(result, "no_price_from_lake")


def test_who_asked_for_the_lakes_prices_and_got_none_is_told_which_it_has(case, hour):
    own = [UnitPrice.model_validate(hour(price=code)) for code in ("natt", "dag", "natt")]
    other = case(lines=[hours("home-care-hour-paid")])
    (told,) = of_the_lake(evaluate(other, own=own))
    assert told.endswith("De er dag og natt.")
    assert of_the_lake(evaluate(case(lines=[hours("dag")]), own=own)) == []
    assert of_the_lake(evaluate(other)) == []


def test_kilometres_at_the_lakes_price_are_a_price_from_the_lake(case, price):
    own = [UnitPrice.model_validate(price(4, "km", price="bil"))]
    driven = case(lines=[{**hours(450), "kind": "visits", "km": 4, "km_price": "bil"}])
    assert of_the_lake(evaluate(driven, own=own)) == []


WRITTEN = {
    "price": "dag",
    "value": 500,
    "per": "hour",
    "hour_definition": "paid",
    "starts_on": "2021-01-01",
    "origin": "Avtale",
}

# the lake's price of «dag», the case that names it → why it is not used
PASSED = [
    ({"per": "km"}, {"lines": [hours("dag")]}, "Prisen «dag» er per km, men timer"),
    ({}, {"lines": [hours("dag")], "price_year": 2060}, "Kan ikke regne om fra 2021- til 2060-"),
    ({}, {"lines": [hours({"price": "dag", "value": 9})]}, "Prisen «dag» mangler enhet (per)"),
    ({}, {"lines": [hours("dag")], "prices": [WRITTEN]}, "Sakens egen pris «dag» (prices) går"),
    ({}, {"lines": [hours(WRITTEN)]}, "Prisen «dag» er skrevet på linjen, og går foran."),
]


@pytest.mark.parametrize(("lake", "told", "why"), PASSED)
def test_who_names_a_code_of_the_lake_is_told_why_its_price_is_not_used(
    case, hour, lake, told, why
):
    own = [UnitPrice.model_validate(hour(price="dag", **lake))]
    (said,) = of_the_lake(evaluate(case(**told), own=own))
    assert said.startswith("Ingen pris er hentet fra datalageret, enda linjene nevner koder det")
    assert f"har. {why}" in said


def test_hours_of_two_definitions_are_why_the_lakes_price_is_not_used(case, hour):
    own = [UnitPrice.model_validate(hour(price="dag"))]
    mixed = case(lines=[hours("dag"), hours(hour(800, hour_definition="direct"))])
    (said,) = of_the_lake(evaluate(mixed, own=own))
    assert "har. Timepriser med ulikt timebegrep kan ikke brukes sammen" in said


# price year of the price, of the case → what is said of a price that is out of date
CONVERTED = [(2021, None, "Oppgi en nyere pris."), (2021, 2021, "Oppgi en nyere pris.")]
CONVERTED += [(2021, 2022, "Den er regnet om til sakens prisår.")]
# without a year, that of its first day is the price's
CONVERTED += [(None, 2021, "Oppgi en nyere pris.")]
CONVERTED += [(None, 2022, "Den er regnet om til sakens prisår.")]


@pytest.mark.parametrize(("stated", "wanted", "says"), CONVERTED)
def test_what_was_not_converted_is_not_said_to_be(evaluated, hour, stated, wanted, says):
    price = hour(price_year=stated, ends_on="2022-01-01")
    result = evaluated(lines=[hours(price)], start="2023-05-01", price_year=wanted)
    (told,) = messages(result, "price_out_of_date")
    assert told.endswith(says)
