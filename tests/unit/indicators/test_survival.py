"""Curves of what lasts, worked by hand and by another program."""

from collections import defaultdict
from random import Random

import ibis
import lifelines
import pandas as pd
import pyarrow as pa
import pytest
import visible

from vft.indicators import survival

CAUSES = ("ended", "died")
#: Six cases: one is lost from sight on day 3, on which another ends; two are followed to day 8.
CASES = """
days | cause
2    | ended
3    | ended
3    |
5    | died
8    |
8    |
"""
#: 5/6; 5/6 x 4/5; 4/6 x 2/3; then nothing more.
BY_HAND = """
days | remaining | ended     | died
0    | 100.0     | 0.0       | 0.0
1    | 100.0     | 0.0       | 0.0
2    | 83.333333 | 16.666667 | 0.0
3    | 66.666667 | 33.333333 | 0.0
4    | 66.666667 | 33.333333 | 0.0
5    | 44.444444 | 33.333333 | 22.222222
8    | 44.444444 | 33.333333 | 22.222222
"""


def histogram(cases):
    """``(place, days, cases, *causes)`` of (place, days, cause)."""
    rows = pa.Table.from_pylist(
        [{"place": p, "days": d, "cause": c} for p, d, c in cases],
        schema=pa.schema([("place", pa.string()), ("days", pa.int64()), ("cause", pa.string())]),
    )
    table = ibis.memtable(rows)
    counts = {cause: table.count(where=table.cause == cause) for cause in CAUSES}
    return table.group_by("place", "days").agg(cases=table.count(), **counts)


def curves(cases):
    return survival.curves(histogram(cases), causes=CAUSES, by=["place"])


def asked(expr):
    return ibis.duckdb.connect().to_pyarrow(expr).to_pylist()


def in_one_place(text):
    return [("A", int(row["days"]), row["cause"] or None) for row in visible.rows(text)]


def after(cases, days):
    return asked(survival.after(curves(cases), days=days, causes=CAUSES, by=["place"]))


def median(cases):
    return {
        row["place"]: row["days"] for row in asked(survival.median(curves(cases), by=["place"]))
    }


@pytest.mark.parametrize("row", visible.rows(BY_HAND), ids=lambda row: row["days"])
def test_a_curve_worked_by_hand(row):
    (found,) = after(in_one_place(CASES), int(row["days"]))
    assert {name: str(found[name]) for name in ("remaining", *CAUSES)} == {
        name: row[name] for name in ("remaining", *CAUSES)
    }


def test_nothing_is_said_of_days_that_nobody_was_followed_to():
    assert after(in_one_place(CASES), 9) == []


def test_where_it_has_happened_to_all_it_has_ever_after():
    (found,) = after([("A", 1, "ended"), ("A", 4, "died")], 365)
    assert found == {"place": "A", "remaining": 0, "ended": 50, "died": 50}


def test_places_have_curves_of_their_own():
    cases = [("A", 1, "ended"), ("A", 9, None), ("B", 9, None)]
    found = {row["place"]: row["remaining"] for row in after(cases, 5)}
    assert found == {"A": 50, "B": 100}


MEDIANS = """
case                               | followed                              | median
half are over on day 4             | 1 4 9- 9-                             | 4
one short of half                  | 1 9- 9- 9-                            | none
those lost from sight are no end   | 1- 2- 3 5                             | 3
seven of fourteen, one at a time   | 1 2 3 4 5 6 7 8- 8- 8- 8- 8- 8- 8-    | 7
all at once                        | 0 0 0                                 | 0
"""


@pytest.mark.parametrize("row", visible.rows(MEDIANS), ids=lambda row: row["case"])
def test_the_median_is_the_first_day_on_which_half_are_over(row):
    """A dash: lost from sight that day."""
    followed = row["followed"].split()
    cases = [("A", int(day.strip("-")), None if "-" in day else "ended") for day in followed]
    assert str(median(cases).get("A", "none")) == row["median"]


def cohorts(*, tied):
    """Forty places with a cohort each; the other program shakes those that share a day."""
    random = Random(11)
    for place in range(40):
        size = random.randint(3, 40)
        days = [random.randint(0, 12) for _ in range(size)] if tied else [*range(1, size + 1)]
        random.shuffle(days)
        yield from ((f"P{place}", day, random.choice(["ended", "died", None])) for day in days)


def drawn(cases):
    """Place → its followed days and causes, and the rows of its curve."""
    found = defaultdict(list)
    for row in asked(curves(cases)):
        found[row["place"]].append(row)
    return {
        place: (
            [day for at, day, _ in cases if at == place],
            [cause for at, _, cause in cases if at == place],
            sorted(rows, key=lambda row: row["days"]),
        )
        for place, rows in found.items()
    }


def test_it_is_what_kaplan_and_meier_say():
    cases = list(cohorts(tied=True))
    halved = median(cases)
    for place, (days, causes, rows) in drawn(cases).items():
        theirs = lifelines.KaplanMeierFitter()
        theirs.fit(days, event_observed=[cause is not None for cause in causes])
        expected = [theirs.predict(row["days"]) for row in rows]
        assert [row["remaining"] for row in rows] == pytest.approx(expected, abs=1e-9), place
        assert halved.get(place, float("inf")) == theirs.median_survival_time_, place


def test_it_is_what_aalen_and_johansen_say():
    for place, (days, causes, rows) in drawn(list(cohorts(tied=False))).items():
        for cause in set(causes) - {None}:
            number = CAUSES.index(cause) + 1
            codes = [0 if c is None else CAUSES.index(c) + 1 for c in causes]
            theirs = lifelines.AalenJohansenFitter(calculate_variance=False)
            theirs.fit(pd.Series(days), pd.Series(codes), event_of_interest=number)
            density = theirs.cumulative_density_.iloc[:, 0]
            expected = [density.asof(row["days"]) for row in rows]
            assert [row[cause] for row in rows] == pytest.approx(expected, abs=1e-9), place


def test_the_shares_of_a_day_sum_to_one():
    for row in asked(curves(list(cohorts(tied=True)))):
        assert row["remaining"] + row["ended"] + row["died"] == pytest.approx(1)
