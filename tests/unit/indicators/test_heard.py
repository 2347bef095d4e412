"""Signals on small visible tables: who hears what, and since when."""

from datetime import date

import pytest
import visible

from vft.indicators import heard
from vft.indicators.frame import framed
from vft.panel import events

ASSIGNED = """
device_id | recipient_id | role    | starts_on  | ends_on
D1        | 1            | primary | 2024-01-01 |
D1        | 2            | shared  | 2024-03-06 | 2024-03-20
D1        | 3            | shared  | 2024-01-01 | 2024-02-01
D2        | 1            |         | 2024-01-01 |
"""
DEVICES = "device_id | service\nD1 | TA\nD2 | DMS\nD3 | GPS"
EVENTS = """
device_id | at               | vocabulary | code | technical
D1        | 2024-02-28 08:00 | alert      | 3    |
D1        | 2024-03-04 08:00 | alert      | 3    |
D1        | 2024-03-12 08:00 | alert      | 3    |
D1        | 2024-03-20 08:00 | alert      | 3    |
D2        | 2024-02-13 08:00 | alert      | 1.17 | true
D2        | 2024-03-12 08:00 | dispense   | 1    |
D3        | 2024-03-12 08:00 | alert      | 4.1  |
"""


@pytest.fixture(scope="module")
def frame():
    world = visible.world(devices=DEVICES, device_assignments=ASSIGNED, device_events=EVENTS)
    engine = visible.InMemory(world)
    weeks = engine.arrow(events.FACT.of(engine, ["2024-02", "2024-03"]))
    engine = visible.InMemory(world | {"panel_events": weeks})
    today = date(2024, 3, 31)
    return framed(engine, months=["2024-03"], changed_on=[], today=today, settle=engine.settled)


def rows(frame, expr, columns):
    return frame.rows.rows(expr, columns)


def test_who_shares_a_device_hears_it_while_she_does(frame):
    """The week's first signal came before 6 March: it is hers from that day on."""
    found = rows(frame, heard.heard(frame, window=1), "recipient_id service heard_on")
    assert found == [
        ("1", "DMS", "2024-03-12"),
        ("1", "TA", "2024-03-04"),
        ("1", "TA", "2024-03-12"),
        ("1", "TA", "2024-03-20"),
        ("2", "TA", "2024-03-06"),
        ("2", "TA", "2024-03-12"),
    ]


def test_a_window_reaches_back(frame):
    found = rows(frame, heard.heard(frame, window=2), "recipient_id service heard_on")
    assert [row for row in found if row[2] < "2024-03"] == [("1", "TA", "2024-02-28")]


def test_a_service_sends_since_the_month_in_which_anybody_was_heard(frame):
    """A technical alert shows that it is connected; D3 is with nobody, and is of no service."""
    found = rows(frame, heard.sends_since(frame), "service sends_since")
    assert found == [("DMS", "2024-02-01"), ("TA", "2024-02-01")]


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2024, 3, 6), date(2024, 3, 4)),
        (date(2024, 3, 4), date(2024, 3, 4)),
        (date(2024, 3, 3), date(2024, 3, 1)),
        (date(2024, 3, 1), date(2024, 3, 1)),
    ],
)
def test_a_week_begins_on_monday_or_the_first(frame, day, begins):
    import ibis

    expr = ibis.memtable([{"day": day}]).mutate(week=heard.week_start(ibis._.day))
    assert rows(frame, expr, "week") == [(str(begins),)]
