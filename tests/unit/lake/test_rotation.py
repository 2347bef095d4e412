import pyarrow as pa
import pytest
from factories import identity

from vft.errors import LakeError
from vft.lake import keys, manifest
from vft.lake.on_duckdb import DuckDB
from vft.lake.rotation import new_pseudonyms, rotate_pseudonyms

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 2            | 2024-01-10 08:00 | 20
B3       | 1            | 2024-02-10 08:00 | 30
"""
RESPONSES = """
response_id | recipient_id | received_at
R1          | 1            | 2024-01-10 08:00
R2          |              | 2024-01-10 08:00
"""


@pytest.fixture
def filled(installation):
    installation.deliver(VISITS, "visits")
    installation.deliver(RESPONSES, "responses")
    return installation


def people(installation, *numbers):
    return pa.table(
        {
            "recipient_id": [installation.person(n) for n in numbers],
            "identity": [identity(n) for n in numbers],
        }
    )


def minutes_per_person(installation):
    """A figure that must not change: the minutes of each person and month, without names."""
    engine = DuckDB(installation.lake, threads=1)
    visits = engine.table("visits")
    figure = visits.group_by("recipient_id", "month").agg(minutes=visits.minutes.sum())
    found = engine.arrow(figure.select("month", "minutes")).to_pylist()
    engine.close()
    return sorted((row["month"], row["minutes"]) for row in found)


def test_everyone_gets_a_new_pseudonym_and_figures_stay(filled):
    before, figures = filled.person(1), minutes_per_person(filled)
    new = filled.keys.next_pseudonymiser()
    mapping = new_pseudonyms(people(filled, 1, 2), new)
    assert rotate_pseudonyms(filled.lake, mapping, new) == 5
    after = str(new.one(identity(1)))
    assert after != str(before)
    assert filled.rows("visits", "visit_id recipient_id")[0] == ("B1", after)
    assert filled.rows("responses", "response_id recipient_id") == [("R1", after), ("R2", "")]
    assert minutes_per_person(filled) == figures
    assert manifest.latest(filled.lake).changes == {}


def test_the_old_pseudonyms_cannot_be_read_any_more(filled):
    new = filled.keys.next_pseudonymiser()
    rotate_pseudonyms(filled.lake, new_pseudonyms(people(filled, 1, 2), new), new)
    with pytest.raises(LakeError, match="kan ikke leses"):
        filled.rows("visits", "visit_id", number=1)


def test_the_key_takes_over_when_the_lake_has_changed_and_not_before(filled):
    old = filled.pseudonymiser.fingerprint
    new = filled.keys.next_pseudonymiser()
    assert filled.pseudonymiser.fingerprint == old
    rotate_pseudonyms(filled.lake, new_pseudonyms(people(filled, 1, 2), new), new)
    assert filled.pseudonymiser.fingerprint == new.fingerprint
    assert not (filled.keys.folder / "pseudonym.key.next").exists()
    assert filled.deliver(VISITS + "\n", "visits", refuse_above=0.5).unchanged == 3


def test_done_again_it_does_nothing(filled):
    new = filled.keys.next_pseudonymiser()
    mapping = new_pseudonyms(people(filled, 1, 2), new)
    rotate_pseudonyms(filled.lake, mapping, new)
    state = manifest.latest(filled.lake)
    assert rotate_pseudonyms(filled.lake, mapping, new) == 0
    assert manifest.latest(filled.lake) == state


def test_nobody_may_be_left_behind(filled):
    new = filled.keys.next_pseudonymiser()
    before = manifest.latest(filled.lake)
    with pytest.raises(LakeError, match="1 personer i «visits» mangler"):
        rotate_pseudonyms(filled.lake, new_pseudonyms(people(filled, 1), new), new)
    assert manifest.latest(filled.lake) == before


def test_a_key_that_is_not_the_lakes_is_refused(filled, tmp_path):
    other = keys.create(tmp_path / "other")
    with pytest.raises(LakeError, match="ikke den som datalagerets pseudonymer"):
        other.pseudonymiser(manifest.latest(filled.lake).pseudonym_key)
