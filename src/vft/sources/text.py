"""Cells of text before they are read as anything: trimmed, empty ones null, formulas found."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vft.sources.mapping import Format

#: What Excel would take as a formula when the file is opened there.
_FORMULA = r"^=.|^[+@][\p{L}(]"
_FIRST_LETTERS = np.isin(np.arange(256), list(b"=+@"))


def cleaned(text: pa.Array, form: Format) -> pa.Array:
    """Trimmed, and null where the mapping says that the value is missing."""
    trimmed = pc.utf8_trim_whitespace(text.cast(pa.string()))
    missing = pc.is_in(trimmed, value_set=pa.array(["", *form.missing]))
    return pc.if_else(missing, None, trimmed) if missing.true_count else trimmed


def formulas(text: pa.Array) -> pa.Array:
    """Where a cell holds a formula; never null."""
    found = _may_be_formula(text)
    if found.any():
        some = pc.match_substring_regex(text.filter(pa.array(found)), _FORMULA)
        found[found] = some.to_numpy(zero_copy_only=False)
    return pa.array(found)


def _may_be_formula(text: pa.Array) -> npt.NDArray[np.bool_]:
    """By the first byte: looking at each cell with an expression costs more than all the rest."""
    _, offsets, data = text.buffers()
    letters = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
    if len(text) == 0 or len(letters) == 0:
        return np.zeros(len(text), bool)
    starts = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text)]
    first = letters[np.minimum(starts, len(letters) - 1)]
    # an empty or missing cell borrows its neighbour's letter
    there = pc.fill_null(pc.greater(pc.binary_length(text), 0), fill_value=False)
    found: npt.NDArray[np.bool_] = _FIRST_LETTERS[first] & there.to_numpy(zero_copy_only=False)
    return found
