"""A scenario's file: what does not fit together is told, all at once."""

import pytest

from vft.errors import VftError


def service(name, **rest):
    return {"service": name, "population": 10, "uptake": 0.5, **rest}


@pytest.mark.parametrize(
    ("keys", "fields", "told"),
    [
        ({"a": {"value": 1, "profile": [1, 2]}}, {}, "keys.a.profile har 2 år"),
        ({}, {"services": [service("TA"), service("TA")]}, "TA står to ganger"),
        ({}, {"overlaps": [{"services": ["TA", "DT"], "share": 0.1}]}, "nevner tjenesten DT"),
        ({"a": 1}, {"correlations": [{"keys": ["a", "a"], "spearman": 0.1}]}, "følge seg selv"),
        (
            {},
            {"costs": [{"title": "Leie", "amount": 1, "applies_to": "each_user"}]},
            "«Leie» er felles",
        ),
        ({}, {"services": []}, "services: oppgi minst én tjeneste"),
        (
            {},
            {"services": [service("TA") | {"uptake": True}]},
            "services[0].uptake: må være navnet",
        ),
        ({}, {"horizon_years": -1}, "horizon_years: må være minst 0"),
        ({}, {"discount": 0.04}, "discount: feltet finnes ikke; mente du discount_rate?"),
        ({"a": {"mode": 1}}, {}, "keys.a: mangler minimum, maximum"),
        ({"a": {"vaule": 1}}, {}, "keys.a.vaule: feltet finnes ikke; mente du value?"),
    ],
)
def test_what_does_not_fit_is_told(scenario, keys, fields, told):
    with pytest.raises(VftError) as refused:
        scenario(keys, **({"services": [service("TA")]} | fields))
    assert told in str(refused.value)


def test_years_are_from_0_to_the_horizon(scenario):
    assert scenario({}, services=[service("TA")], horizon_years=3).years == 4
