"""What is read out of the answers under load: percentiles, the rate, and what was reached."""

import pytest
from bench.load.figures import Answer, First, Measured, Used, percentiles, targets
from bench.load.run import used
from bench.load.server import Moment


def measured(times, *, wrong=0, first=0.4):
    answers = [Answer("Oversikt", seconds, "") for seconds in times]
    answers += [Answer("CSV", 0.01, "500 for /x")] * wrong
    return Measured(
        database="SQLite",
        rate=10,
        seconds=10,
        ready=3,
        first=[First("leder", 0.2), First("koordinator", first)],
        cold=[0.1],
        answers=answers,
        used=Used(cores=0.5, memory=1),
        load=1.0,
    )


def reached(one):
    return [target.reached for target in targets(one)]


def test_percentiles_are_times_that_were_measured():
    assert percentiles([n / 1000 for n in range(1, 101)]) == (0.051, 0.096, 0.1)
    assert percentiles([0.2]) == (0.2, 0.2, 0.2)


def test_all_is_reached_when_answers_are_fast_right_and_as_many_as_asked_for():
    assert reached(measured([0.05] * 100)) == [True, True, True]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (measured([0.05] * 94 + [0.2] * 6), [False, True, True]),
        (measured([0.05] * 90), [False, False, True]),  # fewer than asked for: not at that rate
        (measured([0.05] * 90, wrong=10), [False, False, True]),
        (measured([0.05] * 100, first=1.5), [True, True, False]),
    ],
    ids=["slow", "few", "wrong", "late"],
)
def test_what_is_missed_is_said(one, expected):
    assert reached(one) == expected


def test_wrong_answers_are_no_part_of_the_rate():
    one = measured([0.05] * 60, wrong=20)
    assert (one.reached, one.failures) == (6.0, 20)
    assert one.work == pytest.approx(0.5 * 10 / 80)


def test_use_is_between_the_times_only():
    moments = [
        Moment(at=0, cpu=0.0, memory=900),  # while they log in
        Moment(at=1, cpu=8.0, memory=100),
        Moment(at=2, cpu=8.5, memory=300),
        Moment(at=3, cpu=9.0, memory=200),
        Moment(at=4, cpu=20.0, memory=900),
    ]
    assert used(moments, 0.5, 3.5) == Used(cores=0.5, memory=300)
