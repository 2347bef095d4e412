"""Erasure of one person and change of keys, as an operator does them."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from acceptance.installation import Installation
from acceptance.test_another_municipality import fjordheim  # noqa: F401 - a fixture
from factories import identity

ERASED, KEPT = identity(0), identity(1)


@pytest.fixture
def installation(fjordheim, tmp_path):  # noqa: F811 - the fixture imported above
    """A copy of Fjordheim's installation that a test may change."""
    home = tmp_path / "home"
    shutil.copytree(fjordheim[0].home, home)
    return Installation(home)


def every_byte(folder):
    return b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())


def pseudonym(installation, number):
    from vft.lake.keys import Keys

    made = Keys(installation.home / "keys").pseudonymiser().arrow(pa.array([number]))
    return made[0].as_py()


def lake_recipients(installation):
    """Every pseudonym in every Parquet file under the lake, its history too."""
    import pyarrow.parquet as pq

    found = set()
    for path in (installation.home / "lake").rglob("*.parquet"):
        if "_delta_log" not in path.parts:
            table = pq.ParquetFile(path).read()
            if "recipient_id" in table.column_names:
                found |= set(table["recipient_id"].to_pylist())
    return found - {None}


def vault_texts(installation):
    from vft.lake.keys import Keys
    from vft.lake.vault import Vault

    vault = Vault(installation.home / "vault", Keys(installation.home / "keys"))
    for file in vault.files():
        with vault.opened(file) as clear:
            yield clear.read_bytes()


def names_in_database(installation):
    import sqlite3

    with sqlite3.connect(installation.home / "app.sqlite3") as database:
        return {row[0] for row in database.execute("SELECT recipient_id FROM access_identity")}


def test_before_erasure_the_person_is_everywhere(installation):
    assert pseudonym(installation, ERASED) in lake_recipients(installation)
    assert pseudonym(installation, ERASED) in names_in_database(installation)
    assert any(ERASED.encode() in text for text in vault_texts(installation))


def test_erasure_reaches_lake_history_vault_and_identities_and_nobody_else(installation):
    others = lake_recipients(installation) - {pseudonym(installation, ERASED)}
    said = installation.run("person", "erase", text=f"{ERASED}\ny\n")
    assert "Slettet" in said
    assert lake_recipients(installation) == others
    assert pseudonym(installation, ERASED) not in names_in_database(installation)
    assert not any(ERASED.encode() in text for text in vault_texts(installation))
    assert any(KEPT.encode() in text for text in vault_texts(installation))


def test_erasing_someone_unknown_says_so(installation):
    said = installation.run("person", "erase", text=f"{identity(40)}\ny\n")
    assert "finnes ikke her" in said


def test_a_number_that_is_none_is_refused(installation):
    said = installation.run("person", "erase", text="12345678901\ny\n", expect=1)
    assert "ikke et gyldig fødselsnummer" in said


def test_new_pseudonyms_leave_no_old_one_and_the_figures_as_they_were(installation):
    before, old = installation.figures(), lake_recipients(installation)
    installation.run("keys", "rotate", "pseudonym")
    assert not old & lake_recipients(installation)
    assert not old & names_in_database(installation)
    assert pseudonym(installation, ERASED) in names_in_database(installation)
    installation.run("refresh")
    installation.run("publish")
    assert installation.figures() == before


def test_a_new_vault_key_opens_the_vault_and_the_old_one_does_not(installation):
    from vft.lake.keys import Keys

    old = Keys(installation.home / "keys").identities()[0]
    texts = sorted(vault_texts(installation))
    installation.run("keys", "rotate", "vault")
    assert sorted(vault_texts(installation)) == texts
    assert str(Keys(installation.home / "keys").identities()[0]) != str(old)


def test_retention_removes_old_files_and_keeps_receipts(installation):
    from vft.pipeline import persons
    from vft.pipeline.home import Home

    # everything came today, and the command takes nothing of today
    said = installation.run("person", "retention", "--days", "1", "--history-days", "1")
    assert "Slettet 0 mottatte filer, 0 karantener og 0 publiseringer." in said
    home = Home(installation.home)
    kept = persons.retain(home, days=0, history_days=0, publications=30)
    assert (kept.received, kept.publications) == (4, 0)
    assert "vedtak.txt" in installation.run("deliveries")


def test_retention_keeps_the_newest_publication_and_says_how_many_it_removed(installation):
    installation.run("person", "erase", text=f"{ERASED}\ny\n")
    installation.run("refresh")
    installation.run("publish")
    before = installation.figures()
    said = installation.run("person", "retention", "--publications", "1")
    assert "Slettet 0 mottatte filer, 0 karantener og 1 publisering." in said
    assert [path.name for path in (installation.home / "publications").glob("*.duckdb")] == [
        "2.duckdb"
    ]
    assert installation.figures() == before


def test_no_identity_number_lies_in_the_clear(installation):
    """Everything but the keys, byte by byte: lake, vault, publications, database, log."""
    shutil.rmtree(installation.home / "keys")
    assert ERASED.encode() not in every_byte(installation.home)
