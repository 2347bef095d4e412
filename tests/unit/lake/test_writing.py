import subprocess
import sys
import textwrap
from threading import Thread

import pyarrow as pa
import pytest

from vft.errors import LakeError
from vft.lake import delta, manifest
from vft.lake.on_duckdb import DuckDB
from vft.lake.writing import writing

TWO_MONTHS = pa.table({"month": ["2024-01", "2024-02"], "n": [1, 2]})


def shown(lake, table, number=None):
    engine = DuckDB(lake, manifest.at(lake, number=number), threads=1)
    found = engine.arrow(engine.table(table)).to_pylist()
    engine.close()
    return sorted(tuple(row[name] for name in sorted(row)) for row in found)


def write(lake, table="panel_x", rows=TWO_MONTHS, months=("2024-01", "2024-02")):
    with writing(lake, reason="prøve") as change:
        change.replace_months(table, months, rows)


def write_two_tables_the_second_wrongly(lake):
    with writing(lake, reason="feiler") as change:
        change.replace("new", pa.table({"n": [9]}))
        change.replace_months("panel_x", ["2024-01"], TWO_MONTHS.slice(1))


def test_all_tables_of_a_change_become_visible_at_once(lake):
    with writing(lake, reason="to tabeller") as change:
        change.replace_months("panel_x", ["2024-01", "2024-02"], TWO_MONTHS)
        change.replace("other", pa.table({"n": [9]}))
        assert manifest.latest(lake).number == 0
    assert manifest.latest(lake).versions == {"panel_x": 1, "other": 1}
    assert shown(lake, "panel_x") == [("2024-01", 1), ("2024-02", 2)]
    assert shown(lake, "other") == [(9,)]


def test_a_change_that_fails_leaves_no_trace(lake):
    write(lake)
    before = sorted(lake.root.rglob("*"))
    with pytest.raises(LakeError, match="utenfor"):
        write_two_tables_the_second_wrongly(lake)
    assert sorted(lake.root.rglob("*")) == before


def replace_and_look(lake, n):
    """Gives what the change itself sees; above 9 it fails after having looked."""
    with writing(lake, reason="ser etter") as change:
        change.replace("panel_y", pa.table({"n": [n]}))
        seen = change.connection.execute(change.select("panel_y")).fetchall()
        if n > 9:
            raise LakeError("for mange")
    return seen


def test_a_version_that_was_rolled_back_is_not_taken_for_the_next_of_its_number(lake):
    assert replace_and_look(lake, 1) == [(1,)]
    with pytest.raises(LakeError, match="for mange"):
        replace_and_look(lake, 10)
    assert replace_and_look(lake, 2) == [(2,)]
    assert manifest.latest(lake).versions == {"panel_y": 2}
    assert shown(lake, "panel_y") == [(2,)]
    assert shown(lake, "panel_y", number=1) == [(1,)]


def test_who_is_given_a_versions_files_may_change_the_list(lake):
    write(lake)
    folder = lake.table("panel_x")
    delta.files(folder, 1).clear()
    assert len(delta.files(folder, 1)) == 2


def test_a_change_of_nothing_makes_no_state(lake):
    write(lake)
    with writing(lake, reason="ingenting"):
        pass
    assert manifest.latest(lake).number == 1


def test_replacing_months_leaves_the_others_and_says_which_were_touched(lake):
    write(lake)
    write(lake, rows=pa.table({"month": ["2024-02"], "n": [20]}), months=["2024-02"])
    assert shown(lake, "panel_x") == [("2024-01", 1), ("2024-02", 20)]
    assert manifest.latest(lake).changes == {"panel_x": ["2024-02"]}


def test_a_month_replaced_by_nothing_is_empty(lake):
    write(lake)
    write(lake, rows=TWO_MONTHS.slice(0, 0), months=["2024-02"])
    assert shown(lake, "panel_x") == [("2024-01", 1)]


def test_rows_of_other_months_than_those_replaced_are_refused(lake):
    with pytest.raises(LakeError, match="2024-02"):
        write(lake, months=["2024-01"])
    assert manifest.latest(lake).number == 0


def test_rows_may_be_an_expression_over_the_lake_itself(lake):
    write(lake)
    engine = DuckDB(lake, threads=1)
    panel = engine.table("panel_x")
    write(lake, rows=panel.mutate(n=panel.n * 10))
    engine.close()
    assert shown(lake, "panel_x") == [("2024-01", 10), ("2024-02", 20)]


def test_a_reader_sees_the_state_it_opened_whatever_is_written_meanwhile(lake):
    write(lake)
    reader = DuckDB(lake, threads=1)
    table = reader.table("panel_x")
    write(lake, rows=pa.table({"month": ["2024-02"], "n": [20]}), months=["2024-02"])
    assert reader.arrow(table.n.sum().as_table())[0].to_pylist() == [3]
    reader.close()
    assert shown(lake, "panel_x", number=1) == [("2024-01", 1), ("2024-02", 2)]


def test_a_table_may_gain_columns(lake):
    write(lake)
    write(lake, rows=pa.table({"month": ["2024-02"], "n": [20], "o": ["x"]}), months=["2024-02"])
    assert shown(lake, "panel_x") == [("2024-01", 1, None), ("2024-02", 20, "x")]
    assert shown(lake, "panel_x", number=1) == [("2024-01", 1), ("2024-02", 2)]


def test_what_a_derived_table_was_computed_from_is_kept_through_later_changes(lake):
    with writing(lake, reason="panel") as change:
        change.replace_months("panel_x", ["2024-01", "2024-02"], TWO_MONTHS)
        change.derived("panel_x", computed_from=7)
    with writing(lake, reason="annet") as change:
        change.replace("other", pa.table({"n": [9]}))
    assert manifest.latest(lake).derived == {"panel_x": 7}


def test_states_are_in_order_of_time_even_if_the_clock_goes_back(lake):
    write(lake)
    first = manifest.latest(lake).created_at
    with writing(lake, reason="gammel klokke", now=first.replace(year=2001)) as change:
        change.replace("other", pa.table({"n": [9]}))
    assert manifest.latest(lake).created_at > first


def test_a_second_writer_waits_and_then_says_why_it_gave_up(lake):
    raised = []

    def second():
        try:
            with writing(lake, reason="nummer to", wait_seconds=0.05):
                pass
        except LakeError as error:
            raised.append(str(error))

    with writing(lake, reason="nummer én"):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert raised
    assert "opptatt" in raised[0]


@pytest.mark.parametrize("moment", ["before_adopting", "before_the_swap", "after_the_swap"])
def test_a_killed_writer_is_cleared_up_after_by_the_next(lake, moment):
    write(lake)
    program = f"""
    import os, sys
    from pathlib import Path
    import pyarrow as pa
    from vft.lake import manifest, writing
    from vft.lake.lake import Lake

    def die(*_, **__):
        os._exit(9)

    rows = pa.table({{"month": ["2024-02"], "n": [20]}})
    match "{moment}":
        case "before_adopting": writing.delta.commit = die
        case "before_the_swap": manifest.publish = die
        case "after_the_swap": writing.sweep = die
    with writing.writing(Lake(Path(sys.argv[1])), reason="drept") as change:
        change.replace_months("panel_x", ["2024-02"], rows)
        change.replace("new", pa.table({{"n": [9]}}))
    """
    died = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(lake.root)], check=False
    )
    assert died.returncode == 9
    kept = moment == "after_the_swap"
    assert shown(lake, "panel_x") == [("2024-01", 1), ("2024-02", 20 if kept else 2)]
    with writing(lake, reason="neste") as change:
        change.replace("other", pa.table({"n": [1]}))
    assert shown(lake, "panel_x") == [("2024-01", 1), ("2024-02", 20 if kept else 2)]
    assert not lake.staging.exists()
    assert lake.table("new").exists() == kept
    named = {
        file.path
        for state in manifest.history(lake)
        if "panel_x" in state.versions
        for file in delta.files(lake.table("panel_x"), state.versions["panel_x"])
    }
    on_disk = lake.table("panel_x").rglob("*.parquet")
    assert {f.relative_to(lake.table("panel_x")).as_posix() for f in on_disk} == named


@pytest.mark.parametrize("rows", [{"month": ["2024-01"]}, {"other": ["x"]}])
def test_many_small_additions_are_put_together_now_and_then(lake, rows):
    for n in range(20):
        with writing(lake, reason="litt") as change:
            change.append("panel_x", pa.table({**rows, "n": [n]}))
            (pieces,) = change.pieces("panel_x").values()
            assert pieces < 16
    assert [row[-1] if "other" not in rows else row[0] for row in shown(lake, "panel_x")] == [
        *range(20)
    ]


def test_versions_can_be_read_after_a_checkpoint(lake):
    for n in range(27):
        write(lake, rows=pa.table({"month": ["2024-01"], "n": [n]}), months=["2024-01"])
    assert list((lake.table("panel_x") / "_delta_log").glob("*.checkpoint.parquet"))
    assert shown(lake, "panel_x", number=3) == [("2024-01", 2)]
    assert shown(lake, "panel_x") == [("2024-01", 26)]
