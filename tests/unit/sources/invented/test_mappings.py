"""The ready mappings read the files, and find as many faults as were planted."""

from collections import Counter
from pathlib import Path

import pytest

from vft.sources import mapping, read
from vft.tables import ALL

#: Faults that reading alone can see; the rest are for the lake's rules.
READ = {
    "not_a_date",
    "not_an_instant",
    "not_an_identity",
    "unknown_code",
    "out_of_range",
}


@pytest.fixture(scope="module")
def read_files(written):
    ready, found = mapping.ready(), {}
    for path in sorted(written.exports.iterdir()):
        chosen = mapping.choose(path, ready)
        assert chosen is not None, path.name
        batches = list(read.open_delivery(path, chosen).batches())
        found[path.name] = batches
    return found


def test_every_file_has_a_mapping_and_gives_rows(read_files):
    for name, batches in read_files.items():
        assert sum(rows.num_rows for b in batches for rows in b.tables.values()) > 0, name


def test_the_delivery_feeds_every_contract_that_a_municipality_owns(read_files):
    fed = {
        name
        for batches in read_files.values()
        for b in batches
        for name, rows in b.tables.items()
        if rows.num_rows
    }

    assert fed == set(ALL) - {"published_counts"}


def test_the_planted_faults_are_found_and_no_others(read_files, account):
    planted = Counter()
    for fault in account("faults"):
        if fault["rule"] in READ:
            planted[fault["file"], fault["table"], fault["rule"]] += fault["rows"]
    found = Counter()
    for name, batches in read_files.items():
        for batch in batches:
            seen = {(f["row"], f["table"], f["rule"]) for f in batch.faults.to_pylist()}
            found.update((name, table, rule) for _, table, rule in seen)

    same_row_again = {k: n for k, n in found.items() if k[1] == "identities"}
    assert {k: n for k, n in found.items() if k not in same_row_again} == dict(planted)
    assert len({rule for _, _, rule in found}) == len(READ)


def test_no_file_is_near_to_being_refused_for_its_faults(read_files):
    ready = mapping.ready()
    for name, batches in read_files.items():
        limit = mapping.choose(Path(name), ready).source.refuse_above
        bad = sum(len(set(b.faults["row"].to_pylist())) for b in batches)
        assert bad <= limit * sum(b.rows_read for b in batches) / 1.5, name
