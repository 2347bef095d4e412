"""Figures with all that a stranger needs to read them: the one shape that every writer takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

from vft.report.states import State

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.report.definition import Definition


class Role(StrEnum):
    """What a dimension is, where it is one of these, by the words of JSON-stat."""

    TIME = "time"
    GEO = "geo"
    METRIC = "metric"


@dataclass(frozen=True, kw_only=True)
class Category:
    """A value of a dimension. ``unit`` and ``decimals`` say how a metric is written."""

    code: str
    label: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """What figures are told apart by. The codes of one with role TIME are months, ``2024-11``."""

    id: str
    label: str
    categories: tuple[Category, ...]
    role: Role | None = None

    def __post_init__(self) -> None:
        codes = {category.code for category in self.categories}
        if not codes or len(codes) != len(self.categories):
            raise ValueError(f"Dimension {self.id} needs categories, each with its own code.")


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Figures in row-major order of the dimensions: the last one changes fastest.

    ``values``: doubles, null in every state but ``value``. ``states``: codes of :class:`State`.
    ``complete``: false for a month that the data does not reach the end of.
    """

    values: "pa.DoubleArray" = field(repr=False)
    states: "pa.StringArray" = field(repr=False)
    complete: "pa.BooleanArray" = field(repr=False)

    @classmethod
    def of(
        cls,
        values: Sequence[float | None],
        states: Sequence[str],
        complete: Sequence[bool] | None = None,
    ) -> "Cells":
        """From plain lists. Every month is complete unless told."""
        import pyarrow as pa

        return cls(
            values=pa.array(values, pa.float64()),
            states=pa.array(states, pa.string()),
            complete=pa.array([True] * len(values) if complete is None else complete, pa.bool_()),
        )


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Figures of one publication as one reader may see them.

    ``name``: what a file of it is called, without an ending. ``filters``: label and choice of what
    was asked for. ``notes``: sentences that a reader must know.

    Raises:
        ValueError: the cells do not fit the dimensions, a state is unknown, or a cell has a figure
            without saying so.
    """

    name: str
    title: str
    source: str
    municipality: str
    publication: int
    published_at: datetime
    dimensions: tuple[Dimension, ...]
    cells: Cells
    definitions: "tuple[Definition, ...]" = ()
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids = {dimension.id for dimension in self.dimensions}
        if len(ids) != len(self.dimensions):
            raise ValueError("Two dimensions have the same id.")
        counts = {len(self.cells.values), len(self.cells.states), len(self.cells.complete)}
        if counts != {prod(self.shape)}:
            raise ValueError(f"{prod(self.shape)} cells were promised, not {sorted(counts)}.")
        _require_states(self.cells)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many categories each dimension has."""
        return tuple(len(dimension.categories) for dimension in self.dimensions)

    @cached_property
    def metric(self) -> Dimension | None:
        """The dimension whose categories are what was measured."""
        return next((d for d in self.dimensions if d.role is Role.METRIC), None)

    @cached_property
    def places(self) -> "dict[str, pa.Int64Array]":
        """Dimension → for each cell, the place of its category."""
        import numpy as np
        import pyarrow as pa

        found = np.unravel_index(np.arange(prod(self.shape)), self.shape)
        return {d.id: pa.array(place) for d, place in zip(self.dimensions, found, strict=True)}


def _require_states(cells: Cells) -> None:
    import pyarrow.compute as pc

    unknown = set(pc.unique(cells.states).to_pylist()) - {state.value for state in State}
    if unknown:
        raise ValueError(f"Unknown states: {sorted(map(str, unknown))}.")
    told = pc.equal(cells.states, State.VALUE.value)
    fits = pc.equal(told, pc.is_valid(cells.values))
    finite = pc.is_finite(cells.values)  # null where there is no figure, which is left out below
    if not (pc.all(fits, min_count=0).as_py() and pc.all(finite, min_count=0).as_py()):
        raise ValueError("A cell has a figure, which is finite, exactly when its state says so.")
