from datetime import UTC, datetime, timedelta

import pytest

from vft.errors import LakeError
from vft.lake import manifest
from vft.lake.manifest import Manifest

DAY = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def states(lake, tmp_path):
    """Three states, a day between them."""
    made = [
        Manifest(number=1, created_at=DAY, reason="første", versions={"vedtak": 1}),
        Manifest(
            number=2,
            created_at=DAY + timedelta(days=1),
            reason="andre",
            versions={"vedtak": 2},
            changes={"vedtak": ["2024-01", "2024-02"]},
        ),
        Manifest(
            number=3,
            created_at=DAY + timedelta(days=2),
            reason="tredje",
            versions={"vedtak": 3},
            changes={"vedtak": ["2024-02", "2024-03"], "visits": ["2024-03"]},
            derived={"panel_visits": 2},
        ),
    ]
    for state in made:
        manifest.publish(lake, state, scratch=tmp_path)
    return made


def test_an_unwritten_lake_is_empty_and_has_number_0(lake):
    assert manifest.latest(lake).number == 0
    assert manifest.latest(lake).versions == {}


def test_the_newest_is_the_truth_and_reads_back_as_written(lake, states):
    assert manifest.latest(lake) == states[-1]
    assert manifest.history(lake) == states


@pytest.mark.usefixtures("states")
def test_more_than_nine_states_are_in_order_of_number_not_of_spelling(lake, tmp_path):
    for number in range(4, 12):
        state = Manifest(number=number, created_at=DAY + timedelta(days=number), reason="")
        manifest.publish(lake, state, scratch=tmp_path)
    assert manifest.latest(lake).number == 11


@pytest.mark.usefixtures("states")
def test_a_state_is_never_overwritten(lake, tmp_path):
    with pytest.raises(LakeError, match="Tilstand 2 av datalageret finnes allerede"):
        manifest.publish(
            lake, Manifest(number=2, created_at=DAY, reason="om igjen"), scratch=tmp_path
        )
    assert manifest.at(lake, number=2).reason == "andre"


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("as_of", "number"),
    [
        (DAY, 1),
        (DAY + timedelta(hours=23), 1),
        (DAY + timedelta(days=1), 2),
        (DAY + timedelta(days=99), 3),
    ],
)
def test_as_of_gives_the_newest_state_that_existed_then(lake, as_of, number):
    assert manifest.at(lake, as_of=as_of).number == number


@pytest.mark.usefixtures("states")
def test_before_the_first_state_there_is_nothing_to_read(lake):
    with pytest.raises(LakeError, match=r"tomt 30\.04\.2024"):
        manifest.at(lake, as_of=DAY - timedelta(days=1))


@pytest.mark.usefixtures("states")
def test_an_unknown_number_is_said_to_be_unknown(lake):
    with pytest.raises(LakeError, match="ingen tilstand 9"):
        manifest.at(lake, number=9)


def test_changes_since_a_state_are_those_of_the_later_ones_together(lake, states):
    assert manifest.changed_since(lake, 1, states[-1]) == {
        "vedtak": {"2024-01", "2024-02", "2024-03"},
        "visits": {"2024-03"},
    }
    assert manifest.changed_since(lake, 2, states[-1])["vedtak"] == {"2024-02", "2024-03"}
    assert manifest.changed_since(lake, 3, states[-1]) == {}
