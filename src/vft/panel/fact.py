"""A fact: one derived table of the panel, and what it is computed from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Rows(Protocol):
    """Gives a table of the lake, of some months only where it is partitioned by month."""

    def __call__(self, name: str, *, months: Collection[str] | None = None) -> "ir.Table":
        """The rows of a table."""
        ...


@dataclass(frozen=True, kw_only=True)
class Events:
    """A table of events that a fact reads month by month.

    ``look_back``: how many months before its own a month of the fact reads, so that a changed
    month of events changes as many later months. ``look_ahead``: how many months after its own.
    """

    table: str
    look_back: int = 0
    look_ahead: int = 0


@dataclass(frozen=True, kw_only=True)
class Spans:
    """Intervals that a fact reads. They are small and have no month of their own.

    ``compute`` gives ``(*by, starts_on, ends_on)``, without overlaps. Which months changed is found
    by laying the intervals as they were beside the intervals as they are. ``tables`` says what they
    come from.
    """

    tables: tuple[str, ...]
    by: tuple[str, ...]
    compute: "Callable[[Rows], ir.Table]" = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A table of the panel, partitioned by month.

    ``compute`` takes the lake's tables, the intervals of :attr:`spans` and months in order, and
    gives all rows of those months. ``columns`` says what each column means. A month is computed
    again when an input's events of a month in reach changed, or its intervals on a day of it.
    """

    name: str
    title: str
    meaning: str
    columns: Mapping[str, str]
    events: tuple[Events, ...] = ()
    spans: tuple[Spans, ...] = ()
    compute: "Callable[[Rows, Sequence[ir.Table], Sequence[str]], ir.Table]" = field(compare=False)

    def of(self, rows: Rows, months: Sequence[str]) -> "ir.Table":
        """All rows of some months as one expression over the lake's tables."""
        return self.compute(rows, [spans.compute(rows) for spans in self.spans], months)
