import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.access.disclosure import Cell, State, protect, total_gives_away


def cells(counts):
    return {
        code: Cell(value=n, state=State.VALUE if n is not None else State.MISSING)
        for code, n in counts.items()
    }


def shown(counts, *, own=()):
    seen = protect(cells(counts), own=own)
    return {c: seen[c].value if seen[c].value is not None else seen[c].state for c in seen}


HIDDEN = State.SUPPRESSED


@pytest.mark.parametrize(
    ("count", "seen"),
    [(0, 0), (1, HIDDEN), (4, HIDDEN), (5, 5), (6, 6), (None, State.MISSING)],
)
def test_a_count_from_one_to_four_is_hidden(count, seen):
    assert shown({"A": count, "B": 2, "C": 2, "D": 90})["A"] == seen


def test_ones_own_unit_is_never_hidden():
    assert shown({"A": 2, "B": 3, "C": 4, "D": 90}, own=["A"]) == {
        "A": 2,
        "B": HIDDEN,
        "C": HIDDEN,
        "D": 90,
    }


@pytest.mark.parametrize(
    ("counts", "own", "hidden"),
    [
        # the smallest count that leaves 1, 2, 3 and 4 all possible
        ({"A": 2, "B": 40, "C": 12, "D": 90}, [], {"A", "C"}),
        # 6 would leave only 1 and 2 possible, were it known to be 5 or more
        ({"A": 2, "B": 6, "C": 12, "D": 90}, [], {"A", "C"}),
        # nothing is ample: the largest there is
        ({"A": 2, "B": 6, "C": 7, "D": 0}, [], {"A", "C"}),
        # never one's own, which one knows
        ({"A": 2, "B": 40, "C": 12}, ["C"], {"A", "B"}),
        # two hide each other
        ({"A": 2, "B": 3, "C": 12}, [], {"A", "B"}),
        # a zero hides nothing, a missing count hides nothing
        ({"A": 2, "B": 0, "C": None}, [], {"A"}),
    ],
)
def test_exactly_one_hidden_count_takes_another_with_it(counts, own, hidden):
    seen = protect(cells(counts), own=own)
    assert {c for c in seen if seen[c].state is HIDDEN} == hidden


def test_a_lone_hidden_count_forbids_the_total():
    assert gives_away({"A": 2, "B": 0})
    assert not gives_away({"A": 2, "B": 30})
    assert not gives_away({"A": 20, "B": 30})


def gives_away(counts):
    return total_gives_away(cells(counts), protect(cells(counts), own=[]))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        # the rest of the total is 2, so both are 1: a third is hidden with them
        ({"A": 1, "B": 1, "C": 90}, {"A", "B", "C"}),
        # the rest is 8, so both are 4
        ({"A": 4, "B": 4, "C": 90}, {"A", "B", "C"}),
        # the rest is 3, which is a small count too: of a group that holds just these
        ({"A": 1, "B": 2, "C": 90}, {"A", "B", "C"}),
        # the rest is 6: one is 2 and one is 4, or both are 3, and none can tell
        ({"A": 2, "B": 4, "C": 90}, {"A", "B"}),
    ],
)
def test_small_counts_that_their_sum_would_tell_take_another_with_them(counts, hidden):
    seen = protect(cells(counts), own=[])
    assert {c for c in seen if seen[c].state is HIDDEN} == hidden


def test_small_counts_without_another_to_hide_forbid_a_total_that_would_tell():
    assert gives_away({"A": 1, "B": 1, "C": 0})
    assert gives_away({"A": 1, "B": 2, "C": 0})
    assert not gives_away({"A": 2, "B": 4, "C": 0})


def test_under_five_is_said_only_where_it_is_true_of_all_that_is_hidden():
    both_small = protect(cells({"A": 2, "B": 3, "C": 12}), own=[])
    with_partner = protect(cells({"A": 2, "B": 30, "C": 12}), own=[])
    assert both_small["A"].small
    assert not with_partner["A"].small
    assert with_partner["A"] == with_partner["C"]


@given(
    counts=st.dictionaries(
        st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 60), min_size=1, max_size=8
    ),
    own=st.sets(st.text("ABCDEFGH", min_size=1, max_size=2), max_size=2),
)
def test_no_small_count_of_another_unit_can_be_had_from_the_total(counts, own):
    seen = protect(cells(counts), own=own)
    foreign_small = {c for c, n in counts.items() if 0 < n < 5 and c not in own}
    hidden = {c for c in seen if seen[c].value is None}
    assert foreign_small <= hidden
    assert not hidden & own
    if foreign_small and not total_gives_away(cells(counts), seen):
        assert len(hidden) >= 2


def test_a_cell_cannot_be_hidden_and_hold_its_value():
    with pytest.raises(ValueError, match="exactly when"):
        Cell(value=3, state=State.SUPPRESSED)
