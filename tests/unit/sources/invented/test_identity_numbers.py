"""Only synthetic identity numbers, valid, and one a person."""

import numpy as np
import pyarrow as pa
import pytest

from vft.sources import identity
from vft.sources.invented import identity_numbers


def _drawn(born: str, n: int, *, female: bool):
    days = np.full(n, np.datetime64(born))
    numbers = identity_numbers.draw(days, np.full(n, female), rng=np.random.default_rng(3))
    return [f"{number:011d}" for number in numbers]


@pytest.mark.parametrize(
    ("born", "female", "starts"),
    [
        ("1934-05-09", True, "098534"),
        ("1934-05-09", False, "098534"),
        ("1900-01-01", True, "018100"),
        ("2004-02-29", False, "298204"),
    ],
)
def test_the_month_is_eighty_more_and_the_check_digits_hold(born, female, starts):
    numbers = _drawn(born, 100, female=female)

    assert {n[:6] for n in numbers} == {starts}
    assert pa.compute.all(identity.is_valid(pa.array(numbers))).as_py()
    assert {int(n[8]) % 2 for n in numbers} == {0 if female else 1}
    assert all((int(n[6:9]) >= 500) == born.startswith("20") for n in numbers)


def test_no_two_persons_share_a_number_even_on_a_crowded_day():
    assert len(set(_drawn("1940-12-31", 190, female=True))) == 190


def test_a_day_with_more_persons_than_numbers_is_refused():
    with pytest.raises(ValueError, match="share a birthday"):
        _drawn("1940-12-31", 251, female=True)
