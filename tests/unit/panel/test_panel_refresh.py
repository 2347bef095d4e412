"""A refresh computes what changed, and ends with what computing everything gives."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import visible
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import many

from vft.lake import manifest
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.lake.writing import writing
from vft.panel import events
from vft.panel.facts import FACTS
from vft.panel.refresh import refresh
from vft.panel.stale import covered_months

VISITS = """
visit_id | recipient_id | at               | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 2            | 2024-01-20 08:00 | 20
B3       | 1            | 2024-02-10 08:00 | 30
B4       | 2            | 2024-03-10 08:00 | 40
"""
EVENTS = """
event_id | device_id | at               | vocabulary | code
H1       | D1        | 2024-01-10 08:00 | alert      | 3
H2       | D1        | 2024-02-10 08:00 | alert      | 3
H3       | D2        | 2024-03-20 08:00 | dispense   | 1
"""
RESPONSES = """
response_id | recipient_id | device_id | at               | outcome
R1          | 1            | D1        | 2024-01-31 23:50 | clarified
R2          | 1            | D1        | 2024-02-01 00:20 | callout
R3          | 2            | D2        | 2024-03-10 08:00 | clarified
"""
START = {
    "visits": VISITS,
    "device_events": EVENTS,
    "responses": RESPONSES,
    "vedtak": """
        vedtak_id | recipient_id | service | starts_on  | ends_on
        V1        | 1            | TA      | 2023-06-01 |
        V2        | 2            | DMS     | 2024-02-05 |
        """,
    "devices": "device_id | service\nD1 | TA\nD2 | DMS",
    "device_assignments": """
        device_id | recipient_id | starts_on  | ends_on
        D1        | 1            | 2023-06-01 |
        D2        | 2            | 2024-02-10 |
        """,
    "residences": """
        recipient_id | unit | starts_on  | ends_on
        1            | A    | 2020-01-01 |
        2            | B    | 2020-01-01 |
        """,
    "units": """
        code | name | level    | starts_on
        A    | A    | district | 2000-01-01
        B    | B    | district | 2000-01-01
        """,
}
PARTITIONED = ("visits", "device_events", "responses")


def deliver(lake, **texts):
    """Let tables hold these rows; of events, only the months that differ are touched."""
    with writing(lake, reason="leveranse") as change:
        for name, text in texts.items():
            rows = visible.table(name, text)
            if name in PARTITIONED:
                months = {file.partition["month"] for file in change.files(name)}
                months |= set(rows["month"].to_pylist())
                change.replace_months(name, sorted(months & set(MONTHS)), rows)
            else:
                change.replace(name, rows)


MONTHS = ["2024-01", "2024-02", "2024-03", "2024-04"]


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    lake = Lake(tmp_path_factory.mktemp("refreshed"))
    deliver(lake, **START)
    refresh(lake)
    return lake


@pytest.fixture
def lake(refreshed, tmp_path):
    return Lake(shutil.copytree(refreshed.root, tmp_path / "lake"))


def contents(engine, table):
    rows = engine.arrow(table).to_pylist()
    return sorted(rows, key=repr)


def is_as_computed_anew(lake):
    engine = DuckDB(lake)
    for fact in FACTS:
        anew = fact.of(engine.table, covered_months(engine, fact))
        kept = engine.table(fact.name).select(*fact.columns)
        assert contents(engine, kept) == contents(engine, anew), fact.name
    engine.close()
    return True


def test_the_first_refresh_computes_every_month(tmp_path):
    lake = Lake(tmp_path)
    deliver(lake, **START)
    found = refresh(lake)
    assert found.months == {
        "panel_visits": MONTHS[:3],
        "panel_services": MONTHS[:3],
        "panel_events": MONTHS[:3],
        "panel_responses": MONTHS[:3],
        "panel_starts": MONTHS[:3],
    }
    assert is_as_computed_anew(lake)


def test_nothing_new_computes_nothing_and_makes_no_new_state(lake):
    before = manifest.latest(lake).number
    found = refresh(lake)
    assert (found.months, found.number, manifest.latest(lake).number) == ({}, before, before)


def test_a_table_that_no_fact_reads_computes_nothing(lake):
    deliver(lake, annotations="annotation_id | starts_on | text\nM1 | 2024-01-01 | Brudd")
    assert refresh(lake).months == {}


CHANGES = {
    "a visit more in February": (
        {"visits": VISITS + "B5 | 2 | 2024-02-11 08:00 | 50"},
        # the whole table was replaced, and every month touched: see the next for one month
        {"panel_visits": MONTHS[:3], "panel_starts": MONTHS[:3]},
    ),
    "a new month of visits": (
        {"visits": VISITS + "B5 | 2 | 2024-04-01 08:00 | 50"},
        {"panel_visits": MONTHS, "panel_services": ["2024-04"], "panel_starts": MONTHS},
    ),
    "a vedtak that ends in March": (
        {"vedtak": START["vedtak"].replace("2024-02-05 |", "2024-02-05 | 2024-03-05")},
        {"panel_services": ["2024-03"]},
    ),
    "a vedtak that began later": (
        {"vedtak": START["vedtak"].replace("2024-02-05", "2024-02-09")},
        {"panel_services": ["2024-02"]},
    ),
    "a pause that is over": (
        {"vedtak_pauses": "vedtak_id | starts_on | ends_on\nV1 | 2024-01-05 | 2024-01-09"},
        {"panel_services": ["2024-01"]},
    ),
    "a death": (
        {"recipients": "recipient_id | died_on\n2 | 2024-03-02"},
        {"panel_services": ["2024-03"]},
    ),
    "a recipient of whom nothing follows": (
        {"recipients": "recipient_id | died_on\n9 | 2024-03-02"},
        {},
    ),
    "a device that is of another service": (
        {"devices": "device_id | service\nD1 | TA\nD2 | TA"},
        # with the start in February goes what was to be counted from January on
        dict.fromkeys(("panel_services", "panel_events", "panel_responses"), MONTHS[1:3])
        | {"panel_starts": MONTHS[:3]},
    ),
    "a device that was handed on": (
        {
            "device_assignments": START["device_assignments"].replace(
                "2023-06-01 |", "2023-06-01 | 2024-02-01\nD1 | 2 | 2024-02-01 |"
            )
        },
        dict.fromkeys(("panel_services", "panel_events", "panel_responses"), MONTHS[1:3]),
    ),
    "a move": (
        {
            "residences": START["residences"].replace(
                "1            | A    | 2020-01-01 |",
                "1 | A | 2020-01-01 | 2024-03-03\n1 | B | 2024-03-03 |",
            )
        },
        {"panel_visits": ["2024-03"]},
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_only_months_that_changed_are_computed(lake, case):
    change, expected = CHANGES[case]
    deliver(lake, **change)
    found = {name: months for name, months in refresh(lake).months.items() if months}
    assert found == expected
    assert is_as_computed_anew(lake)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=many(12, short=4), deadline=None)
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=5))
def test_whatever_order_changes_come_in(cases):
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        deliver(lake, **START)
        for case in cases:
            refresh(lake)
            deliver(lake, **CHANGES[case][0])
        refresh(lake)
        assert is_as_computed_anew(lake)


def test_one_changed_month_of_events_is_one_month(lake):
    with writing(lake, reason="rettelse") as change:
        corrected = "visit_id | recipient_id | at | minutes\nB3 | 1 | 2024-02-12 08:00 | 31"
        change.replace_months("visits", ["2024-02"], visible.table("visits", corrected))
    assert refresh(lake).months["panel_visits"] == ["2024-02"]
    assert is_as_computed_anew(lake)


def test_a_fact_that_looks_ahead_is_computed_for_the_month_before_too(lake):
    with writing(lake, reason="rettelse") as change:
        corrected = "response_id | recipient_id | at | outcome\nR2 | 1 | 2024-02-01 02:20 | callout"
        change.replace_months("responses", ["2024-02"], visible.table("responses", corrected))
    assert refresh(lake).months["panel_responses"] == ["2024-01", "2024-02"]
    assert is_as_computed_anew(lake)


def test_a_fact_that_looks_back_is_computed_for_the_months_after_too(lake):
    with writing(lake, reason="rettelse") as change:
        change.replace_months("visits", ["2024-02"], visible.table("visits"))
    assert refresh(lake).months["panel_starts"] == ["2024-02", "2024-03"]
    assert is_as_computed_anew(lake)


def test_a_month_that_is_gone_is_gone_from_the_panel(lake):
    with writing(lake, reason="slettet") as change:
        change.replace_months("visits", ["2024-02"], visible.table("visits"))
    refresh(lake)
    engine = DuckDB(lake)
    assert "2024-02" not in engine.arrow(engine.table("panel_visits"))["month"].to_pylist()
    assert is_as_computed_anew(lake)


def test_a_month_that_the_data_no_longer_speaks_of_is_gone_from_every_fact(lake):
    deliver(lake, visits=VISITS + "B5 | 2 | 2024-04-01 08:00 | 50")
    refresh(lake)
    deliver(lake, visits=VISITS)
    assert refresh(lake).months["panel_services"] == ["2024-04"]
    assert is_as_computed_anew(lake)


def test_everything_is_computed_when_the_state_it_was_computed_from_cannot_be_read(lake):
    deliver(lake, recipients="recipient_id | died_on\n2 | 2024-03-02")
    with writing(lake, reason="sletting") as change:
        for table in ("vedtak", "residences", "device_assignments"):
            change.forget_history(table)
    assert refresh(lake).months["panel_services"] == MONTHS[:3]
    assert is_as_computed_anew(lake)


def test_a_fact_that_has_got_a_new_column_is_computed_from_nothing(tmp_path):
    lake = Lake(tmp_path)
    deliver(lake, **START)
    refresh(lake, facts=[_without_first_signal()])
    assert refresh(lake, facts=[events.FACT]).months == {"panel_events": MONTHS[:3]}
    engine = DuckDB(lake)
    kept = engine.arrow(engine.table("panel_events").select("month", "first_on")).to_pylist()
    engine.close()
    assert sorted((row["month"], str(row["first_on"])) for row in kept) == [
        ("2024-01", "2024-01-10"),
        ("2024-02", "2024-02-10"),
        ("2024-03", "2024-03-20"),
    ]


def _without_first_signal():
    """The events' fact as it was before it told of first signals."""
    fewer = {name: told for name, told in events.FACT.columns.items() if name != "first_on"}

    def compute(*given):
        return events.compute(*given).select(*fewer)

    return replace(events.FACT, columns=fewer, compute=compute)


def test_progress_is_told_to_the_end(tmp_path):
    lake, told = Lake(tmp_path), []
    deliver(lake, **START)
    refresh(lake, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (15, 15)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_lake_without_data_gets_an_empty_panel_once(tmp_path):
    lake = Lake(tmp_path)
    refresh(lake)
    number = manifest.latest(lake).number
    engine = DuckDB(lake)
    assert [engine.arrow(engine.table(fact.name)).num_rows for fact in FACTS] == [0] * len(FACTS)
    refresh(lake)
    assert manifest.latest(lake).number == number
