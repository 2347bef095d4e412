"""Days of services per week on small visible tables."""

import pytest
import visible

from vft.panel import services

COLUMNS = "recipient_id service week vedtak_days device_days both_days"
DEVICES = """
device_id | service | retired_on
D1        | TA      |
D2        | DMS     | 2024-11-16
"""


def computed(columns=COLUMNS, *, months=("2024-11",), **texts):
    engine = visible.InMemory(visible.world(**{"devices": DEVICES} | texts))
    return engine.rows(services.FACT.of(engine, list(months)), columns)


def test_days_are_counted_within_weeks_that_are_cut_at_month_ends():
    vedtak = """
    recipient_id | service | starts_on  | ends_on
    1            | TA      | 2024-10-30 | 2024-11-13
    """
    assert computed(months=["2024-10", "2024-11"], vedtak=vedtak) == [
        ("1", "TA", "2024-10-28", "2", "0", "0"),
        ("1", "TA", "2024-11-01", "3", "0", "0"),
        ("1", "TA", "2024-11-04", "7", "0", "0"),
        ("1", "TA", "2024-11-11", "2", "0", "0"),
    ]


def test_overlapping_vedtak_count_a_day_once_and_meet_the_device():
    vedtak = """
    recipient_id | service | starts_on  | ends_on
    1            | TA      | 2024-11-04 | 2024-11-07
    1            | TA      | 2024-11-06 | 2024-11-09
    """
    assigned = """
    device_id | recipient_id | starts_on  | ends_on
    D1        | 1            | 2024-11-08 | 2024-11-10
    """
    assert computed(vedtak=vedtak, device_assignments=assigned) == [
        ("1", "TA", "2024-11-04", "5", "2", "1")
    ]


@pytest.mark.parametrize(
    ("broken_by", "days"),
    [
        ({}, "7"),
        ({"status": "refused"}, "0"),
        ({"status": "withdrawn"}, "0"),
        ({"pause": "2024-11-05 | 2024-11-07"}, "5"),
        ({"pause": "2024-11-05 |"}, "1"),
        ({"pause": "2024-11-05 | 2024-11-05"}, "7"),
        ({"died_on": "2024-11-06"}, "2"),
        ({"moved_out_on": "2024-11-04"}, "0"),
        ({"died_on": "2024-11-08", "moved_out_on": "2024-11-05"}, "1"),
    ],
)
def test_what_makes_a_vedtak_invalid(broken_by, days):
    status = broken_by.get("status", "granted")
    found = computed(
        columns="vedtak_days",
        vedtak=f"""
        vedtak_id | recipient_id | service | starts_on  | ends_on    | status
        V1        | 1            | TA      | 2024-11-04 | 2024-11-11 | {status}
        """,
        vedtak_pauses=f"""
        vedtak_id | starts_on | ends_on
        V1        | {broken_by.get("pause", "2030-01-01 |")}
        """,
        recipients=f"""
        recipient_id | died_on | moved_out_on
        1            | {broken_by.get("died_on", "")} | {broken_by.get("moved_out_on", "")}
        """,
    )
    assert found == ([] if days == "0" else [(days,)])


def test_a_pause_of_one_vedtak_leaves_the_other_valid():
    vedtak = """
    vedtak_id | recipient_id | service | starts_on  | ends_on
    V1        | 1            | TA      | 2024-11-04 | 2024-11-11
    V2        | 1            | TA      | 2024-11-06 | 2024-11-11
    """
    pauses = """
    vedtak_id | starts_on  | ends_on
    V1        | 2024-11-04 |
    """
    assert computed("vedtak_days", vedtak=vedtak, vedtak_pauses=pauses) == [("5",)]


def test_a_device_that_is_paused_faulty_or_retired_does_not_work():
    assigned = """
    device_id | recipient_id | starts_on  | ends_on
    D1        | 1            | 2024-11-04 | 2024-11-11
    D2        | 1            | 2024-11-11 |
    """
    downtimes = """
    device_id | reason | starts_on  | ends_on
    D1        | pause  | 2024-11-04 | 2024-11-06
    D1        | fault  | 2024-11-05 | 2024-11-08
    """
    found = computed(
        "service week device_days", device_assignments=assigned, device_downtimes=downtimes
    )
    assert found == [("DMS", "2024-11-11", "5"), ("TA", "2024-11-04", "3")]


def test_a_shared_device_works_for_both():
    assigned = """
    device_id | recipient_id | role    | starts_on  | ends_on
    D1        | 1            | primary | 2024-11-04 | 2024-11-06
    D1        | 2            | shared  | 2024-11-04 | 2024-11-06
    """
    found = computed("recipient_id device_days", device_assignments=assigned)
    assert found == [("1", "2"), ("2", "2")]


def test_recipients_and_devices_that_two_sources_list_are_still_one():
    vedtak = """
    recipient_id | service | starts_on  | ends_on
    1            | TA      | 2024-11-04 | 2024-11-11
    """
    assigned = """
    device_id | recipient_id | starts_on  | ends_on
    D1        | 1            | 2024-11-04 | 2024-11-11
    """
    found = computed(
        vedtak=vedtak,
        device_assignments=assigned,
        devices="device_id | service\nD1 | TA\nD1 | TA",
        recipients="recipient_id | died_on\n1 |\n1 | 2024-11-07",
    )
    assert found == [("1", "TA", "2024-11-04", "3", "3", "3")]
