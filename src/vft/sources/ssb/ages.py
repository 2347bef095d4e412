"""Age groups as statistics bureaus write them."""

import re
from dataclasses import dataclass

#: How an age is to be written, to stand after «skriv».
WRITTEN = "80, 80–84 år eller 90 år og eldre"
_HIGHEST = 130
_RANGE = re.compile(r"[a-z]?(\d{1,3})\s*[-–]\s*(\d{1,3})(\s*år)?")
_OPEN = re.compile(r"[a-z]?(\d{1,3})\s*(\+|år\s*(\+|(og|eller)\s+(eldre|over)))")
_BELOW = re.compile(r"under\s+(\d{1,3})\s*år")
_SINGLE = re.compile(r"(\d{1,3})(\s*år)?")
_TOTALS = {"999", "999a", "i alt", "alle", "alle aldre", "total", "totalt"}


@dataclass(frozen=True)
class Age:
    """Whole years from ``low`` to ``high``, both included; ``high`` None: and older."""

    low: int
    high: int | None

    def holds(self, other: "Age") -> bool:
        """Whether all of the other group is within this one."""
        return self.low <= other.low and other.last <= self.last

    def meets(self, other: "Age") -> bool:
        """Whether anybody can be in both."""
        return self.low <= other.last and other.low <= self.last

    def __lt__(self, other: "Age") -> bool:
        return (self.low, self.last) < (other.low, other.last)

    @property
    def last(self) -> int:
        """The highest age there is in it."""
        return _HIGHEST if self.high is None else self.high

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low} år og eldre"
        return f"{self.low} år" if self.low == self.high else f"{self.low}–{self.high} år"


def is_total(text: str) -> bool:
    """Whether the text stands for all ages."""
    return text.strip().casefold() in _TOTALS


def age(text: str) -> Age | None:
    """«80», «080», «80 år», «80-84 år», «F80-84», «105+», «90 år eller eldre», «under 1 år».

    None where the text is no age, or none that anybody has reached.
    """
    plain = text.strip().casefold()
    found = None
    if match := _RANGE.fullmatch(plain):
        found = Age(int(match[1]), int(match[2]))
    elif match := _OPEN.fullmatch(plain):
        found = Age(int(match[1]), None)
    elif match := _BELOW.fullmatch(plain):
        found = Age(0, int(match[1]) - 1)
    elif match := _SINGLE.fullmatch(plain):
        found = Age(int(match[1]), int(match[1]))
    return found if found and found.low <= found.last <= _HIGHEST else None
