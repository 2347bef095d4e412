import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories import identity

from vft.errors import LakeError
from vft.lake import deliveries, erasure, manifest
from vft.lake.engine import DuckDB
from vft.lake.erasure import erase
from vft.lake.writing import writing

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 2            | 2024-01-10 08:00 | 20
B3       | 1            | 2024-02-10 08:00 | 30
B4       | 2            | 2024-03-10 08:00 | 40
"""
VEDTAK = """
vedtak_id | recipient_id | service | starts_on
V1        | 1            | TA      | 2024-01-01
V2        | 2            | TA      | 2024-01-01
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V1        | 2024-02-01 | 2024-02-03
V2        | 2024-02-01 | 2024-02-03
"""
UNITS = """
code   | name  | level        | starts_on
0301   | Oslo  | municipality | 2000-01-01
"""
BAD = """
visit_id | recipient_id | started_at | minutes
B9       | 1            | i går      | 10
B8       | 2            | i går      | 10
"""


@pytest.fixture
def filled(installation):
    installation.deliver(UNITS, "units")
    installation.deliver(VISITS, "visits")
    installation.deliver(VEDTAK, "vedtak")
    installation.deliver(PAUSES, "vedtak_pauses")
    installation.deliver(BAD, "visits", source="annen")
    panel = pa.table(
        {
            "recipient_id": [installation.person(1), installation.person(2)],
            "month": ["2024-01", "2024-01"],
            "minutes": [10, 20],
        }
    )
    with writing(installation.lake, reason="panel") as change:
        change.replace_months("panel_visits", ["2024-01"], panel)
    return installation


def erase_one(installation):
    return erase(installation.lake, installation.vault, installation.person(1), identity(1))


def test_her_rows_go_from_every_table_and_nobody_elses(filled):
    erased = erase_one(filled)
    assert erased.rows == {"visits": 2, "vedtak": 1, "vedtak_pauses": 1, "panel_visits": 1}
    assert filled.rows("visits", "visit_id") == [("B2",), ("B4",)]
    assert filled.rows("vedtak", "vedtak_id") == [("V2",)]
    assert filled.rows("vedtak_pauses", "vedtak_id") == [("V2",)]
    assert filled.rows("panel_visits", "minutes") == [("20",)]


def test_no_file_of_the_lake_holds_her_any_more_not_even_of_its_history(filled):
    her = filled.person(1)
    assert her in everyone_on_disk(filled.lake)
    erase_one(filled)
    assert everyone_on_disk(filled.lake) == {filled.person(2)}


def everyone_on_disk(lake):
    found = set()
    for file in lake.tables.rglob("*.parquet"):
        rows = pq.ParquetFile(file).read()
        if "recipient_id" in rows.column_names:
            found.update(rows["recipient_id"].to_pylist())
    return found


def test_older_states_of_her_tables_are_unreadable_and_of_others_are_not(filled):
    before = manifest.latest(filled.lake)
    erase_one(filled)
    old = DuckDB(filled.lake, before, threads=1)
    for table in ("visits", "vedtak", "vedtak_pauses", "panel_visits"):
        with pytest.raises(LakeError, match=f"«{table}» kan ikke leses slik den var"):
            old.table(table)
    assert old.arrow(old.table("units")).num_rows == 1
    old.close()


def test_a_table_that_held_her_before_and_no_longer_loses_its_history(filled):
    filled.deliver(VEDTAK.replace("| 1 ", "| 2 "), "vedtak")
    before = manifest.latest(filled.lake)
    erased = erase_one(filled)
    assert "vedtak" not in erased.rows
    assert manifest.latest(filled.lake).versions["vedtak"] == before.versions["vedtak"]
    assert manifest.latest(filled.lake).readable_from["vedtak"] == before.number + 1
    assert filled.rows("vedtak", "vedtak_id") == [("V1",), ("V2",)]


def test_the_vault_forgets_her_and_the_receipts_say_so(filled):
    erased = erase_one(filled)
    assert (erased.received, erased.quarantine) == (3, 1)
    for file in filled.vault.files():
        with filled.vault.opened(file) as clear:
            assert identity(1).encode() not in clear.read_bytes()
    assert filled.vault.refused(5)["visit_id"].to_pylist() == ["B8"]
    engine = DuckDB(filled.lake, threads=1)
    copies = {d.delivery: (d.copy, d.copy_rule) for d in deliveries.all_of(engine)}
    engine.close()
    assert copies == {
        1: ("kept", None),
        2: ("rewritten", "records_dropped"),
        3: ("rewritten", "records_dropped"),
        4: ("kept", None),
        5: ("rewritten", "records_dropped"),
    }


def test_the_others_in_her_files_are_still_there(filled):
    erase_one(filled)
    (visits,) = [d for d in receipts(filled) if d.delivery == 2]
    with filled.vault.open(visits.sha256) as clear:
        text = clear.read_text()
    assert text.count("\n") == 3
    assert text.count(identity(2)) == 2


def receipts(installation):
    engine = DuckDB(installation.lake, threads=1)
    found = deliveries.all_of(engine)
    engine.close()
    return found


def test_the_months_that_lost_rows_count_as_changed(filled):
    erase_one(filled)
    changes = manifest.latest(filled.lake).changes
    assert changes["visits"] == ["2024-01", "2024-02"]
    assert changes["vedtak"] == ["*"]


def test_an_erasure_that_was_interrupted_is_completed(filled, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "_redact", die)
    with pytest.raises(KeyboardInterrupt):
        erase_one(filled)
    monkeypatch.undo()
    assert erase_one(filled).received == 3
    assert everyone_on_disk(filled.lake) == {filled.person(2)}
    assert [d.copy for d in receipts(filled)] == [
        "rewritten",
        "kept",
        "rewritten",
        "rewritten",
        "kept",
    ]


def test_to_erase_someone_unknown_changes_nothing(filled):
    before = manifest.latest(filled.lake)
    erased = erase(filled.lake, filled.vault, filled.person(7), identity(7))
    assert (erased.rows, erased.received, erased.quarantine) == ({}, 0, 0)
    assert manifest.latest(filled.lake) == before
