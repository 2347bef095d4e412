import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.benefits.deflator import deflate, factor, growth
from vft.errors import VftError

years = st.integers(2020, 2024)


def test_growth_is_as_published():
    assert growth() == {2021: 0.033, 2022: 0.067, 2023: 0.052, 2024: 0.043}


def test_the_growth_of_every_year_after_the_first_counts():
    assert deflate(100, from_year=2021, to_year=2023) == pytest.approx(100 * 1.067 * 1.052)
    assert deflate(100, from_year=2020, to_year=2021) == pytest.approx(103.3)
    assert deflate(100, from_year=2024, to_year=2024) == 100


@given(years, years, years)
def test_by_way_of_another_year_is_the_same(first, between, last):
    by_way = factor(from_year=first, to_year=between) * factor(from_year=between, to_year=last)
    assert by_way == pytest.approx(factor(from_year=first, to_year=last))


@pytest.mark.parametrize(("first", "last"), [(2019, 2021), (2021, 2019), (2023, 2025)])
def test_a_year_without_a_known_growth_is_refused_with_the_years_there_are(first, last):
    with pytest.raises(VftError) as refused:
        factor(from_year=first, to_year=last)
    told = str(refused.value)
    assert f"fra {first}- til {last}-kroner: deflatoren går fra 2020 til 2024" in told
    assert f"Oppgi beløpet i {last}-kroner" in told


def test_a_year_beyond_the_growth_is_itself():
    assert factor(from_year=2030, to_year=2030) == 1
