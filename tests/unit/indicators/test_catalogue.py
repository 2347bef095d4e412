"""Every indicator says what it is before it may show a figure."""

import json

import pytest

from vft.indicators.catalogue import all_indicators
from vft.tables import ALL

INDICATORS = all_indicators()


def test_indicators_are_found_by_being_there():
    assert "concurrent_users" in INDICATORS


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda i: i.id)
def test_an_indicator_answers_for_itself(indicator):
    for said in ("title", "question", "why", "numerator", "unit", "owner", "checker", "sources"):
        assert getattr(indicator, said), said
    assert set(indicator.needs) <= set(ALL)
    codes = [measure.code for measure in indicator.measures]
    assert len(codes) == len(set(codes)) > 0


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda i: i.id)
def test_a_definition_can_be_kept_as_json(indicator):
    kept = json.loads(json.dumps(indicator.described()))
    assert kept["id"] == indicator.id
    assert [m["code"] for m in kept["measures"]] == [m.code for m in indicator.measures]
