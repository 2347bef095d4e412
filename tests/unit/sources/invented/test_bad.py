"""Every bad file is bad in the way that its name says."""

import pytest

from vft.errors import FileRefused
from vft.sources import mapping, read
from vft.sources.invented.bad import EXPECTED


def _read(path):
    chosen = mapping.choose(path, mapping.ready())
    if chosen is None:
        return "unknown_file"
    try:
        batches = list(read.open_delivery(path, chosen).batches())
    except FileRefused as refused:
        return refused.kind
    faults = [f for b in batches for f in b.faults.to_pylist()]
    rows = sum(b.rows_read for b in batches)
    if len({f["row"] for f in faults}) > chosen.source.refuse_above * rows:
        return "too_many_bad_rows"
    return "row:" + ",".join(sorted({f["rule"] for f in faults}))


@pytest.mark.parametrize(("name", "kind"), EXPECTED.items())
def test_a_bad_file_is_bad_in_one_way(name, kind, written):
    assert _read(written.bad / name) == kind


def test_all_of_them_are_written(written):
    assert {p.name for p in written.bad.iterdir()} == set(EXPECTED)
