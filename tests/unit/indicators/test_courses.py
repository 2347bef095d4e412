"""Courses of use and why they ended, on small visible tables."""

import visible

from vft.indicators import courses
from vft.indicators.slices import slices
from vft.panel import intervals

SPANS = """
recipient_id | service | starts_on  | ends_on
1            | TA      | 2024-01-01 | 2024-02-01
1            | TA      | 2024-02-28 | 2024-04-01
2            | TA      | 2024-01-01 | 2024-02-01
2            | TA      | 2024-02-29 |
3            | TA      | 2024-01-01 | 2024-03-01
3            | TA      | 2024-02-01 | 2024-02-10
3            | GPS     | 2024-03-05 |
"""


def spans(engine):
    vedtak = intervals.closed(engine("vedtak"))
    return vedtak.select("recipient_id", "service", "starts_on", "ends_on")


def test_fewer_than_28_days_without_use_are_a_rest():
    """27 days are a rest; 28 are an end; another service is another course."""
    engine = visible.InMemory(visible.world(vedtak=SPANS))
    columns = "recipient_id service starts_on ends_on"
    found = courses.courses(spans(engine), by=["recipient_id", "service"])
    assert engine.rows(found, columns) == visible.expected(
        """
        recipient_id | service | starts_on  | ends_on
        1            | TA      | 2024-01-01 | 2024-04-01
        2            | TA      | 2024-01-01 | 2024-02-01
        2            | TA      | 2024-02-29 | 9999-01-01
        3            | TA      | 2024-01-01 | 2024-03-01
        3            | GPS     | 2024-03-05 | 9999-01-01
        """,
        columns,
    )


#: Every course is of an alarm and ended on 1 June 2024.
WHY = """
recipient_id | case                                                | reason
1            | nobody says why                                     |
2            | she died that day                                   | dead
3            | she died 28 days after                              | dead
4            | she died 29 days after                              |
5            | her vedtak says own wish, and she died 10 days after | own_wish
6            | she has lived in an institution since that day      | institution
7            | since 20 days after, and then died                  | institution
8            | the long stay was over before the end               |
9            | the stay was a short one                            |
10           | a vedtak on long stay from that day                 | institution
11           | she left the municipality                           | moved
12           | the vedtak that says why is of another service      |
13           | the vedtak ended 28 days before the device was taken | not_needed
14           | of two vedtak, the one that ended last              | own_wish
15           | the vedtak ended 29 days before                     |
16           | she began while in an institution                   |
"""
VEDTAK = """
vedtak_id | recipient_id | service | starts_on  | ends_on    | end_reason
V5        | 5            | TA      | 2024-01-01 | 2024-06-01 | own_wish
V10       | 10           | LS      | 2024-06-01 |            |
V12       | 12           | DMS     | 2024-01-01 | 2024-06-01 | own_wish
V13       | 13           | TA      | 2024-01-01 | 2024-05-04 | not_needed
V14a      | 14           | TA      | 2024-01-01 | 2024-05-20 | not_needed
V14b      | 14           | TA      | 2024-01-01 | 2024-06-01 | own_wish
V15       | 15           | TA      | 2024-01-01 | 2024-05-03 | not_needed
"""
STAYS = """
recipient_id | kind  | starts_on  | ends_on
6            | long  | 2024-06-01 |
7            | long  | 2024-06-21 | 2024-06-25
8            | long  | 2024-03-01 | 2024-04-01
9            | short | 2024-06-01 | 2024-06-20
16           | long  | 2024-01-01 |
"""
RECIPIENTS = """
recipient_id | died_on    | moved_out_on
2            | 2024-06-01 |
3            | 2024-06-29 |
4            | 2024-06-30 |
5            | 2024-06-11 |
7            | 2024-06-25 |
11           |            | 2024-06-01
"""


def test_why_a_course_ended():
    people = [row["recipient_id"] for row in visible.rows(WHY)]
    ended = "recipient_id | kind | starts_on | ends_on\n" + "\n".join(
        f"{n} | hospital | 2024-01-01 | 2024-06-01" for n in people
    )
    engine = visible.InMemory(visible.world(vedtak=VEDTAK, stays=STAYS, recipients=RECIPIENTS))
    sliced = slices(engine)
    of_alarm = sliced.filter(sliced.slice == "TA")
    ended = visible.InMemory(visible.world(stays=ended))("stays")
    ended = ended.select("recipient_id", "starts_on", "ends_on").cross_join(
        of_alarm.select("slice_id")
    )
    found = courses.with_reason(engine, ended, of_alarm)
    columns = "recipient_id reason"
    assert engine.rows(found, columns) == visible.expected(WHY, columns)
