"""A chunk's rows as they stood in the file, for those who must see what was wrong."""

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import typed
from vft.sources.chunk import Chunk, ragged
from vft.sources.mapping import Format

_OURS = ("row", "line")


def raw(chunk: Chunk, form: Format, rows: pa.Array | None = None) -> pa.Table:
    """``row``, ``line`` and the file's columns as strings. See ``Batch.raw``."""
    whole, odd = pa.table({**chunk.columns}), chunk.ragged
    numbers = chunk.row
    if rows is not None:
        wanted = pc.is_in(numbers, value_set=rows)
        whole, numbers = whole.filter(wanted), numbers.filter(wanted)
        odd = odd.filter(pc.is_in(odd["row"], value_set=rows))
    names = [f"{name}_" if name in _OURS else name for name in whole.column_names]
    text = [typed.as_text(column.combine_chunks(), form) for column in whole.columns]
    nothing = pa.nulls(len(numbers), pa.string())
    good = pa.table([numbers, nothing, *text], names=[*_OURS, *names])
    bad = pa.table([odd["row"], odd["line"]], names=list(_OURS))
    joined = pa.concat_tables([good, bad], promote_options="default")
    return joined.combine_chunks().sort_by("row")


def from_raw(kept: pa.Table) -> Chunk:
    """The chunk again that rows were kept of, numbered by their place among them from 1."""
    place = pa.array(range(1, kept.num_rows + 1), pa.int64())
    odd = kept["line"].is_valid().combine_chunks()
    whole = kept.filter(pc.invert(odd)).drop_columns(list(_OURS)).combine_chunks()
    names = [name[:-1] if name[:-1] in _OURS else name for name in whole.column_names]
    lines = kept["line"].filter(odd).to_pylist()
    return Chunk(
        columns={
            name: column.combine_chunks() for name, column in zip(names, whole.columns, strict=True)
        },
        row=place.filter(pc.invert(odd)),
        ragged=ragged(place.filter(odd).to_pylist(), lines, [0] * len(lines)),
    )
