"""Intervals against the same questions asked day by day in plain Python."""

import random
from datetime import date, timedelta
from itertools import pairwise

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vft.panel import intervals

DUCKDB = ibis.duckdb.connect()
DAY_ONE = date(2024, 1, 1)
SCHEMA = pa.schema([("who", pa.int64()), ("starts_on", pa.date32()), ("ends_on", pa.date32())])


def day(number):
    return DAY_ONE + timedelta(days=number)


def table(rows):
    return ibis.memtable(
        pa.Table.from_pylist(
            [{"who": w, "starts_on": day(a), "ends_on": day(b)} for w, a, b in rows],
            schema=SCHEMA,
        )
    )


def rows(expr, *columns):
    found = DUCKDB.to_pyarrow(expr).select(["who", "starts_on", "ends_on", *columns])
    numbered = (
        (r["who"], (r["starts_on"] - DAY_ONE).days, (r["ends_on"] - DAY_ONE).days, *r.values())
        for r in found.to_pylist()
    )
    return sorted(row[:3] + row[6:] for row in numbered)


def days_of(spans):
    return {(w, d) for w, a, b in spans for d in range(a, b)}


some_spans = st.lists(
    st.tuples(st.integers(1, 2), st.integers(0, 12), st.integers(0, 12)), max_size=8
)


@pytest.mark.parametrize(
    ("given_spans", "expected"),
    [
        ([(1, 0, 5), (1, 3, 8)], [(1, 0, 8)]),  # overlap
        ([(1, 0, 5), (1, 5, 8)], [(1, 0, 8)]),  # touch
        ([(1, 0, 5), (1, 6, 8)], [(1, 0, 5), (1, 6, 8)]),  # a day between
        ([(1, 0, 9), (1, 2, 3), (1, 8, 9)], [(1, 0, 9)]),  # one inside
        ([(1, 4, 4)], []),  # covers nothing
        ([(1, 0, 5), (2, 3, 8)], [(1, 0, 5), (2, 3, 8)]),  # two people
    ],
)
def test_merge_joins_what_overlaps_or_touches(given_spans, expected):
    assert rows(intervals.merge(table(given_spans), by=["who"])) == expected


@settings(max_examples=30, deadline=None)
@given(some_spans)
def test_merged_intervals_cover_the_same_days_and_lie_apart(spans):
    merged = rows(intervals.merge(table(spans), by=["who"]))
    assert days_of(merged) == days_of(spans)
    assert all(a[0] != b[0] or a[2] < b[1] for a, b in pairwise(merged))


def test_merge_of_equal_intervals_is_one_in_a_table_too_large_to_stay_in_order():
    people = 20_000
    several = [(who, 0, 5) for who in range(people) for _ in range(1 + who % 4)]
    random.Random(1).shuffle(several)
    merged = DUCKDB.to_pyarrow(intervals.merge(table(several), by=["who"]))
    assert merged.num_rows == people


def test_states_say_how_many_of_each_part_hold():
    found = intervals.states(
        {"vedtak": table([(1, 0, 6), (1, 4, 8)]), "device": table([(1, 2, 5), (1, 10, 11)])},
        by=["who"],
    )
    assert rows(found, "vedtak", "device") == [
        (1, 0, 2, 1, 0),
        (1, 2, 4, 1, 1),
        (1, 4, 5, 2, 1),
        (1, 5, 6, 2, 0),
        (1, 6, 8, 1, 0),
        (1, 10, 11, 0, 1),
    ]


@settings(max_examples=30, deadline=None)
@given(some_spans, some_spans)
def test_states_count_every_day_right(left, right):
    found = rows(intervals.states({"a": table(left), "b": table(right)}, by=["who"]), "a", "b")
    counted = {(w, d): (a, b) for w, start, end, a, b in found for d in range(start, end)}
    assert len(counted) == sum(end - start for _, start, end, _, _ in found)
    for who, on in days_of(left) | days_of(right):
        expected = tuple(
            sum(w == who and a <= on < b for w, a, b in spans) for spans in (left, right)
        )
        assert counted.pop((who, on)) == expected
    assert not counted


@settings(max_examples=30, deadline=None)
@given(some_spans, some_spans)
def test_subtract_leaves_the_days_outside_the_gaps(spans, gaps):
    left = rows(intervals.subtract(table(spans), table(gaps), by=["who"]))
    assert days_of(left) == days_of(spans) - days_of(gaps)


def test_clip_ends_intervals_early_and_drops_what_is_gone():
    spans = table([(1, 0, 9), (2, 0, 9), (3, 5, 9)])
    until = ibis.cases((spans.who == 2, ibis.literal(None, "date")), else_=ibis.literal(day(4)))
    assert rows(intervals.clip(spans, until=until)) == [(1, 0, 4), (2, 0, 9)]


def test_closed_lets_running_intervals_run_past_every_date():
    running = ibis.memtable(
        pa.table(
            {"who": [1], "starts_on": [DAY_ONE], "ends_on": pa.array([None], pa.date32())},
            schema=SCHEMA,
        )
    )
    assert rows(intervals.closed(running)) == [(1, 0, (date(9999, 1, 1) - DAY_ONE).days)]


@settings(max_examples=30, deadline=None)
@given(some_spans)
def test_foremost_keeps_the_latest_started_of_those_that_hold(spans):
    spans = sorted(set(spans))
    numbered = table(spans).mutate(begun=ibis._.starts_on, until=ibis._.ends_on)
    found = intervals.foremost(
        numbered,
        by=["who"],
        first=[numbered.begun.desc(), numbered.until],
        keep=["begun", "until"],
    )
    chosen = {
        (w, d): ((begun - DAY_ONE).days, (until - DAY_ONE).days)
        for w, start, end, begun, until in rows(found, "begun", "until")
        for d in range(start, end)
    }
    for who, on in days_of(spans):
        holding = [(a, b) for w, a, b in spans if w == who and a <= on < b]
        assert chosen.pop((who, on)) == min(holding, key=lambda s: (-s[0], s[1]))
    assert not chosen


@given(spans=some_spans)
@settings(deadline=None, max_examples=40)
def test_sums_are_those_of_the_intervals_of_each_day(spans):
    weighted = [(w, a, b, 10**place) for place, (w, a, b) in enumerate(spans)]
    given_rows = [
        {"who": w, "starts_on": day(a), "ends_on": day(b), "weight": n} for w, a, b, n in weighted
    ]
    schema = SCHEMA.append(pa.field("weight", pa.int64()))
    given_spans = ibis.memtable(pa.Table.from_pylist(given_rows, schema=schema))
    found = rows(
        intervals.sums(given_spans, {"total": given_spans.weight}, by=["who"]), "held", "total"
    )
    by_day = {(w, d): (held, total) for w, a, b, held, total in found for d in range(a, b)}
    there = {who_and_day: [] for who_and_day in days_of(spans)}
    for w, a, b, n in weighted:
        for d in range(a, b):
            there[w, d].append(n)
    assert by_day == {key: (len(weights), sum(weights)) for key, weights in there.items()}
    assert len(by_day) == sum(b - a for _, a, b, *_ in found)  # no day twice
