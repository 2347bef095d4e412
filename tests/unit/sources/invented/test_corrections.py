"""The later delivery changes and adds exactly what it says."""

import pyarrow.parquet as pq

KEYS = {"vedtak": "vedtak_id", "visits": "visit_id", "device_events": "event_id"}


def test_changed_rows_have_known_keys_and_late_rows_new_ones(tables, corrected_tables, account):
    for entry in account("corrections"):
        key = KEYS[entry["table"]]
        known = {row[key]: row for row in tables[entry["table"]]}
        rows = corrected_tables[entry["table"]]
        changed = [r for r in rows if r[key] in known]

        assert len(changed) == entry["changed"], entry
        assert len(rows) - len(changed) == entry["added"], entry
        assert all({**known[r[key]], "row": 0} != {**r, "row": 0} for r in changed)


def test_some_visits_turn_out_to_have_happened_in_another_month(tables, corrected_tables):
    known = {v["visit_id"]: v for v in tables["visits"]}
    moved = [
        v
        for v in corrected_tables["visits"]
        if v["visit_id"] in known
        and known[v["visit_id"]]["started_at"].month != v["started_at"].month
    ]

    assert len(moved) >= 3


def test_vedtak_that_had_ended_make_fewer_users_after_the_correction(written, account):
    users = pq.read_table(written.truth / "users.parquet", filters=[("month", "=", "2024-12")])
    both = {
        delivery: sum(
            r["concurrent"] + r["vedtak_only"]
            for r in users.to_pylist()
            if r["delivery"] == delivery
        )
        for delivery in ("exports", "corrections")
    }
    ended = next(e["changed"] for e in account("corrections") if e["table"] == "vedtak")

    assert 0 < both["exports"] - both["corrections"] <= ended
