"""Every kind of bad file is refused with its own sentence, and nothing of it is kept as figures."""

import json

import pytest
from acceptance.installation import Installation


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """The bad files of the invented municipality, delivered together after its units."""
    folder = tmp_path_factory.mktemp("kommune")
    installation = Installation(tmp_path_factory.mktemp("home"))
    installation.run("exports", folder, "--scale", "small")
    (folder / "exports" / "enheter.csv").rename(folder / "bad" / "enheter.csv")
    said = installation.run("ingest", folder / "bad", expect=4)
    return installation, json.loads((folder / "truth" / "bad.json").read_text()), said


def receipts(installation):
    """Kind and reason of each refused file."""
    from vft.lake import deliveries
    from vft.lake.lake import Lake
    from vft.lake.on_duckdb import DuckDB

    engine = DuckDB(Lake(installation.home / "lake"))
    try:
        found = deliveries.all_of(engine)
    finally:
        engine.close()
    return {d.file_name: (d.refused_kind, d.refused_reason) for d in found if d.status == "refused"}


def test_each_is_refused_for_what_is_wrong_with_it(delivered):
    installation, planted, _ = delivered
    refused = {name: kind for name, (kind, _) in receipts(installation).items()}
    expected = {
        n: k for n, k in planted.items() if not k.startswith("row:") and k != "unknown_file"
    }
    assert refused == expected


def test_no_two_kinds_say_the_same(delivered):
    installation, _, _ = delivered
    reasons = dict(receipts(installation).values())
    assert len(set(reasons.values())) == len(reasons)
    assert all("Ingenting fra filen er tatt inn." in reason for reason in reasons.values())


def test_the_command_says_every_reason_and_names_the_stranger(delivered):
    installation, _, said = delivered
    flat = " ".join(said.split())
    assert all(" ".join(reason.split()) in flat for _, reason in receipts(installation).values())
    assert "Ingen tilordning passer filnavnet til: ukjent_kilde.csv" in flat


def test_a_formula_costs_its_row_only(delivered):
    installation, _, _ = delivered
    assert "Cellen inneholder en formel" in installation.run("quarantine")
