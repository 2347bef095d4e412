"""Whatever the state of a cell, every format tells it, and none mixes it up with another."""

from dataclasses import replace

import duckdb
from figures_sample import (
    MEASURES,
    SMALL,
    dimension,
    in_csv,
    in_jsonstat,
    in_parquet,
    in_workbook,
    of_lines,
    seen,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from vft.disclosure.cell import Cell
from vft.report import csv, jsonstat, parquet, workbook
from vft.report.dataset import Cells
from vft.report.states import MEANINGS, WORDS, State
from vft.web import norwegian

FIGURES = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e6, 1e6).map(lambda v: round(v, 3) + 0.0),
)
KNOWN = FIGURES.map(lambda value: (value, "value"))
WITHOUT = st.sampled_from([s.value for s in State if s is not State.VALUE]).map(lambda s: (None, s))

CELLS = st.tuples(st.one_of(KNOWN, WITHOUT), st.booleans())


@st.composite
def datasets(draw):
    units = dimension("unit", "Enhet", ", ".join(f"u{n}" for n in range(draw(st.integers(1, 4)))))
    months = ", ".join(f"2024-{n + 1:02d}" for n in range(draw(st.integers(1, 4))))
    when = replace(SMALL.dimensions[2], categories=dimension("m", "M", months).categories)
    count = 2 * len(units.categories) * len(when.categories)
    told = draw(
        st.lists(
            st.tuples(st.one_of(KNOWN, WITHOUT), st.booleans()), min_size=count, max_size=count
        )
    )
    return replace(
        SMALL,
        dimensions=(MEASURES, units, when),
        cells=Cells.of([v for (v, _), _ in told], [s for (_, s), _ in told], [c for _, c in told]),
    )


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_every_state_and_figure_survives_every_format(dataset):
    expected = seen(dataset)
    assert of_lines(in_csv(csv.write(dataset)), dataset, comma=True) == expected
    assert of_lines(in_workbook(workbook.write(dataset)), dataset) == expected
    assert in_jsonstat(jsonstat.write(dataset)) == expected
    assert in_parquet(parquet.write(dataset)) == expected


def test_duckdb_reads_the_same(tmp_path):
    (tmp_path / "tall.parquet").write_bytes(parquet.write(SMALL))
    rows = duckdb.sql(f"SELECT value, state FROM '{tmp_path / 'tall.parquet'}'").fetchall()
    assert [state if value is None else value for value, state in rows] == seen(SMALL)


def test_every_state_has_words_and_screens_use_the_same():
    for state in State:
        assert MEANINGS[state.value]
        if state is not State.VALUE:
            assert norwegian.cell(Cell(value=None, state=state)) == WORDS[state.value]


def test_no_two_states_look_alike():
    assert len(set(WORDS.values())) == len(WORDS)
