import gc
from threading import Thread

import duckdb
import ibis
import pytest

from vft import tables
from vft.errors import LakeError
from vft.lake import manifest
from vft.lake.on_duckdb import DuckDB
from vft.tables.schema import Home

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 1            | 2024-02-10 08:00 | 20
"""


@pytest.fixture
def engine(installation):
    installation.deliver(VISITS, "visits")
    opened = DuckDB(installation.lake, threads=1, temp_folder=installation.folder / "temp")
    yield opened
    opened.close()


def test_a_table_that_nobody_has_delivered_is_there_without_rows(engine):
    assert not engine.has("vedtak")
    found = engine.arrow(engine.table("vedtak"))
    assert found.num_rows == 0
    assert found.schema.names == tables.ALL["vedtak"].lake_schema().names


@pytest.mark.parametrize("delivered", [True, False])
def test_types_are_the_contracts_with_rows_and_without(installation, engine, delivered):
    opened = engine if delivered else DuckDB(installation.lake, manifest.EMPTY)
    assert opened.has("visits") == delivered
    promised = tables.ALL["visits"].lake_schema()
    assert opened.arrow(opened.table("visits")).schema.equals(promised)


def test_every_contract_of_the_lake_can_be_asked_for(engine):
    names = [name for name, contract in tables.ALL.items() if contract.home is Home.LAKE]
    for name in [*names, "deliveries", "quarantine"]:
        assert engine.table(name).columns


def test_identities_cannot_be_asked_for(engine):
    with pytest.raises(LakeError, match="ingen tabell «identities»"):
        engine.table("identities")


def test_only_the_months_asked_for_are_read(engine):
    found = engine.arrow(engine.table("visits", months=["2024-02"]))
    assert found["visit_id"].to_pylist() == ["B2"]
    assert engine.arrow(engine.table("visits", months=[])).num_rows == 0
    assert engine.arrow(engine.table("visits", months=["1999-01"])).num_rows == 0


def test_threads_have_connections_of_their_own(engine):
    answers, backends = [], set()

    def ask():
        backends.add(id(engine.backend))
        answers.extend(engine.arrow(engine.table("visits"))["visit_id"].to_pylist())

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["B1"] * 3 + ["B2"] * 3
    assert len(backends) == 3


def test_instants_are_in_utc(engine):
    (first, _) = sorted(engine.arrow(engine.table("visits"))["started_at"].to_pylist())
    assert first.isoformat() == "2024-01-10T07:00:00+00:00"


def test_names_with_quotes_are_no_danger(installation):
    with pytest.raises(LakeError, match="ingen tabell"):
        DuckDB(installation.lake).table("x'; DROP TABLE visits; --")


def test_what_is_settled_is_gone_on_computing_with(engine):
    visits = engine.table("visits")
    by_month = engine.settled(visits.group_by("month").agg(minutes=visits.minutes.sum()))
    longest = engine.settled(by_month.filter(by_month.minutes == by_month.minutes.max()))
    assert engine.arrow(longest).to_pylist() == [{"month": "2024-02", "minutes": 20}]


def test_what_is_settled_has_the_types_that_it_says(engine):
    told = engine.settled(
        engine.table("visits").select(
            "started_at",
            small=ibis.literal(1, "int8"),
            none=ibis.null("string"),
            total=ibis._.minutes.sum(),
            part=ibis._.minutes.cast("decimal(18, 4)"),
        )
    )
    assert engine.arrow(told).schema.equals(told.schema().to_pyarrow())


def test_answers_come_in_the_order_they_were_asked_for(engine):
    visits = engine.table("visits")
    months = ["2024-02", "2024-01", "2024-03"]
    found = engine.arrows(engine.settled(visits.filter(visits.month == month)) for month in months)
    assert [rows.column("month").to_pylist() for rows in found] == [["2024-02"], ["2024-01"], []]


def test_a_fault_in_what_is_settled_is_told_where_rows_are_asked_for(engine):
    visits = engine.table("visits")
    never = engine.settled(visits.select(number=visits.visit_id.cast("int64")))
    after = engine.settled(never.filter(never.number > 0))
    with pytest.raises(duckdb.ConversionException):
        engine.arrow(after)
    assert engine.arrow(visits.count().as_table()).num_rows == 1, "the engine goes on"


def test_what_was_settled_is_dropped_when_nothing_needs_it(engine):
    visits = engine.table("visits")
    kept = engine.settled(visits)
    for minutes in range(5):
        engine.arrow(engine.settled(visits.filter(visits.minutes > minutes)))
    gc.collect()
    list(engine.arrows([kept]))
    there = engine.query("SELECT count(*) AS tables FROM duckdb_tables()", tables=[])
    assert there.column("tables").to_pylist() == [1]
    assert engine.arrow(kept).num_rows == 2
