"""The workforce gap, by hand."""

import pytest

from vft.benefits.model_file import ModelFile
from vft.errors import VftError
from vft.simulation import model_files
from vft.simulation.workforce import Workforce, need_index, workforce_gap

DATED = {"starts_on": "2024-01-01", "origin": "Budsjett 2024"}
FILE = ModelFile(model=Workforce, named="Årsverkene", noun="fil", schema="vft simulate schema")


def gap(**keys):
    dated = {name: DATED | key if isinstance(key, dict) else key for name, key in keys.items()}
    return workforce_gap(Workforce.model_validate({"years": [2023, 2030, 2040]} | dated), draws=200)


def means(found, name):
    values = (getattr(year, name) for year in found.years)
    return [None if value is None else value.mean for value in values]


def test_need_follows_those_over_80_where_nothing_else_is_told():
    found = gap(fte_today={"value": 1000}, supply={"value": 1, "profile": [1, 1.02, 0.98]})
    assert means(found, "need_fte") == pytest.approx([1000, 1380, 1740])
    assert means(found, "gap_fte") == pytest.approx([0, 360, 760])
    assert any("Behovet (need) er anslått" in sentence for sentence in found.warnings)


def test_freed_time_counts_only_as_far_as_it_is_redeployed():
    found = gap(
        fte_today={"value": 1000},
        supply={"value": 1},
        freed_hours={"value": 166_850, "profile": [0, 0.5, 1]},
        realisation_rate={"value": 0.5},
    )
    assert means(found, "freed_fte") == pytest.approx([0, 25, 50])
    assert means(found, "gap_after_fte") == pytest.approx([0, 355, 690])


@pytest.mark.parametrize(("hours", "freed"), [(1668.5, 100), (1750, 166_850 / 1750)])
def test_an_arsverk_has_the_hours_that_the_file_says(hours, freed):
    one = DATED | {"value": 1.0}
    told = {"years": [2023], "freed_hours": DATED | {"value": 166_850.0}, "realisation_rate": one}
    found = workforce_gap(Workforce.model_validate(told | {"hours_per_fte": hours}), draws=10)
    assert means(found, "freed_fte") == pytest.approx([freed])


def test_what_is_not_documented_is_null_and_named():
    found = gap(supply={"value": 1})
    assert means(found, "gap_index") == pytest.approx([0, 0.38, 0.74])
    assert means(found, "gap_fte") == [None] * 3
    assert "Årsverk i dag (fte_today) er ikke dokumentert." in found.undocumented
    undated = gap(fte_today={"value": 1000, "origin": None}, supply={"value": 1})
    assert "Årsverk i dag (fte_today) mangler kilde (origin)." in undated.undocumented


@pytest.mark.parametrize(
    ("year", "today", "index"),
    [
        (2030, 2023, 1.38),
        (2040, 2023, 1.74),
        (2040, 2030, 1.74 / 1.38),
        (2035, 2023, (1.38 * 1.74) ** 0.5),
        (2041, 2023, None),
        (2030, 2020, None),
    ],
)
def test_growth_between_years(year, today, index):
    found = need_index(year, today=today)
    assert found is None if index is None else found == pytest.approx(index)


# years → the gap in percent of today, and years that the growth that comes along does not have
BEYOND = [
    ([2023, 2030, 2040], [0, 38, 74], None),
    ([2023, 2030, 2045], [0, 38, None], "2045"),
    ([2030, 2041, 2045], [0, None, None], "2041 eller 2045"),
    # what is known is an index of the first year
    ([2019, 2030, 2040], [None, None, None], "2019"),
]


@pytest.mark.parametrize(("years", "gaps", "beyond"), BEYOND)
def test_a_year_beyond_the_published_is_empty_alone_and_named(years, gaps, beyond):
    found = gap(years=years, supply={"value": 1}, fte_today={"value": 100})
    assert means(found, "gap_fte") == [one and pytest.approx(one) for one in gaps]
    assert means(found, "supply_fte") == pytest.approx([100] * 3)
    said = [one for one in found.undocumented if one.startswith("Veksten som følger med")]
    assert [f"2040, og har ikke {beyond}. Oppgi" in one for one in said] == [True] * bool(beyond)


def test_own_need_may_be_of_any_year():
    need = {"value": 1, "profile": [1, 1.2, 1.5]}
    found = gap(years=[2019, 2030, 2050], need=need, supply={"value": 1})
    assert means(found, "gap_index") == pytest.approx([0, 0.2, 0.5])
    assert not any("Veksten" in one for one in found.undocumented)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("years = [2030, 2023]", "years må stige"),
        ("years = [2023]\n[need]\nvalue = 1\nprofile = [1, 2]", "need.profile har 2 verdier"),
        ("years = [2023]\n[realisation_rate]\nvalue = 2", "må være fra 0 til 1, ikke 2–2"),
        ("years = [2023]\n[fte_today]\nvalue = -10", "fte_today kan ikke være under 0, og er −10"),
        (
            "years = [2023, 2030]\n[supply]\nvalue = 1\nprofile = [1, -0.5]",
            "supply kan ikke være under 0, og er −0,5",
        ),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, text, told):
    path = tmp_path / "årsverk.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VftError) as refused:
        model_files.WORKFORCE.read(path)
    assert told in str(refused.value)
