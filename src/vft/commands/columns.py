"""How wide the columns of a table are: however narrow the terminal, nothing is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vft.tables.norwegian import MINUS, SPACE

#: Longer words than this may be broken.
_WORD = 16
#: Characters from one column to the next.
_BETWEEN = 3
#: 1 234, −0,5 and 81,0 %.
_FIGURE = re.compile(rf"[{MINUS}+]?[0-9{SPACE} ]+(,[0-9]+)?[{SPACE} ]?%?")
_NONE = "–"


@dataclass(frozen=True, kw_only=True)
class Column:
    """``cells``: as they are shown. ``is_figures``: set to the right, and never folded."""

    heading: str
    cells: Sequence[str]
    is_figures: bool

    @property
    def natural(self) -> int:
        """Wide enough for everything on one line."""
        return max(len(self.heading), self._longest_cell)

    @property
    def whole(self) -> int:
        """As narrow as whole figures and whole words allow."""
        cell = self._longest_cell if self.is_figures else _longest_word(self.cells)
        return max(_longest_word([self.heading]), cell)

    @property
    def least(self) -> int:
        """As narrow as can still be read: with whole figures, and the longest words broken."""
        if self.is_figures:
            return self.whole
        return min(self.whole, max(_longest_word([self.heading]), _WORD))

    @property
    def _longest_cell(self) -> int:
        return max(map(len, self.cells), default=0)


def column(heading: str, cells: Sequence[object], shown: Sequence[str]) -> Column:
    """A column of what it holds, and of how that is shown."""
    numbers = all(
        cell is None or cell == "" or (isinstance(cell, int | float) and not isinstance(cell, bool))
        for cell in cells
    )
    return Column(
        heading=heading, cells=shown, is_figures=bool(cells) and (numbers or _are_figures(shown))
    )


def widths(columns: Sequence[Column], *, room: int) -> list[int] | None:
    """Characters of each column; None where not even folded ones have room beside each other.

    Headings of figures are folded first, then the widest words; words are broken last of all.
    """
    found = [one.natural for one in columns]
    left = room - _BETWEEN * (len(columns) - 1)
    while sum(found) > left:
        wide = [i for i, one in enumerate(columns) if found[i] > one.whole]
        wide = wide or [i for i, one in enumerate(columns) if found[i] > one.least]
        if not wide:
            return None
        widest = max(wide, key=lambda i: (columns[i].is_figures, found[i]))
        # a heading that is folded needs no more than its longest word
        figures = columns[widest].is_figures
        found[widest] = columns[widest].least if figures else found[widest] - 1
    return found


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split(" ")), default=0)


def _are_figures(shown: Sequence[str]) -> bool:
    """Text that is decimals or percentages; whole numbers as text are years and codes."""
    return any("," in text or "%" in text for text in shown) and all(
        text in {_NONE, ""} or _FIGURE.fullmatch(text) for text in shown
    )
