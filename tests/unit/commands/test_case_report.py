"""A case as a municipality sees it in the terminal."""

import json

import pytest
from typer.testing import CliRunner

from vft.commands import app

HOUR = {
    "value": 400,
    "per": "hour",
    "hour_definition": "paid",
    "price_year": 2021,
    "starts_on": "2021-01-01",
    "origin": "Budsjett",
    "owner": "Økonomi",
}
VISITS = {"kind": "visits", "before": 40, "after": 10, "per": "month", "minutes": 30}


@pytest.fixture
def run(tmp_path):
    def told(*options, **case):
        path = tmp_path / "sak.json"
        path.write_text(json.dumps(case), encoding="utf-8")
        return CliRunner().invoke(app, ["case", "evaluate", str(path), *options])

    return told


def lines(done):
    """The lines of a table as words, rules and colours left out."""
    return [" ".join(line.replace("│", " ").split()) for line in done.output.splitlines()]


def test_a_case_is_a_table_with_norwegian_numbers(run):
    done = run(
        title="Dispenser",
        horizon_years=4,
        lines=[{**VISITS, "title": "Besøk", "price": HOUR}],
        running_costs=[{"amount": 1000, "per": "month", "origin": "Avtale"}],
        start_up_costs=[{"amount": 30_000, "origin": "Avtale"}],
    )
    assert done.exit_code == 0, done.output
    shown = lines(done)
    assert "line-1 Besøk 360 180 72 000" in shown
    assert "I alt 360 180 72 000" in shown
    assert "Årsverk: 0,11" in shown
    assert "Netto første år 30 000" in shown
    assert "Netto senere år 60 000" in shown
    assert "Tilbakebetalt etter 6,0 måneder" in shown
    assert "Netto over 4 år 210 000" in shown
    assert any("Frigjort tid er ikke penger" in line for line in shown)


def test_a_long_source_squeezes_no_price_out_of_a_narrow_terminal(run):
    price = {**HOUR, "title": "Hjemmetjeneste, betalt time", "origin": "Gevinstrapport " * 6}
    shown = lines(run(lines=[{**VISITS, "price": price}]))
    (row,) = [line for line in shown if "400,00" in line]
    assert "2021 01.01.2021" in row


def test_what_is_not_documented_is_a_dash_and_a_sentence_never_0(run):
    shown = lines(run(lines=[VISITS]))
    assert "line-1 Besøk 360 180 –" in shown
    assert "Besøk: Ingen kroner: prisen er ikke oppgitt." in [
        line.replace("line-1:", "Besøk:") for line in shown
    ]
    assert "Brutto per år ikke dokumentert" in shown


def test_double_counting_has_both_figures_side_by_side(run):
    place = {"kind": "institution_places", "before": 1, "after": 0}
    price = {**HOUR, "value": 900_000, "per": "year", "hour_definition": None}
    shown = lines(run(lines=[{**place, "price": price}, {**VISITS, "price": HOUR}]))
    assert "Brutto per år 972 000 876 000" in shown
    assert any(line.startswith("Obs: Nullalternativet er talt dobbelt") for line in shown)


SIDES = {"before": {"count": 4, "per": "day"}, "after": {"count": 2, "per": "week"}}
STATED = {"before": {"count": 4, "per": "day"}, "after": {"count": 2, "per": "day"}}


# what the source also says → visits, hours and kroner as told, and as they may be meant
@pytest.mark.parametrize("also", [None, STATED])
def test_two_readings_have_both_figures_under_each_other(run, also):
    shown = lines(run(lines=[{**VISITS, **SIDES, "also_stated": also, "price": HOUR}]))
    assert "line-1 Besøk 1 356 678 271 143" in shown
    assert "Besøk, lest på den andre måten 730 365 146 000" in shown
    assert "I alt 1 356 678 271 143" in shown
    one = lines(run(lines=[{**VISITS, "price": HOUR}]))
    assert not any("lest på den andre måten" in line for line in one)


def test_pieces_are_counted_also_where_they_have_no_price(run):
    rides = {"kind": "items", "title": "Drosje", "before": 4, "after": 1, "per": "week"}
    shown = lines(run(lines=[rides, {**VISITS, "price": HOUR}]))
    assert "Linje Hva Stykk Besøk Timer Kroner" in [line.replace("┃ ", "") for line in shown]
    assert "line-1 Drosje 156 0 0 –" in shown
    assert "line-2 Besøk 360 180 72 000" in shown
    assert "I alt 360 180 –" in shown


def test_a_known_part_is_told_beside_a_total_that_is_not(run):
    shown = lines(run(lines=[{**VISITS, "price": HOUR}, {**VISITS, "id": "ukjent"}]))
    assert "Summen av kroner mangler noe fra ukjent; det som er dokumentert, er 72 000." in shown


def test_time_of_day_ladder_and_effects_have_tables_where_they_are_told(run):
    told = {"lines": [{**VISITS, "time_of_day": "evening", "price": HOUR}]}
    shown = lines(
        run(
            **told,
            ladder={"step": "measured", "budgeted_nok": 0},
            non_priced_effects=[{"title": "Tryggere", "score": 5}],
        )
    )
    assert "kveld 180" in shown
    assert "Målt brutto 180 72 000" in shown
    assert "Budsjettert – 0" in shown
    assert "Tryggere 5" in shown
    assert not any(line.startswith("Trinn for trinn") for line in lines(run(**told)))


def test_other_perspectives_stand_apart(run):
    shown = lines(run(lines=[VISITS, {**VISITS, "perspective": "elsewhere"}]))
    assert "I alt 360 180 –" in shown
    assert any(line.startswith("Ved siden av") for line in shown)


def test_bad_input_ends_with_its_faults_and_a_code(run):
    done = run(lines=[{**VISITS, "minutter": 5}])
    assert done.exception.exit_code == 4
    assert "lines[0].minutter: feltet finnes ikke; mente du minutes?" in str(done.exception)


def test_the_prices_that_come_with_the_package_are_listed_and_are_prices_of_a_case(run):
    listed = CliRunner().invoke(app, ["case", "prices"])
    assert "home-care-hour-paid" in listed.output
    told = json.loads(CliRunner().invoke(app, ["case", "prices", "--json"]).stdout)
    done = run("--json", prices=told, lines=[{**VISITS, "price": "home-care-hour-paid"}])
    assert json.loads(done.stdout)["total"]["avoided"]["nok"] == 180 * 426


def test_the_schema_is_json():
    done = CliRunner().invoke(app, ["case", "schema"])
    assert json.loads(done.stdout)["$defs"]["CaseResult"]


def test_a_case_of_nothing_says_so_and_shows_no_empty_tables(run):
    shown = lines(run())
    assert len(shown) == 2
    assert shown[1].startswith("Obs: Saken har ingen linjer")
    # costs are something all the same
    assert "Kostnader per år 500" in lines(run(running_costs=[{"amount": 500}]))


def test_what_several_lines_lack_is_said_once(run):
    undated = {**HOUR, "starts_on": None}
    shown = lines(run(lines=[{**VISITS, "title": name, "price": undated} for name in ("A", "B")]))
    said = [line for line in shown if "mangler dato" in line]
    assert said == ["A og B: Ingen kroner: prisen uten navn mangler dato (starts_on)."]


def test_lines_with_one_title_are_told_apart_by_their_ids(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    each = [{**VISITS, "title": "Besøk", "id": name} for name in ("a", "b")]
    shown = lines(run(lines=[*each, {**each[0], "id": "c", "price": HOUR}]))
    assert "Besøk (a) og Besøk (b): Ingen kroner: prisen er ikke oppgitt." in shown
    assert any("mangler noe fra Besøk (a) og Besøk (b); det" in line for line in shown)
    assert any(line.startswith("på linjen Besøk (c) 400,00") for line in shown)
    assert "c Besøk 360 180 72 000" in shown


# title of a line, count after → where it says why the price is of no use
UNUSABLE = [
    ("Besøk", 10, "Besøk: Ingen kroner:"),
    ("Sparte kroner: besøk", 10, "Sparte kroner: besøk: Ingen kroner:"),
    # nothing is spared, and it lacks no kroner
    ("Besøk", 40, "Obs: «Besøk» får ingen kroner:"),
]


@pytest.mark.parametrize(("title", "after", "where"), UNUSABLE)
def test_why_a_line_has_no_kroner_is_said_once(run, title, after, where):
    line = {**VISITS, "title": title, "after": after, "price": {**HOUR, "starts_on": None}}
    said = [line for line in lines(run(lines=[line])) if "mangler dato" in line]
    assert said == [f"{where} prisen uten navn mangler dato (starts_on)."]


def test_what_else_is_to_be_said_of_a_line_without_kroner_is_said(run):
    line = {**VISITS, "km": 4, "km_price": 3.5, "price": {**HOUR, "owner": None, "title": "Hjelp"}}
    shown = lines(run(lines=[line]))
    assert "line-1 Besøk 360 180 1 440 –" in shown
    assert "Obs: Prisen «Hjelp» har ingen eier som svarer for den." in shown


# hours spared → as whole ones: a half upwards
HALVES = [(0.5, "1"), (1.5, "2"), (2.5, "3"), (2.4, "2"), (-0.5, "0"), (-1.5, "−1")]


@pytest.mark.parametrize(("spared", "told"), HALVES)
def test_a_half_is_rounded_upwards(run, spared, told):
    line = {"kind": "hours", "title": "Tid", "before": 4, "after": 4 - spared, "per": "year"}
    assert f"line-1 Tid {told} –" in lines(run(lines=[line]))


def test_why_hours_of_two_definitions_give_no_kroner_is_said_once(run):
    prices = [HOUR, {**HOUR, "hour_definition": "direct"}]
    shown = run(lines=[{**VISITS, "price": price} for price in prices]).output
    assert shown.count("kan ikke brukes sammen") == 1


def test_a_warning_of_several_lines_is_shown_once(run):
    ownerless = {**HOUR, "owner": None, "title": "Hjelp"}
    shown = lines(run(lines=[{**VISITS, "price": ownerless}] * 2))
    assert len([line for line in shown if "har ingen eier" in line]) == 1


def test_a_price_of_another_year_is_shown_as_it_was_and_as_it_is_used(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    shown = lines(run(price_year=2022, lines=[{**VISITS, "price": {**HOUR, "title": "Hjelp"}}]))
    assert any(
        line.startswith("Hjelp 426,80 per betalt time (400,00 i 2021) 2022 01.01.2021 –")
        for line in shown
    ), shown


def test_prices_without_a_name_are_told_apart_by_their_lines(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    short = {**HOUR, "owner": None, "ends_on": "2022-01-01"}
    each = [{**VISITS, "title": "Dag", "price": short}, {**VISITS, "id": "natt", "price": HOUR}]
    shown = lines(run(lines=each))
    row = "400,00 per betalt time 2021 01.01.2021 –"
    assert f"på linjen Dag {row} 31.12.2021 Budsjett fra linjen" in shown
    assert f"på linjen natt {row} Budsjett fra linjen" in shown
    assert "Obs: Prisen på linjen «Dag» har ingen eier som svarer for den." in shown
    assert any("Prisen på linjen «Dag» gjelder til og med 31.12.2021" in one for one in shown)


# growth of the need → what the net of the second year is called: of later ones it is another
GROWTH = [(0, "Netto senere år 60 000"), (0.02, "Netto år 2 61 440")]


@pytest.mark.parametrize(("growth", "row"), GROWTH)
def test_the_net_of_a_need_that_grows_is_of_the_second_year(run, growth, row):
    shown = lines(run(
        need_growth=growth,
        lines=[{**VISITS, "price": HOUR}],
        running_costs=[{"amount": 12_000, "origin": "Avtale"}],
        start_up_costs=[],
    ))  # fmt: skip
    assert row in shown


def test_prices_are_listed_with_owner_and_what_to_beware_of(monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    listed = lines(CliRunner().invoke(app, ["case", "prices"]))
    assert any(line.startswith("Kode") and line.endswith("Kilde (eier)") for line in listed)
    rates = [line for line in listed if line.startswith("state-km") and "4,10 per km 2018" in line]
    assert [line.endswith("Statens kilometersats (Staten)") for line in rates] == [True]
    assert any(
        line.startswith("home-care-hour-paid: observert 419–432") and "prisåret er anslått" in line
        for line in listed
    )


def test_prices_are_listed_with_their_last_day(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    listed = lines(CliRunner().invoke(app, ["case", "prices"]))
    rates = [line for line in listed if line.startswith("state-km") and "4,10 per km 2018" in line]
    (rate,) = rates
    assert "2018 01.01.2018 – 21.06.2018 Statens" in rate
