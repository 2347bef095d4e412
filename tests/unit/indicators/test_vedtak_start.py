"""When equipment worked and was heard after a vedtak, on small visible tables."""

from datetime import date

import pytest
import visible

from vft.indicators import vedtak_start
from vft.indicators.frame import framed
from vft.panel import events

VEDTAK = """
vedtak_id | recipient_id | service | status  | decided_on | starts_on  | ends_on
V1        | 1            | TA      | granted | 2024-02-08 | 2024-02-12 |
V2        | 2            | TA      | granted | 2024-02-01 | 2024-02-01 | 2024-02-20
V3        | 2            | TA      | granted | 2024-03-01 | 2024-03-01 |
V4        | 3            | TA      | refused | 2024-02-01 | 2024-02-01 |
V5        | 4            | DMS     | granted |            | 2024-02-10 | 2024-03-10
V6        | 5            | TA      | granted | 2024-02-01 | 2024-02-01 |
"""
RECIPIENTS = "recipient_id | died_on\n1 |\n2 |\n3 |\n4 |\n5 | 2024-02-15"
DEVICES = "device_id | service\nD1 | TA\nD2 | TA\nD5 | TA"
ASSIGNED = """
device_id | recipient_id | role    | starts_on  | ends_on
D1        | 1            | primary | 2024-02-05 |
D2        | 2            | primary | 2024-01-15 |
D5        | 5            | primary | 2024-02-20 |
"""
EVENTS = """
device_id | at               | vocabulary | code
D1        | 2024-02-06 08:00 | alert      | 3
D1        | 2024-02-20 08:00 | alert      | 3
D2        | 2024-01-20 08:00 | alert      | 3
D2        | 2024-01-30 08:00 | alert      | 3
"""


@pytest.fixture(scope="module")
def frame():
    world = visible.world(
        vedtak=VEDTAK,
        recipients=RECIPIENTS,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        device_events=EVENTS,
    )
    engine = visible.InMemory(world)
    weeks = engine.arrow(events.FACT.of(engine, ["2024-01", "2024-02", "2024-03"]))
    engine = visible.InMemory(world | {"panel_events": weeks})
    today = date(2024, 3, 31)
    return framed(engine, months=["2024-03"], changed_on=[], today=today, settle=engine.settled)


def test_a_vedtak_that_renews_another_is_not_a_new_one(frame):
    """V3 renews V2, V4 was refused; V5 lacks its date and counts from its first day."""
    columns = "vedtak_id decided_on over_on"
    assert frame.rows.rows(vedtak_start.begun(frame), columns) == visible.expected(
        """
        vedtak_id | decided_on | over_on
        V1        | 2024-02-08 | 9999-01-01
        V2        | 2024-02-01 | 9999-01-01
        V5        | 2024-02-10 | 2024-03-10
        V6        | 2024-02-01 | 9999-01-01
        """,
        columns,
    )


def test_equipment_that_was_there_works_from_the_day_it_was_placed(frame):
    """2 had hers before the vedtak; 5 died before hers came; 4 never got any."""
    columns = "vedtak_id worked_on over_on"
    found = vedtak_start.with_start(frame, vedtak_start.begun(frame))
    assert frame.rows.rows(found, columns) == visible.expected(
        """
        vedtak_id | worked_on  | over_on
        V1        | 2024-02-05 | 9999-01-01
        V2        | 2024-01-15 | 9999-01-01
        V5        |            | 2024-03-10
        V6        |            | 2024-02-15
        """,
        columns,
    )


def test_a_signal_earlier_in_the_week_of_the_vedtak_counts_and_older_ones_do_not(frame):
    """The panel's weeks are cut at month ends: 30 January is another week than 1 February."""
    begun = vedtak_start.begun(frame)
    columns = "vedtak_id signal_on sends_since"
    found = vedtak_start.with_signal(frame, begun, window=12)
    assert frame.rows.rows(found, columns) == visible.expected(
        """
        vedtak_id | signal_on  | sends_since
        V1        | 2024-02-06 | 2024-01-01
        V2        |            | 2024-01-01
        V5        |            |
        V6        |            | 2024-01-01
        """,
        columns,
    )
