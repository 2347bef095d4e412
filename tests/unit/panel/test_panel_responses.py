"""Cases at the response service per week: on small visible tables, and against counting by hand."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
import visible
from hypothesis import given, settings
from hypothesis import strategies as st

from vft import tables
from vft.panel import responses
from vft.tables import period

DEVICES = """
device_id | service
D1        | TA
D2        | DT
"""
COUNTS = ("cases", "clarified", "repeated", "undocumented", "tests", "technical")
INSTANTS = ("answered_at", "dispatched_at", "closed_at")


def computed(columns, *, months=("2024-11",), **texts):
    texts["responses"] = with_zone(texts["responses"])
    engine = visible.InMemory(visible.world(**{"devices": DEVICES} | texts))
    return engine.rows(responses.FACT.of(engine, list(months)), columns)


def with_zone(text):
    """Let every moment be told in local time, as ``at`` is."""
    rows = visible.rows(text)
    for row in rows:
        for name in INSTANTS:
            if row.get(name):
                local = datetime.fromisoformat(row[name]).replace(tzinfo=period.LOCAL_ZONE)
                row[name] = local.isoformat()
    names = list(rows[0])
    return "\n".join([" | ".join(names), *(" | ".join(r[n] for n in names) for r in rows)])


@pytest.mark.parametrize(
    ("outcome", "counts_as"),
    [
        ("clarified", {"cases", "clarified"}),
        ("forwarded", {"cases"}),
        ("callout", {"cases"}),
        ("no_answer", {"cases"}),
        ("", {"cases", "undocumented"}),
        ("test", {"tests"}),
        ("technical", {"technical"}),
    ],
)
def test_what_an_outcome_counts_as(outcome, counts_as):
    given = f"""
    recipient_id | at               | outcome
    1            | 2024-11-05 10:00 | {outcome}
    """
    (found,) = computed(" ".join(COUNTS), responses=given)
    assert dict(zip(COUNTS, found, strict=True)) == {
        kind: "1" if kind in counts_as else "0" for kind in COUNTS
    }


CLARIFIED = """
case                                    | closed_at           | dispatched_at    | later            | later_outcome | later_of | clarified | repeated
nobody called again                     | 2024-11-05 10:05    |                  | 2024-11-09 10:00 | callout       | 1        | 1         | 0
she called again after an hour          | 2024-11-05 10:05    |                  | 2024-11-05 11:05 | callout       | 1        | 0         | 1
and after an hour and a second          | 2024-11-05 10:05    |                  | 2024-11-05 11:05:01 | callout    | 1        | 1         | 0
she called before it was closed         | 2024-11-05 10:05    |                  | 2024-11-05 10:03 | callout       | 1        | 1         | 0
she called the moment it was closed     | 2024-11-05 10:05    |                  | 2024-11-05 10:05 | callout       | 1        | 1         | 0
and the second after                    | 2024-11-05 10:05    |                  | 2024-11-05 10:05:01 | callout    | 1        | 0         | 1
somebody else called                    | 2024-11-05 10:05    |                  | 2024-11-05 10:30 | callout       | 2        | 1         | 0
what came after was a test              | 2024-11-05 10:05    |                  | 2024-11-05 10:30 | test          | 1        | 1         | 0
what came after was technical           | 2024-11-05 10:05    |                  | 2024-11-05 10:30 | technical     | 1        | 1         | 0
what came after has no outcome yet      | 2024-11-05 10:05    |                  | 2024-11-05 10:30 |               | 1        | 0         | 1
somebody was sent all the same          | 2024-11-05 10:05    | 2024-11-05 10:04 | 2024-11-09 10:00 | callout       | 1        | 0         | 0
nobody says when it was closed          |                     |                  | 2024-11-05 11:00 | callout       | 1        | 0         | 1
closed before it came, by a wrong clock | 2024-11-05 09:00    |                  | 2024-11-05 11:00 | callout       | 1        | 0         | 1
"""  # noqa: E501 - a table is read across


@pytest.mark.parametrize("case", visible.rows(CLARIFIED), ids=lambda case: case["case"])
def test_clarified_is_without_a_call_out_and_without_a_repeat(case):
    given = f"""
    response_id | recipient_id       | at               | closed_at           | dispatched_at           | outcome
    A           | 1                  | 2024-11-05 10:00 | {case["closed_at"]} | {case["dispatched_at"]} | clarified
    B           | {case["later_of"]} | {case["later"]}  |                     |                         | {case["later_outcome"]}
    """  # noqa: E501 - a table is read across
    found = computed("clarified repeated", responses=given)
    total = [sum(int(row[i]) for row in found) for i in (0, 1)]
    assert total == [int(case["clarified"]), int(case["repeated"])]


def test_a_repeat_in_the_next_month_is_seen():
    given = """
    recipient_id | at               | closed_at        | outcome
    1            | 2024-11-30 23:50 | 2024-11-30 23:55 | clarified
    1            | 2024-12-01 00:20 |                  | callout
    """
    found = computed("month cases clarified repeated", responses=given)
    assert found == [("2024-11", "1", "0", "1")]


def test_a_case_is_about_who_is_named_else_about_who_had_the_device():
    assigned = """
    device_id | recipient_id | role    | starts_on  | ends_on
    D1        | 1            | primary | 2024-01-01 | 2024-11-06
    D1        | 2            | shared  | 2024-01-01 | 2024-11-06
    """
    given = """
    device_id | recipient_id | at               | outcome
    D1        | 2            | 2024-11-05 10:00 | clarified
    D1        |              | 2024-11-05 12:30 | clarified
    D1        | 2            | 2024-11-06 10:00 | clarified
    D1        |              | 2024-11-06 12:30 | clarified
              | 3            | 2024-11-06 10:00 | clarified
    """
    found = computed("recipient_id service cases", responses=given, device_assignments=assigned)
    assert found == [
        ("", "", "1"),
        ("1", "TA", "1"),
        ("2", "", "1"),
        ("2", "TA", "1"),
        ("3", "", "1"),
    ]


def test_cases_add_up_by_part_of_the_day_and_by_how_long_it_took():
    given = """
    recipient_id | at                  | answered_at         | outcome
    1            | 2024-11-05 14:59:30 | 2024-11-05 15:00:10 | clarified
    1            | 2024-11-06 07:00:00 | 2024-11-06 07:00:40 | callout
    1            | 2024-11-06 15:00:00 | 2024-11-06 15:00:40 | callout
    1            | 2024-11-06 06:59:00 | 2024-11-06 06:59:00 | callout
    1            | 2024-11-06 23:00:00 |                     | no_answer
    1            | 2024-11-07 08:00:00 | 2024-11-07 08:00:40 | test
    """
    wanted = """
    day_part | answered_after | cases | tests
    day      |                | 0     | 1
    day      | 40             | 2     | 0
    evening  | 40             | 1     | 0
    night    |                | 1     | 0
    night    | 0              | 1     | 0
    """
    columns = "day_part answered_after cases tests"
    assert computed(columns, responses=given) == visible.expected(wanted, columns)


# By hand: one case at a time, over random cases at the turn of a month.

moments = st.integers(-4000, 8000).map(
    lambda n: datetime(2024, 11, 30, 23, 0, tzinfo=period.LOCAL_ZONE) + timedelta(seconds=n * 7)
)
cases = st.lists(
    st.fixed_dictionaries(
        {
            "recipient_id": st.sampled_from([None, 1, 1, 2]),
            "device_id": st.sampled_from([None, "D1", "D2"]),
            "received_at": moments,
            "took": st.one_of(st.none(), st.integers(0, 400)),
            "closed": st.one_of(st.none(), st.integers(-60, 5000)),
            "dispatched": st.sampled_from([False, False, True]),
            "outcome": st.sampled_from(
                ["clarified", "clarified", "clarified", "callout", "no_answer", "test", None]
            ),
        }
    ),
    min_size=4,
    max_size=40,
)
HELD_BY = {"D1": 1, "D2": 2}
SERVICE = {"D1": "TA", "D2": "DT"}


def by_hand(rows, months):
    """Counts by (recipient, service, month, week, day part, seconds)."""
    found = defaultdict(Counter)
    for row in rows:
        local = row["received_at"]
        month = period.month_of(local.date())
        if month not in months:
            continue
        hour = local.hour
        part = "day" if 7 <= hour < 15 else "evening" if 15 <= hour < 22 else "night"
        real = row["outcome"] not in {"test", "technical"}
        seconds = row["took"] if real else None
        week = period.week_start(local.date())
        cell = (who(row), SERVICE.get(row["device_id"]), month, week, part, seconds)
        counted = found[cell]
        counted["cases"] += real
        counted["undocumented"] += row["outcome"] is None
        counted["tests"] += row["outcome"] == "test"
        counted["technical"] += row["outcome"] == "technical"
        if row["outcome"] == "clarified" and not row["dispatched"]:
            counted["repeated" if is_repeated(row, rows) else "clarified"] += 1
    return {cell: tuple(counts[name] for name in COUNTS) for cell, counts in found.items()}


def who(row):
    return row["recipient_id"] or HELD_BY.get(row["device_id"])


def over(row):
    after = row["closed"] if row["closed"] is not None else (row["took"] or 0)
    return row["received_at"] + timedelta(seconds=max(after, 0))


def is_repeated(row, rows):
    return who(row) is not None and any(
        who(other) == who(row)
        and other["outcome"] not in {"test", "technical"}
        and over(row) < other["received_at"] <= over(row) + timedelta(hours=1)
        for other in rows
    )


def as_table(rows):
    def after(row, seconds):
        return None if seconds is None else row["received_at"] + timedelta(seconds=seconds)

    made = [
        {
            "response_id": f"R{n}",
            "source": "test",
            "delivery": 1,
            "device_id": row["device_id"],
            "recipient_id": row["recipient_id"],
            "received_at": row["received_at"].astimezone(UTC),
            "answered_at": after(row, row["took"]),
            "dispatched_at": after(row, 90 if row["dispatched"] else None),
            "closed_at": after(row, row["closed"]),
            "outcome": row["outcome"],
            "local_date": row["received_at"].date(),
            "local_minute": row["received_at"].hour * 60 + row["received_at"].minute,
            "month": period.month_of(row["received_at"].date()),
        }
        for n, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(made, schema=tables.ALL["responses"].lake_schema())


@settings(deadline=None, max_examples=15)
@given(cases)
def test_any_cases_are_as_counted_by_hand(rows):
    assigned = "device_id | recipient_id | starts_on\nD1 | 1 | 2024-01-01\nD2 | 2 | 2024-01-01"
    given = visible.world(devices=DEVICES, device_assignments=assigned)
    engine = visible.InMemory(given | {"responses": as_table(rows)})
    columns = ("recipient_id", "service", "month", "week", "day_part", "answered_after")
    found = engine.arrow(responses.FACT.of(engine, ["2024-11"])).to_pylist()
    counted = {tuple(r[c] for c in columns): tuple(r[c] for c in COUNTS) for r in found}
    assert counted == by_hand(rows, ["2024-11"])
