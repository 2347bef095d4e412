"""Every world can be drawn, and differs from the main one in what it says."""

import pytest

from vft.sources.invented.worlds import MAIN, OTHER


@pytest.mark.parametrize("name", [*MAIN, *OTHER])
def test_a_world_has_the_adopters_it_says_and_a_truth(name):
    world = {**MAIN, **OTHER}[name]

    drawn = world.draw(seed=1)

    assert drawn.adoptions.num_rows == world.changes["adopters"]
    assert drawn.effect is not None


def test_the_same_seed_gives_the_same_tables():
    one, other = (MAIN["n15"].draw(seed=5) for _ in range(2))

    assert one.panel.equals(other.panel)
    assert one.adoptions.equals(other.adoptions)


def test_nothing_happens_in_a_null_world():
    assert MAIN["null"].draw(seed=1).effect == 0
    assert OTHER["harmful"].draw(seed=1).effect > 30
