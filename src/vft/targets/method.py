"""What the length of a series allows a forecast to reckon with."""

from enum import StrEnum

#: Months that are needed: for a forecast, for growth in it, and for seasons in it.
FEWEST, FEWEST_GROWTH, FEWEST_SEASONS = 3, 8, 24


class Method(StrEnum):
    """LEVEL: the last level is held. GROWTH: and grows. SEASONS: and has seasons."""

    LEVEL = "level"
    GROWTH = "growth"
    SEASONS = "seasons"
