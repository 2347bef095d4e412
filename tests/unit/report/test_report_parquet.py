import io
import json
from datetime import date

import polars as pl
import pyarrow as pa
from figures_sample import SMALL
from pyarrow.parquet import read_schema

from vft.report import parquet


def test_columns_have_types():
    schema = read_schema(io.BytesIO(parquet.write(SMALL)))
    texts = pa.dictionary(pa.int32(), pa.string())
    assert dict(zip(schema.names, schema.types, strict=True)) == {
        "measure": texts,
        "measure_label": texts,
        "unit": texts,
        "unit_label": texts,
        "month": texts,
        "month_starts_on": pa.date32(),
        "value": pa.float64(),
        "state": texts,
        "complete": pa.bool_(),
    }


def test_a_row_for_each_figure():
    rows = pl.read_parquet(io.BytesIO(parquet.write(SMALL))).rows()
    head = ("concurrent", "Samtidige brukere", "030101", "Gamle Oslo")
    assert rows[1] == (*head, "2024-12", date(2024, 12, 1), 3000.0, "value", False)
    assert rows[2][4:] == ("2024-11", date(2024, 11, 1), None, "suppressed", True)
    assert len(rows) == 8


def test_the_schema_says_what_it_is_of():
    schema = read_schema(io.BytesIO(parquet.write(SMALL)))
    told = json.loads(schema.metadata[parquet.METADATA])
    assert told["publication"] == 3
    assert told["units"] == {"concurrent": "personer", "share": "%"}


def test_the_same_figures_make_the_same_file():
    assert parquet.write(SMALL) == parquet.write(SMALL)
