"""The peers of the bench give the same rows, and a wrong answer is seen."""

import duckdb
import pytest

pytest.importorskip("polars")  # a development tool: the bench's peers are not the product's

from bench import compare, lakes, peers
from bench.job import Job
from bench.questions import FAMILY, QUESTIONS

#: Enough for every measure of every indicator to count somebody.
ROWS = 100_000
PEERS = ("vft", "sql", "polars", "pandas")
FACTS = [name for name, question in QUESTIONS.items() if question.is_fact]
#: Indicators held against the peers each time; all of them, in one go, are when there are minutes.
OFTEN = ["concurrent_users", "home_care", "clarification"]


@pytest.fixture(scope="module")
def municipality(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    lakes.make(folder, ROWS)
    return folder


def answers(municipality, question, span, among=PEERS):
    found = {}
    for name in among:
        if not peers.answers(name, question):
            continue
        job = Job(
            peer=name,
            question=question,
            span=span,
            lake=municipality / lakes.asked_of(question, span),
            months=lakes.months_of(question, span),
            folder=municipality / f"{question} {span} {name}",
        )
        job.folder.mkdir()
        peer = peers.peer(name)
        peer.prepare(job)
        peer.answer(job)
        peer.hand_over(job)
        found[name] = job.answer
    return found


def hold_together(municipality, question, span):
    """How many rows, the same from all who answer."""
    found = answers(municipality, question, span)
    assert "vft" in found
    return compare.compare(QUESTIONS[question], found)


@pytest.mark.parametrize("question", [*FACTS, *OFTEN])
def test_peers_give_the_same_rows(municipality, question):
    assert hold_together(municipality, question, "full") > 50


@pytest.mark.parametrize("question", [*FACTS, "home_care"])
def test_peers_give_the_same_rows_of_a_changed_month(municipality, question):
    assert hold_together(municipality, question, "month") > 2


@pytest.mark.long
@pytest.mark.parametrize("span", ["full", "month"])
def test_peers_give_the_same_rows_of_all_indicators_in_one_go(municipality, span):
    found = answers(municipality, FAMILY.name, span)
    assert {"vft", "sql", "polars"} <= found.keys()
    assert compare.compare(FAMILY, found) > 2


@pytest.mark.parametrize("peer", ["sql", "polars"])
def test_every_question_is_answered(peer):
    assert [question for question in QUESTIONS if not peers.answers(peer, question)] == []


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


def shares(tmp_path, *told):
    question = QUESTIONS["retention"]
    for value in told:
        folder = tmp_path / str(value)
        folder.mkdir()
        row = dict.fromkeys(question.columns, "'a'") | {"month": "'2024-01'", "value": value}
        columns = ", ".join(f"{value} AS {name}" for name, value in row.items())
        duckdb.sql(f"COPY (SELECT {columns}) TO '{folder}/rows.parquet'")
    return question, {str(value): tmp_path / str(value) for value in told}


def test_a_share_between_two_that_can_be_told_may_be_either(tmp_path):
    assert compare.compare(*shares(tmp_path, 38.364063, 38.364062)) == 1


def test_a_share_further_from_what_another_says_is_seen(tmp_path):
    question, answers_ = shares(tmp_path, 38.364063, 38.364061)
    with pytest.raises(compare.AnswersDiffer, match=r"38\.364063"):
        compare.compare(question, answers_)
