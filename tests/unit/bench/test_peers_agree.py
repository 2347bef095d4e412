"""The peers of the bench give the same rows, and a wrong answer is seen."""

import duckdb
import pytest

pytest.importorskip("polars")  # a development tool: the bench's peers are not the product's

from bench import compare, inputs, peers
from bench.data import write
from bench.job import Job
from bench.peers import vft_
from bench.questions import QUESTIONS

ROWS = 20_000
PEERS = ("vft", "sql", "polars", "pandas")


@pytest.fixture(scope="module")
def municipality(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    write.write(folder / "lake", ROWS)
    inputs.linked(folder / "lake", folder / "changed")
    for question in QUESTIONS:
        vft_.settle(folder / "changed", question)
    write.change_month(folder / "changed")
    return folder


def answers(municipality, question, *, span, lake, months):
    found = {}
    for name in PEERS:
        job = Job(
            peer=name,
            question=question,
            span=span,
            lake=municipality / lake,
            months=tuple(months),
            folder=municipality / f"{question} {span} {name}",
        )
        job.folder.mkdir()
        peer = peers.peer(name)
        peer.prepare(job)
        peer.answer(job)
        peer.hand_over(job)
        found[name] = job.answer
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_peers_give_the_same_rows(municipality, question):
    found = answers(municipality, question, span="full", lake="lake", months=write.MONTHS)
    assert compare.compare(QUESTIONS[question], found) > 500


@pytest.mark.parametrize("question", QUESTIONS)
def test_peers_give_the_same_rows_of_a_changed_month(municipality, question):
    found = answers(
        municipality, question, span="month", lake="changed", months=[write.CHANGED_MONTH]
    )
    assert compare.compare(QUESTIONS[question], found) > 5


def test_one_wrong_value_is_seen(tmp_path):
    question = QUESTIONS["panel_visits"]
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for folder, minutes in ((right, 30), (wrong, 31)):
        folder.mkdir()
        values = dict.fromkeys(question.columns, "NULL") | {
            "month": "'2024-01'",
            "minutes": minutes,
        }
        columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
        duckdb.sql(f"COPY (SELECT {columns}) TO '{folder}/rows.parquet'")
    with pytest.raises(compare.AnswersDiffer, match="30"):
        compare.compare(question, {"right": right, "wrong": wrong})
