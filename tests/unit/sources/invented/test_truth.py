"""What the files say, counted in plain Python, is what the truth says they say."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from vft.tables.period import LOCAL_ZONE, last_day

SERVICES = {"TA", "GPS", "DMS", "DT", "DHO"}


def _covers(row, day: date) -> bool:
    return row["starts_on"] <= day and (row["ends_on"] is None or day < row["ends_on"])


def _good(rows, units):
    return [
        r
        for r in rows
        if (r["ends_on"] is None or r["ends_on"] >= r["starts_on"])
        and (r.get("unit") is None or r["unit"] in units)
    ]


@pytest.mark.parametrize("month", ["2023-07", "2024-03", "2024-06", "2024-11", "2024-12"])
def test_concurrent_users_by_service_and_unit(month, tables, written):
    day = last_day(month)
    units = {u["code"] for u in tables["units"]}
    home = {
        r["recipient_id"]: r["unit"] for r in _good(tables["residences"], units) if _covers(r, day)
    }
    granted, working = _granted(tables, units, day), _working(tables, units, day)
    counted = {
        measure: Counter((service, home.get(who)) for who, service in cases)
        for measure, cases in {
            "concurrent": granted & working,
            "vedtak_only": granted - working,
            "device_only": working - granted,
        }.items()
    }
    truth = pq.read_table(
        written.truth / "users.parquet",
        filters=[("month", "=", month), ("delivery", "=", "exports")],
    ).to_pylist()
    for measure, found in counted.items():
        assert found == Counter(
            {(r["service"], r["unit"]): r[measure] for r in truth if r[measure]}
        ), measure
    assert sum(counted["concurrent"].values()) > 90


def _granted(tables, units, day):
    """Who has a vedtak that is valid and not paused: recipient and service."""
    paused = {r["vedtak_id"] for r in tables["vedtak_pauses"] if _covers(r, day)}
    # of rows with the same number the last one counts
    last = {v["vedtak_id"]: v for v in _good(tables["vedtak"], units)}
    here = _here(tables, day)
    return {
        (v["recipient_id"], v["service"])
        for v in last.values()
        if v["status"] == "granted"
        and v["service"] in SERVICES
        and _covers(v, day)
        and v["vedtak_id"] not in paused
        and v["recipient_id"] in here
    }


def _working(tables, units, day):
    """Who has equipment that works: recipient and service."""
    device = {d["device_id"]: d for d in tables["devices"]}
    down = {r["device_id"] for r in tables["device_downtimes"] if _covers(r, day)}
    here = _here(tables, day)
    return {
        (a["recipient_id"], device[a["device_id"]]["service"])
        for a in _good(tables["device_assignments"], units)
        if _covers(a, day)
        and a["device_id"] in device
        and a["device_id"] not in down
        and not (device[a["device_id"]]["retired_on"] or date.max) <= day
        and a["recipient_id"] in here
    }


def _here(tables, day):
    return {
        r["recipient_id"]
        for r in tables["recipients"]
        if all(end is None or day < end for end in (r["died_on"], r["moved_out_on"]))
    }


def test_executed_minutes_add_up_to_the_course(tables, corrected_tables, written, account):
    """Planned care by day, late rows with it, before anything was corrected."""
    first = date.fromisoformat(account("planted")["first_day"]) - timedelta(days=52 * 28)
    known = {v["visit_id"]: v for v in tables["visits"]}
    late = [v for v in corrected_tables["visits"] if v["visit_id"] not in known]
    by_day, by_night = defaultdict(int), Counter()
    for visit in [*known.values(), *late]:
        if visit["status"] != "executed" or visit["visit_id"].startswith("F"):
            continue
        period = (visit["started_at"].astimezone(LOCAL_ZONE).date() - first).days // 28
        cell = visit["recipient_id"], period
        if visit["kind"] == "supervision_night":
            by_night[cell] += 1
        elif visit["kind"] != "alarm_callout":
            by_day[cell] += visit["minutes"] + visit["travel_minutes"]

    panel = pq.read_table(written.truth / "panel.parquet").to_pylist()
    assert by_day == {
        (r["identity"], r["period"]): r["visit_minutes"] for r in panel if r["visit_minutes"]
    }
    assert sum(by_night.values()) == sum(r["night_checks"] for r in panel) > 100


def test_the_weekly_minutes_are_the_course(written):
    for row in pq.read_table(written.truth / "panel.parquet").to_pylist():
        if row["visit_minutes"] and row["days_home"] == 28:
            assert row["visit_minutes"] <= round(row["minutes"] * 4) + 1


def test_couples_share_alarms(tables):
    shared = [a for a in tables["device_assignments"] if a["role"] == "shared"]
    owners = {
        a["device_id"]: a["recipient_id"]
        for a in tables["device_assignments"]
        if a["role"] == "primary"
    }

    assert len({a["recipient_id"] for a in shared}) > 2
    assert all(owners[a["device_id"]] != a["recipient_id"] for a in shared)


def test_the_response_service_clarifies_fifty_eight_in_a_hundred(tables):
    outcomes = Counter(r["outcome"] for r in tables["responses"])
    real = sum(n for o, n in outcomes.items() if o not in ("test", "technical"))

    assert outcomes["clarified"] / real == pytest.approx(0.58, abs=0.04)


def test_alarms_peak_from_eight_to_eleven(tables):
    hours = Counter(
        e["occurred_at"].astimezone(LOCAL_ZONE).hour
        for e in tables["device_events"]
        if e["device_id"].startswith("TA") and not e["technical"]
    )
    morning = sum(hours[h] for h in (8, 9, 10)) / 3
    assert morning > 1.5 * sum(hours.values()) / 24


def test_supervision_by_sensor_replaces_the_checks_by_night(written):
    panel = pq.read_table(written.truth / "panel.parquet").to_pylist()
    before = [
        r["night_checks"]
        for r in panel
        if r["days_home"] == 28
        and r["sensor"] > r["period"]
        and r["night_minutes"]
        and r["night_minutes"] > 410
    ]
    after = [
        r["night_checks"]
        for r in panel
        if r["days_home"] == 28
        and -1 < r["sensor"] < r["period"]
        and r["night_minutes_untreated"] > 419
    ]

    assert max(before, default=56) <= 57
    assert sum(after) / len(after) == pytest.approx(28 * 7 / 30, abs=0.8)
