"""Signals come from what the reader sees, of every month, and only where months are independent."""

from dataclasses import replace
from datetime import date

import pytest

from vft.disclosure.cell import Cell, State
from vft.publication.read import Annotation, Measure
from vft.tables.period import months_between
from vft.web import signals
from vft.web.charts.trend import Point

MONTHS = months_between("2022-01", "2024-12")
NEW = Measure(
    indicator="flows",
    code="new",
    title="Nye brukere",
    kind="count",
    unit="personer",
    numerator="",
    denominator="",
    basis="",
    decimals=0,
    better="higher",
    independent=True,
    at_month_end=False,
)
SHARE = replace(NEW, code="share", kind="share", numerator="new", denominator="whole")


def series(*values):
    """The last months have these values, all before them 100; x is hidden."""
    every = [100] * (len(MONTHS) - len(values)) + list(values)
    return [_point(month, value) for month, value in zip(MONTHS, every, strict=True)]


def _point(month, value):
    state = State.SUPPRESSED if value == "x" else State.VALUE
    cell = Cell(value=None if value == "x" else value, state=state)
    return Point(month=month, cell=cell, complete=True)


def found(*values, known=()):
    said = signals.judged(NEW, {"new": series(*values)}, per=1, annotations=known)
    return {m.month: m.is_signal for m in said if m.is_signal}


def test_a_month_far_from_what_is_usual_is_a_signal():
    assert found(100, 250) == {"2024-12": True}
    assert found(100, 104) == {}


def test_a_hidden_month_says_nothing():
    assert found(100, "x") == {}


def test_an_incomplete_month_is_no_fall():
    points = series(100, 20)
    points[-1] = replace(points[-1], complete=False)
    said = signals.judged(NEW, {"new": points}, per=1, annotations=())
    assert not any(m.is_signal for m in said)


def test_a_known_break_is_no_signal():
    known = Annotation(
        starts_on=date(2024, 12, 3), ends_on=None, unit=None, service=None, text="bytte"
    )
    assert found(100, 250, known=[known]) == {}


def test_a_share_is_judged_by_its_part_and_its_whole():
    parts, whole = series(100, 30), series(*[200] * len(MONTHS))
    said = signals.judged(
        SHARE, {"share": parts, "new": parts, "whole": whole}, per=100, annotations=()
    )
    assert [m.month for m in said if m.is_signal] == ["2024-12"]
    assert said[-1].centre == pytest.approx(50)


@pytest.mark.parametrize(
    ("measure", "can"),
    [
        (NEW, True),
        (SHARE, True),
        (replace(NEW, independent=False), False),
        (replace(NEW, kind="quantity"), False),
    ],
)
def test_stocks_windows_and_medians_are_not_judged(measure, can):
    assert signals.can_be_judged(measure) is can


def test_what_a_share_is_multiplied_by_stands_in_its_definition():
    told = {"measures": [{"code": "share", "per": 100}]}
    assert signals.per_of(told, SHARE) == 100
    assert signals.per_of({}, SHARE) == 1
