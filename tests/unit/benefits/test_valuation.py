import pytest

from vft.benefits import unit_price
from vft.benefits.case import KINDS
from vft.benefits.evaluation import evaluate
from vft.benefits.unit_price import UnitPrice


def avoided(evaluated, line, **fields):
    """Kroner of one line, and why there are none."""
    told = {"before": 2, "after": 1, "per": "year", **line}
    (found,) = evaluated(lines=[told], **fields).lines
    return found.avoided.nok, " ".join(found.undocumented)


# kind, what a price of 100 is per → kroner of one a year avoided
UNITS = [
    ("visits", "visit", 100),
    ("visits", "item", 100),
    ("alarms", "item", 100),
    ("items", "item", 100),
    ("items", "km", 100),
    ("institution_days", "day", 100),
    ("institution_days", "month", 100 * 12 / 365),
    ("institution_days", "year", 100 / 365),
    ("institution_places", "day", 36_500),
    ("institution_places", "month", 1200),
    ("institution_places", "year", 100),
]


@pytest.mark.parametrize(("kind", "per", "kroner"), UNITS)
def test_a_line_is_worth_what_its_units_cost(evaluated, price, kind, per, kroner):
    places = {"per": None} if kind == "institution_places" else {}
    nok, _ = avoided(evaluated, {"kind": kind, "price": price(100, per), **places})
    assert nok == pytest.approx(kroner)


def test_hours_are_worth_what_an_hour_costs(evaluated, hour):
    assert avoided(evaluated, {"kind": "hours", "price": hour(300)})[0] == 300
    assert avoided(evaluated, {"kind": "visits", "minutes": 15, "price": hour(400)})[0] == 100


# kind, what the price is per
UNFIT = [
    ("visits", "day"),
    ("visits", "km"),
    ("hours", "item"),
    ("items", "hour"),
    ("institution_days", "hour"),
    ("institution_places", "item"),
]


@pytest.mark.parametrize(("kind", "per"), UNFIT)
def test_a_price_of_another_unit_gives_no_kroner_and_says_so(evaluated, hour, kind, per):
    places = {"per": None} if kind == "institution_places" else {}
    nok, why = avoided(evaluated, {"kind": kind, "price": hour(100, per=per), **places})
    assert nok is None
    assert f"er per {unit_price.UNITS[per]}, men {KINDS[kind]} trenger en pris" in why


# what is told of the price → what is said
UNUSABLE = [
    (None, "prisen er ikke oppgitt"),
    (426, "mangler enhet (per), dato (starts_on), kilde (origin)"),
    ("finnes-ikke", "«finnes-ikke» finnes ikke"),
    ({"starts_on": None}, "mangler dato (starts_on)"),
    ({"origin": None}, "mangler kilde (origin)"),
    ({"value": None}, "mangler beløp (value)"),
    ({"hour_definition": None}, "mangler timebegrep (hour_definition)"),
]


@pytest.mark.parametrize(("told", "says"), UNUSABLE)
def test_without_a_dated_sourced_price_there_are_no_kroner(evaluated, hour, told, says):
    price = hour(**{"value": 400, **told}) if isinstance(told, dict) else told
    nok, why = avoided(evaluated, {"kind": "visits", "minutes": 15, "price": price})
    assert nok is None
    assert says in why


def test_kilometres_cost_the_states_rate_at_the_start(evaluated, hour):
    line = {"kind": "visits", "minutes": 15, "km": 10, "price": hour(400)}
    assert avoided(evaluated, line, start="2024-03-01")[0] == pytest.approx(100 + 49)
    assert avoided(evaluated, line, start="2026-03-01")[0] == pytest.approx(100 + 53)
    nok, why = avoided(evaluated, line)
    assert nok is None
    assert "Oppgi start" in why


def test_kilometres_may_have_a_price_of_their_own_or_none(evaluated, hour, price):
    line = {"kind": "visits", "minutes": 15, "km": 10, "price": hour(400)}
    own = avoided(evaluated, {**line, "km_price": price(3, "km")})
    none, why = avoided(evaluated, {**line, "km_price": None})
    wrong, says = avoided(evaluated, {**line, "km_price": price(3, "day")})
    assert (own, none, wrong) == ((130, ""), None, None)
    assert "kjøring: prisen er ikke oppgitt" in why
    assert "trenger en pris per km" in says


def test_the_price_of_a_case_goes_before_the_packaged_one(evaluated, hour):
    line = {"kind": "hours", "price": "home-care-hour-paid"}
    own = [hour(1000, price="home-care-hour-paid")]
    assert avoided(evaluated, line)[0] == 426
    assert avoided(evaluated, line, prices=own)[0] == 1000


def test_the_time_of_day_chooses_the_price(evaluated, hour):
    prices = [hour(400, price="h"), hour(600, price="h", time_of_day="night")]
    line = {"price": "h", "minutes": 60}
    day = avoided(evaluated, {"kind": "visits", **line}, prices=prices)
    night = avoided(evaluated, {"kind": "night_checks", **line}, prices=prices)
    said = avoided(evaluated, {"kind": "visits", "time_of_day": "night", **line}, prices=prices)
    assert (day[0], night[0], said[0]) == (400, 600, 600)


def test_a_time_of_day_told_with_the_price_goes_before_that_of_the_line(evaluated, hour):
    listed = [
        hour(400, price="time", time_of_day="day"),
        hour(600, price="time", time_of_day="night"),
    ]
    line = {"kind": "hours", "time_of_day": "day"}
    told = {"price": "time", "time_of_day": "night"}
    assert avoided(evaluated, {**line, "price": "time"}, prices=listed)[0] == 400
    assert avoided(evaluated, {**line, "price": told}, prices=listed)[0] == 600


# the lists that have the code, the case's and the lake's → where it is said to be found
LISTS = [
    ("case lake", "case", 500),
    ("lake", "lake", 450),
    ("", "packaged", 426),
]


@pytest.mark.parametrize(("lists", "found_in", "kroner"), LISTS)
def test_the_nearest_list_that_has_the_code_is_read(case, hour, lists, found_in, kroner):
    code = "home-care-hour-paid"
    line = {"kind": "hours", "before": 2, "after": 1, "per": "year", "price": code}
    listed = [hour(500, price=code)] if "case" in lists else []
    own = [UnitPrice.model_validate(hour(450, price=code))] if "lake" in lists else []
    told = case(lines=[line], start="2021-06-01", prices=listed)
    price = evaluate(told, own=own).lines[0].price
    assert (price.found_in, price.value) == (found_in, kroner)


def test_kroner_are_told_in_the_price_year_of_the_case(evaluated, hour):
    line = {"kind": "hours", "price": hour(100)}
    assert avoided(evaluated, line, price_year=2022)[0] == pytest.approx(106.7)
    nok, why = avoided(evaluated, line, price_year=2026)
    assert nok is None
    assert "deflatoren går fra 2020 til 2024" in why


# what the line says of its hours, the price's hour definition → refused
HOURS = [
    ({}, "paid", False),
    ({}, "direct", False),
    ({"hour_definition": "direct"}, "paid", True),
    ({"hour_definition": "paid"}, "direct", True),
    ({"hour_definition": "direct"}, "direct", False),
    ({"minutes_include_travel": True}, "direct", True),
    ({"minutes_include_travel": True}, "paid", False),
    ({"minutes_include_travel": False}, "direct", False),
    ({"travel_minutes": 5}, "direct", True),
]


@pytest.mark.parametrize(("told", "definition", "refused"), HOURS)
def test_hours_of_one_definition_never_meet_a_price_of_the_other(
    evaluated, hour, told, definition, refused
):
    price = hour(400, hour_definition=definition)
    nok, why = avoided(evaluated, {"kind": "visits", "minutes": 30, "price": price, **told})
    assert (nok is None) == refused
    assert ("timebegrepene kan ikke blandes" in why) == refused


def test_a_code_that_nobody_has_is_told_with_those_there_are(case, hour):
    own = [UnitPrice.model_validate(hour(price="hjemme"))]
    line = {"kind": "hours", "before": 2, "after": 1, "per": "year", "price": "hjem"}
    told = case(lines=[line], prices=[hour(price="mitt")])
    (why,) = evaluate(told, own=own).lines[0].undocumented
    assert "«hjem» finnes ikke; kodene er hjemme, home-care-hour-direct" in why
    assert "mitt" in why


DRIVEN = {"kind": "visits", "minutes": 60, "km": 5, "before": 2, "after": 1, "per": "year"}


# price year of the hour and of the kilometre → kroner of each, and of both, in 2024
PARTS = [
    ((2024, 2024), (100, 15, 115)),
    ((2024, 2025), (100, None, None)),
    ((2025, 2024), (None, 15, None)),
]


@pytest.mark.parametrize(("years", "kroner"), PARTS)
def test_a_price_that_cannot_be_converted_takes_its_own_kroner_alone(
    evaluated, hour, years, kroner
):
    km = hour(3, per="km", hour_definition=None, price_year=years[1])
    price = hour(100, price_year=years[0])
    found = evaluated(price_year=2024, lines=[{**DRIVEN, "price": price, "km_price": km}])
    line = found.lines[0].avoided
    assert (line.activity_nok, line.km_nok, line.nok) == kroner
    assert found.total.avoided.nok == kroner[2]
    assert found.total.documented.nok == sum(part for part in kroner[:2] if part)
    assert found.economy.gross_per_year == kroner[2]


def test_who_tells_of_no_driving_lacks_no_kroner_for_it(evaluated, hour):
    (line,) = evaluated(lines=[{**DRIVEN, "km": None, "price": hour(100)}]).lines
    assert (line.avoided.nok, line.avoided.km_nok) == (100, None)


# what a place or a day costs 100 kroner per → kroner in a year of 360 days
SHORT_YEAR = [
    ("institution_places", "day", 36_000),
    ("institution_places", "month", 1200),
    ("institution_days", "month", 100 / 30),
    ("institution_days", "year", 100 / 360),
]


@pytest.mark.parametrize(("kind", "per", "kroner"), SHORT_YEAR)
def test_a_year_of_360_days_has_360(evaluated, price, kind, per, kroner):
    each = {"per": None} if kind == "institution_places" else {}
    line = {"kind": kind, "price": price(100, per), **each}
    assert avoided(evaluated, line, days_per_year=360)[0] == pytest.approx(kroner)
