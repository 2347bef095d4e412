"""Small visible panels: one line a recipient, one value a period."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from vft.effects import files
from vft.effects.panel import Panel

#: Minutes by period, and the period of adoption or None.
Line = tuple[Sequence[float | None], int | None]


def tables(lines: Mapping[str, Line], **columns: Mapping[str, object]) -> tuple[pa.Table, pa.Table]:
    """PANEL and ADOPTIONS. A minute of None: there, but not known. ``columns``: by recipient."""
    fixed = {"unit": "Nord", "segment": "a", "age": 80.0, "present": True}
    rows = [
        {"recipient_id": who, "period": period, "outcome": minutes}
        | {name: columns.get(name, {}).get(who, value) for name, value in fixed.items()}
        | {name: values[who] for name, values in columns.items() if name not in fixed}
        for who, (course, _) in lines.items()
        for period, minutes in enumerate(course)
    ]
    started = {who: period for who, (_, period) in lines.items() if period is not None}
    ids = pa.array(list(started), pa.string())
    periods = pa.array(list(started.values()), pa.int64())
    return pa.Table.from_pylist(rows), pa.table({"recipient_id": ids, "period": periods})


def small(lines: Mapping[str, Line], **columns: Mapping[str, object]) -> Panel:
    """The same as matrices."""
    return files.from_tables(*tables(lines, **columns))
