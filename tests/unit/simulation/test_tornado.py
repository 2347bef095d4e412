"""Tornado: each key alone, the widest first."""

import pytest

from vft.simulation.present_value import present_value
from vft.simulation.tornado import tornado
from vft.simulation.uses import used_keys


def distributions(told):
    return {name: told.keys[name].distribution for name in used_keys(told)}


def test_each_bar_is_what_its_key_alone_does(one_service):
    told = one_service({"hours": (40, 85, 110), "rent": (18_000, 20_000, 24_000)})
    keys = distributions(told)
    bars, _ = tornado(told, keys)
    assert [bar.key for bar in bars] == ["hours", "rent"]
    low, high = (keys["hours"].quantile(share) for share in (0.1, 0.9))
    rent = keys["rent"].quantile(0.5)
    expected = [50 * (hours * 400 - rent) - 100_000 for hours in (low, high)]
    values = [present_value([one] * 4, rate=0.04) for one in expected]
    assert [bars[0].npv_at_p10, bars[0].npv_at_p90] == pytest.approx(values)
    assert bars[0].swing == pytest.approx(values[1] - values[0])
    # dearer rent is worse: the direction is told, the swing is a distance
    assert bars[1].npv_at_p90 < bars[1].npv_at_p10
    assert bars[1].swing > 0


def test_a_constant_key_and_one_without_effect_have_no_bar(one_service):
    told = one_service({"realised": (0.2, 0.5, 0.9)})
    avoided, realisable = tornado(told, distributions(told))
    assert avoided == []
    assert [bar.key for bar in realisable] == ["realised"]


def test_there_is_none_where_kroner_are_not_documented(one_service):
    told = one_service({"rent": {"value": None}, "hours": (40, 85, 110)})
    assert tornado(told, distributions(told)) == ([], [])
