"""No code of a covariate or a group reaches a sentence."""

import pytest

from vft.effects.titles import covariate, group


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("age", "alder"),
        ("level²", "minutter per uke perioden før, i annen potens"),
        ("need_group=1", "andelen i behovsgruppe 1"),
        ("need_group=", "andelen i behovsgruppe ikke oppgitt"),
        ("sex=female", "andelen kvinner"),
        ("sex=K", "andelen i kjønn K"),
        ("lives_alone=0", "andelen som ikke bor alene"),
        ("lives_alone=True", "andelen som bor alene"),
        ("unit=Nord=Sør", "andelen i enhet Nord=Sør"),
    ],
)
def test_covariates(name, told):
    assert covariate(name) == told


@pytest.mark.parametrize(
    ("by", "label", "told"),
    [
        ("need_group", "1", "behovsgruppe 1"),
        ("segment", "a", "segment a"),
        ("sex", "female", "kvinner"),
        ("lives_alone", "false", "bor alene: nei"),
        ("time_since_first", "under 3 perioder", "under 3 perioder"),
    ],
)
def test_groups(by, label, told):
    assert group(by, label) == told
