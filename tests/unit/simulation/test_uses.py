"""Where keys are used: what is missing is told, what cannot be is refused."""

import pytest

from vft.errors import VftError
from vft.simulation.scenario import Cost
from vft.simulation.uses import faults, require_sound, undocumented, used_keys


@pytest.mark.parametrize(
    ("keys", "fields", "told"),
    [
        ({"hours": {"value": None}}, {}, "Nøkkelen «hours» mangler verdi: ingen tall."),
        ({"rent": {"value": 1, "starts_on": None}}, {}, "«rent» mangler dato (starts_on)"),
        ({"price": {"value": 1, "per": "hour"}}, {}, "«price» mangler timebegrep"),
        (
            {},
            {"realisation_rate": None},
            "Uttakseffektivitet (realisation_rate) er ikke dokumentert.",
        ),
        ({}, {"realisation_rate": 0.5}, "tallet 0,5 har verken dato eller kilde"),
        ({}, {"realisation_rate": "realise"}, "«realise» finnes ikke i filen. Mente du «realised»"),
    ],
)
def test_what_is_missing_is_told(one_service, keys, fields, told):
    assert any(told in sentence for sentence in undocumented(one_service(keys, **fields)))


def test_nothing_is_missing_from_a_whole_scenario(one_service):
    assert undocumented(one_service({})) == ()


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"share": 1.2}, "DMS: opptak (uptake) må være en andel fra 0 til 1, ikke 1,2"),
        ({"share": {"value": 0.6, "profile": [1, 1, 1, 2]}}, "ikke 0,6–1,2"),
        ({"realised": (-0.1, 0.5, 0.8)}, "Uttakseffektivitet (realisation_rate) må være en andel"),
        ({"people": -5}, "DMS: befolkning (population) kan ikke være under 0, og er −5"),
        ({"rent": -5}, "beløp (amount) kan ikke være under 0"),
        ({"price": {"value": 4, "per": "km"}}, "pris (price) er per km, men må være per time"),
    ],
)
def test_what_cannot_be_is_refused(one_service, keys, told):
    with pytest.raises(VftError) as refused:
        require_sound(one_service(keys))
    assert told in str(refused.value)


def test_nobody_and_nothing_are_amounts(one_service):
    nothing = {"people": 0, "rent": 0, "price": {"value": 0, "per": "hour",
               "hour_definition": "paid"}, "share": 0, "realised": 1}  # fmt: skip
    assert faults(one_service(nothing)) == []


@pytest.mark.parametrize(("years", "told"), [(0.5, []), (0, ["ikke 0"]), (-1, ["ikke −1"])])
def test_what_is_in_use_for_no_time_is_refused(one_service, years, told):
    rent = {"title": "Kjøp", "amount": "rent", "applies_to": "new_user", "years_in_use": "years"}
    whole = one_service({"years": 1})
    service = whole.services[0].model_copy(update={"costs": (Cost(**rent),)})
    keys = dict(whole.keys) | {"years": whole.keys["years"].model_copy(update={"value": years})}
    found = faults(whole.model_copy(update={"services": (service,), "keys": keys}))
    assert [one[-len(end) :] for one, end in zip(found, told, strict=True)] == told


def test_every_fault_is_told_at_once(one_service):
    faulty = {"share": 2, "people": -1, "rent": {"value": 5, "profile": [1, 2]}}
    extra = {"hours": {"mode": 3}, "fixed": {"vaule": 3}}
    with pytest.raises(VftError) as refused:
        one_service(faulty | extra, horizon=3)
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()[1:-1]] == [
        "– keys.fixed.vaule",
        "– horizon",
        "– keys.hours",
        "– keys.rent.profile har 2 år, men år 0 til 3 er 4.",
        "– DMS",
        "– DMS",
    ]


def test_what_was_made_without_a_file_is_tried_too(one_service):
    whole = one_service({})
    keys = dict(whole.keys) | {"share": whole.keys["share"].model_copy(update={"value": 2.0})}
    with pytest.raises(VftError, match="ikke 2"):
        require_sound(whole.model_copy(update={"keys": keys}))


def test_kroner_that_cannot_be_converted_are_told_once_with_how_to_mend_it(one_service):
    assert undocumented(one_service({}, price_year=2024)) == ()
    (told,) = undocumented(one_service({}, price_year=2026))
    assert told == (
        "«price», «rent» og «fixed» gir ingen kroner. Kan ikke regne om fra 2024- til 2026-kroner: "
        "deflatoren går fra 2020 til 2024. Oppgi beløpet i 2026-kroner, eller velg et annet "
        "prisår (price_year)."
    )


def test_a_price_of_kilometres_that_cannot_be_converted_is_told(one_service):
    road = {"value": 4, "per": "km", "price_year": 2019}
    whole = one_service({"road": road}, price_year=2024)
    benefit = whole.services[0].benefits[0].model_copy(update={"km": 5.0, "km_price": "road"})
    service = whole.services[0].model_copy(update={"benefits": (benefit,)})
    told = undocumented(whole.model_copy(update={"services": (service,)}))
    assert [one[:52] for one in told if "deflatoren" in one] == [
        "«road» gir ingen kroner. Kan ikke regne om fra 2019-"
    ]


def test_a_key_that_is_amiss_is_told_of_itself_and_not_of_its_uses(one_service):
    with pytest.raises(VftError) as refused:
        one_service({"share": (3, 2, -1), "rent": (-5, -7, 2)})
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()[1:-1]] == [
        "– keys.share",
        "– keys.rent",
    ]


def test_paid_and_direct_hours_are_not_mixed(one_service):
    direct = {"value": 800, "per": "hour", "hour_definition": "direct"}
    mixed = one_service({"direct": direct}).model_copy(deep=True)
    benefits = mixed.services[0].benefits
    other = benefits[0].model_copy(update={"price": "direct"})
    service = mixed.services[0].model_copy(update={"benefits": (*benefits, other)})
    with pytest.raises(VftError, match="ulikt timebegrep"):
        require_sound(mixed.model_copy(update={"services": (service,)}))


def test_a_correlation_of_an_unknown_key_is_told(one_service):
    told = one_service({}, correlations=[{"keys": ["hours", "hour"], "spearman": 0.2}])
    require_sound(told)
    assert undocumented(told) == (
        "Korrelasjonen er ikke brukt: nøkkelen «hour» finnes ikke i filen.",
    )


def test_keys_that_nothing_uses_are_not_drawn(one_service):
    assert "spare" not in used_keys(one_service({"spare": 3}))
    assert set(used_keys(one_service({}))) == {
        "people", "share", "hours", "price", "rent", "fixed", "realised",
    }  # fmt: skip
