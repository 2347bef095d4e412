"""``vft target``: JSON for machines, tables for people, exit codes for both."""

import json

import pytest
from typer.testing import CliRunner

from vft.commands import app
from vft.errors import FileRefused

KEY = "unit,share\nØst,40\nVest,60\n"
ACTUAL = "unit,value\nØst,5000\nVest,2000\n"


@pytest.fixture
def files(tmp_path):
    for name, text in {"key": KEY, "actual": ACTUAL}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["target", *map(str, arguments)])


def best_practice(files, *more):
    key, actual = files / "key.csv", files / "actual.csv"
    return run("best-practice", "--key", key, "--actual", actual, *more)


def test_best_practice_as_json(files):
    found = json.loads(best_practice(files, "--rule", "max", "--json").output)
    assert list(found) == ["k", "rule", "targets", "flags"]
    assert (found["k"], found["rule"]) == (125, "max")
    assert found["targets"] == {"Øst": 5000, "Vest": 7500}
    assert [flag["code"] for flag in found["flags"]] == ["one_unit_drives"]


def test_best_practice_for_people(files):
    shown = best_practice(files).output.replace("\u00a0", " ")
    assert "7 500" in shown
    assert "Sum av måltallene: 12 500" in shown
    assert "Merk: Én enhet styrer måltallet" in shown


def test_a_bad_key_ends_with_its_code(files):
    (files / "key.csv").write_text("unit,share\nØst,-1\n", encoding="utf-8")
    ended = best_practice(files)
    assert isinstance(ended.exception, FileRefused)
    assert "rad 2" in str(ended.exception)


def test_potential_as_json_and_for_people():
    found = json.loads(run("potential", "--service", "TA", "--year", "2030", "--json").output)
    assert found["label"] == "regneøvelse"
    [row] = found["rows"]
    assert (row["unit"], row["service"], row["year"], row["low"]) == ("0301", "TA", 2030, None)
    assert row["rounded"]["mid"] == 27_500
    shown = run("potential", "--service", "TA", "--year", "2030").output.replace("\u00a0", " ")
    assert "regneøvelse" in shown
    assert "27 500" in shown


def test_users_written_as_thousands_with_a_point_are_refused(files):
    (files / "actual.csv").write_text("unit,value\nØst,1.234\nVest,2\n", encoding="utf-8")
    ended = best_practice(files)
    assert ended.exception.exit_code == 4
    assert "rad 2, kolonnen «value»: «1.234» kan leses på to måter" in str(ended.exception)


def test_an_empty_address_is_not_taken_for_none():
    ended = run("potential", "--url", "")
    assert "Valget --url er tomt" in str(ended.exception)
    assert ended.exception.exit_code == 1


def test_population_is_given_in_one_way(files):
    ended = run("potential", "--population", files / "key.csv", "--url", "http://localhost/x")
    assert "enten som fil" in str(ended.exception)


SERIES = "month,value,complete\n" + "".join(
    f"2023-{month:02d},{100 + 2 * month + month % 3},ja\n" for month in range(1, 11)
)


@pytest.fixture
def series(tmp_path):
    path = tmp_path / "serie.csv"
    path.write_text(f"{SERIES}2023-11,55,nei\n", encoding="utf-8")
    return path


def test_a_forecast_as_json_says_what_is_held_out(series):
    written = run("forecast", "--series", series, "--year", "2023", "--json").output
    [found] = json.loads(written)["forecasts"]
    assert [month["month"] for month in found["months"]] == ["2023-11", "2023-12"]
    assert found["excluded"] == ["2023-11"]
    assert found["year_end"] == found["months"][-1]
    assert found["year_end"]["low"] < 125 < found["year_end"]["high"]


def test_a_forecast_for_people(series):
    shown = run("forecast", "--series", series, "--year", "2023").output
    assert "Bygger på 10 måneder til og med 2023-10" in shown
    assert "Merk: 2023-11 er ikke komplett" in shown


BOTH = "month,value,unit\n" + "".join(
    f"2023-{month:02d},{start + 2 * month + month % 3},{unit}\n"
    for unit, start in (("Øst", 100), ("Vest", 300))
    for month in range(1, 11)
)


def test_one_series_that_is_too_short_does_not_stop_the_others(tmp_path):
    path = tmp_path / "serie.csv"
    path.write_text(f"{BOTH}2023-10,5,Ny\n", encoding="utf-8")
    found = json.loads(run("forecast", "--series", path, "--year", "2023", "--json").output)
    assert [one["unit"] for one in found["forecasts"]] == ["Øst", "Vest"]
    [refused] = found["refused"]
    assert refused["unit"] == "Ny"
    assert "Serien for Ny har 1 komplett måned" in refused["reason"]
    shown = run("forecast", "--series", path, "--year", "2023").output
    assert "Ingen prognose: Serien for Ny har 1 komplett måned" in shown
    path.write_text("month,value,unit\n2023-10,5,Ny\n2023-10,7,Eldre\n", encoding="utf-8")
    ended = run("forecast", "--series", path, "--year", "2023")
    assert ended.exception.exit_code == 1
    assert "Serien for Ny" in str(ended.exception)
    assert "Serien for Eldre" in str(ended.exception)


def test_what_is_said_of_all_series_is_said_once(tmp_path):
    path = tmp_path / "serie.csv"
    path.write_text(f"{BOTH}2023-11,9,Vest\n", encoding="utf-8")
    months = ("--complete-through", "2023-10")
    shown = run("forecast", "--series", path, "--year", "2023", *months).output
    assert shown.count("Merk: Serien er for kort til å regne med sesong.") == 1
    assert shown.count("Merk (Vest): 2023-11 er ikke komplett") == 1
    assert shown.count("80 av 100") == 1


def test_a_year_that_is_over_has_no_table(series):
    shown = run("forecast", "--series", series, "--year", "2022").output
    assert "Anslag" not in shown
    assert "Året er ferdig" in shown


def test_the_last_complete_month_may_be_given(series):
    months = ("--complete-through", "2023-09")
    written = run("forecast", "--series", series, "--year", "2023", *months, "--json").output
    assert json.loads(written)["forecasts"][0]["excluded"] == ["2023-10", "2023-11"]
    ended = run("forecast", "--series", series, "--year", "2023", "--complete-through", "i fjor")
    assert "«i fjor» er ikke en måned" in str(ended.exception)


def test_a_back_test_prints_its_coverage(tmp_path):
    path = tmp_path / "serie.csv"
    rows = "".join(
        f"20{21 + i // 12}-{i % 12 + 1:02d},{200 + 3 * i + 5 * (i % 4)}\n" for i in range(20)
    )
    path.write_text(f"month,value\n{rows}", encoding="utf-8")
    found = json.loads(run("backtest", "--series", path, "--json").output)["backtests"]["serie.csv"]
    assert found["origins"] == 8
    assert 0 <= found["coverage"] <= 1
    shown = run("backtest", "--series", path).output
    assert "Dekning" in shown
    assert "serie.csv" in shown
    assert "Godtatt er en dekning fra 72 til 88 prosent." in shown


def test_a_back_test_of_several_series_shows_each(tmp_path):
    path = tmp_path / "serie.csv"
    long = "".join(
        f"20{21 + i // 12}-{i % 12 + 1:02d},{start + 5 * (i % 4)},{unit}\n"
        for unit, start in (("Øst", 200), ("Vest", 900))
        for i in range(15)
    )
    path.write_text(f"month,value,unit\n{long}2021-01,5,Ny\n", encoding="utf-8")
    shown = run("backtest", "--series", path).output
    east, west = (
        next(line for line in shown.splitlines() if unit in line) for unit in ("Øst", "Vest")
    )
    assert "%" in east
    assert "%" in west
    assert "Ikke prøvd, for korte: Ny." in shown


def test_a_unit_without_use_says_why_in_the_table(files):
    assert "Uten bruk fordi" not in best_practice(files).output
    (files / "key.csv").write_text(
        "unit,share\nØst,40\nVest,40\nSør,10\nNord,10\n", encoding="utf-8"
    )
    (files / "actual.csv").write_text("unit,value\nØst,0\nVest,:\nSør,..\n", encoding="utf-8")
    rows = best_practice(files).output.splitlines()
    told = {row.split()[0]: row.rpartition("│")[2].strip() for row in rows if "│" in row}
    assert told["Øst"] == ""
    assert told["Vest"] == "tallet er skjult"
    assert told["Sør"] == "tallet mangler"
    assert told["Nord"] == "enheten står ikke i filen"


def test_planted_series_are_called_what_they_are():
    shown = run("backtest", "--units", "1", "--origins", "1").output
    assert "nivåskift" in shown
    assert "shift" not in shown


def test_a_rule_without_anyone_is_said_in_words(files):
    (files / "key.csv").write_text("unit,share\nØst,100\n", encoding="utf-8")
    ended = best_practice(files, "--rule", "second")
    assert "Regelen «nest høyeste dekning» trenger minst to enheter" in str(ended.exception)


def test_potentials_without_a_level_are_said_once(tmp_path):
    path = tmp_path / "befolkning.csv"
    rows = "".join(f"550{u};80 år og eldre;{y};9\n" for u in range(1, 13) for y in (2023, 2030))
    path.write_text(f"unit;age;year;persons\n{rows}", encoding="utf-8")
    shown = run("potential", "--population", path, "--service", "TA").output
    assert (
        "Uten tall: 5501, 5502, 5503, 5504, 5505, 5506, 5507, 5508 og 4 til (2023, 2030): ingen"
        in shown
    )
    assert shown.count("ingen publisert verdi for TA i 2023 setter nivået") == 1
    assert "Avrundet til" not in shown


def test_a_published_potential_is_shown_as_it_is(tmp_path):
    (tmp_path / "b.csv").write_text(
        "unit;age;year;persons\n5501;80 år og eldre;2023;400\n", encoding="utf-8"
    )
    (tmp_path / "p.csv").write_text(
        "unit;service;year;value;valid_from;owner;source;estimated\n"
        "5501;TA;2023;12,5;2024-01-01;Småby;Vedtak;nei\n",
        encoding="utf-8",
    )
    files = ("--population", tmp_path / "b.csv", "--published", tmp_path / "p.csv")
    [row] = [line for line in run("potential", *files).output.splitlines() if "5501  " in line]
    assert [cell.strip() for cell in row.split("│")][4:8] == ["13", "–", "1", "12,5"]


def test_the_schemas_describe_what_is_written(files):
    schemas = json.loads(run("schema").output)["writes"]
    written = json.loads(best_practice(files, "--json").output)
    assert set(schemas["best-practice"]["required"]) == set(written)
    assert set(schemas) == {"best-practice", "compare", "potential", "forecast", "backtest"}
    assert "year_end" in schemas["forecast"]["$defs"]["Forecast"]["required"]


def test_the_schemas_describe_every_table_that_is_read():
    reads = json.loads(run("schema").output)["reads"]
    assert reads["--key"]["required"] == ["unit", "share"]
    assert reads["--series"]["required"] == ["month", "value"]
    assert set(reads["--series"]["properties"]) == {"month", "value", "unit", "complete"}
    taken = {
        word
        for help_of in ("best-practice", "compare", "potential", "forecast")
        for word in run(help_of, "--help").output.split()
    }
    assert set(reads) <= taken
