"""A figure as a reader may see it."""

from dataclasses import dataclass
from enum import StrEnum

#: Counts from 1 up to but not including this are small, unless the municipality says otherwise.
THRESHOLD = 5


class State(StrEnum):
    """What stands in a cell. States that are never mixed up with a zero, nor with each other.

    UNDEFINED: nothing to compute it from, as for the share of nobody.
    """

    VALUE = "value"
    MISSING = "missing"
    NOT_DOCUMENTED = "not_documented"
    SUPPRESSED = "suppressed"
    UNDEFINED = "undefined"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure as a reader may see it. ``value`` is None in every state but VALUE.

    Nobody is told whether a hidden count is small: that would tell which of those hidden together
    is the larger.
    """

    value: float | None
    state: State

    def __post_init__(self) -> None:
        if (self.value is None) == (self.state is State.VALUE):
            raise ValueError("A cell has a value exactly when its state says so.")
