"""The figures as a person reads them: a line for each combination, what was measured as columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from vft.report.dataset import Category, Dataset, Dimension, Role
from vft.tables.period import last_day

if TYPE_CHECKING:
    import pyarrow as pa

_ONLY = (Category(code="", label="Verdi"),)


@dataclass(frozen=True, kw_only=True)
class Label:
    """A column that tells the lines from each other. ``place``: for each line, which of words."""

    heading: str
    words: list[str] | list[date]
    place: "pa.Int64Array"


class Lines:
    """A dataset's lines, in the order of its dimensions but the one of what was measured."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.measures = dataset.metric.categories if dataset.metric else _ONLY
        self._cells = _cells_of(dataset)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._cells[0])

    @cached_property
    def labels(self) -> list[Label]:
        """What tells the lines from each other."""
        found: list[Label] = []
        for dimension in self.dataset.dimensions:
            if dimension is not self.dataset.metric:
                place = self.dataset.places[dimension.id].take(self._cells[0])
                for heading, words in _columns(dimension):
                    unused = _unused(heading, (label.heading for label in found))
                    found.append(Label(heading=unused, words=words, place=place))
        return found

    @cached_property
    def titles(self) -> list[str]:
        """The headings of what was measured, none of them used before."""
        used = [label.heading for label in self.labels]
        for measure in self.measures:
            used.append(_unused(_titled(measure), used))
        return used[len(self.labels) :]

    def spread(self, cells: "pa.Array") -> "list[pa.Array]":
        """Something of every cell, by measure and then by line."""
        return [cells.take(of_measure) for of_measure in self._cells]

    @cached_property
    def completeness(self) -> "dict[str, pa.BooleanArray]":
        """Heading → whether the month is complete: one for all that was measured where it can."""
        complete = self.spread(self.dataset.cells.complete)
        if all(column.equals(complete[0]) for column in complete):
            return {"Komplett": complete[0]}
        titles = (f"Komplett: {title}" for title in self.titles)
        return dict(zip(titles, complete, strict=True))


def _cells_of(dataset: Dataset) -> "list[pa.Int64Array]":
    """Measure → where in the dataset's cells each line's is."""
    import numpy as np
    import pyarrow as pa

    places = np.arange(len(dataset.cells.values)).reshape(dataset.shape)
    if dataset.metric is None:
        return [pa.array(places.ravel())]
    by_measure = np.moveaxis(places, dataset.dimensions.index(dataset.metric), 0)
    return [pa.array(of_measure.ravel()) for of_measure in by_measure]


def _columns(dimension: Dimension) -> Iterator[tuple[str, list[str] | list[date]]]:
    """The columns that tell a dimension's categories: the code too, where it is another text."""
    codes = [category.code for category in dimension.categories]
    labels = [category.label for category in dimension.categories]
    if dimension.role is Role.TIME:
        yield dimension.label, codes
        yield "Siste dag i måneden", [last_day(code) for code in codes]
        return
    if codes != labels:
        yield f"{dimension.label} (kode)", codes
    yield dimension.label, labels


def _titled(measure: Category) -> str:
    return f"{measure.label} ({measure.unit})" if measure.unit else measure.label


def _unused(heading: str, used: Iterable[str]) -> str:
    """The heading, numbered where a spreadsheet would find it twice."""
    taken = {name.casefold() for name in used}
    names = (heading, *(f"{heading} {n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)
