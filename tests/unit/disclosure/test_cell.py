"""A cell cannot be two things."""

import pytest

from vft.disclosure.cell import Cell, State


def test_a_cell_cannot_be_hidden_and_hold_its_value():
    with pytest.raises(ValueError, match="exactly when"):
        Cell(value=3, state=State.SUPPRESSED)


def test_nor_be_a_value_without_one():
    with pytest.raises(ValueError, match="exactly when"):
        Cell(value=None, state=State.VALUE)
