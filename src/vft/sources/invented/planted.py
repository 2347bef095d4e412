"""Faults that real exports have, planted on purpose and counted, so that tests know how many.

A faulty row is a copy of a good one with a number of its own: the good rows stay whole, and what
the good rows say stays true.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from vft.sources.invented.streams import stream


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One kind of fault. ``rule`` is what a reader should call it; empty when rows are readable.

    ``changes`` replaces columns by a constant. ``same_key``: the row keeps its number, so that it
    repeats or is overtaken by the good one. ``before``: stands before the good rows.
    """

    name: str
    rule: str
    changes: dict[str, str | int | float | None] = field(default_factory=dict)
    same_key: bool = False
    before: bool = False
    table: str = ""  # that refuses the row, where a file feeds several


DUPLICATE = Fault(name="duplicate", rule="duplicate", same_key=True)


@dataclass
class Planted:
    """The account of what was planted. ``rows`` has one entry a file, table and fault."""

    seed: int
    share: float = 0.0004
    rows: list[dict[str, str | int]] = field(default_factory=list)
    _numbers: int = 0

    def note(self, *, file: str, table: str, fault: str, rule: str, rows: int) -> None:
        """Put a fault in the account."""
        if rows:
            self.rows.append(
                {"file": file, "table": table, "fault": fault, "rule": rule, "rows": rows}
            )

    def into(
        self, rows: pa.Table, *faults: Fault, file: str, table: str, key: str | None = None
    ) -> pa.Table:
        """The rows with faulty copies of some: at least two of each kind, ``share`` of all."""
        if rows.num_rows == 0:
            return rows
        rng = stream(self.seed, f"faults {file} {self._numbers}")
        before: list[pa.Table] = []
        after: list[pa.Table] = []
        for fault in faults:
            chosen = self._spoilt(rows, fault, key, rng)
            (before if fault.before else after).append(chosen)
            self.note(
                file=file,
                table=fault.table or table,
                fault=fault.name,
                rule=fault.rule,
                rows=chosen.num_rows,
            )
        return pa.concat_tables([*before, rows, *after])

    def copies(self, rows: pa.Table, fault: Fault, *, file: str, table: str, key: str) -> pa.Table:
        """Only the faulty copies, of rows that the caller has chosen among."""
        rng = stream(self.seed, f"copies {file} {self._numbers}")
        chosen = self._spoilt(rows, fault, key, rng)
        self.note(file=file, table=table, fault=fault.name, rule=fault.rule, rows=chosen.num_rows)
        return chosen

    def _spoilt(
        self, rows: pa.Table, fault: Fault, key: str | None, rng: np.random.Generator
    ) -> pa.Table:
        wanted = min(max(2, round(rows.num_rows * self.share)), rows.num_rows)
        chosen = rows.take(pa.array(np.sort(rng.choice(rows.num_rows, wanted, replace=False))))
        for name, value in fault.changes.items():
            chosen = _with(chosen, name, pa.repeat(pa.scalar(value), wanted))
        if key is not None and not fault.same_key:
            chosen = _with(chosen, key, self._new_numbers(wanted))
        return chosen

    def _new_numbers(self, wanted: int) -> pa.Array:
        first = self._numbers
        self._numbers += wanted
        return pa.array([f"F{n:08d}" for n in range(first, first + wanted)])


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = rows.schema.get_field_index(name)
    kept = rows.schema.field(place)
    return rows.set_column(place, kept, values.cast(kept.type))
