"""Published benefit cases come out as published, through the command as a municipality runs it."""

import json
import tomllib
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from vft.benefits.clarification_rate import clarification_rate
from vft.benefits.full_time import full_time_equivalents
from vft.benefits.infrastructure import with_infrastructure
from vft.benefits.reduction import reduction
from vft.benefits.start_up_economy import start_up_economy
from vft.commands import app

PUBLISHED = tomllib.loads(
    Path(__file__).with_name("published_cases.toml").read_text(encoding="utf-8")
)["published"]
BY_ID = {one["id"]: one for one in PUBLISHED}


def evaluated(case, tmp_path):
    """The command's JSON for a case, as it stands in the list of published ones."""
    path = tmp_path / "case.toml"
    path.write_text(tomlkit.dumps(case), encoding="utf-8")
    done = CliRunner().invoke(app, ["case", "evaluate", str(path), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def found(result, figure):
    """``lines.0.reduction`` of a result."""
    for step in figure.split("."):
        result = result[int(step)] if isinstance(result, list) else result[step]
    return result


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one["id"])
def test_a_published_case_comes_out(one, tmp_path):
    low, high = one["accept"]
    assert low <= found(evaluated(one["case"], tmp_path), one["figure"]) <= high


def test_double_counting_shows_both_figures_and_says_so(tmp_path):
    result = evaluated(BY_ID["sheltered-housing.total"]["case"], tmp_path)
    assert result["economy"]["horizon"]["gross"] == 4_699_705
    assert result["exclusive"]["economy"]["horizon"]["gross"] == 3_300_295
    (warned,) = (one for one in result["warnings"] if one["code"] == "double_counting")
    assert "talt dobbelt" in warned["message"]


def test_a_dispenser_that_is_both_four_to_two_and_four_a_day_to_two_a_week_is_flagged(tmp_path):
    result = evaluated(BY_ID["pill-dispenser.text_b"]["case"], tmp_path)
    (warned,) = (one for one in result["warnings"] if one["code"] == "different_periods")
    assert warned["figures"]["avoided_count"] == pytest.approx(4 * 365 - 2 * 365 / 7)
    assert warned["figures"]["other_reading_count"] == pytest.approx(2 * 365)


def test_checks_at_night_that_go_from_two_a_night_to_seven_in_30_days_are_no_contradiction(
    tmp_path,
):
    result = evaluated(BY_ID["night-checks.nine.nok"]["case"], tmp_path)
    # the price is of 2019 to 2021, and the published case does not say which year it is of
    assert [one["code"] for one in result["warnings"]] == ["price_may_be_out_of_date"]


def test_money_of_video_visits_is_not_documented_which_is_not_nothing(tmp_path):
    result = evaluated(BY_ID["video-visits"]["case"], tmp_path)
    assert result["lines"][0]["avoided"]["nok"] is None
    assert result["total"]["avoided"]["nok"] is None
    assert result["economy"]["gross_per_year"] is None
    missing = {one["quantity"]: one["lines"] for one in result["total"]["undocumented"]}
    assert missing["nok"] == ["line-1"]


def test_the_programmes_hours_are_96_fte_by_rotating_shifts_and_no_other():
    # national benefits report 2021, 1.1.4: 160 000 hours, 96 årsverk
    assert 95.5 <= full_time_equivalents(160_000, hours_per_fte=1668.5) <= 96.5
    assert not 95.5 <= full_time_equivalents(160_000, hours_per_fte=1695) <= 96.5
    assert not 95.5 <= full_time_equivalents(160_000, hours_per_fte=1750) <= 96.5


def test_the_response_centre_clarifies_between_50_and_60_percent():
    # national benefits report 2021, figure 17: 274 alarms, 114 forwarded
    assert 0.50 <= clarification_rate(received=274, forwarded=114) <= 0.60


def test_alarms_fall_by_over_70_percent():
    # national benefits report 2021, figure 17: 6 000 before, 1 350 after
    assert 0.70 <= reduction(before=6000, after=1350) <= 0.80


def test_infrastructure_that_was_never_upgraded_costs_30_percent_more():
    # national benefits report 2021, 2.1.1
    assert with_infrastructure(1.0) == 1.3


def test_a_start_up_that_costs_181_or_182_percent_shows_both():
    # national benefits report 2021, table 3: the parts sum to 181, the table says 182
    parts = {
        "rent": 30,
        "training": 30,
        "administration": 7,
        "start_up": 39,
        "operation": 74,
        "closing": 1,
    }
    economy = start_up_economy(parts, cost_as_stated=182)
    assert (economy.cost_of_parts, economy.cost_as_stated) == (181, 182)
    assert (economy.net_of_parts, economy.net_as_stated) == (-81, -82)
    assert economy.is_rounding
    by_parts, as_stated = economy.nok(gross=70_000)
    assert (round(by_parts), round(as_stated)) == (-56_700, -57_400)
