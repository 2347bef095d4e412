"""DuckDB and Spark read the same rows from the same state, as of then and as of now."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "lake"))

from small_lake import Installation

from vft.lake import keys, manifest
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.lake.on_spark import Spark
from vft.lake.vault import Vault

pytestmark = [
    pytest.mark.spark,
    # Spark's Python side leaves the sockets of its answers for the collector to close
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

VISITS = """
visit_id | recipient_id | started_at       | minutes | travel_km | planned
B1       | 1            | 2024-01-10 08:00 | 10      | 1,25      | true
B2       | 1            | 2024-03-31 03:30 | 20      |           | false
B3       | 2            | 2024-02-01 00:30 |         | 0,10      |
"""
CORRECTION = """
visit_id | recipient_id | started_at       | minutes | travel_km | planned
B2       | 1            | 2024-10-27 02:30 | 21      |           | false
B4       | 2            | 2024-10-27 03:30 | 22      |           | true
"""


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    made = keys.create(folder / "keys")
    filled = Installation(folder, Lake(folder / "lake"), Vault(folder / "vault", made), made)
    filled.deliver(VISITS, "visits")
    filled.deliver(CORRECTION, "visits")
    return filled


def engines(installation, session, number):
    state = manifest.at(installation.lake, number=number)
    return DuckDB(installation.lake, state), Spark(installation.lake, state, session=session)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("table", ["visits", "vedtak", "deliveries"])
def test_the_rows_of_a_table_are_the_same(installation, session, number, table):
    one, other = (
        engine.arrow(engine.table(table)) for engine in engines(installation, session, number)
    )
    assert one.schema == other.schema
    assert in_order(one) == in_order(other)
    assert one.num_rows == {"visits": {0: 0, 1: 3, 2: 4}, "vedtak": {}, "deliveries": {1: 1, 2: 2}}[
        table
    ].get(number, 0)


def in_order(table):
    return sorted(map(repr, table.to_pylist()))


@pytest.mark.parametrize("months", [["2024-01"], ["2024-10", "2024-03"], []])
def test_the_rows_of_some_months_are_the_same(installation, session, months):
    one, other = (
        engine.arrow(engine.table("visits", months=months))
        for engine in engines(installation, session, 2)
    )
    assert sorted(one["visit_id"].to_pylist()) == sorted(other["visit_id"].to_pylist())


def test_an_expression_gives_the_same_answer(installation, session):
    answers = []
    for engine in engines(installation, session, 2):
        visits = engine.table("visits")
        grouped = visits.group_by("month", "recipient_id").agg(
            minutes=visits.minutes.sum(), km=visits.travel_km.sum(), n=visits.count()
        )
        answers.append(in_order(engine.arrow(grouped)))
    assert answers[0] == answers[1]


def test_what_is_not_in_the_lake_is_not_there_on_spark_either(installation, session):
    _, spark = engines(installation, session, 1)
    assert spark.has("visits")
    assert not spark.has("vedtak")
    spark.close()
