from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.sources import numbers

KEPT = pa.decimal128(14, 2)
AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=2)


def decimal(text, separator=","):
    return numbers.decimals(pa.array([text], pa.string()), separator, KEPT).to_pylist()[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234,5", "1234.50"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234,50", "1234.50"),
        ("-0,5", "-0.50"),
        ("−12", "-12.00"),
        ("+7,", "7.00"),
        ("0,005", "0.01"),
        ("-0,005", "-0.01"),
        ("0,33333333333333333", "0.33"),
        ("1 23,5", None),
        ("1.234", None),
        ("1,2,3", None),
        (",5", None),
        ("12 kr", None),
        ("9999999999999", None),
        (None, None),
    ],
)
def test_decimals_as_norwegians_write_them(text, number):
    assert decimal(text) == (number and Decimal(number))


def test_decimals_with_a_point():
    assert decimal("1 234.5", ".") == Decimal("1234.50")
    assert decimal("1,5", ".") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("042", 42), ("1 000", 1000), ("-3", -3), ("12,0", None), ("1e3", None), ("", None)],
)
def test_whole_numbers(text, number):
    assert numbers.integers(pa.array([text])).to_pylist() == [number]


@given(st.lists(AMOUNTS | st.none(), max_size=20), st.sampled_from([" ", "\u00a0", ""]))
def test_every_amount_comes_back(amounts, space):
    def norwegian(amount):
        return f"{amount:,.2f}".replace(",", space).replace(".", ",")

    text = pa.array([a if a is None else norwegian(a) for a in amounts], pa.string())
    assert numbers.decimals(text, ",", KEPT).to_pylist() == amounts


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_rounding_is_half_away_from_zero(amount):
    expected = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert decimal(str(amount), ".") == expected


@pytest.mark.parametrize(
    "values",
    [pa.array([5, None]), pa.array([5.0, None]), pa.array([Decimal("5.000"), None])],
    ids=["int", "float", "decimal"],
)
def test_typed_numbers_are_rounded_the_same_way(values):
    assert numbers.rounded(values, KEPT).to_pylist() == [Decimal("5.00"), None]
    assert numbers.rounded(pa.array([1e15]), KEPT).to_pylist() == [None]
