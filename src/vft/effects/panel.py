"""PANEL and ADOPTIONS as matrices: recipients × periods, gaps and all."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vft.effects.arrays import Bools, Floats, Numbers
from vft.errors import FileRefused

NEVER = 1_000_000  #: the column of an adoption that did not happen
AT_HOME, DEAD, INSTITUTION = 0, 1, 2
#: Columns that a panel may have besides unit and segment: what else is known of a recipient.
CATEGORIES = ("need_group", "sex", "lives_alone")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Matrices are recipients × periods; column 0 is period ``first``.

    ``outcome``: minutes a week, NaN where not known or not present all period; ``measured_in``
    says so in sentences. ``unit`` and ``segment``: codes into ``units`` and ``segments``, −1 where
    not given. ``categories``: codes of other things known of a recipient (need group, sex, living
    alone), the same way. ``adopted``: the column of adoption, ``NEVER`` for none; may lie outside
    the matrix. ``exit``: ``DEAD`` or ``INSTITUTION`` in the period of leaving, or None where the
    file does not say. ``lost``: adopters that the panel does not know. ``columns``: of the file.
    """

    recipients: NDArray[Any]
    first: int
    outcome: Floats
    present: Bools
    unit: Numbers
    segment: Numbers
    age: Floats
    adopted: Numbers
    units: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    categories: dict[str, Numbers] = field(default_factory=dict)
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reablement: Bools | None = None
    sector: Numbers | None = None
    exit: Numbers | None = None
    service: NDArray[Any] | None = None
    lost: int = 0
    measured_in: str = "minutter per uke"
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def periods(self) -> int:
        """Columns."""
        return int(self.outcome.shape[1])

    @property
    def n_adopters(self) -> int:
        """All who adopted by the file, also those whom the panel cannot tell anything of."""
        return int(np.count_nonzero(self.adopted < NEVER)) + self.lost

    def lacks(self, column: str, why: str) -> FileRefused:
        """The error of a design that needs a column which the file may be without."""
        there = ", ".join(f"«{name}»" for name in self.columns)
        found = f" Kolonnene i filen er {there}." if there else ""
        sentence = f"PANEL mangler kolonnen «{column}», {why}.{found}"
        return FileRefused(sentence, kind="missing_column")

    @cached_property
    def first_seen(self) -> Numbers:
        """The column in which each recipient is first present; ``NEVER`` where she never is."""
        return np.where(self.present.any(axis=1), self.present.argmax(axis=1), NEVER)
