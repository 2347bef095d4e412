from threading import Thread

import pytest

from vft import tables
from vft.errors import LakeError
from vft.lake import manifest
from vft.lake.engine import DuckDB
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
