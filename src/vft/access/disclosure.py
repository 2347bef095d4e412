"""Cells and their states, by the name they had here."""

from vft.disclosure.cell import THRESHOLD, Cell, State

__all__ = ["THRESHOLD", "Cell", "State"]
