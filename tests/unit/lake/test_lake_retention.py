from datetime import timedelta

import pytest
from small_lake import NOW

from vft.errors import LakeError
from vft.lake import deliveries, manifest
from vft.lake.on_duckdb import DuckDB
from vft.lake.retention import drop_files, drop_history

FIRST = """
visit_id | recipient_id | started_at
B1       | 1            | 2024-01-10 08:00
B2       | 1            | i går
"""
SECOND = FIRST.replace("B1", "B3")
DAY = timedelta(days=1)


@pytest.fixture
def filled(installation):
    installation.deliver(FIRST, "visits", now=NOW)
    installation.deliver(SECOND, "visits", now=NOW + 10 * DAY)
    return installation


def copies(installation):
    engine = DuckDB(installation.lake, threads=1)
    found = {d.delivery: (d.copy, d.copy_rule) for d in deliveries.all_of(engine)}
    engine.close()
    return found


def test_old_files_go_and_receipts_stay(filled):
    dropped = drop_files(filled.lake, filled.vault, before=NOW + 5 * DAY)
    assert (dropped.received, dropped.quarantine) == (1, 1)
    assert copies(filled) == {1: ("dropped", "retention"), 2: ("kept", None)}
    assert filled.vault.refused(1) is None
    assert filled.vault.refused(2).num_rows == 1
    assert len(filled.vault.files()) == 2
    assert filled.rows("visits", "visit_id") == [("B1",), ("B3",)]


def test_to_drop_twice_drops_nothing_more(filled):
    drop_files(filled.lake, filled.vault, before=NOW + 5 * DAY)
    state = manifest.latest(filled.lake)
    again = drop_files(filled.lake, filled.vault, before=NOW + 5 * DAY)
    assert (again.received, again.quarantine) == (0, 0)
    assert manifest.latest(filled.lake).number == state.number


def test_a_content_that_came_again_later_is_kept(filled):
    filled.deliver(FIRST, "visits", source="annen", now=NOW + 20 * DAY)
    dropped = drop_files(filled.lake, filled.vault, before=NOW + 5 * DAY)
    assert (dropped.received, dropped.quarantine) == (0, 1)


def test_a_dropped_file_that_comes_again_is_still_known_and_does_not_come_back(filled):
    drop_files(filled.lake, filled.vault, before=NOW + 5 * DAY)
    dropped = filled.deliver(FIRST, "visits", now=NOW + 30 * DAY)
    kept = filled.deliver(SECOND, "visits", now=NOW + 30 * DAY)
    assert (dropped.status, kept.status) == ("unchanged", "unchanged")
    assert not filled.vault.received_file(dropped.sha256).exists()
    assert filled.vault.received_file(kept.sha256).exists()


def test_history_older_than_a_moment_cannot_be_read_and_takes_no_room(filled):
    filled.deliver(SECOND.replace("08:00", "09:00"), "visits", now=NOW + 20 * DAY)
    oldest = drop_history(filled.lake, before=NOW + 15 * DAY)
    assert oldest == 2
    assert filled.rows("visits", "visit_id", number=2) == [("B1",), ("B3",)]
    with pytest.raises(LakeError, match="kan ikke leses"):
        filled.rows("visits", "visit_id", number=1)
    assert len(filled.rows("visits", "visit_id")) == 2


def test_files_of_dropped_history_are_deleted(filled):
    filled.deliver(FIRST.replace("08:00", "09:00"), "visits", now=NOW + 20 * DAY)
    folder = filled.lake.table("visits")
    assert len(list(folder.rglob("*.parquet"))) == 3
    drop_history(filled.lake, before=NOW + 100 * DAY)
    assert len(list(folder.rglob("*.parquet"))) == 1
    assert len(filled.rows("visits", "visit_id")) == 2


def test_before_there_was_a_lake_nothing_is_too_old(filled):
    state = manifest.latest(filled.lake)
    assert drop_history(filled.lake, before=NOW - DAY) == 0
    assert manifest.latest(filled.lake) == state
