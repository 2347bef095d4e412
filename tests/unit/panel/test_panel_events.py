"""Device events per week on small visible tables."""

import pytest
import visible

from vft.panel import events

DEVICES = """
device_id | service
D1        | TA
D2        | DMS
"""


def computed(columns, *, months=("2024-11",), **texts):
    engine = visible.InMemory(visible.world(**{"devices": DEVICES} | texts))
    return engine.rows(events.FACT.of(engine, list(months)), columns)


@pytest.mark.parametrize(
    ("vocabulary", "code", "test", "technical", "counts_as"),
    [
        ("alert", "4.1", "", "", "alarms"),
        ("alert", "3", "false", "false", "alarms"),
        ("alert", "3", "true", "", "tests"),
        ("alert", "1.17", "", "true", "technical"),
        ("alert", "3", "true", "true", "tests"),
        ("alert", "1.1", "", "", "doses_missed"),
        ("alert", "1.2", "", "", "doses_missed"),
        ("alert", "1.3", "", "", "alarms"),
        ("dispense", "1", "", "", "doses_dispensed"),
        ("dispense", "1.2", "", "", "doses_dispensed"),
        ("dispense", "2", "", "", "other"),
        ("measurement", "8867-4", "", "", "measurements"),
    ],
)
def test_an_event_counts_as_one_thing(vocabulary, code, test, technical, counts_as):
    given = f"""
    device_id | at               | vocabulary   | code   | test   | technical
    D1        | 2024-11-05 10:00 | {vocabulary} | {code} | {test} | {technical}
    """
    (found,) = computed(" ".join(events.COUNTED), device_events=given)
    assert dict(zip(events.COUNTED, found, strict=True)) == {
        kind: "1" if kind == counts_as else "0" for kind in events.COUNTED
    }


@pytest.mark.parametrize(
    ("given", "first_on"),
    [
        ("D1 | 2024-11-06 23:59 | alert | 3 | |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | alert | 1.1 | |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | dispense | 1 | |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | dispense | 2 | |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | measurement | 8867-4 | |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | alert | 3 | true |", "2024-11-06"),
        ("D1 | 2024-11-06 08:00 | alert | 1.17 | | true", ""),
    ],
)
def test_everything_but_a_technical_alert_is_a_signal(given, first_on):
    text = "device_id | at | vocabulary | code | test | technical\n" + given
    assert computed("first_on", device_events=text) == [(first_on,)]


def test_the_first_signal_is_each_weeks_own():
    given = """
    device_id | at               | vocabulary | code | technical
    D1        | 2024-11-05 08:00 | alert      | 1.17 | true
    D1        | 2024-11-07 08:00 | alert      | 3    |
    D1        | 2024-11-06 08:00 | alert      | 3    | false
    D1        | 2024-11-11 00:00 | alert      | 3    |
    D1        | 2024-11-30 08:00 | alert      | 3    |
    D1        | 2024-12-01 08:00 | alert      | 3    |
    """
    found = computed("week first_on", months=("2024-11", "2024-12"), device_events=given)
    assert found == [
        ("2024-11-04", "2024-11-06"),
        ("2024-11-11", "2024-11-11"),
        ("2024-11-25", "2024-11-30"),
        ("2024-12-01", "2024-12-01"),
    ]


def test_events_belong_to_who_had_the_device_that_day():
    assigned = """
    device_id | recipient_id | starts_on  | ends_on
    D1        | 1            | 2024-01-01 | 2024-11-06
    D1        | 2            | 2024-11-06 | 2024-11-08
    """
    given = """
    device_id | at               | vocabulary | code
    D1        | 2024-11-05 23:59 | alert      | 3
    D1        | 2024-11-06 00:00 | alert      | 3
    D1        | 2024-11-07 12:00 | alert      | 3
    D1        | 2024-11-08 00:00 | alert      | 3
    """
    found = computed(
        "recipient_id service alarms", device_assignments=assigned, device_events=given
    )
    assert found == [("", "", "1"), ("1", "TA", "1"), ("2", "TA", "2")]


def test_a_shared_device_sends_the_alarms_of_the_primary():
    assigned = """
    device_id | recipient_id | role    | starts_on  | ends_on
    D1        | 1            | shared  | 2024-01-01 |
    D1        | 2            | primary | 2024-01-01 | 2024-11-06
    """
    given = """
    device_id | at               | vocabulary | code
    D1        | 2024-11-05 12:00 | alert      | 3
    D1        | 2024-11-06 12:00 | alert      | 3
    """
    found = computed("recipient_id alarms", device_assignments=assigned, device_events=given)
    assert found == [("1", "1"), ("2", "1")]


def test_no_event_is_lost_or_counted_twice():
    assigned = """
    device_id | recipient_id | role    | starts_on  | ends_on
    D1        | 1            | primary | 2024-01-01 |
    D1        | 2            | shared  | 2024-01-01 |
    D1        | 3            |         | 2024-11-10 | 2024-11-12
    """
    given = "device_id | at | vocabulary | code\n" + "\n".join(
        f"{device} | 2024-11-{day:02d} 12:00 | alert | 3"
        for device in ("D1", "D2", "unknown")
        for day in range(1, 31)
    )
    found = computed("week alarms", device_assignments=assigned, device_events=given)
    assert sum(int(alarms) for _, alarms in found) == 90
