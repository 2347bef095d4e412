"""Identity numbers in columns of codes and text. Synthetic persons (month + 80), who are nobody."""

import pyarrow as pa
import pytest

from vft.sources import mapping, read
from vft.sources.check import check
from vft.sources.in_clear import holds_identity

RENT = """
[source]
id = "by.leie"
title = "Leie"
files = ["leie*"]
[format]
kind = "csv"
date = "yyyy-mm-dd"
[[table]]
name = "rental_contracts"
[table.columns]
contract_id = "Bruker"
supplier = "Firma"
service = { value = "TA" }
starts_on = "Fra"
monthly_price = "Pris"
"""
FILE = """Bruker;Firma;Fra;Pris;Annet
01814912120;Firma;2024-01-01;10;x
A-2;Firma for 018149 12120;2024-01-01;10;x
A-3;Firma;2024-01-01;10;01814912120
01814912121;Firma;2024-01-01;10;x
"""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("01814912120", True),
        ("018149 12120", True),
        ("018149\u00a012120", True),
        ("gjelder 01814912120, se sak", True),
        ("12345678901 01814912120", True),
        ("12345678901 018149 12120", True),
        ("123456 12345 018149 12120", True),
        ("ø018149 12120ø", True),
        ("01814912121", False),  # control digit
        ("018149121200", False),  # twelve digits
        ("1018149 12120", False),
        ("01814912", False),
        ("", False),
        (None, False),
    ],
)
def test_a_valid_number_is_found_alone_and_in_a_text(value, found):
    cells = pa.array(["A-1", value, "018149"], pa.string())
    where = holds_identity(cells)
    assert (where.to_pylist() if where else None) == ([False, True, False] if found else None)


def test_two_values_that_make_a_number_end_to_end_are_none():
    assert holds_identity(pa.array(["018149", "12120"])) is None


def test_a_slice_is_read_at_its_place():
    cells = pa.array(["01814912120", "A", "01814912120"])
    assert holds_identity(cells.slice(1)).to_pylist() == [False, True]


def test_rows_with_a_number_in_clear_are_bad_and_unmapped_columns_are_not_looked_at(write):
    by = mapping.parse(RENT, name="t")
    (batch,) = read.open_delivery(write(FILE, "leie.csv"), by).batches()
    assert [(f["row"], f["rule"], f["column"]) for f in batch.faults.to_pylist()] == [
        (2, "identity_in_clear", "contract_id"),
        (3, "identity_in_clear", "supplier"),
    ]
    assert batch.tables["rental_contracts"]["contract_id"].to_pylist() == ["A-3", "01814912121"]
    told = check(write(FILE, "leie.csv"), by)
    assert [(f.rule, f.vendor_column, f.rows) for f in told.faults] == [
        ("identity_in_clear", "Bruker", 1),
        ("identity_in_clear", "Firma", 1),
    ]
