"""When somebody receives home care, on small visible tables."""

import visible

from vft.panel import spells

VEDTAK = """
vedtak_id | recipient_id | service | hours_per_week | status  | starts_on  | ends_on
V1        | 1            | HN      | 3.5            | granted | 2024-01-01 | 2024-03-01
V2        | 1            | PH      |                | granted | 2024-02-15 | 2024-04-01
V3        | 1            | TA      |                | granted | 2020-01-01 |
V4        | 2            | HN      | 2              | granted | 2024-01-01 |
V5        | 3            | HN      | 2              | refused | 2024-01-01 |
V6        | 4            | LS      |                | granted | 2024-01-01 |
V7        | 5            | PH      | 1              | granted | 2024-01-01 |
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V4        | 2024-02-01 | 2024-02-10
"""
RECIPIENTS = """
recipient_id | died_on
5            | 2024-05-01
"""


def engine():
    return visible.InMemory(
        visible.world(vedtak=VEDTAK, vedtak_pauses=PAUSES, recipients=RECIPIENTS)
    )


def test_each_valid_vedtak_on_home_care_with_its_hours_in_minutes():
    columns = "vedtak_id recipient_id service minutes starts_on ends_on"
    found = engine()
    assert found.rows(spells.home_care_vedtak(found), columns) == visible.expected(
        """
        vedtak_id | recipient_id | service | minutes | starts_on  | ends_on
        V1        | 1            | HN      | 210     | 2024-01-01 | 2024-03-01
        V2        | 1            | PH      |         | 2024-02-15 | 2024-04-01
        V4        | 2            | HN      | 120     | 2024-01-01 | 2024-02-01
        V4        | 2            | HN      | 120     | 2024-02-10 | 9999-01-01
        V7        | 5            | PH      | 60      | 2024-01-01 | 2024-05-01
        """,
        columns,
    )


def test_home_care_lasts_over_vedtak_that_follow_each_other():
    columns = "recipient_id starts_on ends_on"
    found = engine()
    assert found.rows(spells.home_care_spells(found), columns) == visible.expected(
        """
        recipient_id | starts_on  | ends_on
        1            | 2024-01-01 | 2024-04-01
        2            | 2024-01-01 | 2024-02-01
        2            | 2024-02-10 | 9999-01-01
        5            | 2024-01-01 | 2024-05-01
        """,
        columns,
    )
