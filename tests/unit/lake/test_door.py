import pytest

from vft.errors import AccessDenied
from vft.lake import door
from vft.lake.engine import DuckDB

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 2            | 2024-01-10 08:00 | 20
B3       | 1            | 2024-02-10 08:00 | 30
"""


@pytest.fixture
def engine(installation):
    installation.deliver(VISITS, "visits")
    opened = DuckDB(installation.lake, threads=1)
    yield opened
    opened.close()


def ask(engine, log, **changed):
    question = {
        "table": "visits",
        "where": lambda visit: visit.month == "2024-01",
        "columns": ["visit_id", "minutes"],
        "reader": "kari",
        "purpose": "kvalitetssikring",
        "log": log,
    }
    return door.rows(engine, **(question | changed))


def test_rows_are_given_and_the_reading_is_logged(installation, engine):
    logged = []
    found = ask(engine, logged.append)
    assert found.column_names == ["visit_id", "minutes"]
    assert sorted(found["visit_id"].to_pylist()) == ["B1", "B2"]
    (opened,) = logged
    assert (opened.reader, opened.purpose, opened.table) == ("kari", "kvalitetssikring", "visits")
    assert opened.recipients == tuple(sorted([installation.person(1), installation.person(2)]))
    assert opened.count == 2


def test_no_row_is_given_when_the_reading_cannot_be_logged(engine):
    def fail(_):
        raise OSError("disken er full")

    with pytest.raises(OSError, match="full"):
        ask(engine, fail)


@pytest.mark.parametrize("missing", ["reader", "purpose"])
def test_nobody_reads_without_name_and_purpose(engine, missing):
    logged = []
    with pytest.raises(AccessDenied, match="leser og formål"):
        ask(engine, logged.append, **{missing: " "})
    assert logged == []


def test_persons_may_be_among_the_columns_asked_for(installation, engine):
    found = ask(engine, lambda _: None, columns=["recipient_id", "visit_id"])
    assert set(found["recipient_id"].to_pylist()) == {
        installation.person(1),
        installation.person(2),
    }


def test_a_reading_that_finds_nothing_is_logged_too(engine):
    logged = []
    ask(engine, logged.append, where=lambda visit: visit.month == "1999-01")
    assert [opened.count for opened in logged] == [0]
