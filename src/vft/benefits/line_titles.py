"""Titles by which a reader can tell the lines of a case apart."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from vft.benefits.case import Line
from vft.benefits.result import LineResult

_Line = TypeVar("_Line", Line, LineResult)


def told_apart(lines: Sequence[_Line]) -> tuple[_Line, ...]:
    """The lines, with its id in the title of each that has another's title."""
    having = Counter(line.title for line in lines)
    return tuple(
        line.model_copy(update={"title": f"{line.title} ({line.id})"})
        if line.title and having[line.title] > 1
        else line
        for line in lines
    )
