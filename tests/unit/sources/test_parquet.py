import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from vft.errors import FileRefused
from vft.sources import read

ONE = {
    "Oppdrag": ["1"],
    "Fødselsnr": ["01814912120"],
    "Type": ["MED"],
    "Planlagt": [True],
    "Start": ["15.01.2024 08:00:00"],
    "Min": [12],
    "Km": [1.5],
}


def saved(path, columns):
    pq.write_table(pa.table(columns), path)
    return path


def test_text_in_parquet_is_read_as_the_mapping_says(tmp_path, visits):
    path = saved(tmp_path / "besok.parquet", ONE)
    reading = read.open_delivery(path, visits(kind="parquet"))
    (batch,) = reading.batches()
    (row,) = batch.tables["visits"].to_pylist()
    assert (row["row"], row["started_at"].hour, row["minutes"]) == (1, 7, 12)
    assert reading.share_read == 1.0


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_every_kind_of_string_is_a_string(tmp_path, visits, kind):
    columns = {**ONE, "Type": pa.array(ONE["Type"]).cast(kind)}
    path = saved(tmp_path / "besok.parquet", columns)
    (batch,) = read.open_delivery(path, visits(kind="parquet")).batches()
    assert batch.tables["visits"]["kind"].to_pylist() == ["medication"]
    assert batch.raw()["Type"].to_pylist() == ["MED"]


def test_numbers_that_are_not_whole_and_pandas_nan(tmp_path, visits):
    columns = {name: value * 3 for name, value in ONE.items()}
    path = saved(tmp_path / "besok.parquet", {**columns, "Min": [12.0, float("nan"), 12.5]})
    (batch,) = read.open_delivery(path, visits(kind="parquet")).batches()
    assert batch.tables["visits"]["minutes"].to_pylist() == [12, None]
    (fault,) = batch.faults.to_pylist()
    assert (fault["row"], fault["rule"], fault["value"]) == (3, "not_a_number", "12,5")


def test_no_rows_give_one_empty_batch(tmp_path, visits):
    path = saved(tmp_path / "besok.parquet", pa.table(ONE).slice(0, 0).to_pydict())
    (batch,) = read.open_delivery(path, visits(kind="parquet")).batches()
    assert batch.rows_read == batch.tables["visits"].num_rows == 0


def test_each_bad_file_has_its_sentence(tmp_path, visits, write):
    whole = saved(tmp_path / "whole.parquet", ONE).read_bytes()
    damaged = whole[:4] + bytes(200) + whole[204:]
    nested = saved(tmp_path / "n.parquet", {**ONE, "Min": [[12]]}).read_bytes()
    fewer = saved(tmp_path / "f.parquet", {"Oppdrag": ["1"]}).read_bytes()
    bad = [
        (b"", "empty", "Filen er tom"),
        (b"Oppdrag;Type\n", "nonsense", "ikke Parquet"),
        (whole[:-20], "truncated", "innholdsfortegnelsen, mangler"),
        (damaged, "truncated", "skadet"),
        (nested, "missing_column", "«Min» inneholder lister"),
        (fewer, "missing_column", "«Fødselsnr»"),
    ]
    for content, kind, says in bad:
        with pytest.raises(FileRefused, match=says) as caught:
            read.open_delivery(write(content, "besok.parquet"), visits(kind="parquet"))
        assert caught.value.kind == kind
