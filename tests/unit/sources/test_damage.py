"""Whatever happens to a file on its way, the answer is a sentence or rows, never a crash."""

import contextlib
import random

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from vft.errors import FileRefused
from vft.sources import check, draft, read

HEADER = ["Oppdrag", "Fødselsnr", "Type", "Planlagt", "Start", "Min", "Km"]
ROW = ["1", "01814912120", "MED", "J", "15.01.2024 08:00:00", "12", "1,5"]
NAMES = {"csv": "besok.csv", "excel": "besok.xlsx", "parquet": "besok.parquet"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One whole file of each kind, as bytes."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / NAMES["csv"]).write_text("\n".join(map(";".join, [HEADER, *[ROW] * 50])) + "\n")
    with xlsxwriter.Workbook(folder / NAMES["excel"]) as book:
        page = book.add_worksheet()
        for r, row in enumerate([HEADER, *[ROW] * 50]):
            page.write_row(r, 0, row)
    columns = {name: [cell] * 50 for name, cell in zip(HEADER, ROW, strict=True)}
    pq.write_table(pa.table(columns), folder / NAMES["parquet"])
    return {kind: (folder / name).read_bytes() for kind, name in NAMES.items()}


def damaged(content, how, seed):
    chance = random.Random(seed)
    at = chance.randrange(len(content))
    if how == "cut":
        return content[:at]
    if how == "insert":
        return content[:at] + chance.randbytes(9) + content[at:]
    if how == "quote":
        return content[:at] + b'"' + content[at:]
    if how == "lose":
        return content[:at] + content[at + chance.randrange(200) :]
    flipped = bytearray(content)
    for _ in range(20):
        flipped[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(flipped)


DAMAGES = st.tuples(
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(["cut", "insert", "quote", "lose", "flip"]),
    st.integers(0, 10**6),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damage=DAMAGES)
def test_a_damaged_file_is_refused_or_read(tmp_path, visits, whole, damage):
    kind, how, seed = damage
    path = tmp_path / NAMES[kind]
    path.write_bytes(damaged(whole[kind], how, seed))
    report = check.check(path, visits(kind=kind))
    assert report.refused or report.rows_read <= 51
    with contextlib.suppress(FileRefused):
        assert "[[table]]" in draft.draft(path)


@pytest.mark.parametrize("cut", range(1, 60, 2))
def test_a_csv_cut_anywhere_gives_no_row_that_was_not_there(write, visits, whole, cut):
    report = check.check(write(whole["csv"][:-cut]), visits())
    assert report.refused_kind in {None, "truncated"}
    if not report.refused:
        # cut after a whole line, or within the last number: nothing shows that anything is missing
        (batch,) = read.open_delivery(report.path, visits()).batches()
        rows = batch.tables["visits"].to_pylist()
        assert {r["minutes"] for r in rows} == {12}
        assert {str(r["travel_km"]) for r in rows} <= {"1.5000", "1.0000", "None"}
