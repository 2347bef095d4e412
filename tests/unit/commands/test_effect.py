"""``vft effect``: JSON of the published shape, tables in bokmål, and faults told."""

import json
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from vft.commands import app
from vft.commands.effect_prices import known, prices
from vft.commands.effect_tables import show_segments
from vft.effects import answers
from vft.errors import FileRefused, VftError

TOLD = {
    "estimate",
    "interval",
    "n_adopters",
    "n_matched",
    "share_matched",
    "balance",
    "placebo",
    "event_study",
    "zero_points",
    "verdict",
    "reasons",
}


def _write(folder, *, adopters=60, seed=2, periods=32):
    """Adopters at 18–21 of whom a 50 is taken; a third as many adopters as others."""
    rng = np.random.default_rng(seed)
    rows, started = [], []
    for n in range(4 * adopters):
        course = 200 + 30 * rng.standard_normal() + 10 * rng.standard_normal(32)
        start = 18 + n % 4 if n < adopters else None
        if start is not None:
            course[start:] -= 50
            started.append({"recipient_id": n, "period": start, "service": "XY"[n // 4 % 2]})
        rows += [
            {
                "recipient_id": n,
                "period": t,
                "outcome": y,
                "unit": "Nord",
                "segment": "ab"[n % 2],
                "age": 80,
                "present": True,
                "exit": "institution" if t == 31 and n % 3 == 0 else None,
            }
            for t, y in enumerate(course.tolist()[:periods])
        ]
    panel, adoptions = folder / "PANEL.parquet", folder / "ADOPTIONS.parquet"
    pq.write_table(pa.Table.from_pylist(rows), panel)
    pq.write_table(pa.Table.from_pylist(started), adoptions)
    return ["--panel", str(panel), "--adoptions", str(adoptions)]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return _write(tmp_path_factory.mktemp("effect"))


def _run(*arguments):
    told = CliRunner().invoke(app, ["effect", *arguments], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


def test_estimate_gives_what_the_schema_says(files):
    told = json.loads(_run("estimate", *files, "--json"))

    assert set(told) >= TOLD
    assert answers.EffectB.model_validate(told).verdict == "causal"
    assert (told["estimand"], told["unit"]) == ("at_home", "minutter per uke")
    assert told["interval"][0] < -50 < told["interval"][1]
    assert told["interval"][0] < told["estimate"] < told["interval"][1]
    assert (told["n_adopters"], told["share_matched"]) == (60, told["n_matched"] / 60)
    assert told["placebo"]["interval"][0] < 0 < told["placebo"]["interval"][1]
    assert {z["first_period"] for z in told["zero_points"]} == {-1, -3, -5, -9}


def test_the_table_says_it_in_bokmal_with_norwegian_numbers(files):
    told = _run("estimate", *files)

    assert "Effekten kan tilskrives tjenesten" in told
    assert "minutter per uke" in told
    assert "−5" in told
    assert "Vekst i effekten fra periode 2–5 til 6–9: " in told
    assert "95-prosentintervaller" in told
    assert "-" not in told.replace("95-pros", "")  # every minus is one, every span has its dash


def test_an_effect_that_few_are_followed_through_says_so(tmp_path):
    told = _run("estimate", *_write(tmp_path, periods=24))  # who began at 18 is followed to 5

    assert "En antydning" in told
    assert "– For få er fulgt lenge nok til å prøve om forskjellen fortsatt vokser" in told
    assert "Minst 20 brukere er fulgt i periode 2, 3 og 4; resten bygger på færre." in told
    assert "Vekst i effekten fra periode 2–5 til 6–9: lar seg ikke regne ut." in told


@pytest.mark.parametrize(("adopters", "verdict"), [(4, "refused"), (12, "counts_only")])
def test_what_may_not_be_shown_is_null(tmp_path, adopters, verdict):
    told = json.loads(_run("estimate", *_write(tmp_path, adopters=adopters), "--json"))

    assert told["verdict"] == verdict
    assert told["estimate"] is told["interval"] is told["placebo"]["estimate"] is None
    assert told["balance"] == told["event_study"] == told["zero_points"] == []
    assert (told["n_adopters"] is None) is (verdict == "refused")
    assert told["reasons"]


PRICED = ("--resources", "--price-hour", "home-care-hour-paid")
PLACE = ("--price-institution", "nursing-home-place")


def test_total_resources_are_in_kroner_and_say_their_prices(files):
    told = json.loads(_run("estimate", *files, *PRICED, *PLACE, "--json"))

    assert (told["estimand"], told["unit"]) == ("resources", "kroner per uke")
    # all who move in do so in the last period, which is hardly anybody's ninth
    factor = 426 / 60 * 1.033  # kroner of 2020 in those of 2021
    assert told["interval"][0] < -50 * factor < told["interval"][1]
    assert "426,00 kr per betalt time i 2020-kroner, regnet om til 2021" in told["notes"][0]
    assert "i 2021-kroner. Kilde:" in told["notes"][1]  # of that year already
    assert told["balance"][0]["title"] == "kroner per uke perioden før"
    assert "kroner per uke" in _run("estimate", *files, *PRICED, *PLACE)


def test_only_counts_say_nothing_of_rare_moves(tmp_path):
    given = _write(tmp_path, adopters=12)

    told = json.loads(_run("estimate", *given, *PRICED, *PLACE, "--json"))

    assert told["verdict"] == "counts_only"
    (reason,) = told["reasons"]
    assert reason.endswith("under 20 vises bare antall.")


def test_prices_that_did_not_hold_on_the_day_are_told(files):
    def notes(on):
        told = _run("estimate", *files, *PRICED, *PLACE, "--on", on, "--json")
        return [note for note in json.loads(told)["notes"] if "gjaldt ikke" in note]

    assert len(notes("2031-01-01")) == 2
    assert all("gjaldt ikke 01.01.2031, dagen i --on." in note for note in notes("2031-01-01"))
    assert [note for note in notes("2021-06-01") if "plass" in note] == []


OWN = """
[[prices]]
price = "time"
value = 600
per = "hour"
hour_definition = "paid"
starts_on = 2024-01-01
origin = "Budsjett 2024"

[[prices]]
price = "plass"
value = 3000
per = "day"
starts_on = 2024-01-01
origin = "Budsjett 2024"

[[prices]]
price = "udatert"
value = 3000
per = "day"
origin = "Budsjett 2024"

[[prices]]
price = "besøk"
value = 300
per = "visit"
starts_on = 2024-01-01
origin = "Budsjett 2024"
"""


def test_total_resources_with_a_municipalitys_own_prices(files, tmp_path):
    own = tmp_path / "priser.toml"
    own.write_text(OWN, encoding="utf-8")
    given = ("--resources", "--prices", str(own), "--price-hour", "time", "--price-institution")

    told = json.loads(_run("estimate", *files, *given, "plass", "--json"))

    assert told["interval"][0] < -500 < told["interval"][1]
    with pytest.raises(VftError, match=r"«udatert» mangler dato"):
        _run("estimate", *files, *given, "udatert")
    with pytest.raises(VftError, match=r"per besøk, ikke per døgn eller måned eller år"):
        _run("estimate", *files, *given, "besøk")
    with pytest.raises(VftError, match="finnes ikke"):
        _run("estimate", *files, *given, "annet")
    own.write_text(OWN.replace("value = 600", 'value = "600"').replace("per =", "pr ="), "utf-8")
    with pytest.raises(VftError, match=r"prices\[0\]\.value: må være et tall(.|\n)*mente du per"):
        _run("estimate", *files, *given, "plass")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--resources",), "Mangler: --price-hour, --price-institution"),
        (PRICED, "Mangler: --price-institution"),
        (PLACE, "bare sammen med --resources"),
        ((*PRICED, *PLACE, "--prices", "borte.toml"), "borte.toml kan ikke åpnes"),
        ((*PRICED, *PLACE, "--prices", "a.toml", "--prices-from-lake"), "enten --prices eller"),
        (("--prices-from-lake",), "bare sammen med --resources"),
    ],
)
def test_no_kroner_without_prices(files, given, told):
    with pytest.raises(VftError, match=told):
        _run("estimate", *files, *given)


@pytest.mark.parametrize(
    ("per", "value", "week"), [("day", 70, 490), ("month", 365, 84), ("year", 3650, 70)]
)
def test_a_place_by_day_month_or_year_is_the_same_a_week(tmp_path, per, value, week):
    hour = {"price": "time", "value": 60, "per": "hour", "hour_definition": "paid"}
    place = {"price": "plass", "value": value, "per": per}
    dated = [
        one | {"price_year": year, "starts_on": f"{year}-01-01", "origin": "Budsjett"}
        for one, year in ((hour, 2022), (place, 2021))
    ]
    own = tmp_path / "priser.json"
    own.write_text(json.dumps({"prices": dated}), encoding="utf-8")

    found = prices(
        hour="time", institution="plass", known=known(file=own, from_lake=False), on=None
    )

    assert found.minute == pytest.approx(1.0)
    assert found.institution == pytest.approx(week * 1.067)  # in kroner of 2022


def test_the_day_chooses_among_a_prices_periods(tmp_path):
    place = {"price": "plass", "per": "day", "origin": "Budsjett", "price_year": 2024}
    hour = {"price": "time", "value": 60, "per": "hour", "hour_definition": "paid"}
    own = tmp_path / "priser.json"
    rows = [
        hour | {"price_year": 2024, "starts_on": "2020-01-01", "origin": "Budsjett"},
        place | {"value": 100, "starts_on": "2020-01-01", "ends_on": "2024-01-01"},
        place | {"value": 200, "starts_on": "2024-01-01"},
    ]
    own.write_text(json.dumps({"prices": rows}), encoding="utf-8")

    listed = known(file=own, from_lake=False)

    found = prices(hour="time", institution="plass", known=listed, on=date(2024, 5, 1))

    assert found.institution == pytest.approx(1400)
    with pytest.raises(VftError, match=r"«plass» har flere perioder. Velg med --on"):
        prices(hour="time", institution="plass", known=listed, on=None)


def test_newcomers(tmp_path):
    """Of 120 who come in period 3 with need 200, half get it the period after and fall by 50."""
    rng = np.random.default_rng(3)
    rows = [
        {
            "recipient_id": n,
            "period": t,
            "outcome": y - 50 * (n < 60 and t >= 4),
            "unit": "Nord",
            "segment": "a",
            "age": 80,
            "present": True,
            "need_group": 2,
        }
        for n in range(121)
        for t, y in enumerate((200 + 10 * rng.standard_normal(20)).tolist())
        if t >= 3 or n == 120  # the last was there from the start
    ]
    panel, adoptions = tmp_path / "PANEL.parquet", tmp_path / "ADOPTIONS.parquet"
    pq.write_table(pa.Table.from_pylist(rows), panel)
    pq.write_table(pa.table({"recipient_id": list(range(60)), "period": [4] * 60}), adoptions)
    files = ("--panel", str(panel), "--adoptions", str(adoptions))

    told = json.loads(_run("newcomers", *files, "--json"))

    assert answers.EffectNewcomers.model_validate(told).verdict == "indicative"
    assert told["interval"][0] < -50 < told["interval"][1]
    assert told["interval"][1] - told["interval"][0] < 20
    assert (told["n_adopters"], told["n_first"]) == (60, 0)
    assert told["placebo"]["estimate"] is told["placebo"]["interval"] is None
    assert told["share_matched"] == told["n_matched"] / 60
    assert "placebo" in " ".join(told["reasons"])
    shown = _run("newcomers", *files)
    assert "Vekst over 12 måneder" in shown
    assert "Så mye mer sent enn tidlig" in shown


def test_segments(files):
    told = json.loads(_run("segments", *files, "--json"))

    assert [s["segment"] for s in told["segments"]] == ["a", "b"]
    assert all(-70 < s["shrunken"] < -30 for s in told["segments"])
    assert all(s["rank"] is None for s in told["segments"])  # indicative: no ranking
    assert "Segment a: en antydning" in _run("segments", *files)


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "p < 0,001"), (0.0009, "p < 0,001"), (0.001, "p = 0,001")]
)
def test_a_p_that_is_less_than_three_decimals_tell(capsys, value, told):
    found = answers.EffectSegments(
        estimate=-40.0,
        interval=(-50.0, -30.0),
        by="segment",
        segments=[],
        spread=1.0,
        i_squared=0.9,
        interaction_p=value,
        notes=[],
    )

    show_segments(found)

    assert f"({told})." in capsys.readouterr().out


def test_segments_by_when_they_started(files):
    told = json.loads(_run("segments", *files, "--by", "time_since_first", "--json"))

    assert told["by"] == "time_since_first"
    assert [s["n_adopters"] for s in told["segments"]] == [0, 0, 60]
    assert told["notes"] == []


def test_compare(files):
    told = json.loads(_run("compare", *files, "--first", "X", "--second", "Y", "--json"))

    assert told["services"] == ["X", "Y"]
    assert told["crude_label"] == "beskrivende"
    assert told["interval"][0] < 0 < told["interval"][1]
    shown = _run("compare", *files, "--first", "X", "--second", "Y")
    one, other = told["n"]
    assert f"Sammenlignet: {one} som fikk «X», og {other} som fikk «Y»." in shown
    assert "«X» minus «Y»:" in shown
    assert "beskrivende" in shown
    assert "tilskrives tjenesten" not in shown  # both may work equally well
    assert "minutter per uke perioden før" in shown


def test_admission(files):
    told = json.loads(_run("admission", *files, "--json"))

    assert told["hazard_ratio"] is None
    assert told["admissions"][0] == 20
    assert "under 30" in " ".join(told["reasons"])
    shown = _run("admission", *files)
    assert f"{told['n_matched']} av 60 brukere har noen å sammenlignes med (" in shown
    assert f"Flyttet inn i sykehjem: 20 av brukerne og {told['admissions'][1]} av de" in shown


def test_series(tmp_path):
    rng = np.random.default_rng(1)
    rows = [
        {"unit": unit, "month": f"{2020 + t // 12}-{t % 12 + 1:02d}", "outcome": value}
        for unit, fall in (("Nord", -30.0), ("Sør", 0.0), ("Vest", 0.0))
        for t, value in enumerate(
            (300 + np.where(np.arange(48) >= 30, fall, 0) + rng.standard_normal(48)).tolist()
        )
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "s.parquet")
    pq.write_table(pa.table({"unit": ["Nord"], "month": ["2022-07"]}), tmp_path / "t.parquet")
    files = ("--series", str(tmp_path / "s.parquet"), "--starts", str(tmp_path / "t.parquet"))

    told = json.loads(_run("series", *files, "--json"))

    (nord,) = told["units"]
    assert nord["interval"][0] < -30 < nord["interval"][1]
    assert (nord["months_before"], nord["months_after"], nord["controls"]) == (30, 18, 2)
    shown = _run("series", *files)
    assert "Endring i snitt etter" in shown
    assert "30 måneder før, 18 etter, 2 enheter uten tjenesten." in shown


def test_every_answer_has_its_schema():
    told = json.loads(_run("schema"))

    assert list(told) == ["estimate", "newcomers", "segments", "compare", "admission", "series"]
    assert set(told["estimate"]["properties"]) >= TOLD


def test_faults_stop_the_command(files, tmp_path):
    with pytest.raises(VftError, match="finnes ikke"):
        _run("estimate", "--panel", str(tmp_path / "x.parquet"), *files[2:])
    with pytest.raises(FileRefused, match=r"«outcome» mangler"):
        _run("estimate", "--panel", files[3], *files[2:])
