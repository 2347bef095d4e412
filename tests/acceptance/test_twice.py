"""The same delivery twice, and a later delivery with corrections."""

import pytest
from acceptance.installation import Installation


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
    import duckdb

    installation, *_ = told
    before, after = (installation.figures(number) for number in (1, 2))
    both_cover = {key[6] for key in before} & {key[6] for key in after}
    changed = {
        key: (before.get(key, (None,))[0], after.get(key, (None,))[0])
        for key in before.keys() | after.keys()
        if key[6] in both_cover and before.get(key, (None,))[0] != after.get(key, (None,))[0]
    }
    with duckdb.connect(
        str(installation.home / "publications" / "2.duckdb"), read_only=True
    ) as file:
        rows = file.execute(
            "SELECT measure, slice_kind, slice, grouping, unit, geography, month, before, after "
            "FROM correction"
        ).fetchall()
    assert {row[:7]: row[7:] for row in rows} == changed
    assert changed


def test_quarantine_is_listed_by_rule(told):
    installation, *_ = told
    said = installation.run("quarantine")
    assert "Til-dato er før fra-dato." in said
    assert "nøyaktig kopi" in said
