"""The installation under load is a copy: nothing of the one it was made from is changed."""

import sqlite3

from bench.load.installation import copied, environment


def database(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE known (name TEXT)")
    connection.execute("INSERT INTO known VALUES ('Kari')")
    connection.commit()
    return connection


def test_a_copy_has_the_database_as_it_stands_and_can_be_written_to(tmp_path):
    home = tmp_path / "home"
    (home / "publications").mkdir(parents=True)
    (home / "cache" / "masks").mkdir(parents=True)
    (home / "publications" / "1.duckdb").write_bytes(b"figures")
    (home / "cache" / "masks" / "a.npz").write_bytes(b"kept")
    open_still = database(home / "app.sqlite3")  # its newest rows lie in a file beside it
    copy = copied(home, tmp_path / "copy")

    assert (copy / "publications" / "1.duckdb").read_bytes() == b"figures"
    assert not (copy / "cache").exists()
    mine = sqlite3.connect(copy / "app.sqlite3")
    assert mine.execute("SELECT name FROM known").fetchall() == [("Kari",)]
    mine.execute("DELETE FROM known")
    mine.commit()
    assert open_still.execute("SELECT name FROM known").fetchall() == [("Kari",)]
    mine.close()
    open_still.close()


def test_what_this_process_was_told_of_an_installation_is_not_passed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("VFT_ALLOWED_HOSTS", "vft.example.no")
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere")
    told = environment(tmp_path)
    assert told["VFT_HOME"] == str(tmp_path)
    assert {"VFT_ALLOWED_HOSTS", "DATABASE_URL"}.isdisjoint(told)
