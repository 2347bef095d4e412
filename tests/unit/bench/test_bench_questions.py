"""What the bench asks is what the panel and the catalogue have, of a municipality that has it all.

The bench need not ask for every indicator: each that it asks for is held to what it says of it.
"""

from collections import defaultdict
from functools import cache

import pytest

pytest.importorskip("polars")  # a development tool: the bench's peers are not the product's

from bench import calendars, lakes
from bench.data import write
from bench.data.people import TODAY
from bench.questions import QUESTIONS

from vft.indicators import catalogue
from vft.indicators.compute import setting
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.panel.facts import FACTS
from vft.panel.horizon import Horizon

CATALOGUE = catalogue.all_indicators()
#: The indicators that the bench asks for.
ASKED = [name for name, question in QUESTIONS.items() if not question.is_fact]
#: How many events the municipalities asked have. Each size draws other people: who is rare, as one
#: who dies within two weeks of beginning, is in one of them.
SIZES = (155_000, 145_000)


def events_of(question):
    return {(e.table, e.look_back, e.look_ahead) for e in QUESTIONS[question].events}


def test_what_is_asked_for_exists():
    assert {name for name in QUESTIONS if name not in ASKED} <= {fact.name for fact in FACTS}
    assert ASKED
    assert set(ASKED) <= set(CATALOGUE)


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS if fact.name in QUESTIONS], ids=lambda fact: fact.name
)
def test_a_fact_is_asked_for_as_the_panel_has_it(fact):
    asked = QUESTIONS[fact.name]
    assert set(asked.columns) == set(fact.columns)
    assert set(asked.tables) == {table for spans in fact.spans for table in spans.tables}
    assert events_of(fact.name) == {(e.table, e.look_back, e.look_ahead) for e in fact.events}


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """Give a municipality by its number among the sizes, made when somebody asks it."""

    @cache
    def made(number):
        folder = tmp_path_factory.mktemp("bench")
        lakes.make(folder, SIZES[number])
        return folder / "settled"

    return made


class Watched(DuckDB):
    """An engine that notes what is read of it."""

    def __init__(self, lake):
        super().__init__(lake)
        self.read = defaultdict(set)

    def table(self, name, *, months=None):
        self.read[name] |= set(months or [])
        return super().table(name, months=months)


@pytest.mark.long
@pytest.mark.parametrize("indicator", ASKED)
def test_an_indicator_reads_what_its_question_names(settled, indicator):
    engine = Watched(Lake(settled(0)))
    horizon = Horizon(first_month=write.MONTHS[0], last_day=TODAY)
    month = write.CHANGED_MONTH
    frame = setting(engine, horizon, months=[month])
    engine.read.clear()  # the frame asks every register whom it speaks of
    CATALOGUE[indicator].compute(frame)
    asked = QUESTIONS[indicator]
    by_month = {
        name: (min(months), max(months))
        for name, months in engine.read.items()
        if months and name not in asked.tables  # those are given whole
    }
    assert by_month == {
        events.table: (calendars.shift(month, -events.look_back), month) for events in asked.events
    }
    assert engine.read.keys() - by_month.keys() <= set(asked.tables)
    engine.close()


@pytest.mark.long
@pytest.mark.parametrize("indicator", ASKED)
def test_every_measure_of_an_indicator_has_rows_above_zero(settled, indicator):
    lacking = {m.code for m in CATALOGUE[indicator].measures if not m.is_derived}
    for number in range(len(SIZES)):
        if lacking:
            lacking -= above_zero(settled(number), indicator)
    assert not lacking


def above_zero(lake, indicator):
    """The measures that count somebody, in some unit and month."""
    engine = DuckDB(Lake(lake))
    horizon = Horizon(first_month=write.MONTHS[0], last_day=TODAY)
    found = engine.arrow(CATALOGUE[indicator].compute(setting(engine, horizon)))
    engine.close()
    values = zip(found["measure"].to_pylist(), found["value"].to_pylist(), strict=True)
    return {measure for measure, value in values if value is not None and value > 0}
