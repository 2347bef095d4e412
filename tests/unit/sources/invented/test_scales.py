"""The demo hits the published sizes before a single file is written."""

import numpy as np
import pytest

from vft.sources.invented import facts, scales
from vft.sources.invented.config import NEVER
from vft.sources.invented.truth import users_at
from vft.sources.invented.world import World, build


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> World:
    return build(scales.demo(), tmp_path_factory.mktemp("demo"), seed=2024)


def test_users_in_november_2024_are_the_published(demo):
    found = users_at(demo, "2024-11")

    for service, published in facts.USERS_2024.items():
        assert found[service] == pytest.approx(published, rel=0.04), service


def test_use_grows_over_the_three_years(demo):
    first, middle, last = (users_at(demo, month) for month in ("2022-01", "2023-06", "2024-11"))

    for service in facts.USERS_2024:
        assert first[service] < middle[service] < last[service], service
    assert first["DMS"] > 500


def test_alarms_are_spread_as_the_key_says(demo):
    course = demo.course
    users = course.services["TA"].on(demo.config.calibration_day)
    share = np.bincount(course.people.district[users], minlength=15) / users.sum()
    key = np.array(facts.FO3) / sum(facts.FO3)

    assert share == pytest.approx(key, abs=0.012)


def test_visits_are_about_three_million(demo):
    visits = demo.work.minutes.sum() / 33 + demo.work.checks.sum()

    assert 2.5e6 < visits < 3.5e6


def test_most_alarms_are_exchanged_once(demo):
    per_case = np.bincount(demo.devices.case[demo.devices.case >= 0])

    assert per_case.max() == 2
    assert 6000 < (per_case == 2).sum() < 9000


@pytest.mark.parametrize("name", scales.ALL)
def test_every_scale_has_a_burn_in_and_ends_with_2024(name):
    scale = scales.ALL[name]()
    last = np.datetime64(scale.config.starts_on) + scale.config.last_day - 1

    assert str(last) == "2024-12-31"
    assert scale.config.first_day >= 20 * 28
    assert scale.exchange > scale.config.first_day or scale.exchange == NEVER


def test_size_multiplies_the_persons():
    whole, tenth = (scales.scaled(scales.demo(), size).config for size in (1.0, 0.1))

    assert tenth.targets["TA"] == pytest.approx(whole.targets["TA"] / 10)
    assert tenth.periods == whole.periods
