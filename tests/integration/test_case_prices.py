"""A case with the municipality's own prices: from its file, through the lake, to kroner."""

import json

import pytest
from typer.testing import CliRunner

from vft.commands import app
from vft.errors import VftError
from vft.lake import manifest
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest

HEADING = "pris;navn;beløp;per;timebegrep;tid_på_døgnet;prisår;fra_dato;til_dato;kilde;eier\n"
#: The year of each price; the packaged one of the first code is 426.
PRICES = """
home-care-hour-paid;Hjemmehjelp;500,50;time;betalt;alle;2023;2023-01-01;2024-01-01;Budsjett 2023;KØF
home-care-hour-paid;Hjemmehjelp;540,00;time;betalt;alle;2024;2024-01-01;;Budsjett 2024;KØF
drosje;Drosjetur;310,00;stk;;alle;2024;2024-01-01;;Anbud 2024;Innkjøp
""".lstrip()
CORRECTED = PRICES.replace("540,00", "555,00").replace("Budsjett 2024", "Rettet budsjett 2024")
#: 365 hours avoided a year.
VISITS = {"id": "besøk", "kind": "visits", "before": 2, "after": 0, "per": "day", "minutes": 30}


@pytest.fixture
def own(tmp_path, monkeypatch, db):  # noqa: ARG001 - identities are written there
    """Deliver a file of prices into the home that the environment names."""
    monkeypatch.setenv("VFT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    home = Home.here()
    home.prepare()

    def deliver(prices):
        folder = tmp_path / f"exports {manifest.latest(home.lake).number}"
        folder.mkdir()
        (folder / "enhetspriser.csv").write_text(HEADING + prices, encoding="utf-8")
        assert [d.status for d in ingest(home, folder).deliveries] == ["loaded"]

    return deliver


@pytest.fixture
def evaluate(tmp_path):
    """What ``vft case evaluate`` prints of one line with a price."""

    def told(*options, price, start="2024-06-01", **line):
        path = tmp_path / "sak.json"
        case = {"start": start, "lines": [{**VISITS, "price": price, **line}]}
        path.write_text(json.dumps(case), encoding="utf-8")
        done = CliRunner().invoke(app, ["case", "evaluate", str(path), *options])
        assert done.exit_code == 0, done.output
        return done.output

    return told


@pytest.fixture
def line(evaluate):
    """The one line of the result."""

    def told(*options, **asked):
        return json.loads(evaluate("--json", *options, **asked))["lines"][0]

    return told


@pytest.mark.parametrize(
    ("start", "kroner_per_hour", "origin"),
    [("2023-12-31", 500.5, "Budsjett 2023"), ("2024-01-01", 540, "Budsjett 2024")],
)
def test_the_municipalitys_own_price_of_the_day_goes_before_the_packaged(
    own, line, start, kroner_per_hour, origin
):
    own(PRICES)
    found = line("--prices-from-lake", price="home-care-hour-paid", start=start)
    assert found["avoided"]["nok"] == pytest.approx(365 * kroner_per_hour)
    assert (found["price"]["found_in"], found["price"]["origin"]) == ("lake", origin)
    assert found["price"]["owner"] == "KØF"


def test_a_corrected_price_takes_the_place_of_the_first(own, line):
    own(PRICES)
    own(CORRECTED)
    price = line("--prices-from-lake", price="home-care-hour-paid")["price"]
    assert (price["value"], price["origin"]) == (555, "Rettet budsjett 2024")


def test_without_being_asked_for_the_lake_is_not_read(own, line):
    own(PRICES)
    price = line(price="home-care-hour-paid")["price"]
    assert (price["value"], price["found_in"]) == (426, "packaged")


def test_what_the_lake_has_no_price_of_comes_from_the_package_and_is_said_to(own, evaluate):
    own(PRICES)
    told = evaluate("--prices-from-lake", price="home-care-hour-paid", km=2)
    rows = [" ".join(row.replace("│", " ").split()) for row in told.splitlines()]
    assert (
        "Hjemmehjelp 540,00 per betalt time 2024 01.01.2024 – Budsjett 2024 fra datalageret" in rows
    ), told
    assert any("4,90 per km 2024" in row and row.endswith("følger med") for row in rows), told


def test_a_price_that_nobody_has_gives_no_kroner_and_is_named(own, line):
    own(PRICES)
    found = line("--prices-from-lake", price="nattilsyn")
    assert found["avoided"]["hours"] == 365
    assert found["avoided"]["nok"] is None
    assert "«nattilsyn»" in " ".join(found["undocumented"])


def test_a_price_of_another_unit_gives_no_kroner_and_is_named(own, line):
    own(PRICES)
    found = line("--prices-from-lake", price="drosje", kind="hours", minutes=None)
    assert found["avoided"]["nok"] is None
    assert "«Drosjetur» er per stykk" in " ".join(found["undocumented"])


def test_the_cases_own_price_goes_before_the_municipalitys(own, tmp_path):
    own(PRICES)
    mine = {
        "price": "home-care-hour-paid",
        "value": 600,
        "per": "hour",
        "hour_definition": "paid",
        "starts_on": "2024-01-01",
        "origin": "Avtale",
    }
    case = {"prices": [mine], "lines": [{**VISITS, "price": "home-care-hour-paid"}]}
    (tmp_path / "sak.json").write_text(json.dumps(case), encoding="utf-8")
    asked = ["case", "evaluate", str(tmp_path / "sak.json"), "--json", "--prices-from-lake"]
    price = json.loads(CliRunner().invoke(app, asked).output)["lines"][0]["price"]
    assert (price["value"], price["found_in"]) == (600, "case")


def test_a_lake_without_prices_is_said_to_have_none(own, tmp_path):  # noqa: ARG001 - it makes the home
    (tmp_path / "sak.json").write_text(json.dumps({"lines": [VISITS]}), encoding="utf-8")
    asked = ["case", "evaluate", str(tmp_path / "sak.json"), "--prices-from-lake"]
    with pytest.raises(VftError, match=r"ikke noe datalager i .*home: ingenting er lest inn der"):
        CliRunner().invoke(app, asked, catch_exceptions=False)
    Home.here().lake.manifests.mkdir(parents=True)
    with pytest.raises(VftError, match="ingen enhetspriser"):
        CliRunner().invoke(app, asked, catch_exceptions=False)


def test_the_municipalitys_prices_are_listed(own):
    own(PRICES)
    done = CliRunner().invoke(app, ["case", "prices", "--prices-from-lake", "--json"])
    found = [(p["price"], p["value"], p["starts_on"]) for p in json.loads(done.output)]
    assert found == [
        ("drosje", 310, "2024-01-01"),
        ("home-care-hour-paid", 500.5, "2023-01-01"),
        ("home-care-hour-paid", 540, "2024-01-01"),
    ]
