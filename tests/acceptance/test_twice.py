"""The same delivery twice, and a later delivery with corrections."""

import duckdb
import pytest
from acceptance.installation import Installation

KEY = "indicator, measure, slice_kind, slice, grouping, unit, geography, month"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What an installation says, and publishes, delivery by delivery."""
    folder = tmp_path_factory.mktemp("kommune")
    installation = Installation(tmp_path_factory.mktemp("home"), indicators="")
    installation.run("exports", folder, "--scale", "small")
    first = installation.run("ingest", folder / "exports")
    again = installation.run("ingest", folder / "exports")
    corrected = installation.run("ingest", folder / "corrections")
    return installation, first, again, corrected


def test_the_second_time_nothing_has_changed(told):
    _, first, again, _ = told
    assert "Ingenting er endret" not in first
    assert "Ingenting er endret: alle filene er lest før." in again


def test_nothing_new_is_published_when_nothing_has_changed(told):
    installation, *_ = told
    published = sorted(p.stem for p in (installation.home / "publications").glob("*.duckdb"))
    assert published == ["1", "2"]


def test_the_next_publication_lists_exactly_the_figures_that_changed(told):
    """Of every indicator, in the months that both publications cover in full."""
    installation, *_ = told
    before, after = (_figures(installation, number) for number in (1, 2))
    covered = _whole(before) & _whole(after)
    changed = {
        key: (before.get(key, (None,))[0], after.get(key, (None,))[0])
        for key in before.keys() | after.keys()
        if (key[0], key[1], key[7]) in covered
        and not _same(before.get(key, (None,))[0], after.get(key, (None,))[0])
    }
    listed = _rows(installation, 2, f"SELECT {KEY}, before, after FROM correction")
    assert {row[:8]: row[8:] for row in listed} == changed
    assert len({key[0] for key in changed}) > 5


def _figures(installation, number):
    rows = _rows(installation, number, f"SELECT {KEY}, value, complete FROM figure")
    return {row[:8]: row[8:] for row in rows}


def _whole(figures):
    """(indicator, measure, month) that has a complete figure."""
    return {(key[0], key[1], key[7]) for key, (_value, complete) in figures.items() if complete}


def _same(before, after):
    if before is None or after is None:
        return before is after
    return abs(before - after) <= 1e-9 * max(1, abs(after))


def _rows(installation, number, sql):
    path = installation.home / "publications" / f"{number}.duckdb"
    with duckdb.connect(str(path), read_only=True) as file:
        return file.execute(sql).fetchall()


def test_quarantine_is_listed_by_rule(told):
    installation, *_ = told
    said = installation.run("quarantine")
    assert "Til-dato er før fra-dato." in said
    assert "nøyaktig kopi" in said
