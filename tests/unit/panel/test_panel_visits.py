"""Visits per week on small visible tables."""

import visible

from vft.panel import visits

COUNTS = (
    "recipient_id week month day_part unit visits minutes weekend_visits weekend_minutes "
    "planned_minutes travel_minutes unplanned cancelled not_home without_minutes"
)
HOMES = """
recipient_id | unit   | starts_on  | ends_on
1            | 030101 | 2020-01-01 |
"""


def computed(columns, *, months, **texts):
    engine = visible.InMemory(visible.world(**texts))
    return engine.rows(visits.FACT.of(engine, months), columns)


def test_visits_add_up_by_recipient_week_and_part_of_the_day():
    given = """
    recipient_id | at               | status    | minutes | planned | planned_minutes | travel_minutes
    1            | 2024-11-04 08:00 | executed  | 20      | true    | 15              | 5
    1            | 2024-11-05 14:59 | executed  | 10      | false   |                 | 5
    1            | 2024-11-05 15:00 | executed  | 30      | true    | 30              |
    1            | 2024-11-06 09:00 | cancelled |         | true    | 15              |
    1            | 2024-11-07 09:00 | not_home  |         | true    | 15              | 5
    1            | 2024-11-09 09:00 | executed  | 40      |         |                 | 1
    2            | 2024-11-04 09:00 | executed  | 50      | true    | 50              | 2
    """  # noqa: E501 - a table is read across
    wanted = """
    recipient_id | week       | month   | day_part | unit   | visits | minutes | weekend_visits | weekend_minutes | planned_minutes | travel_minutes | unplanned | cancelled | not_home | without_minutes
    1            | 2024-11-04 | 2024-11 | day      | 030101 | 3      | 70      | 1              | 40              | 45              | 16             | 1         | 1         | 1        | 0
    1            | 2024-11-04 | 2024-11 | evening  | 030101 | 1      | 30      | 0              | 0               | 30              |                | 0         | 0         | 0        | 0
    2            | 2024-11-04 | 2024-11 | day      |        | 1      | 50      | 0              | 0               | 50              | 2              | 0         | 0         | 0        | 0
    """  # noqa: E501 - a table is read across
    found = computed(COUNTS, months=["2024-11"], visits=given, residences=HOMES)
    assert found == visible.expected(wanted, COUNTS)


def test_the_night_runs_past_midnight_and_belongs_to_the_calendar_day():
    given = """
    recipient_id | at               | minutes
    1            | 2024-11-05 21:59 | 1
    1            | 2024-11-05 22:00 | 2
    1            | 2024-11-05 23:59 | 4
    1            | 2024-11-06 00:00 | 8
    1            | 2024-11-06 06:59 | 16
    1            | 2024-11-06 07:00 | 32
    """
    found = computed("day_part minutes", months=["2024-11"], visits=given)
    assert found == [("day", "32"), ("evening", "1"), ("night", "30")]


def test_a_week_is_cut_where_the_month_ends():
    given = """
    recipient_id | at               | minutes
    1            | 2024-07-29 08:00 | 1
    1            | 2024-07-31 08:00 | 2
    1            | 2024-08-01 08:00 | 4
    1            | 2024-08-02 08:00 | 8
    1            | 2024-08-05 08:00 | 16
    """
    found = computed("week month minutes", months=["2024-07", "2024-08"], visits=given)
    assert found == [
        ("2024-07-29", "2024-07", "3"),
        ("2024-08-01", "2024-08", "12"),
        ("2024-08-05", "2024-08", "16"),
    ]


def test_minutes_that_nobody_registered_are_missing_and_not_zero():
    given = """
    recipient_id | at               | status    | minutes
    1            | 2024-11-04 08:00 | executed  |
    1            | 2024-11-05 08:00 | executed  |
    2            | 2024-11-04 08:00 | executed  |
    2            | 2024-11-05 08:00 | executed  | 10
    3            | 2024-11-05 08:00 | cancelled |
    """
    columns = "recipient_id visits minutes without_minutes"
    assert computed(columns, months=["2024-11"], visits=given) == [
        ("1", "2", "", "2"),
        ("2", "2", "10", "1"),
        ("3", "0", "0", "0"),
    ]


def test_a_week_belongs_to_the_unit_she_lived_in_last():
    homes = """
    recipient_id | unit   | starts_on  | ends_on
    1            | 030101 | 2020-01-01 | 2024-11-06
    1            | 030102 | 2024-11-06 | 2024-11-18
    1            | 030103 | 2024-11-27 |
    """
    given = """
    recipient_id | at               | minutes
    1            | 2024-10-30 08:00 | 1
    1            | 2024-11-05 08:00 | 1
    1            | 2024-11-12 08:00 | 1
    1            | 2024-11-19 08:00 | 1
    1            | 2024-11-26 08:00 | 1
    """
    found = computed("week unit", months=["2024-10", "2024-11"], visits=given, residences=homes)
    assert found == [
        ("2024-10-28", "030101"),
        ("2024-11-04", "030102"),
        ("2024-11-11", "030102"),
        ("2024-11-18", ""),
        ("2024-11-25", "030103"),
    ]


def test_the_finest_residence_that_holds_goes_first():
    units = """
    code     | name | level         | starts_on
    030101   | A    | district      | 2000-01-01
    03010101 | A1   | part_district | 2000-01-01
    """
    homes = """
    recipient_id | unit     | starts_on  | ends_on
    1            | 03010101 | 2020-01-01 | 2024-11-10
    1            | 030101   | 2024-01-01 |
    """
    given = """
    recipient_id | at
    1            | 2024-11-01 08:00
    1            | 2024-11-12 08:00
    """
    found = computed("unit", months=["2024-11"], visits=given, residences=homes, units=units)
    assert found == [("030101",), ("03010101",)]


def test_only_the_months_asked_for_are_computed():
    given = """
    recipient_id | at
    1            | 2024-10-31 08:00
    1            | 2024-11-01 08:00
    """
    assert computed("month visits", months=["2024-11"], visits=given) == [("2024-11", "1")]
